package import Lanes

extension Optimizer {
  /// Schedule-Free AdamW: `v ← β₂ v + (1 − β₂) g²`, `z ← z − η (g/(√v̂ + ε) + λ y)`, with the
  /// average x of the z, and `y = (1 − β₁) z + β₁ x`, where g is taken.
  ///
  /// Defazio et al. (2024), "The road less scheduled", arXiv 2405.15682. x takes the place of
  /// Adam's momentum and of a falling rate, and is the model: losses, predictions and files are of
  /// x. v̂ = v/(1 − β₂ᵗ). `schedulefree` 1.4.1 gives the same numbers.
  package static let scheduleFreeAdamW = Optimizer(
    "schedule_free_adamw", title: "Schedule-Free AdamW",
    summary: "Per-parameter rates, with a running average that is the model",
    formula: "z ← z − η (g(y)/(√v̂ + ε) + λ y);  x ← (1−c) x + c z",
    reference: "Defazio et al. 2024", suggestedRate: 0.0025,
    hyperparameters: [
      .averaging("beta1", symbol: "β₁"),
      Hyperparameter(
        "beta2", symbol: "β₂", "The share of the squared gradients' mean that is kept",
        default: 0.999, in: 0...0.9999999),
      .epsilon(default: 1e-8),
      Hyperparameter(
        "weight_decay", symbol: "λ", "Pulls the base point towards zero by this much of y",
        default: 0, in: 0...10, scale: .logarithmic),
    ] + .averagingWeights,
    shared: SharedSettings(weightDecay: nil, countsSteps: true),
    memory: [.lead, .square], biasCorrections: ["beta2"],
    limit: .preconditioned("2(2−c)/((2(1−β₁) + c(2β₁−1))λ)"), decaysItself: true
  ) { settings, count in ScheduleFreeAdam(settings, count: count) }
}

/// The base point's steps are gradients divided by the root of their mean square.
package struct ScheduleFreeAdam: GradientTransformation {
  private var points: ScheduleFree
  private let beta2: Double
  private let epsilon: Double
  private let decay: Double
  private var square: Vector
  private var correction: BiasCorrection

  init(_ settings: Settings, count: Int) {
    points = ScheduleFree(settings, beta: "beta1", count: count)
    beta2 = settings["beta2"]
    epsilon = settings["eps"]
    decay = settings["weight_decay"]
    square = Vector(zeros: count)
    correction = BiasCorrection(beta: beta2)
  }

  package var actsEntrywise: Bool { true }
  package var isMeasuredAtAverage: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let (rate, share) = points.begin(context)
    let move = ScheduleFree.Move(rate: rate, share: share, beta: points.beta)
    let root = Lanes(repeating: correction(context.step).squareRoot())
    let offset = Lanes(repeating: epsilon) * root
    let keep = Lanes(repeating: beta2)
    let take = Lanes(repeating: 1 - beta2)
    let pull = Lanes(repeating: decay)
    let (gradient, y) = (gradient.lanes, parameters.lanes)
    points.lead.withLanes { lead in
      square.withLanes { square in
        for index in 0..<paddedCount / 8 {
          let g = gradient[index]
          var v = take * g * g
          v.addProduct(keep, square[index])
          square[index] = v
          var step = quotient(root * g, v.squareRoot() + offset)
          step.addProduct(pull, y[index])
          gradient[index] = move(step, &lead[index])
        }
      }
    }
  }

  package func average(
    _ parameters: UnsafePointer<Double>, into average: UnsafeMutablePointer<Double>,
    paddedCount: Int
  ) { points.average(parameters, into: average, paddedCount: paddedCount) }

  package var memory: Memory {
    get {
      var memory = Memory()
      points.write(to: &memory)
      memory.append("v", square)
      correction.write(to: &memory, as: "β₂ᵗ")
      return memory
    }
    set {
      points.read(from: newValue)
      newValue.read("v", into: &square)
      correction.read(from: newValue, as: "β₂ᵗ")
    }
  }

  package mutating func clear() {
    points.clear()
    square.clear()
    correction = BiasCorrection(beta: beta2)
  }

  /// With v and c as they are; weight decay, which is added after the division, is left out.
  package func linearStability(step: Int) -> LinearStability? {
    decay == 0 ? points.linearStability(correction: 1) : nil
  }

  package func effectiveRate(learningRate: Double, step: Int) -> Vector? {
    let root = (1 - BiasCorrection.power(beta2, step)).squareRoot()
    return Vector(square.values.map { learningRate / ($0.squareRoot() / root + epsilon) })
  }
}
