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
      return HessianProbe.eigen(hessian, size: count).eigenvalues.first
    }
    return lanczos(of: objective, at: parameters, products: min(count, 60))
  }

  /// All eigenvalues of the Hessian at `parameters`, the largest first, where it is known in closed form and has at most 64
  /// rows; nil elsewhere, and where it is not finite.
  package static func eigenvalues(
    of objective: any Objective, at parameters: [Double]
  ) -> [Double]? {
    guard (1...64).contains(parameters.count), parameters.allSatisfy(\.isFinite),
      let hessian = objective.hessian(at: parameters), hessian.allSatisfy(\.isFinite)
    else { return nil }
    return HessianProbe.eigen(hessian, size: parameters.count).eigenvalues
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
    return HessianProbe.eigen(matrix, size: size).eigenvalues.first
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }
}
