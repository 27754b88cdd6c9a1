import Lanes
import Models
import Optimization

extension Run {
  /// An optimizer of parameters without layers.
  static func optimizer(_ choice: Choice, count: Int) throws(RunError) -> OptimizerChain {
    try optimizer(choice, ParameterShape(count: count))
  }

  private static func optimizer(
    _ choice: Choice, _ parameters: ParameterShape
  ) throws(RunError) -> OptimizerChain {
    do { return try OptimizerChain(choice, parameters) } catch { throw .optimizer(error) }
  }

  /// The optimizer of an experiment on `objective`: it must suit the objective's penalty, and
  /// rates of single layers.
  static func optimizer(
    of experiment: Experiment, for objective: any Objective
  ) throws(RunError) -> OptimizerChain {
    let choice = experiment.optimizer
    let rates = try entryRates(experiment.layerRates, objective.layout)
    let chain = try optimizer(
      choice,
      ParameterShape(
        count: objective.parameterCount, matrices: objective.layout.matrices, rates: rates))
    func refuse(_ key: String, _ value: String, _ allowed: String) -> RunError {
      .problem(InvalidProblem([ProblemIssue(key: key, value: value, allowed: allowed)]))
    }
    if let rule = objective.shrinkage?.rule {
      if chain.usesSurface {
        throw refuse(
          "l1_rule", rule.rawValue,
          "\(choice.name) looks at the loss around it, where l1 has to be part of the gradient: "
            + "take"
            + " subgradient")
      }
      if chain.isMeasuredAtAverage {
        throw refuse(
          "l1_rule", rule.rawValue,
          "\(choice.name) averages points, which would undo what the rule sets to 0: take"
            + " subgradient")
      }
      if !rates.isEmpty {
        throw refuse(
          "l1_rule", rule.rawValue,
          "it pulls all weights by one rate, and there are layer_rates: take subgradient")
      }
    }
    if !rates.isEmpty, chain.usesSurface || chain.isMeasuredAtAverage {
      throw refuse(
        "layer_rates", experiment.layerRates.map { "\($0)" }.joined(separator: ", "),
        "\(choice.name) takes its steps by one rate: "
          + (chain.usesSurface
            ? "it looks for the way by the loss around it" : "it averages the points of all steps")
          + "; take another optimizer, or leave layer_rates out")
    }
    return chain
  }

  /// The multiple of the rate of each parameter; empty where all are 1.
  static func entryRates(
    _ rates: [Double], _ layout: ParameterLayout
  ) throws(RunError) -> [Double] {
    guard rates.contains(where: { $0 != 1 }) else { return [] }
    let layers = layout.layers.count
    guard rates.count <= layers else {
      throw .problem(
        InvalidProblem([
          ProblemIssue(
            key: "layer_rates", value: "\(rates.count) numbers",
            allowed: layers == 0
              ? "there are no layers" : "at most \(layers), one a layer, the output layer's last")
        ]))
    }
    if let bad = rates.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .problem(
        InvalidProblem([
          ProblemIssue(key: "layer_rates", value: "\(bad)", allowed: "a finite number from 0")
        ]))
    }
    var factors = [Double](repeating: 1, count: layout.count)
    for block in layout.blocks {
      guard let layer = block.layer, layer < rates.count else { continue }
      for entry in block.range { factors[entry] = rates[layer] }
    }
    return factors
  }
}
