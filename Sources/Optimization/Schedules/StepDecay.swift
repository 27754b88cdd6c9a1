import Lanes

extension Schedule {
  /// `γ^⌊t / size⌋`: falls in stairs (PyTorch's StepLR).
  package static let step = Schedule(
    "step", summary: "Falls in equal stairs", formula: "γ^⌊t / size⌋",
    hyperparameters: [
      Hyperparameter(
        "size", symbol: "Δt", "How long a stair is", default: 100, in: 1...1e12, scale: .integer),
      .gamma(default: 0.5),
    ]
  ) { settings, _ in
    let size = settings.count("size", atLeast: 1)
    let gamma = settings["gamma"]
    return PureSchedule { BiasCorrection.power(gamma, $0 / size) }
  }
}
