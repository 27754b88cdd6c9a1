package import Lanes

extension Optimizer {
  /// Adamax: `m ← β₁ m + (1 − β₁) g`, `u ← max(β₂ u, |g| + ε)`, `θ ← θ − η/(1 − β₁ᵗ) · m / u`.
  ///
  /// Kingma, Ba (2015), section 7.1: Adam with the infinity norm. The paper has no ε; PyTorch adds
  /// it to |g| inside the maximum (done here), Keras to u in the division.
  package static let adamax = Optimizer(
    "adamax", title: "Adamax", summary: "Adam that divides by the largest recent gradient",
    formula: "u ← max(β₂ u, |g| + ε);  θ ← θ − η/(1 − β₁ᵗ) · m / u",
    reference: "Kingma & Ba 2015, section 7.1", suggestedRate: 0.002,
    hyperparameters: .moments() + [.epsilon(default: 1e-8)],
    shared: SharedSettings(countsSteps: true),
    memory: [.mean, MemoryQuantity("u∞", "fading greatest gradient", .magnitude)],
    biasCorrections: ["beta1"], limit: .preconditioned("2(1+β₁)/((1−β₁)λ)")
  ) { settings, count in
    Adamax(
      beta1: settings["beta1"], beta2: settings["beta2"], epsilon: settings["eps"], count: count)
  }
}

/// Divides the mean gradient by a fading maximum of its magnitude.
package struct Adamax: GradientTransformation {
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  private var mean: Vector
  private var norm: Vector
  private var correction: BiasCorrection

  init(beta1: Double, beta2: Double, epsilon: Double, count: Int) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    mean = Vector(zeros: count)
    norm = Vector(zeros: count)
    correction = BiasCorrection(beta: beta1)
  }

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let gradient = gradient.lanes
    let rate = context.rateLanes / Lanes(repeating: correction(context.step))
    let take = Lanes(repeating: 1 - beta1)
    let keep = Lanes(repeating: beta2)
    let epsilon = Lanes(repeating: epsilon)
    mean.withLanes { mean in
      norm.withLanes { norm in
        for index in 0..<paddedCount / 8 {
          let g = gradient[index]
          var m = mean[index]
          m.addProduct(take, g - m)
          mean[index] = m
          let u = larger(norm[index] * keep, magnitude(g) + epsilon)
          norm[index] = u
          gradient[index] = quotient(rate * m, u)
        }
      }
    }
  }

  package var memory: Memory {
    get {
      var memory = Memory(["m": mean, "u∞": norm])
      correction.write(to: &memory, as: "β₁")
      return memory
    }
    set {
      newValue.read("m", into: &mean)
      newValue.read("u∞", into: &norm)
      correction.read(from: newValue, as: "β₁")
    }
  }

  package mutating func clear() {
    mean.clear()
    norm.clear()
  }

  /// With u as it is now.
  package func linearStability(step: Int) -> LinearStability? {
    LinearStability(
      keep: beta1, traceSlope: 1 - beta1, correction: 1 - BiasCorrection.power(beta1, step))
  }

  package func effectiveRate(learningRate: Double, step: Int) -> Vector? {
    let rate = learningRate / (1 - BiasCorrection.power(beta1, step))
    return Vector(norm.values.map { rate / $0 })
  }
}
