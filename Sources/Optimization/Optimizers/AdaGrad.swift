package import Lanes

extension Optimizer {
  /// AdaGrad: `G ← G + g²`, `θ ← θ − η g / (√G + ε)`.
  ///
  /// Duchi, Hazan, Singer (2011), "Adaptive subgradient methods". ε stands outside the root as in
  /// PyTorch and the lecture notes; `eps_inside` puts it inside, `√(G + ε)`. PyTorch's `lr_decay`
  /// divides η by `1 + (t − 1)·lr_decay`. The lecture notes empty G at each epoch
  /// (`reset_each_epoch`); without it the rate only shrinks.
  package static let adagrad = Optimizer(
    "adagrad", title: "AdaGrad",
    summary: "Each parameter's rate shrinks with the gradients it has seen",
    formula: "G ← G + g²;  θ ← θ − η g / (√G + ε)", reference: "Duchi, Hazan & Singer 2011",
    suggestedRate: 0.01,
    hyperparameters: [
      .epsilon(default: 1e-10), .epsilonInside,
      Hyperparameter(
        "lr_decay", symbol: "κ", "Divides the rate by 1 + (t − 1)·κ", default: 0, in: 0...10,
        scale: .logarithmic),
      Hyperparameter(
        "initial_accumulator", symbol: "G₀", "What G begins with", default: 0, in: 0...1e6,
        scale: .logarithmic),
    ], shared: SharedSettings(countsSteps: true),
    memory: [MemoryQuantity("G", "sum of squared gradients", .magnitude)],
    limit: .preconditioned("2/λ")
  ) { settings, count in
    AdaGrad(
      epsilon: settings["eps"], epsilonInside: settings.flag("eps_inside"),
      decay: settings["lr_decay"], initial: settings["initial_accumulator"], count: count)
  }
}

extension Hyperparameter {
  /// Keeps divisions finite.
  static func epsilon(default value: Double) -> Hyperparameter {
    Hyperparameter(
      "eps", symbol: "ε", "Keeps the division finite", default: value, in: 0...1,
      scale: .logarithmic)
  }
  /// ε under the root.
  static let epsilonInside = Hyperparameter(
    "eps_inside", symbol: "√(·+ε)", "ε is added under the root instead of after it", default: 0,
    in: 0...1, scale: .flag)
}

/// Divides the gradient by the root of the sum of its squares.
package struct AdaGrad: GradientTransformation {
  let epsilon: Double
  let epsilonInside: Bool
  let decay: Double
  let initial: Double
  private var sum: Vector

  init(epsilon: Double, epsilonInside: Bool, decay: Double, initial: Double, count: Int) {
    self.epsilon = epsilon
    self.epsilonInside = epsilonInside
    self.decay = decay
    self.initial = initial
    sum = Vector(zeros: count)
    clear()
  }

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let gradient = gradient.lanes
    let rate = context.rateLanes / Lanes(repeating: 1 + Double(context.step - 1) * decay)
    let inside = Lanes(repeating: epsilonInside ? epsilon : 0)
    let outside = Lanes(repeating: epsilonInside ? 0 : epsilon)
    sum.withLanes { sum in
      for index in 0..<paddedCount / 8 {
        let g = gradient[index]
        var s = sum[index]
        s.addProduct(g, g)
        sum[index] = s
        let root = (s + inside).squareRoot() + outside
        gradient[index] = quotient(rate * g, root)
      }
    }
  }

  package var memory: Memory {
    get { Memory(["G": sum]) }
    set { newValue.read("G", into: &sum) }
  }

  package mutating func clear() {
    sum.clear()
    if initial != 0 { for index in 0..<sum.count { sum[index] = initial } }
  }

  /// With G as it is now.
  package func linearStability(step: Int) -> LinearStability? { LinearStability(correction: 1) }

  package func effectiveRate(learningRate: Double, step: Int) -> Vector? {
    let rate = learningRate / (1 + Double(step - 1) * decay)
    return Vector(
      sum.values.map {
        rate
          / (epsilonInside
            ? ($0 + epsilon).squareRoot() : $0.squareRoot() + epsilon)
      })
  }
}
