package import Lanes

extension Optimizer {
  /// Adam: `m ← β₁ m + (1 − β₁) g`, `v ← β₂ v + (1 − β₂) g²`, `θ ← θ − η m̂ / (√v̂ + ε)` with `m̂ = m/(1 − β₁ᵗ)`,
  /// `v̂ = v/(1 − β₂ᵗ)`.
  ///
  /// Kingma, Ba (2015), "Adam: a method for stochastic optimization". ε is added to the corrected root, as in the paper's
  /// algorithm 1, PyTorch, JAX and the lecture notes (which take 10⁻⁷). `epsilon_hat` adds it to the uncorrected √v, as
  /// scikit-learn and Keras do (the paper's remark on efficiency): `θ ← θ − η √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε̂)`. The
  /// notes' program empties m and v at each epoch (`reset_each_epoch`) and lets t count epochs (`step_per_epoch`).
  package static let adam = Optimizer(
    "adam", title: "Adam", summary: "Momentum and per-parameter rates, corrected for their start",
    formula: "θ ← θ − η m̂ / (√v̂ + ε)", reference: "Kingma & Ba 2015", suggestedRate: 0.001,
    hyperparameters: .adam, shared: SharedSettings(countsSteps: true)
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

  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let epsilonHat: Bool
  let variant: Variant
  private let count: Int
  /// m, then v, then AMSGrad's greatest v, each in whole lanes; one vector, so that a step asks once whether it may write.
  private var moments: Vector
  /// What depends on the step's number and not on the gradient, in force and of the step that is to be expected: a root and
  /// a division take as long as a small network's gradient, and can be taken meanwhile.
  private var now = AdamRates()
  private var ahead = AdamRates()

  init(_ settings: ResolvedSettings, variant: Variant, count: Int) {
    beta1 = settings["beta1"]
    beta2 = settings["beta2"]
    epsilon = settings["eps"]
    epsilonHat = settings.flag("epsilon_hat")
    self.variant = variant
    self.count = count
    moments = Vector(zeros: (variant == .amsgrad ? 3 : 2) * ((count + 7) & ~7))
  }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    if context.step == ahead.step {
      now = ahead
    } else if context.step != now.step {
      now = AdamRates(step: context.step, beta1: beta1, beta2: beta2)
    }
    if now.learningRate != context.learningRate { now.adapt(to: context.learningRate) }
    move(gradient.lanes, vectors: paddedCount >> 3)
    if ahead.step != now.step &+ 1 {
      ahead = now
      ahead.advance(beta1: beta1, beta2: beta2)
      ahead.adapt(to: context.learningRate)
    }
  }

  /// Takes a gradient into the moments and leaves the change in its place.
  @inline(__always)
  private mutating func move(_ gradient: UnsafeMutablePointer<Lanes>, vectors: Int) {
    // η (m/c₁) / (√v/√c₂ + ε) = (η √c₂/c₁) m / (√v + ε √c₂): one division an entry.
    let rate = Lanes(repeating: now.rate)
    let offset = Lanes(repeating: epsilonHat ? epsilon : epsilon * now.root2)
    let take1 = Lanes(repeating: 1 - beta1)
    let keep2 = Lanes(repeating: beta2)
    let take2 = Lanes(repeating: 1 - beta2)
    let keepsGreatest = variant == .amsgrad
    // A single number at the end would keep the divider busy for eight; it comes first, because the divider takes what is
    // written first, and the last to begin is the last to end.
    let loose = count & 7 == 1 ? vectors &- 1 : vectors
    moments.withLanes { mean in
      let square = mean + vectors
      let greatest = square + vectors
      /// The numerator of the change, and what the root is taken of.
      @inline(__always) func gather(_ index: Int) -> (Lanes, Lanes) {
        let g = gradient[index]
        var m = mean[index]
        m.addProduct(take1, g - m)
        mean[index] = m
        var v = take2 * g * g
        v.addProduct(keep2, square[index])
        square[index] = v
        if keepsGreatest {
          v = larger(v, greatest[index])
          greatest[index] = v
        }
        return (rate * m, v)
      }
      if loose < vectors {
        let (step, v) = gather(loose)
        gradient[loose] = quotientOfFirst(step, v[0].squareRoot() + offset[0])
      }
      for index in 0..<loose {
        let (step, v) = gather(index)
        gradient[index] = quotient(step, v.squareRoot() + offset)
      }
    }
  }

  /// The number-th moment, as long as the parameters.
  private subscript(number: Int) -> Vector {
    get {
      var part = Vector(zeros: count)
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
      variant == .plain
        ? Memory(["m": self[0], "v": self[1]])
        : Memory(["m": self[0], "v": self[1], "v max": self[2]])
    }
    set {
      newValue.read("m", into: &self[0])
      newValue.read("v", into: &self[1])
      if variant == .amsgrad { newValue.read("v max", into: &self[2]) }
    }
  }

  package mutating func clear() { moments.clear() }

  package func effectiveRate(learningRate: Double, step: Int) -> Vector? {
    let root2 = (1 - BiasCorrection.power(beta2, step)).squareRoot()
    let rate = learningRate * root2 / (1 - BiasCorrection.power(beta1, step))
    let offset = epsilonHat ? epsilon : epsilon * root2
    let divisor = self[variant == .plain ? 1 : 2]
    return Vector(divisor.values.map { rate / ($0.squareRoot() + offset) })
  }
}

/// What Adam's change takes from the number of the step: the bias corrections, and a rate.
private struct AdamRates {
  /// The number of the step.
  private(set) var step = 0
  /// β₁ᵗ and β₂ᵗ.
  private var power1 = 1.0
  private var power2 = 1.0
  /// √(1 − β₂ᵗ).
  private(set) var root2 = 0.0
  /// The learning rate that `rate` was made for; NaN for none.
  private(set) var learningRate = Double.nan
  /// η √(1 − β₂ᵗ) / (1 − β₁ᵗ).
  private(set) var rate = 0.0

  /// The rates before the first step.
  init() {}

  /// The rates of a step, found without those before it.
  init(step: Int, beta1: Double, beta2: Double) {
    self.step = step
    power1 = BiasCorrection.power(beta1, step)
    power2 = BiasCorrection.power(beta2, step)
    root2 = (1 - power2).squareRoot()
  }

  /// Goes to the next step; the rate is that of the step before until it is adapted.
  @inline(__always) mutating func advance(beta1: Double, beta2: Double) {
    step &+= 1
    power1 *= beta1
    power2 *= beta2
    root2 = (1 - power2).squareRoot()
  }

  @inline(__always) mutating func adapt(to learningRate: Double) {
    self.learningRate = learningRate
    rate = learningRate * root2 / (1 - power1)
  }
}
