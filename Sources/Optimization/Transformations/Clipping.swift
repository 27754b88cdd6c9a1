import Lanes

/// Limits each entry of the gradient: `g ← min(max(g, −c), c)`.
package struct ClipValue: GradientTransformation {
  /// The greatest magnitude that passes.
  let limit: Double

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let gradient = gradient.lanes
    let high = Lanes(repeating: limit)
    for index in 0..<paddedCount / 8 {
      var g = gradient[index]
      g.replace(with: high, where: g .> high)
      g.replace(with: -high, where: g .< -high)
      gradient[index] = g
    }
  }
}

/// Limits the gradient's Euclidean norm: `g ← g · min(1, c / (‖g‖ + 10⁻⁶))`.
///
/// The 10⁻⁶ is PyTorch's (`clip_grad_norm_`); optax and the paper have none. A gradient that is not
/// finite passes as it is. Pascanu, Mikolov, Bengio (2013), "On the difficulty of training
/// recurrent neural networks".
package struct ClipNorm: GradientTransformation {
  /// The greatest norm that passes.
  let limit: Double

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let gradient = gradient.lanes
    var squares = Lanes.zero
    for index in 0..<paddedCount / 8 {
      squares.addProduct(gradient[index], gradient[index])
    }
    let factor = limit / (Reduction.sum(squares).squareRoot() + 1e-6)
    guard factor < 1 else { return }
    for index in 0..<paddedCount / 8 { gradient[index] *= factor }
  }
}
