import Differentiation
import Foundation
import Lanes
import Models
import Optimization
import Presets
import Training

/// What a script computes with.
enum PythonDialect {
  /// numpy; gradients are written out.
  case numpy
  /// JAX, whose functions have numpy's names; it finds the gradients itself.
  case jax
}

/// A run as a Python script of its own, which repeats it with numpy or JAX from the same numbers.
struct PythonScript {
  /// The script.
  let text: String

  /// The most numbers that are written into a script.
  private static let mostNumbers = 2_000_000

  /// The script of `steps` steps of a preset, which prints every `every`-th.
  ///
  /// - Throws: `ExportFailure` for what a script cannot hold.
  init(_ preset: Preset, steps: Int, every: Int, dialect: PythonDialect = .numpy) throws {
    let experiment = preset.experiment
    let kept = experiment.changes.allSatisfy {
      switch $0.command {
      case .learningRate, .schedule: true
      default: false
      }
    }
    guard kept else {
      throw ExportFailure(
        description: "the preset changes more than its rate on the way, which a script cannot hold")
    }
    var run = try Run(experiment)
    run.measuresSplits = false
    let start = run.parameters
    var rates: [Double] = []
    var batches: [[Int]] = []
    let isFull = experiment.batching == .full || run.objective.sampleCount == 0
    while run.step < steps {
      let rate = run.learningRate
      guard run.advance(1) == 1 else { break }
      rates.append(rate)
      if !isFull { batches.append(run.lastBatch) }
      guard rates.count + batches.count * (batches.first?.count ?? 0) <= Self.mostNumbers else {
        throw ExportFailure(
          description: "\(steps) steps of batches are too many to write in; take fewer --steps")
      }
      if run.status != .running { break }
    }
    let rule = try PythonOptimizer(
      experiment.optimizer, rates: Self.entryRates(of: run), dialect)
    let epoch = try Self.epochLength(experiment, run)
    let goal: String
    switch run.objective.kind {
    case .function(let function): goal = try Self.function(function, dialect)
    case .dense(let network) where network.isLinearized:
      throw ExportFailure(
        description: "a linearised net cannot be written as a script; --format json, csv or npz"
          + " has its parameters")
    case .dense(let network): goal = try PythonNetwork(network, experiment, dialect).text
    default:
      guard let kind = PythonKinds.text(run.objective, dialect) else {
        throw ExportFailure(
          description: dialect == .jax
            ? "what contrastive divergence does is the gradient of no function; --format python "
              + "holds it"
            : "networks of this kind cannot be written as a script; --format npz can be")
      }
      goal = kind
    }
    let names = run.objective.parameterNames.map { $0.contains(",") ? "\"\($0)\"" : $0 }
    let constant = Set(rates).count <= 1
    let arrays =
      dialect == .jax
      ? "import jax\nimport jax.numpy as np\n\njax.config.update('jax_enable_x64', True)"
      : "import numpy as np"
    let rateList =
      constant
      ? "[\(Self.number(rates.first ?? run.learningRate))] * (steps + 1)"
      : Self.array(rates + [run.learningRate])
    let batchList = isFull ? "[None] * steps" : Self.list(batches)
    let batchArrays =
      dialect == .jax && !isFull ? "\nbatches = [np.array(batch) for batch in batches]" : ""
    text = """
      # \(EscapedText.visible(preset.title)): \(rates.count) steps, repeated from the same numbers.
      # Written by `glissade export`. It needs \(dialect == .jax ? "JAX" : "numpy"), and prints \
      what `glissade run --trace` has.
      \(arrays)

      \(goal)\(dialect == .jax ? "\nloss_and_gradient = jax.jit(jax.value_and_grad(loss))\n" : "")
      start = \(Self.array(start))
      steps = \(rates.count)
      every = \(every)
      # The learning rate of each step\(constant ? "" : ", the schedule's factor included").
      rates = \(rateList)
      # The samples of each step; None: all of them.
      batches = \(batchList)\(batchArrays)
      steps_per_epoch = \(epoch)

      \(rule.text)

      theta = start.copy()
      print('step,learning_rate,loss,\(names.joined(separator: ","))')
      for step in range(steps + 1):
          if step % every == 0 or step == steps:
              row = [rates[step], loss_and_gradient(theta, None)[0], *theta]
              print(step, *(repr(float(value)) for value in row), sep=',')
          if step < steps:\(run.objective is any StochasticObjective ? "\n        draw = step" : "")
              g = loss_and_gradient(theta, batches[step])[1]
              theta = theta - change(theta, g, rates[step], step)

      """
  }

