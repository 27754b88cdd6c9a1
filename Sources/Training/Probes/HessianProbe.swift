import Differentiation
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

  /// The Hessian at `parameters`, row by row: exact where the objective knows it, else central
  /// differences of gradients, made symmetric; nil for more than `limit` parameters or where it is
  /// not finite.
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
        let derivative = (right[row] - left[row]) / (2 * h) / 2
        matrix[row * count + column] += derivative
        matrix[column * count + row] += derivative
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

  /// Eigenvalues and eigenvectors of a symmetric matrix given row by row, by Jacobi's rotations
  /// (1846).
  package static func eigen(_ matrix: [Double], size: Int) -> Spectrum {
    let eigen = SymmetricEigen(matrix, size: size)
    return Spectrum(eigenvalues: eigen.values.reversed(), eigenvectors: eigen.vectors.reversed())
  }
}
