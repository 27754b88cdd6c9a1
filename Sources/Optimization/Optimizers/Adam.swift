package import Lanes

extension Optimizer {
  /// Adam: `m ← β₁ m + (1 − β₁) g`, `v ← β₂ v + (1 − β₂) g²`, `θ ← θ − η m̂ / (√v̂ + ε)` with `m̂ =
  /// m/(1 − β₁ᵗ)`, `v̂ = v/(1 − β₂ᵗ)`.
  ///
  /// Kingma, Ba (2015), "Adam: a method for stochastic optimization". ε is added to the corrected
  /// root, as in the paper's algorithm 1, PyTorch, JAX and the lecture notes (which take 10⁻⁷).
  /// `epsilon_hat` adds it to the uncorrected √v, as scikit-learn and Keras do (the paper's remark
  /// on efficiency): `θ ← θ − η √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε̂)`. The notes' program empties m
  /// and v at each epoch (`reset_each_epoch`) and lets t count epochs (`step_per_epoch`).
  package static let adam = Optimizer(
    "adam", title: "Adam", summary: "Momentum and per-parameter rates, corrected for their start",
    formula: "θ ← θ − η m̂ / (√v̂ + ε)", reference: "Kingma & Ba 2015", suggestedRate: 0.001,
    hyperparameters: .adam, shared: SharedSettings(countsSteps: true),
    memory: [.mean, .square], biasCorrections: ["beta1", "beta2"],
    limit: .preconditioned("2(1+β₁)/((1−β₁)λ)")
  ) { settings, count in Adam(settings, variant: .plain, count: count) }
}

extension [Hyperparameter] {
  /// β₁, β₂, ε of the Adam family without `epsilon_hat`.
  static func moments(beta1: Double = 0.9, beta2: Double = 0.999) -> [Hyperparameter] {
    [
      Hyperparameter(
        "beta1", symbol: "β₁", "The share of the gradients' mean that is kept", default: beta1,
        in: 0...0.999999),
      Hyperparameter(
        "beta2", symbol: "β₂", "The share of the squared gradients' mean that is kept",
        default: beta2, in: 0...0.9999999),
    ]
  }
  /// β₁, β₂, ε and where ε stands.
  static let adam =
    moments() + [
      .epsilon(default: 1e-8),
      Hyperparameter(
        "epsilon_hat", symbol: "ε̂", "ε is added before v is corrected, as in scikit-learn",
        default: 0, in: 0...1, scale: .flag),
    ]
}

/// Adam, and AMSGrad, which divides by the greatest v so far.
package struct Adam: GradientTransformation {
  /// Which v the step is divided by.
  enum Variant: Sendable { case plain, amsgrad }

  var law: AdamLaw
  /// m, then v, then AMSGrad's greatest v, each in whole lanes; one vector, so that a step asks
  /// once whether it may write.
  var moments: Vector

  init(_ settings: Settings, variant: Variant, count: Int) {
    law = AdamLaw(settings, variant: variant, count: count)
    moments = Vector(zeros: (variant == .amsgrad ? 3 : 2) * ((count + 7) & ~7))
  }

  package var actsEntrywise: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    update(
      gradient, into: gradient, parameters: parameters, paddedCount: paddedCount, context: context)
  }

  @inline(never)
  package mutating func update(
    _ gradient: UnsafePointer<Double>, into change: UnsafeMutablePointer<Double>,
    parameters: UnsafePointer<Double>, paddedCount: Int, context: borrowing StepContext
  ) {
    if let rates = context.rates {
      return update(
        gradient, into: change, vectors: paddedCount >> 3, step: context.step,
        learningRate: context.learningRate, rates: rates)
    }
    // Whether the moments may be written to is asked first: vectors at hand would be put aside for
    // the call.
    moments.withLanes { moments in
      law.begin(step: context.step, learningRate: context.learningRate)
      law.move(gradient.lanes, change.lanes, moments, rate: law.rate, vectors: paddedCount >> 3)
      law.prepare(learningRate: context.learningRate)
    }
  }

  /// The same of runs with rates of their own.
  @inline(never)
  private mutating func update(
    _ gradient: UnsafePointer<Double>, into change: UnsafeMutablePointer<Double>, vectors: Int,
    step: Int, learningRate: Double, rates: UnsafePointer<Lanes>
  ) {
    moments.withLanes { moments in
      law.begin(step: step, learningRate: learningRate)
      law.move(
        gradient.lanes, change.lanes, moments, rate: law.rate(of: rates.pointee), vectors: vectors)
      law.prepare(learningRate: learningRate)
    }
  }

  /// The number-th moment, as long as the parameters.
  private subscript(number: Int) -> Vector {
    get {
      var part = Vector(zeros: law.count)
      for index in part.lanes.indices {
        part.lanes[index] = moments.lanes[number * part.lanes.count + index]
      }
      return part
    }
    set {
      for index in newValue.lanes.indices {
        moments.lanes[number * newValue.lanes.count + index] = newValue.lanes[index]
      }
    }
  }

  package var memory: Memory {
    get {
      var memory = Memory(["m": self[0], "v": self[1]])
      if law.variant == .amsgrad { memory.append("v max", self[2]) }
      law.write(to: &memory)
      return memory
    }
    set {
      newValue.read("m", into: &self[0])
      newValue.read("v", into: &self[1])
      if law.variant == .amsgrad { newValue.read("v max", into: &self[2]) }
      law.read(from: newValue)
    }
  }

  package mutating func clear() { moments.clear() }

  /// With v as it is now.
  package func linearStability(step: Int) -> LinearStability? { law.linearStability(step: step) }

  package func effectiveRate(learningRate: Double, step: Int) -> Vector? {
    let divisor = self[law.variant == .plain ? 1 : 2]
    return law.effectiveRate(learningRate: learningRate, step: step, divisor: divisor)
  }
}