  /// Multiples of the rate in Python, one a parameter; nil where all have one rate.
  private static func entryRates(of run: Run) -> String? {
    let rates = run.experiment.layerRates
    guard rates.contains(where: { $0 != 1 }) else { return nil }
    let blocks = run.objective.layout.blocks.map { block -> (rate: Double, count: Int) in
      let layer = block.layer ?? rates.count
      return (layer < rates.count ? rates[layer] : 1, block.range.count)
    }
    return "np.repeat(np.array([\(blocks.map { number($0.rate) }.joined(separator: ", "))]),"
      + " np.array([\(blocks.map { String($0.count) }.joined(separator: ", "))]))"
  }

  private static func epochLength(_ experiment: Experiment, _ run: Run) throws -> Int {
    try Batcher(
      experiment.batching, sampleCount: run.objective.sampleCount, seed: experiment.seed
    ).stepsPerEpoch
  }

  /// A number as Python reads it.
  static func number(_ value: Double) -> String {
    value.isFinite ? ExactDecimal.shortest(value) : "float('\(ExactDecimal.shortest(value))')"
  }

  /// Numbers as an array, some a line.
  static func array(_ values: [Double]) -> String {
    guard values.count > 8 else {
      return "np.array([\(values.map(number).joined(separator: ", "))], dtype=float)"
    }
    let lines = stride(from: 0, to: values.count, by: 8).map { first in
      "    " + values[first..<min(first + 8, values.count)].map(number).joined(separator: ", ")
    }
    return "np.array([\n\(lines.joined(separator: ",\n"))], dtype=float)"
  }

  /// Lists of numbers, one a line.
  private static func list(_ rows: [[Int]]) -> String {
    "[\n"
      + rows.map { "    [\($0.map(String.init).joined(separator: ", "))]" }.joined(separator: ",\n")
      + "]"
  }

  // MARK: - Functions

  /// A function by its formula: value and derivatives, one operation a line.
  private static func function(
    _ function: any FunctionObjective, _ dialect: PythonDialect
  ) throws -> String {
    let formula: Formula
    if let typed = function as? FormulaObjective {
      formula = typed.source
    } else if let read = try? Formula(
      function.formula, constants: constants(function), variables: function.variableNames),
      agree(read, function)
    {
      formula = read
    } else {
      throw ExportFailure(
        description: "this landscape has no formula that a script could compute; write it as one")
    }
    let written = dialect == .jax ? formula.graph : formula.graph?.withGradient()
    guard let graph = written, graph.nodes.count <= 4000 else {
      throw ExportFailure(
        description: "the course of this formula depends on its variables, or it is too long")
    }
    return """
      def \(dialect == .jax ? "loss" : "loss_and_gradient")(theta, rows):
      \(PythonGraph(graph, dialect).lines.map { "    \($0)\n" }.joined())
      """
  }

  /// The numbers that a landscape's formula names by their symbols.
  private static func constants(_ function: any FunctionObjective) -> [String: Double] {
    guard let landscape = function as? LandscapeObjective else { return [:] }
    let settings = landscape.landscape.hyperparameters
    return Dictionary(
      settings.map { ($0.symbol, landscape.settings[$0.name]) }, uniquingKeysWith: { a, _ in a })
  }

  private static func agree(_ formula: Formula, _ function: any FunctionObjective) -> Bool {
    let count = function.parameterCount
    guard formula.variables.count == count else { return false }
    return [0.3, -0.7, 1.9].allSatisfy { place in
      let point = (0..<count).map { place + 0.37 * Double($0) }
      let (value, gradient) = function.lossAndGradient(at: point)
      let other = formula.valueAndGradient(at: point)
      let size = gradient.reduce(max(1, value.magnitude)) { max($0, $1.magnitude) }
      return abs(value - other.value) <= 1e-12 * size
        && zip(gradient, other.gradient).allSatisfy { abs($0 - $1) <= 1e-12 * size }
    }
  }
}

/// A graph as lines of Python: the value, then the derivatives.
struct PythonGraph {
  /// The lines.
  let lines: [String]

