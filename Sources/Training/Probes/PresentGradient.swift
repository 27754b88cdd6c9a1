import Models

extension Snapshot {
  /// The gradient where the run is: what the next step goes by, before any clipping.
  ///
  /// `gradient` is that of the last step, taken where the run was before it. Nil where the next
  /// step sees other samples than all, where its gradient is taken elsewhere than at the
  /// parameters, and where chance is part of it.
  package var presentGradient: [Double]? {
    guard gradientPoint == nil, experiment.batching == .full else { return nil }
    switch objective.kind {
    case .function, .dense, .convolutional, .recurrent, .radialBasis: break
    case .boltzmann, .other: return nil
    }
    guard parameters.allSatisfy(\.isFinite) else { return nil }
    return Evaluator(objective).lossAndGradient(at: parameters).gradient
  }
}
