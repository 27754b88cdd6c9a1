import Lanes

extension Optimizer {
  /// Gradient descent: `θ ← θ − η g`; on mini-batches it is stochastic gradient descent.
  ///
  /// Cauchy (1847); Robbins, Monro (1951), "A stochastic approximation method". Libraries agree on
  /// it. On a quadratic with largest curvature λmax it converges for `η < 2/λmax`.
  package static let gd = Optimizer(
    "gd", title: "Gradient descent",
    summary: "A step along the negative gradient; with mini-batches, SGD",
    formula: "θ ← θ − η g", reference: "Cauchy 1847; Robbins & Monro 1951", suggestedRate: 0.01,
    hyperparameters: [], shared: SharedSettings(hasState: false), limit: .eigenvalue("2/λ")
  ) { _, _ in GradientDescent() }
}

/// `change = η g`.
package struct GradientDescent: GradientTransformation {
  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let gradient = gradient.lanes
    let rate = context.rateLanes
    for index in 0..<paddedCount / 8 { gradient[index] *= rate }
  }

  package func linearStability(step: Int) -> LinearStability? { LinearStability() }
}
