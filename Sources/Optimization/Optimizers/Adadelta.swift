package import Lanes

extension Optimizer {
  /// Adadelta: `v ← ρ v + (1 − ρ) g²`, `δ = g √(u + ε) / √(v + ε)`, `u ← ρ u + (1 − ρ) δ²`, `θ ← θ
  /// − η δ`.
  ///
  /// Zeiler (2012), "ADADELTA: an adaptive learning rate method". The paper has no η (η = 1, the
  /// default of PyTorch and what it suggests here); ε is inside both roots everywhere.
  package static let adadelta = Optimizer(
    "adadelta", title: "Adadelta",
    summary: "Steps in the units of the parameters, from a running mean of past changes",
    formula: "δ = g √(u + ε) / √(v + ε);  θ ← θ − η δ", reference: "Zeiler 2012",
    suggestedRate: 1,
    hyperparameters: [
      Hyperparameter(
        "rho", symbol: "ρ", "The share of both running means that is kept", default: 0.9,
        in: 0...0.999999),
      .epsilon(default: 1e-6),
    ],
    memory: [.square, MemoryQuantity("u", "fading mean of squared changes", .magnitude)],
    limit: .preconditioned("2/λ")
  ) { settings, count in
    Adadelta(rho: settings["rho"], epsilon: settings["eps"], count: count)
  }
}

/// Scales the gradient by the ratio of past changes to past gradients.
package struct Adadelta: GradientTransformation {
  let rho: Double
  let epsilon: Double
  private var square: Vector
  private var changes: Vector

  init(rho: Double, epsilon: Double, count: Int) {
    self.rho = rho
    self.epsilon = epsilon
    square = Vector(zeros: count)
    changes = Vector(zeros: count)
  }

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let gradient = gradient.lanes
    let keep = Lanes(repeating: rho)
    let take = Lanes(repeating: 1 - rho)
    let epsilon = Lanes(repeating: epsilon)
    let rate = context.rateLanes
    square.withLanes { square in
      changes.withLanes { changes in
        for index in 0..<paddedCount / 8 {
          let g = gradient[index]
          var s = take * g * g
          s.addProduct(keep, square[index])
          square[index] = s
          let u = changes[index]
          let numerator = (u + epsilon).squareRoot() * g
          let delta = quotient(numerator, (s + epsilon).squareRoot())
          var next = take * delta * delta
          next.addProduct(keep, u)
          changes[index] = next
          gradient[index] = rate * delta
        }
      }
    }
  }

  package var memory: Memory {
    get { Memory(["v": square, "u": changes]) }
    set {
      newValue.read("v", into: &square)
      newValue.read("u", into: &changes)
    }
  }

  package mutating func clear() {
    square.clear()
    changes.clear()
  }

  /// With both running means as they are now.
  package func linearStability(step: Int) -> LinearStability? { LinearStability(correction: 1) }

  package func effectiveRate(learningRate: Double, step: Int) -> Vector? {
    Vector(
      zip(square.values, changes.values).map {
        learningRate * ($1 + epsilon).squareRoot() / ($0 + epsilon).squareRoot()
      })
  }
}
