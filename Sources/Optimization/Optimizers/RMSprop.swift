package import Lanes

extension Optimizer {
  /// RMSprop: `v ← ρ v + (1 − ρ) g²`, `θ ← θ − η g / (√v + ε)`.
  ///
  /// Tieleman, Hinton (2012), lecture 6.5 of "Neural networks for machine learning". `centered`
  /// subtracts the squared mean gradient, `√(v − ḡ²)` (Graves 2013); `momentum` puts a heavy ball
  /// behind it, `b ← γ b + g/(√v + ε)`, `θ ← θ − η b`. ε is outside the root as in PyTorch and the
  /// lecture notes; TensorFlow has it inside (`eps_inside`). There is no bias correction: the first
  /// change is `η/√(1 − ρ)`, again after each `reset_each_epoch`, as in the notes.
  package static let rmsprop = Optimizer(
    "rmsprop", title: "RMSprop",
    summary: "Divides by the root of a running mean of squared gradients",
    formula: "v ← ρ v + (1 − ρ) g²;  θ ← θ − η g / (√v + ε)",
    reference: "Tieleman & Hinton 2012", suggestedRate: 0.01,
    hyperparameters: [
      Hyperparameter(
        "rho", symbol: "ρ", "The share of the squared gradients' mean that is kept",
        default: 0.99, in: 0...0.999999),
      .epsilon(default: 1e-8), .epsilonInside,
      Hyperparameter(
        "centered", symbol: "g − ḡ", "Divides by the standard deviation instead", default: 0,
        in: 0...1, scale: .flag),
      .momentum(default: 0),
    ],
    memory: [
      .square, MemoryQuantity("mean", "fading mean of gradients"),
      MemoryQuantity("scaled velocity", "fading sum of g/√v", .velocity),
    ], limit: .preconditioned("2(1+γ)/λ")
  ) { settings, count in
    RMSprop(
      rho: settings["rho"], epsilon: settings["eps"], epsilonInside: settings.flag("eps_inside"),
      centered: settings.flag("centered"), momentum: settings["momentum"], count: count)
  }
}

/// Divides the gradient by its running root mean square.
package struct RMSprop: GradientTransformation {
  let rho: Double
  let epsilon: Double
  let epsilonInside: Bool
  let centered: Bool
  let momentum: Double
  private var square: Vector
  private var mean: Vector
  private var velocity: Vector

  init(
    rho: Double, epsilon: Double, epsilonInside: Bool, centered: Bool, momentum: Double, count: Int
  ) {
    self.rho = rho
    self.epsilon = epsilon
    self.epsilonInside = epsilonInside
    self.centered = centered
    self.momentum = momentum
    square = Vector(zeros: count)
    mean = Vector(zeros: centered ? count : 0)
    velocity = Vector(zeros: momentum > 0 ? count : 0)
  }

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let vectors = paddedCount / 8
    let gradient = gradient.lanes
    let keep = Lanes(repeating: rho)
    let take = Lanes(repeating: 1 - rho)
    let inside = Lanes(repeating: epsilonInside ? epsilon : 0)
    let outside = Lanes(repeating: epsilonInside ? 0 : epsilon)
    let rate = context.rateLanes
    square.withLanes { square in
      if centered {
        mean.withLanes { mean in
          for index in 0..<vectors {
            let g = gradient[index]
            var s = take * g * g
            s.addProduct(keep, square[index])
            square[index] = s
            var m = mean[index]
            m.addProduct(take, g - m)
            mean[index] = m
            // Rounding can leave a variance just below zero.
            let variance = larger(s - m * m, Lanes.zero)
            let root = (variance + inside).squareRoot() + outside
            gradient[index] = quotient(g, root)
          }
        }
      } else {
        for index in 0..<vectors {
          let g = gradient[index]
          var s = take * g * g
          s.addProduct(keep, square[index])
          square[index] = s
          let root = (s + inside).squareRoot() + outside
          gradient[index] = quotient(g, root)
        }
      }
    }
    guard momentum > 0 else {
      for index in 0..<vectors { gradient[index] *= rate }
      return
    }
    let gamma = Lanes(repeating: momentum)
    velocity.withLanes { velocity in
      for index in 0..<vectors {
        var v = gradient[index]
        v.addProduct(gamma, velocity[index])
        velocity[index] = v
        gradient[index] = v * rate
      }
    }
  }

  package var memory: Memory {
    get {
      var memory = Memory(["v": square])
      if centered { memory.append(Memory(["mean": mean])) }
      if momentum > 0 { memory.append(Memory(["scaled velocity": velocity])) }
      return memory
    }
    set {
      newValue.read("v", into: &square)
      newValue.read("mean", into: &mean)
      newValue.read("scaled velocity", into: &velocity)
    }
  }

  package mutating func clear() {
    square.clear()
    mean.clear()
    velocity.clear()
  }

  /// With v as it is now.
  package func linearStability(step: Int) -> LinearStability? {
    LinearStability(keep: momentum, correction: 1)
  }

  package func effectiveRate(learningRate: Double, step: Int) -> Vector? {
    let v = square.values
    let m = mean.values
    return Vector(
      v.indices.map { index in
        let variance = centered ? max(0, v[index] - m[index] * m[index]) : v[index]
        return learningRate
          / (epsilonInside
            ? (variance + epsilon).squareRoot() : variance.squareRoot() + epsilon)
      })
  }
}
