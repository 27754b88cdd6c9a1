import Models

extension Snapshot {
  /// Products of parameters and samples that a gradient may take in a frame.
  private static let affordableGradient = 200_000

  /// Whether the next step goes by a gradient that is known here: over all samples, at the
  /// parameters, without chance, and of so little work that a frame can afford it.
  package var hasPresentGradient: Bool {
    guard gradientPoint == nil, experiment.batching == .full else { return false }
    switch objective.kind {
    case .function: return true
    case .dense:
      return objective.parameterCount * max(1, objective.sampleCount)
        <= Snapshot.affordableGradient
    // Their weights act at many places, and Boltzmann machines draw.
    case .convolutional, .recurrent, .radialBasis, .boltzmann, .other: return false
    }
  }

  /// The gradient where the run is: what the next step goes by, before any clipping; nil where
  /// `hasPresentGradient` says no.
  ///
  /// `gradient` is that of the last step, taken where the run was before it.
  package var presentGradient: [Double]? {
    guard hasPresentGradient, parameters.allSatisfy(\.isFinite) else { return nil }
    return Evaluator(objective).lossAndGradient(at: parameters).gradient
  }
}
