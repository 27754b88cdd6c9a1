import Differentiation
package import Models

/// The curvature of a training loss.
package enum Curvature {
  /// The largest eigenvalue of the Hessian at `parameters`; nil where it is not finite.
  ///
  /// Where the Hessian is known in closed form, of at most 64 parameters: Jacobi's rotations, exact
  /// to rounding. Otherwise Lanczos' method (1950) with full reorthogonalisation, from a fixed
  /// vector, on at most 60 products of the Hessian with vectors. Deterministic.
  package static func largestEigenvalue(
    of objective: any Objective, at parameters: [Double]
  ) -> Double? {
    let count = parameters.count
    guard count > 0, parameters.allSatisfy(\.isFinite) else { return nil }
    if count <= 64, let hessian = objective.hessian(at: parameters) {
      guard hessian.allSatisfy(\.isFinite) else { return nil }
      return HessianProbe.eigen(hessian, size: count).eigenvalues.first
    }
    let extremes = Differentiation.Curvature.extremes(count: count) {
      objective.hessianProduct(at: parameters, times: $0)
    }
    return extremes.largest.isFinite ? extremes.largest : nil
  }

  /// All eigenvalues of the Hessian at `parameters`, the largest first, where it is known in closed
  /// form and has at most 64 rows; nil elsewhere, and where it is not finite.
  package static func eigenvalues(
    of objective: any Objective, at parameters: [Double]
  ) -> [Double]? {
    guard (1...64).contains(parameters.count), parameters.allSatisfy(\.isFinite),
      let hessian = objective.hessian(at: parameters), hessian.allSatisfy(\.isFinite)
    else { return nil }
    return HessianProbe.eigen(hessian, size: parameters.count).eigenvalues
  }
}
