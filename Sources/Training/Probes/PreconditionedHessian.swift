package import Differentiation
package import Models
package import Optimization

/// The Hessian of the loss of all training samples as an optimizer feels it: P^(−½) (H + w) P^(−½).
///
/// P is diagonal, what the optimizer divides by now (1 where it does not divide), and w its weight
/// decay through the gradient. The matrix is symmetric and has the eigenvalues of P⁻¹(H + w), which
/// `LinearStability` speaks of.
package struct PreconditionedHessian: Sendable {
  /// What is minimised.
  package let objective: any Objective
  /// Where.
  package let parameters: [Double]
  /// P^(−½), one number a parameter; nil where P is 1.
  package let scaling: [Double]?
  /// w.
  package let addedCurvature: Double

  /// The matrix at a place.
  ///
  /// - Parameters:
  ///   - law: the optimizer's; nil for the Hessian as it is.
  ///   - rates: the optimizer's effective rates at `learningRate`, from which P follows.
  /// - Returns: nil where a number is not finite, or P is not known.
  package init?(
    _ objective: any Objective, at parameters: [Double], law: LinearStability? = nil,
    rates: [Double]? = nil, learningRate: Double = 1
  ) {
    guard !parameters.isEmpty, parameters.count == objective.parameterCount,
      parameters.allSatisfy(\.isFinite)
    else { return nil }
    self.objective = objective
    self.parameters = parameters
    addedCurvature = law?.addedCurvature ?? 0
    guard let correction = law?.correction else {
      scaling = nil
      return
    }
    guard let rates, rates.count == parameters.count, learningRate != 0 else { return nil }
    let roots = rates.map { ($0 * correction / learningRate).squareRoot() }
    guard roots.allSatisfy(\.isFinite) else { return nil }
    scaling = roots
  }

  /// The matrix of a snapshot's optimizer.
  package init?(_ snapshot: Snapshot) {
    self.init(
      snapshot.objective, at: snapshot.parameters, law: snapshot.stability,
      rates: snapshot.effectiveRates, learningRate: snapshot.learningRate)
  }

  /// The Hessian of the loss alone.
  package var plain: PreconditionedHessian? {
    PreconditionedHessian(objective, at: parameters)
  }

  /// The matrix times a vector.
  package func product(_ direction: [Double]) -> [Double] {
    var inner = direction
    if let scaling { for i in inner.indices { inner[i] *= scaling[i] } }
    var result = objective.hessianProduct(at: parameters, times: inner)
    if addedCurvature != 0 { for i in result.indices { result[i] += addedCurvature * inner[i] } }
    if let scaling { for i in result.indices { result[i] *= scaling[i] } }
    return result
  }

  /// The greatest eigenvalue and its eigenvector, by Lanczos' method for any number of parameters;
  /// nil where a product is not finite.
  ///
  /// - Parameters:
  ///   - most: the most products; as many as parameters are exact.
  ///   - near: a guess at the eigenvector: that of a step before.
  package func greatest(
    most: Int = 120, near: [Double]? = nil
  ) -> (eigenvalue: Double, direction: [Double])? {
    let found = Differentiation.Curvature.extremes(
      count: parameters.count, most: most, tolerance: 1e-9, onlyLargest: true, near: near,
      product: product)
    guard found.largest.isFinite else { return nil }
    return (found.largest, found.largestDirection)
  }

  /// All eigenvalues and eigenvectors, the greatest first; nil for more than `HessianProbe.limit`
  /// parameters.
  package func spectrum() -> Spectrum? {
    let count = parameters.count
    guard var matrix = HessianProbe.hessian(of: objective, at: parameters) else { return nil }
    for row in 0..<count {
      matrix[row * count + row] += addedCurvature
      guard let scaling else { continue }
      for column in 0..<count { matrix[row * count + column] *= scaling[row] * scaling[column] }
    }
    guard matrix.allSatisfy(\.isFinite) else { return nil }
    return HessianProbe.eigen(matrix, size: count)
  }
}