  /// One operation a line.
  init(_ graph: Graph, _ dialect: PythonDialect) {
    var lines: [String] = []
    var names: [String] = []
    for (index, node) in graph.nodes.enumerated() {
      let a = node.operation.arity > 0 ? names[node.operand(0)] : ""
      let b = node.operation.arity > 1 ? names[node.operand(1)] : ""
      switch node.operation {
      case .variable: names.append("theta[\(node.a)]")
      case .constant: names.append("(\(PythonScript.number(node.constant)))")
      default:
        names.append("v\(index)")
        let c = node.operation == .select ? names[node.operand(2)] : ""
        lines.append("v\(index) = \(Self.text(node.operation, a, b, c, dialect))")
      }
    }
    let outputs = graph.outputs.map { names[Int($0)] }
    if dialect == .jax {
      lines.append("return \(outputs[0]) * 1.0")
      self.lines = lines
      return
    }
    let gradient = outputs.dropFirst().joined(separator: ", ")
    lines.append("return \(outputs[0]), np.array([\(gradient)], dtype=float)")
    self.lines = lines
  }

  private static func text(
    _ operation: Differentiation.Operation, _ a: String, _ b: String, _ c: String,
    _ dialect: PythonDialect
  ) -> String {
    if dialect == .jax, let text = traced(operation, a, b, c) { return text }
    return switch operation {
    case .add: "\(a) + \(b)"
    case .subtract: "\(a) - \(b)"
    case .multiply: "\(a) * \(b)"
    case .divide: "np.divide(\(a), \(b))"
    case .power: "np.power(float(\(a)), \(b))"
    case .negate: "-\(a)"
    case .asin: "np.arcsin(\(a))"
    case .acos: "np.arccos(\(a))"
    case .atan: "np.arctan(\(a))"
    case .atan2: "np.arctan2(\(a), \(b))"
    case .asinh: "np.arcsinh(\(a))"
    case .acosh: "np.arccosh(\(a))"
    case .atanh: "np.arctanh(\(a))"
    case .min, .atMost: "np.minimum(\(a), \(b))"
    case .max, .atLeast: "np.maximum(\(a), \(b))"
    case .sigmoid: "1 / (1 + np.exp(-\(a)))"
    case .softplus: "np.logaddexp(0, \(a))"
    case .relu: "np.maximum(\(a), 0)"
    case .step: "float(\(a) >= 0)"
    case .erf: "__import__('math').erf(\(a))"
    case .less: "float(\(a) < \(b))"
    case .lessOrEqual: "float(\(a) <= \(b))"
    case .greater: "float(\(a) > \(b))"
    case .greaterOrEqual: "float(\(a) >= \(b))"
    case .equal: "float(\(a) == \(b))"
    case .notEqual: "float(\(a) != \(b))"
    case .and: "float(\(a) != 0 and \(b) != 0)"
    case .or: "float(\(a) != 0 or \(b) != 0)"
    case .not: "float(\(a) == 0)"
    case .select: "\(b) if \(a) != 0 else \(c)"
    default: "np.\(Function.symbol(of: operation))(\(a))"
    }
  }

  /// What JAX can follow: no branches of Python, and one side's gradient where two are equal.
  private static func traced(
    _ operation: Differentiation.Operation, _ a: String, _ b: String, _ c: String
  ) -> String? {
    func number(_ condition: String) -> String { "np.where(\(condition), 1.0, 0.0)" }
    return switch operation {
    case .power: "np.power(\(a) * 1.0, \(b))"
    case .min, .atMost: "np.where(\(a) < \(b), \(a), \(b))"
    case .max, .atLeast: "np.where(\(a) > \(b), \(a), \(b))"
    case .relu: "np.where(\(a) > 0, \(a), 0.0)"
    case .step: number("\(a) >= 0")
    case .erf: "jax.scipy.special.erf(\(a))"
    case .less: number("\(a) < \(b)")
    case .lessOrEqual: number("\(a) <= \(b)")
    case .greater: number("\(a) > \(b)")
    case .greaterOrEqual: number("\(a) >= \(b)")
    case .equal: number("\(a) == \(b)")
    case .notEqual: number("\(a) != \(b)")
    case .and: number("(\(a) != 0) & (\(b) != 0)")
    case .or: number("(\(a) != 0) | (\(b) != 0)")
    case .not: number("\(a) == 0")
    case .select: "np.where(\(a) != 0, \(b), \(c))"
    default: nil
    }
  }
}
