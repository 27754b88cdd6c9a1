import Lanes

extension Schedule {
  /// `γᵗ`: falls by the same share each time (PyTorch's ExponentialLR).
  package static let exponential = Schedule(
    "exponential", summary: "Falls by the same share each time", formula: "γᵗ",
    hyperparameters: [.gamma(default: 0.999)]
  ) { settings, _ in
    let gamma = settings["gamma"]
    return PureSchedule { BiasCorrection.power(gamma, $0) }
  }
}
