import Lanes

/// Weight decay through the gradient, as an L2 penalty: `g ← g + λ θ`.
///
/// Adaptive rules rescale it together with the gradient; see `DecoupledWeightDecay`.
package struct WeightDecay: GradientTransformation {
  /// λ.
  let coefficient: Double

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let gradient = gradient.lanes
    let parameters = parameters.lanes
    let lambda = Lanes(repeating: coefficient)
    for index in 0..<paddedCount / 8 { gradient[index].addProduct(lambda, parameters[index]) }
  }
}

/// Weight decay beside the rule: `change ← change + η λ θ`.
///
/// Loshchilov, Hutter (2019), "Decoupled weight decay regularization"; η is the rate in force, as
/// in PyTorch.
package struct DecoupledWeightDecay: GradientTransformation {
  /// λ.
  let coefficient: Double

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let gradient = gradient.lanes
    let parameters = parameters.lanes
    let factor = Lanes(repeating: coefficient) * context.rateLanes
    for index in 0..<paddedCount / 8 { gradient[index].addProduct(factor, parameters[index]) }
  }
}
