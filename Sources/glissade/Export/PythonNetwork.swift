import Foundation
import Lanes
import Models
import Training

/// A dense network in Python: its samples, and a function `loss_and_gradient(theta, rows)`.
struct PythonNetwork {
  /// Samples, layers and the function.
  let text: String

  /// φ and φ′ of an activation in Python, of z and a = φ(z); `{s}` is the setting.
  private static let activations: [String: (value: String, derivative: String)] = [
    "identity": ("z", "np.ones_like(z)"), "step": ("(z >= 0) * 1.0", "np.zeros_like(z)"),
    "sigmoid": ("sigmoid(z)", "a * (1 - a)"), "tanh": ("np.tanh(z)", "1 - a * a"),
    "hard_tanh": ("np.clip(z, -1, 1)", "((z > -1) & (z < 1)) * 1.0"),
    "softsign": ("z / (1 + np.abs(z))", "1 / (1 + np.abs(z)) ** 2"),
    "arctan": ("np.arctan(z)", "1 / (1 + z * z)"), "sine": ("np.sin(z)", "np.cos(z)"),
    "gaussian": ("np.exp(-z * z)", "-2 * z * a"),
    "relu": ("np.where(z > 0, z, 0.0)", "(z > 0) * 1.0"),
    "leaky_relu": ("np.where(z > 0, z, {s} * z)", "np.where(z > 0, 1.0, {s})"),
    "elu": (
      "np.where(z > 0, z, {s} * np.expm1(np.minimum(z, 0)))", "np.where(z > 0, 1.0, a + {s})"
    ),
    "softplus": ("np.logaddexp(0, z)", "sigmoid(z)"),
    "square": ("z * z", "2 * z"),
    "silu": ("z * sigmoid(z)", "sigmoid(z) * (1 + z * (1 - sigmoid(z)))"),
  ]

