import Lanes

extension Optimizer {
  /// Lion: `θ ← θ − η (sign(β₁ m + (1 − β₁) g) + λ θ)`, then `m ← β₂ m + (1 − β₂) g`.
  ///
  /// Chen et al. (2023), "Symbolic discovery of optimization algorithms". Every entry moves by
  /// exactly η, so rates are three to ten times smaller than Adam's. Weight decay is decoupled.
  package static let lion = Optimizer(
    "lion", title: "Lion", summary: "Moves every parameter by the sign of a smoothed gradient",
    formula: "θ ← θ − η sign(β₁ m + (1 − β₁) g)", reference: "Chen et al. 2023",
    suggestedRate: 0.0001, hyperparameters: .moments(beta1: 0.9, beta2: 0.99),
    shared: SharedSettings(decoupled: true), memory: [.mean],
    limit: .none("it moves by the sign: the size of a gradient has no say")
  ) { settings, count in Lion(beta1: settings["beta1"], beta2: settings["beta2"], count: count) }
}

/// The sign of an interpolation between mean and newest gradient.
package struct Lion: GradientTransformation {
  let beta1: Double
  let beta2: Double
  private var mean: Vector

  init(beta1: Double, beta2: Double, count: Int) {
    self.beta1 = beta1
    self.beta2 = beta2
    mean = Vector(zeros: count)
  }

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let gradient = gradient.lanes
    let rate = context.rateLanes
    let keep1 = Lanes(repeating: beta1)
    let take1 = Lanes(repeating: 1 - beta1)
    let keep2 = Lanes(repeating: beta2)
    let take2 = Lanes(repeating: 1 - beta2)
    mean.withLanes { mean in
      for index in 0..<paddedCount / 8 {
        let g = gradient[index]
        let m = mean[index]
        var direction = take1 * g
        direction.addProduct(keep1, m)
        var next = take2 * g
        next.addProduct(keep2, m)
        mean[index] = next
        gradient[index] = rate * sign(direction)
      }
    }
  }

  package var memory: Memory {
    get { Memory(["m": mean]) }
    set { newValue.read("m", into: &mean) }
  }

  package mutating func clear() { mean.clear() }
}
