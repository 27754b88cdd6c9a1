/// What a map shows of each run.
package enum MapMeasure: String, CaseIterable, Codable, Sendable {
  /// The training loss at the end; nothing where the run diverged.
  case loss
  /// The share of training samples classified rightly; nothing where there are no classes.
  case accuracy
  /// Steps taken until the run ended, by its stop rule or its length; nothing where it diverged.
  case steps
  /// 1 where the run diverged, else 0.
  case diverged
  /// The first parameter at the end: in functions of one variable, the minimum that was found.
  case end

  /// −Σ L_t/L_0 of runs that converged, Σ L_0/L_t of others: how fast the loss fell, or the run was
  /// lost; see `LossCourse`.
  case convergence

  /// Whether the losses of all steps are needed.
  package var watchesLosses: Bool { self == .convergence }

  /// The number, where there is one.
  package func value(of ending: RunEnding) -> Double? {
    if self == .diverged { return ending.isDiverged ? 1 : 0 }
    if self == .convergence {
      return ending.course.map(\.measure).flatMap { $0.isFinite ? $0 : nil }
    }
    guard !ending.isDiverged else { return nil }
    let value: Double? =
      switch self {
      case .loss: ending.loss
      case .accuracy: ending.accuracy
      case .steps: Double(ending.step)
      case .end: ending.parameters.first
      case .diverged, .convergence: nil
      }
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Whether runs without classes have none of it.
  package var needsClasses: Bool { self == .accuracy }

  /// Whether a greater number is the better one.
  package var moreIsBetter: Bool { self == .accuracy }
}
