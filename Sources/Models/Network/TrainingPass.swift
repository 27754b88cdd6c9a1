/// The ways to take a step's loss and gradient; `README.md` in this folder says what each is for.
package enum TrainingPass: String, Sendable, CaseIterable {
  /// A gate's net in one go: `GatePass`.
  case gate
  /// Two samples a vector, units as lanes: `PairPass`.
  case pair
  /// One sample a vector, units as lanes: `NarrowPass`.
  case narrow
  /// Up to eight samples as lanes, in registers: `TinyPass`.
  case tiny
  /// Samples as lanes, chunk by chunk; sums stay vectors until the end: `LaneSums`.
  case small
  /// Samples as lanes, chunk by chunk; sums go to the gradient: `WeightGradient`, `RowGradient`.
  case large
}

extension DenseNetwork {
  /// The pass of a batch of `count` samples; `isAll` where it is all of them at once.
  @inline(__always)
  package func pass(of count: Int, isAll: Bool) -> TrainingPass {
    if isAll, hasGate { return .gate }
    if count > 0, count <= narrowShape.mostSamples { return narrowShape.isPaired ? .pair : .narrow }
    if count > 0, count <= TinyPass.mostSamples, isTiny { return .tiny }
    return shape.sums > 0 ? .small : .large
  }
}
