import Lanes
package import Models

/// The curvature of a training loss.
package enum Curvature {
  /// The largest eigenvalue of the Hessian at `parameters`; nil where it is not finite.
  ///
  /// Where the Hessian is known in closed form, of at most 64 parameters: Jacobi's rotations, exact to rounding. Otherwise
  /// Lanczos' method (1950) with full reorthogonalisation, from a fixed vector, on at most 60 products of the Hessian with
  /// vectors. Deterministic.
  package static func largestEigenvalue(
    of objective: any Objective, at parameters: [Double]
  ) -> Double? {
    let count = parameters.count
    guard count > 0, parameters.allSatisfy(\.isFinite) else { return nil }
    if count <= 64, let hessian = objective.hessian(at: parameters) {
      guard hessian.allSatisfy(\.isFinite) else { return nil }
      return eigenvalues(hessian, count: count).max()
    }
    return lanczos(of: objective, at: parameters, products: min(count, 60))
  }

  /// Eigenvalues of a symmetric matrix, given row by row, by cyclic Jacobi rotations.
  package static func eigenvalues(_ matrix: [Double], count n: Int) -> [Double] {
    var a = matrix
    for row in 0..<n {
      for column in 0..<row {
        let mean = (a[row * n + column] + a[column * n + row]) / 2
        a[row * n + column] = mean
        a[column * n + row] = mean
      }
    }
    for _ in 0..<60 {
      var off = 0.0
      var size = 0.0
      for row in 0..<n {
        for column in 0..<n {
          let square = a[row * n + column] * a[row * n + column]
          size += square
          if row != column { off += square }
        }
      }
      if off <= size * 1e-34 { break }
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where a[p * n + q] != 0 { rotate(&a, n, p, q) }
      }
    }
    return (0..<n).map { a[$0 * n + $0] }
  }

  private static func rotate(_ a: inout [Double], _ n: Int, _ p: Int, _ q: Int) {
    let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
    let root = (theta * theta + 1).squareRoot()
    let t = theta >= 0 ? 1 / (theta + root) : -1 / (root - theta)
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<n {
      let kp = a[k * n + p]
      let kq = a[k * n + q]
      a[k * n + p] = c * kp - s * kq
      a[k * n + q] = s * kp + c * kq
    }
    for k in 0..<n {
      let pk = a[p * n + k]
      let qk = a[q * n + k]
      a[p * n + k] = c * pk - s * qk
      a[q * n + k] = s * pk + c * qk
    }
  }

  private static func lanczos(
    of objective: any Objective, at parameters: [Double], products: Int
  ) -> Double? {
    let count = parameters.count
    let stream = RandomStream(seed: 0, stream: 0)
    var basis: [[Double]] = []
    var vector = (0..<count).map { stream.uniform(at: UInt64($0)) - 0.5 }
    var diagonal: [Double] = []
    var beside: [Double] = []
    for _ in 0..<products {
      let length = norm(vector)
      guard length > 1e-12 else { break }
      if !diagonal.isEmpty { beside.append(length) }
      let direction = vector.map { $0 / length }
      basis.append(direction)
      var image = objective.hessianProduct(at: parameters, times: direction)
      guard image.allSatisfy(\.isFinite) else { return nil }
      diagonal.append(dot(image, direction))
      for _ in 0..<2 {
        for known in basis {
          let share = dot(image, known)
          for index in image.indices { image[index] -= share * known[index] }
        }
      }
      vector = image
    }
    let size = diagonal.count
    var matrix = [Double](repeating: 0, count: size * size)
    for index in 0..<size { matrix[index * size + index] = diagonal[index] }
    for (index, value) in beside.prefix(max(0, size - 1)).enumerated() {
      matrix[index * size + index + 1] = value
      matrix[(index + 1) * size + index] = value
    }
    return eigenvalues(matrix, count: size).max()
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }
}