  /// The network of an experiment.
  ///
  /// - Throws: `ExportFailure` for losses and activations that have not been written in Python.
  init(
    _ network: DenseNetwork, _ experiment: Experiment, _ dialect: PythonDialect = .numpy
  ) throws {
    guard case .model(let model) = experiment.problem else {
      throw ExportFailure(description: "this is not a model on data")
    }
    let samples = network.trainSamples
    let columns = network.features.columns.indices
    let rows = (0..<samples.count).map { sample -> [Double] in
      let inputs = samples.input(sample).enumerated().map { index, x in
        network.standardization?.apply(x, input: index) ?? x
      }
      return columns.map { network.features.value($0, of: inputs) }
    }
    var layers: [String] = []
    for layer in network.layers {
      guard let activation = Self.activations[layer.activation.name] else {
        throw ExportFailure(
          description: "the activation \(layer.activation.name) cannot be written as a script yet")
      }
      func filled(_ text: String) -> String {
        text.replacingOccurrences(of: "{s}", with: PythonScript.number(layer.setting))
      }
      var (value, derivative) = (filled(activation.value), filled(activation.derivative))
      if layer.activation.scale != 1 {
        let scale = PythonScript.number(layer.activation.scale)
        value = "\(scale) * (\(value))"
        derivative = "\(scale) * (lambda a: \(derivative))(a / \(scale))"
      }
      layers.append(
        "    (\(layer.inputs), \(layer.units), \(layer.hasBias ? "True" : "False"),"
          + " lambda z: \(value), lambda z, a: \(derivative)),"
      )
    }
    if let rule = network.shrinkage?.rule {
      throw ExportFailure(
        description: "l1_rule \(rule.rawValue) cannot be written as a script yet")
    }
    let terms = network.loss.name == "softmax_ce" ? 1 : network.outputCount
    let cost: [String]
    switch network.loss.name {
    case "mse":
      cost = ["loss = np.sum((a - t) ** 2) * scale", "delta = 2 * (a - t) * scale * slope"]
    case "half_mse":
      cost = ["loss = np.sum((a - t) ** 2) * scale / 2", "delta = (a - t) * scale * slope"]
    case "signed_mse":
      cost = [
        "t = 2 * t - 1", "loss = np.sum((a - t) ** 2) * scale / 2",
        "delta = (a - t) * scale * slope",
      ]
    case "bce":
      cost = [
        "loss = np.sum(np.logaddexp(0, a) - t * a) * scale",
        "delta = (sigmoid(a) - t) * scale * slope",
      ]
    case "softmax_ce":
      cost = [
        "top = a - a.max(axis=1, keepdims=True)",
        "total = np.log(np.exp(top).sum(axis=1, keepdims=True))",
        "label = t[:, 0].astype(int)", "picked = np.arange(len(a)), label",
        "loss = np.sum(total[:, 0] - top[picked]) * scale", "delta = np.exp(top - total)",
        "delta[picked] -= 1", "delta = delta * scale * slope",
      ]
    default:
      throw ExportFailure(
        description: "the loss \(network.loss.name) cannot be written as a script yet")
    }
    var penalty: [String] = []
    if model.l1 != 0 || model.l2 != 0 {
      let share = model.penaltyPerSample ? " / len(x)" : ""
      penalty = ["for first, end in penalized:", "    w = theta[first:end]"]
      penalty += [
        "    loss += \(PythonScript.number(model.l1))\(share) * np.sum(np.abs(w))"
          + " + \(PythonScript.number(model.l2))\(share) / 2 * np.sum(w * w)",
        "    gradient[first:end] += \(PythonScript.number(model.l1))\(share) * np.sign(w)"
          + " + \(PythonScript.number(model.l2))\(share) * w",
      ]
    }
    // Squares compare class numbers output by output.
    let isOneHot =
      network.loss.name != "softmax_ce" && samples.targetCount == 1 && network.outputCount > 1
    let targets =
      isOneHot
      ? samples.targets.flatMap { target in
        (0..<network.outputCount).map { target == Double($0) ? 1.0 : 0 }
      } : samples.targets
    let width = isOneHot ? network.outputCount : samples.targetCount
    let ranges = network.penalizedParameters.map { "(\($0.lowerBound), \($0.upperBound))" }
    let head = """
      # Samples, one a row: the columns that the first layer sees, and the targets.
      inputs = \(PythonScript.array(rows.flatMap { $0 })).reshape(-1, \(columns.count))
      targets = \(PythonScript.array(targets)).reshape(-1, \(width))


      \(PythonKinds.sigmoid(dialect))


      # Inputs, units, biases or none, the activation of z, its derivative of z and a.
      layers = [
      \(layers.joined(separator: "\n"))
      ]
      # Where the weights that penalties count stand among the parameters.
      penalized = [\(ranges.joined(separator: ", "))]



      """
    let scale = model.reduction == .mean ? "1 / (len(x) * \(terms))" : "1.0"
    guard dialect == .numpy else {
      // The gradient is JAX's work; what is written for it alone is left out.
      let forward = (cost + penalty).filter { !$0.contains("delta") && !$0.contains("gradient[") }
      text =
        head + """
          def loss(theta, rows):
              x, t = (inputs, targets) if rows is None else (inputs[rows], targets[rows])
              a, at = x, 0
              for wide, units, biased, activate, _ in layers:
                  w = theta[at:at + wide * units].reshape(units, wide)
                  at += wide * units
                  a = a @ w.T
                  if biased:
                      a = a + theta[at:at + units]
                      at += units
                  a = activate(a)
              scale = \(scale)
          \(forward.map { "    \($0)" }.joined(separator: "\n"))
              return loss


          """
      return
    }
    text =
      head + """
        def loss_and_gradient(theta, rows):
            x, t = (inputs, targets) if rows is None else (inputs[rows], targets[rows])
            a, passes, at = x, [], 0
            for wide, units, biased, activate, derive in layers:
                w = theta[at:at + wide * units].reshape(units, wide)
                at += wide * units
                z = a @ w.T
                if biased:
                    z = z + theta[at:at + units]
                    at += units
                passes.append((a, w, z, biased, derive))
                a = activate(z)
                passes[-1] += (a,)
            scale = \(scale)
            slope = passes[-1][4](passes[-1][2], a)
        \(cost.map { "    \($0)" }.joined(separator: "\n"))
            parts = []
            for number in range(len(passes) - 1, -1, -1):
                before, w, z, biased, derive, _ = passes[number]
                if biased:
                    parts.append(delta.sum(axis=0))
                parts.append((delta.T @ before).ravel())
                if number:
                    delta = delta @ w * passes[number - 1][4](passes[number - 1][2], passes[number \
        - 1][5])
            gradient = np.concatenate(parts[::-1])
        \(penalty.map { "    \($0)" }.joined(separator: "\n"))
            return loss, gradient


        """
  }
}
