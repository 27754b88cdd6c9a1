package import Models

/// Second derivatives of the training loss, taken apart.
package struct Spectrum: Equatable, Sendable {
  /// Eigenvalues, greatest first.
  package var eigenvalues: [Double]
  /// Unit eigenvectors in the same order.
  package var eigenvectors: [[Double]]
}

/// Curvature of small problems.
package enum HessianProbe {
  /// The most parameters for which a picture's Hessian is worked out.
  package static let limit = 64

  /// The Hessian at `parameters`, row by row: exact where the objective knows it, else central differences of gradients,
  /// made symmetric; nil for more than `limit` parameters or where it is not finite.
  package static func hessian(of objective: any Objective, at parameters: [Double]) -> [Double]? {
    let count = objective.parameterCount
    guard count > 0, count <= limit, parameters.count == count,
      parameters.allSatisfy(\.isFinite)
    else { return nil }
    if let exact = objective.hessian(at: parameters) {
      return exact.count == count * count && exact.allSatisfy(\.isFinite) ? exact : nil
    }
    let evaluator = Evaluator(objective)
    var matrix = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      let h = 6e-6 * max(1, abs(parameters[column]))
      var ahead = parameters
      var behind = parameters
      ahead[column] += h
      behind[column] -= h
      let right = evaluator.lossAndGradient(at: ahead).gradient
      let left = evaluator.lossAndGradient(at: behind).gradient
      for row in 0..<count {
        let slope = (right[row] - left[row]) / (2 * h) / 2
        matrix[row * count + column] += slope
        matrix[column * count + row] += slope
      }
    }
    return matrix.allSatisfy(\.isFinite) ? matrix : nil
  }

  /// Eigenvalues and eigenvectors of the Hessian of a snapshot's training loss.
  package static func curvature(of snapshot: Snapshot) -> Spectrum? {
    hessian(of: snapshot.objective, at: snapshot.parameters).map {
      eigen($0, size: snapshot.objective.parameterCount)
    }
  }

  /// Eigenvalues and eigenvectors of a symmetric matrix given row by row, by Jacobi's rotations (1846).
  package static func eigen(_ matrix: [Double], size: Int) -> Spectrum {
    precondition(matrix.count == size * size, "\(matrix.count) entries for \(size) rows")
    var a = matrix
    var v = [Double](repeating: 0, count: size * size)
    for index in 0..<size { v[index * size + index] = 1 }
    for _ in 0..<60 {
      var off = 0.0
      var all = 0.0
      for row in 0..<size {
        for column in 0..<size {
          let square = a[row * size + column] * a[row * size + column]
          all += square
          if row != column { off += square }
        }
      }
      if off <= all * 1e-30 { break }
      for p in 0..<max(0, size - 1) {
        for q in p + 1..<size where a[p * size + q] != 0 {
          rotate(&a, &v, p, q, size)
        }
      }
    }
    let order = (0..<size).sorted { a[$0 * size + $0] > a[$1 * size + $1] }
    return Spectrum(
      eigenvalues: order.map { a[$0 * size + $0] },
      eigenvectors: order.map { column in (0..<size).map { v[$0 * size + column] } })
  }

  private static func rotate(
    _ a: inout [Double], _ v: inout [Double], _ p: Int, _ q: Int, _ size: Int
  ) {
    let theta = (a[q * size + q] - a[p * size + p]) / (2 * a[p * size + q])
    let sign = theta < 0 ? -1.0 : 1.0
    let t = sign / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<size {
      let kp = a[k * size + p]
      let kq = a[k * size + q]
      a[k * size + p] = c * kp - s * kq
      a[k * size + q] = s * kp + c * kq
    }
    for k in 0..<size {
      let pk = a[p * size + k]
      let qk = a[q * size + k]
      a[p * size + k] = c * pk - s * qk
      a[q * size + k] = s * pk + c * qk
    }
    for k in 0..<size {
      let kp = v[k * size + p]
      let kq = v[k * size + q]
      v[k * size + p] = c * kp - s * kq
      v[k * size + q] = s * kp + c * kq
    }
  }
}
