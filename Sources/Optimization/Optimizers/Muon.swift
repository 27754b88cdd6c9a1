package import Lanes

extension Optimizer {
  /// Muon: momentum, whose matrices are levelled before they are taken as steps.
  ///
  /// For each matrix of weights W (units × inputs): `B ← μ B + (1 − μ) G`,
  /// `U = (1 − μ) G + μ B` (Nesterov; else B), `W ← W − η s NS₅(U)` with
  /// `s = √max(1, units/inputs)`, or `0.2 √max(units, inputs)` with `match_rms`. Everything else
  /// (biases, numbers of a function) goes by Adam at `rest_rate` times η.
  ///
  /// Jordan et al. (2024), "Muon: an optimizer for hidden layers in neural networks"; Liu et al.
  /// (2025), arXiv 2502.16982, for `match_rms`. Defaults are `torch.optim.Muon`'s, but the
  /// iteration runs in double precision, where PyTorch's is in bfloat16. Weight decay is decoupled,
  /// and acts on all parameters alike.
  package static let muon = Optimizer(
    "muon", title: "Muon",
    summary: "Momentum whose steps are as long in every direction of a layer",
    formula: "B ← μ B + (1 − μ) G;  W ← W − η √max(1, rows/columns) NS₅((1 − μ) G + μ B)",
    reference: "Jordan et al. 2024", suggestedRate: 0.02,
    hyperparameters: [
      Hyperparameter(
        "momentum", symbol: "μ", "The share of the gradients' mean that is kept each step",
        default: 0.95, in: 0...0.9999),
      Hyperparameter(
        "nesterov", symbol: "N", "The gradient is looked at ahead, as Nesterov does",
        default: 1, in: 0...1, scale: .flag),
      Hyperparameter(
        "match_rms", symbol: "0.2√", "Steps are as long as AdamW's: 0.2 √max(rows, columns)",
        default: 0, in: 0...1, scale: .flag),
      Hyperparameter(
        "rest_rate", symbol: "η′/η",
        "The rate of what is in no matrix, which goes by Adam, as a share of η",
        default: 1, in: 0...1e6, scale: .logarithmic),
    ] + .moments() + [.epsilon(default: 1e-8)],
    shared: SharedSettings(weightDecay: 0.1, decoupled: true, countsSteps: true),
    memory: [.mean, .square],
    limit: .none("it levels its steps: the size of a gradient has no say"),
    needsMatrices: true
  ) { settings, parameters in Muon(settings, parameters) }
}

/// Levelled momentum for matrices, Adam for the rest.
package struct Muon: GradientTransformation {
  private let momentum: Double
  private let nesterov: Bool
  private let matchesRMS: Bool
  private let restRate: Double
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  /// Each matrix, with room for its iteration.
  private var matrices: [(matrix: MatrixBlock, iteration: NewtonSchulz)]
  /// The flat places that no matrix holds.
  private let rest: [Range<Int>]
  /// B in matrices, m elsewhere.
  private var mean: Vector
  /// v of what is in no matrix; 0 in matrices.
  private var square: Vector

  init(_ settings: Settings, _ parameters: ParameterShape) {
    momentum = settings["momentum"]
    nesterov = settings.flag("nesterov")
    matchesRMS = settings.flag("match_rms")
    restRate = settings["rest_rate"]
    beta1 = settings["beta1"]
    beta2 = settings["beta2"]
    epsilon = settings["eps"]
    matrices = parameters.matrices.map { ($0, NewtonSchulz(rows: $0.rows, columns: $0.columns)) }
    rest = parameters.rest
    mean = Vector(zeros: parameters.count)
    square = Vector(zeros: parameters.count)
  }

  package var actsEntrywise: Bool { false }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let rate = context.learningRate
    mean.withUnsafeMutablePointer { mean in
      for number in matrices.indices {
        let matrix = matrices[number].matrix
        let (g, b) = (gradient + matrix.offset, mean + matrix.offset)
        for index in 0..<matrix.rows * matrix.columns {
          b[index] += (1 - momentum) * (g[index] - b[index])
          g[index] = nesterov ? g[index] + momentum * (b[index] - g[index]) : b[index]
        }
        let (rows, columns) = (Double(matrix.rows), Double(matrix.columns))
        let scale =
          matchesRMS
          ? 0.2 * max(rows, columns).squareRoot() : max(1, rows / columns).squareRoot()
        matrices[number].iteration.level(g, times: rate * scale)
      }
      let c1 = 1 - BiasCorrection.power(beta1, context.step)
      let root2 = (1 - BiasCorrection.power(beta2, context.step)).squareRoot()
      let step = rate * restRate / c1
      square.withUnsafeMutablePointer { square in
        for index in rest.joined() {
          let g = gradient[index]
          mean[index] += (1 - beta1) * (g - mean[index])
          square[index] = beta2 * square[index] + (1 - beta2) * g * g
          gradient[index] = step * mean[index] / (square[index].squareRoot() / root2 + epsilon)
        }
      }
    }
  }

  package var memory: Memory {
    get { Memory(["m": mean, "v": square]) }
    set {
      newValue.read("m", into: &mean)
      newValue.read("v", into: &square)
    }
  }

  package mutating func clear() {
    mean.clear()
    square.clear()
  }
}
