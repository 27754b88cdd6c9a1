import Lanes

extension Schedule {
  /// Always the base rate: factor 1.
  package static let constant = Schedule(
    "constant", summary: "The base rate throughout", formula: "1", clock: false
  ) { _, _ in PureSchedule { _ in 1 } }

  /// `t₀ / (t + t₁)`: slow enough to reach the minimum, fast enough to quiet the noise.
  ///
  /// Robbins, Monro (1951). The lecture notes' `learning_schedule(t) = t0/(t + t1)` with t counting steps is this with base
  /// rate 1; another base rate multiplies it.
  package static let inverseTime = Schedule(
    "inverse_time", summary: "Falls as one over time, as in the lecture notes",
    formula: "t₀ / (t + t₁)",
    hyperparameters: [
      Hyperparameter(
        "t0", symbol: "t₀", "The numerator", default: 5, in: 1e-6...1e9, scale: .logarithmic),
      Hyperparameter(
        "t1", symbol: "t₁", "The time at which the rate has halved from its start", default: 50,
        in: 1e-6...1e9, scale: .logarithmic),
    ]
  ) { settings, _ in
    let t0 = settings["t0"]
    let t1 = settings["t1"]
    return PureSchedule { t0 / (Double($0) + t1) }
  }

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

  /// `γ^(number of milestones reached)`: falls at chosen times, as many as are given (PyTorch's MultiStepLR).
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

  /// `γᵗ`: falls by the same share each time (PyTorch's ExponentialLR).
  package static let exponential = Schedule(
    "exponential", summary: "Falls by the same share each time", formula: "γᵗ",
    hyperparameters: [.gamma(default: 0.999)]
  ) { settings, _ in
    let gamma = settings["gamma"]
    return PureSchedule { BiasCorrection.power(gamma, $0) }
  }

  /// `floor + (1 − floor)·(1 − t/T)^power`: falls to the floor at T and stays there (PyTorch's PolynomialLR for floor 0).
  package static let polynomial = Schedule.aboveFloor(
    "polynomial", summary: "Falls along a power of the time that is left, to the floor from T on",
    formula: "(1 − t/T)^p",
    hyperparameters: [
      .total,
      Hyperparameter("power", symbol: "p", "1 is a straight line", default: 1, in: 0.01...10),
    ]
  ) { settings, total in
    let end = settings.end(total)
    let power = settings["power"]
    return { time in
      let left = max(0, 1 - Double(time) / Double(end))
      return power == 1 ? left : Elementary.pow(left, power)
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
