package import Lanes

extension Optimizer {
  /// Rprop: each parameter has a step size of its own, which grows by η⁺ while its gradient keeps
  /// its sign and shrinks by η⁻ when it turns; only the sign of the gradient is used.
  ///
  /// Riedmiller, Braun (1993), "A direct adaptive method for faster backpropagation learning".
  /// PyTorch's variant (iRprop−, Igel, Hüsken 2000): after a turn the gradient counts as zero for
  /// that step. Step sizes begin at the learning rate in force at the first step; later rates have
  /// no say. For full batches only: noise turns signs.
  package static let rprop = Optimizer(
    "rprop", title: "Rprop", summary: "Step sizes grow while a gradient keeps its sign",
    formula: "Δᵢ ← η± Δᵢ;  θᵢ ← θᵢ − Δᵢ sign gᵢ", reference: "Riedmiller & Braun 1993",
    suggestedRate: 0.01,
    hyperparameters: [
      Hyperparameter(
        "eta_minus", symbol: "η⁻", "Shrinks a step size when its gradient turns", default: 0.5,
        in: 0.01...0.99),
      Hyperparameter(
        "eta_plus", symbol: "η⁺", "Grows a step size while its gradient keeps its sign",
        default: 1.2, in: 1.001...10),
      Hyperparameter(
        "step_min", symbol: "Δmin", "The least step size", default: 1e-6, in: 0...1,
        scale: .logarithmic),
      Hyperparameter(
        "step_max", symbol: "Δmax", "The greatest step size", default: 50, in: 1e-6...1e6,
        scale: .logarithmic),
    ], shared: SharedSettings(weightDecay: nil),
    memory: [
      MemoryQuantity("Δ", "each one's step size", .magnitude),
      MemoryQuantity("previous", "the gradient before"),
    ], limit: .none("it moves by the sign: the size of a gradient has no say")
  ) { settings, count in
    Rprop(
      shrink: settings["eta_minus"], grow: settings["eta_plus"], least: settings["step_min"],
      greatest: settings["step_max"], count: count)
  }
}

/// Signs of gradients with step sizes that adapt.
package struct Rprop: GradientTransformation {
  let shrink: Double
  let grow: Double
  let least: Double
  let greatest: Double
  private var previous: Vector
  private var steps: Vector
  private var started = 0.0

  init(shrink: Double, grow: Double, least: Double, greatest: Double, count: Int) {
    self.shrink = shrink
    self.grow = grow
    self.least = least
    self.greatest = greatest
    previous = Vector(zeros: count)
    steps = Vector(zeros: count)
  }

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let vectors = paddedCount / 8
    if started == 0 {
      started = 1
      for index in 0..<vectors { steps.lanes[index] = context.rateLanes }
    }
    let gradient = gradient.lanes
    let grow = Lanes(repeating: grow)
    let shrink = Lanes(repeating: shrink)
    let least = Lanes(repeating: least)
    let greatest = Lanes(repeating: greatest)
    previous.withLanes { previous in
      steps.withLanes { steps in
        for index in 0..<vectors {
          var g = gradient[index]
          let agreement = g * previous[index]
          let turned = agreement .< .zero
          var size = steps[index]
          size.replace(with: size * grow, where: agreement .> .zero)
          size.replace(with: size * shrink, where: turned)
          size.replace(with: least, where: size .< least)
          size.replace(with: greatest, where: size .> greatest)
          steps[index] = size
          g.replace(with: Lanes.zero, where: turned)
          previous[index] = g
          gradient[index] = size * sign(g)
        }
      }
    }
  }

  package var memory: Memory {
    get { Memory(["Δ": steps, "previous": previous], numbers: ["started": started]) }
    set {
      guard newValue.holds("Δ") else { return }
      newValue.read("Δ", into: &steps)
      newValue.read("previous", into: &previous)
      newValue.read("started", into: &started)
    }
  }

  package mutating func clear() {
    previous.clear()
    steps.clear()
    started = 0
  }

  package func effectiveRate(learningRate: Double, step: Int) -> Vector? { steps }
}
