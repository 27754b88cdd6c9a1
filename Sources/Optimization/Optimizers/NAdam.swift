package import Lanes

extension Optimizer {
  /// NAdam, Adam with Nesterov's look ahead: with `μₜ = β₁ (1 − ½·0.96^(t ψ))` and `Π = μ₁…μₜ`,
  /// `θ ← θ − η [(1 − μₜ)/(1 − Π) g + μₜ₊₁/(1 − Π μₜ₊₁) m] / (√v̂ + ε)`.
  ///
  /// Dozat (2016), "Incorporating Nesterov momentum into Adam". PyTorch's form, with ψ = 0.004
  /// (`momentum_decay`); Keras fixes the same ψ; ψ = 0 keeps μ at β₁/2.
  package static let nadam = Optimizer(
    "nadam", title: "NAdam", summary: "Adam that looks ahead as Nesterov does",
    formula: "θ ← θ − η [(1 − μₜ)/(1 − Π) g + μₜ₊₁/(1 − Πμₜ₊₁) m] / (√v̂ + ε)",
    reference: "Dozat 2016", suggestedRate: 0.002,
    hyperparameters: .moments() + [
      .epsilon(default: 1e-8),
      Hyperparameter(
        "momentum_decay", symbol: "ψ", "How fast the momentum grows from β₁/2 to β₁",
        default: 0.004, in: 0...1, scale: .logarithmic),
    ], shared: SharedSettings(countsSteps: true),
    memory: [.mean, .square], biasCorrections: ["beta2"],
    limit: .preconditioned("2(1+β₁)/((1−μ)(1+β₁)λ + μ(1−β₁)λ)")
  ) { settings, count in
    NAdam(
      beta1: settings["beta1"], beta2: settings["beta2"], epsilon: settings["eps"],
      momentumDecay: settings["momentum_decay"], count: count)
  }
}

/// Adam with a warmed-up Nesterov momentum.
package struct NAdam: GradientTransformation {
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let momentumDecay: Double
  private var mean: Vector
  private var square: Vector
  private var product = 1.0
  private var correction: BiasCorrection
  /// `0.96^(t ψ)`, as a power of `0.96^ψ`.
  private var fading: BiasCorrection

  init(beta1: Double, beta2: Double, epsilon: Double, momentumDecay: Double, count: Int) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.momentumDecay = momentumDecay
    mean = Vector(zeros: count)
    square = Vector(zeros: count)
    correction = BiasCorrection(beta: beta2)
    fading = BiasCorrection(beta: Elementary.pow(0.96, momentumDecay))
  }

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let now = beta1 * (1 - 0.5 * fading.power(at: context.step))
    let next = beta1 * (1 - 0.5 * fading.power(at: context.step + 1))
    product *= now
    let root = correction(context.step).squareRoot()
    // √(v/c) + ε = (√v + ε √c)/√c: the factor √c goes to the rates.
    func each(_ x: Double) -> Lanes { Lanes(repeating: x) }
    let gradientRate = context.rateLanes * each(1 - now) / each(1 - product) * each(root)
    let meanRate = context.rateLanes * each(next) / each(1 - product * next) * each(root)
    let epsilon = Lanes(repeating: epsilon * root)
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
          var numerator = gradientRate * g
          numerator.addProduct(meanRate, m)
          gradient[index] = quotient(numerator, v.squareRoot() + epsilon)
        }
      }
    }
  }

  package var memory: Memory {
    get {
      var memory = Memory(["m": mean, "v": square], numbers: ["Π": product])
      correction.write(to: &memory, as: "β₂")
      fading.write(to: &memory, as: "ψ")
      return memory
    }
    set {
      newValue.read("m", into: &mean)
      newValue.read("v", into: &square)
      newValue.read("Π", into: &product)
      correction.read(from: newValue, as: "β₂")
      fading.read(from: newValue, as: "ψ")
    }
  }

  /// With v and both momenta as they are now.
  package func linearStability(step: Int) -> LinearStability? {
    let now = momentum(at: step)
    let next = momentum(at: step + 1)
    // The shares of g and m in the change.
    let fresh = (1 - now) / (1 - product)
    let mean = next / (1 - product * next)
    return LinearStability(
      keep: beta1, traceSlope: fresh + mean * (1 - beta1), determinantSlope: beta1 * fresh,
      correction: 1)
  }

  /// η/(√v̂ + ε).
  package func effectiveRate(learningRate: Double, step: Int) -> Vector? {
    let root = (1 - BiasCorrection.power(beta2, step)).squareRoot()
    return Vector(square.values.map { learningRate * root / ($0.squareRoot() + epsilon * root) })
  }

  /// μₜ.
  private func momentum(at step: Int) -> Double {
    beta1 * (1 - 0.5 * BiasCorrection.power(Elementary.pow(0.96, momentumDecay), step))
  }

  package mutating func clear() {
    mean.clear()
    square.clear()
    product = 1
  }
}
