package import Lanes

extension Optimizer {
  /// RAdam: Adam without its division until v can be trusted: with `ρ∞ = 2/(1 − β₂) − 1` and `ρₜ =
  /// ρ∞ − 2 t β₂ᵗ/(1 − β₂ᵗ)`, `θ ← θ − η r m̂ √(1 − β₂ᵗ)/(√v + ε)` if `ρₜ > 5`, else `θ ← θ − η
  /// m̂`, where `r² = (ρₜ − 4)(ρₜ − 2) ρ∞ / ((ρ∞ − 4)(ρ∞ − 2) ρₜ)`.
  ///
  /// Liu et al. (2020), "On the variance of the adaptive learning rate and beyond". PyTorch's form:
  /// the bound is 5 (the paper's is 4) and ε is added to the uncorrected root.
  package static let radam = Optimizer(
    "radam", title: "RAdam", summary: "Adam that warms itself up by not dividing too early",
    formula: "θ ← θ − η r m̂ / √v̂  (ρₜ > 5), else θ ← θ − η m̂", reference: "Liu et al. 2020",
    suggestedRate: 0.001, hyperparameters: .moments() + [.epsilon(default: 1e-8)],
    shared: SharedSettings(countsSteps: true),
    memory: [.mean, .square], biasCorrections: ["beta1", "beta2"],
    limit: .preconditioned("2(1+β₁)/((1−β₁)λ)")
  ) { settings, count in
    RAdam(
      beta1: settings["beta1"], beta2: settings["beta2"], epsilon: settings["eps"], count: count)
  }
}

/// Adam with a rectified division.
package struct RAdam: GradientTransformation {
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  private var mean: Vector
  private var square: Vector
  private var correction1: BiasCorrection
  private var correction2: BiasCorrection

  init(beta1: Double, beta2: Double, epsilon: Double, count: Int) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    mean = Vector(zeros: count)
    square = Vector(zeros: count)
    correction1 = BiasCorrection(beta: beta1)
    correction2 = BiasCorrection(beta: beta2)
  }

  /// The rectification r at step t, or nil while the variance of v is not to be trusted.
  private func rectification(_ t: Int, correction: Double) -> Double? {
    let limit = 2 / (1 - beta2) - 1
    let length = limit - 2 * Double(t) * (1 - correction) / correction
    guard length > 5 else { return nil }
    let above = (length - 4) * (length - 2) * limit
    let below = (limit - 4) * (limit - 2) * length
    return (above / below).squareRoot()
  }

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let c1 = correction1(context.step)
    let c2 = correction2(context.step)
    let rectified = rectification(context.step, correction: c2)
    let rate =
      context.rateLanes / Lanes(repeating: c1)
      * Lanes(repeating: rectified.map { $0 * c2.squareRoot() } ?? 1)
    let divides = rectified != nil
    let epsilon = Lanes(repeating: epsilon)
    let take1 = Lanes(repeating: 1 - beta1)
    let keep2 = Lanes(repeating: beta2)
    let take2 = Lanes(repeating: 1 - beta2)
    let gradient = gradient.lanes
    mean.withLanes { mean in
      square.withLanes { square in
        for index in 0..<paddedCount / 8 {
          let g = gradient[index]
          var m = mean[index]
          m.addProduct(take1, g - m)
          mean[index] = m
          var v = take2 * g * g
          v.addProduct(keep2, square[index])
          square[index] = v
          gradient[index] =
            divides ? quotient(rate * m, v.squareRoot() + epsilon) : rate * m
        }
      }
    }
  }

  package var memory: Memory {
    get {
      var memory = Memory(["m": mean, "v": square])
      correction1.write(to: &memory, as: "β₁")
      correction2.write(to: &memory, as: "β₂")
      return memory
    }
    set {
      newValue.read("m", into: &mean)
      newValue.read("v", into: &square)
      correction1.read(from: newValue, as: "β₁")
      correction2.read(from: newValue, as: "β₂")
    }
  }

  package mutating func clear() {
    mean.clear()
    square.clear()
  }

  /// With v as it is now.
  package func linearStability(step: Int) -> LinearStability? {
    LinearStability(
      keep: beta1, traceSlope: 1 - beta1, correction: 1 - BiasCorrection.power(beta1, step))
  }

  package func effectiveRate(learningRate: Double, step: Int) -> Vector? {
    let c1 = 1 - BiasCorrection.power(beta1, step)
    let c2 = 1 - BiasCorrection.power(beta2, step)
    guard let r = rectification(step, correction: c2) else {
      return Vector(square.values.map { _ in learningRate / c1 })
    }
    let rate = learningRate / c1 * r * c2.squareRoot()
    return Vector(square.values.map { rate / ($0.squareRoot() + epsilon) })
  }
}
