import Lanes

extension Optimizer {
  /// Momentum, the heavy ball: `v ← γ v + (1 − d) g`, `θ ← θ − η v`.
  ///
  /// Polyak (1964), "Some methods of speeding up the convergence of iteration methods". Conventions
  /// differ in where η enters. PyTorch keeps gradients in the velocity and multiplies by today's η
  /// (the default here); the first velocity is g itself, whatever the dampening d. With
  /// `rate_inside` the velocity holds changes, as in the lecture notes, Polyak and Keras: `change ←
  /// η g + γ change`, `θ ← θ − change`. Both are the same while η is constant; under a schedule, or
  /// when the rate is changed by hand, old gradients keep their old rate in the second.
  package static let momentum = Optimizer(
    "momentum", title: "Momentum", summary: "A heavy ball: past gradients carry on, fading by γ",
    formula: "v ← γ v + g;  θ ← θ − η v", reference: "Polyak 1964", suggestedRate: 0.01,
    hyperparameters: [
      .momentum(default: 0.9), .dampening, .rateInside,
    ], memory: [.velocity, .change], limit: .eigenvalue("2(1+γ)/λ")
  ) { settings, count in
    HeavyBall(
      momentum: settings["momentum"], dampening: settings["dampening"],
      rateInside: settings.flag("rate_inside"), nesterov: false, count: count)
  }
}

extension Hyperparameter {
  /// The share of the velocity that is kept.
  static func momentum(default value: Double) -> Hyperparameter {
    Hyperparameter(
      "momentum", symbol: "γ", "The share of the velocity that is kept each step",
      default: value, in: 0...0.9999)
  }
  /// Weakens each new gradient.
  static let dampening = Hyperparameter(
    "dampening", symbol: "d", "Weakens each new gradient by this share (not the first)",
    default: 0, in: 0...1)
  /// Keeps changes instead of gradients.
  static let rateInside = Hyperparameter(
    "rate_inside", symbol: "η∈v",
    "The velocity holds changes (η g) instead of gradients, as in the lecture notes",
    default: 0, in: 0...1, scale: .flag)
}

/// The heavy ball, and Nesterov's variant of it.
package struct HeavyBall: GradientTransformation {
  let momentum: Double
  let dampening: Double
  let rateInside: Bool
  let nesterov: Bool
  var velocity: Vector
  /// 0 before the first step since the memory was empty, then 1.
  private(set) var started = 0.0

  init(momentum: Double, dampening: Double, rateInside: Bool, nesterov: Bool, count: Int) {
    self.momentum = momentum
    self.dampening = dampening
    self.rateInside = rateInside
    self.nesterov = nesterov
    velocity = Vector(zeros: count)
  }

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let gradient = gradient.lanes
    let gamma = Lanes(repeating: momentum)
    let one = Lanes(repeating: 1)
    let ahead = rateInside ? context.rateLanes : one
    let fresh = ahead * Lanes(repeating: started == 0 ? 1 : 1 - dampening)
    let rate = rateInside ? one : context.rateLanes
    started = 1
    velocity.withLanes { velocity in
      if nesterov {
        for index in 0..<paddedCount / 8 {
          let g = gradient[index]
          var v = g * fresh
          v.addProduct(gamma, velocity[index])
          velocity[index] = v
          var change = g * ahead
          change.addProduct(gamma, v)
          gradient[index] = change * rate
        }
      } else {
        for index in 0..<paddedCount / 8 {
          var v = gradient[index] * fresh
          v.addProduct(gamma, velocity[index])
          velocity[index] = v
          gradient[index] = v * rate
        }
      }
    }
  }

  private var vectorName: String { rateInside ? "change" : "velocity" }

  package var memory: Memory {
    get { Memory([vectorName: velocity], numbers: ["started": started]) }
    set {
      newValue.read(vectorName, into: &velocity)
      if newValue.holds(vectorName) { started = 1 }
      newValue.read("started", into: &started)
    }
  }

  package mutating func clear() {
    velocity.clear()
    started = 0
  }

  package func linearStability(step: Int) -> LinearStability? {
    .heavyBall(keep: momentum, fresh: 1 - dampening, looksAhead: nesterov)
  }
}
