import Lanes

extension Schedule {
  /// `γ^(number of milestones reached)`: falls at chosen times, as many as are given (PyTorch's
  /// MultiStepLR).
  package static let multiStep = Schedule(
    "multi_step", summary: "Falls at chosen times: milestone1, milestone2 and so on, any number",
    formula: "γ^#{mᵢ ≤ t}",
    hyperparameters: [
      .milestone(1, default: 500), .milestone(2, default: 750), .milestone(3), .milestone(4),
      .gamma(default: 0.1),
    ]
  ) { settings, _ in
    let milestones = settings.counts("milestone").filter { $0 > 0 }
    let gamma = settings["gamma"]
    return PureSchedule { time in
      BiasCorrection.power(gamma, milestones.count { $0 <= time })
    }
  }
}

extension Hyperparameter {
  /// A time at which a factor is applied.
  static func milestone(_ number: Int, default value: Double = 0) -> Hyperparameter {
    Hyperparameter(
      "milestone\(number)", symbol: "m\(number)", "Time of fall number \(number) (0: none)",
      default: value, in: 0...1e12, scale: .integer, isNumbered: true)
  }
}
