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
  private var mean: Vector
  private var square: Vector
  private var greatest: Vector
  private var correction1: BiasCorrection
  private var correction2: BiasCorrection
  /// The corrections of the step that is to be expected: their root takes as long as a small network's gradient, and can
  /// be taken meanwhile.
  private var ahead:
    (step: Int, correction1: BiasCorrection, correction2: BiasCorrection, root2: Double)

  init(_ settings: ResolvedSettings, variant: Variant, count: Int) {
    beta1 = settings["beta1"]
    beta2 = settings["beta2"]
    epsilon = settings["eps"]
    epsilonHat = settings.flag("epsilon_hat")
    self.variant = variant
    mean = Vector(zeros: count)
    square = Vector(zeros: count)
    greatest = Vector(zeros: variant == .amsgrad ? count : 0)
    correction1 = BiasCorrection(beta: beta1)
    correction2 = BiasCorrection(beta: beta2)
    ahead = (0, correction1, correction2, 0)
  }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    // η (m/c₁) / (√v/√c₂ + ε) = (η √c₂/c₁) m / (√v + ε √c₂): one division an entry.
    if context.step == ahead.step {
      correction1 = ahead.correction1
      correction2 = ahead.correction2
    } else {
      ahead.root2 = correction2(context.step).squareRoot()
    }
    let root2 = ahead.root2
    let rate = Lanes(repeating: context.learningRate * root2 / correction1(context.step))
    let epsilon = Lanes(repeating: epsilonHat ? epsilon : epsilon * root2)
    let take1 = Lanes(repeating: 1 - beta1)
    let keep2 = Lanes(repeating: beta2)
    let take2 = Lanes(repeating: 1 - beta2)
    let gradient = gradient.lanes
    let vectors = paddedCount / 8
    // A single number at the end would keep the divider busy for eight.
    let loose = mean.count & 7 == 1 ? vectors - 1 : vectors
    mean.withLanes { mean in
      square.withLanes { square in
        if variant == .plain {
          for index in 0..<vectors {
            let g = gradient[index]
            var m = mean[index]
            m.addProduct(take1, g - m)
            mean[index] = m
            var v = take2 * g * g
            v.addProduct(keep2, square[index])
            square[index] = v
            let step = rate * m
            gradient[index] =
              index < loose
              ? quotient(step, v.squareRoot() + epsilon)
              : quotientOfFirst(step, v[0].squareRoot() + epsilon[0])
          }
        } else {
          greatest.withLanes { greatest in
            for index in 0..<vectors {
              let g = gradient[index]
              var m = mean[index]
              m.addProduct(take1, g - m)
              mean[index] = m
              var v = take2 * g * g
              v.addProduct(keep2, square[index])
              square[index] = v
              let top = larger(v, greatest[index])
              greatest[index] = top
              gradient[index] = quotient(rate * m, top.squareRoot() + epsilon)
            }
          }
        }
      }
    }
    let next = context.step &+ 1
    ahead = (next, correction1, correction2, 0)
    _ = ahead.correction1(next)
    ahead.root2 = ahead.correction2(next).squareRoot()
  }

  package var memory: Memory {
    get {
      variant == .plain
        ? Memory(["m": mean, "v": square]) : Memory(["m": mean, "v": square, "v max": greatest])
    }
    set {
      newValue.read("m", into: &mean)
      newValue.read("v", into: &square)
      newValue.read("v max", into: &greatest)
    }
  }

  package mutating func clear() {
    mean.clear()
    square.clear()
    greatest.clear()
  }

  package func effectiveRate(learningRate: Double, step: Int) -> Vector? {
    let root2 = (1 - BiasCorrection.power(beta2, step)).squareRoot()
    let rate = learningRate * root2 / (1 - BiasCorrection.power(beta1, step))
    let offset = epsilonHat ? epsilon : epsilon * root2
    let divisor = variant == .plain ? square : greatest
    return Vector(divisor.values.map { rate / ($0.squareRoot() + offset) })
  }
}
