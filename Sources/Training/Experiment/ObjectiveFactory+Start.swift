import Lanes
package import Models

extension ObjectiveFactory {
  /// Initial parameters in flat order: explicit ones, or drawn by an initialiser and the seed.
  package static func parameters(
    of experiment: Experiment, on objective: any Objective
  ) throws(InvalidProblem) -> [Double] {
    let (start, seed) = (experiment.start, experiment.seed)
    if let parameters = start.parameters {
      guard parameters.count == objective.parameterCount else {
        throw InvalidProblem([
          ProblemIssue(
            key: "start.parameters", value: "\(parameters.count) numbers",
            allowed:
              "\(objective.parameterCount) are needed: \(list(objective.parameterNames))")
        ])
      }
      if let bad = parameters.firstIndex(where: { !$0.isFinite }) {
        throw InvalidProblem([
          ProblemIssue(
            key: "start.parameters[\(bad + 1)]", value: "\(parameters[bad])",
            allowed: "finite numbers")
        ])
      }
      return parameters
    }
    if let layers = start.layers { return try flat(layers, of: objective) }
    let (initializer, settings) = try initializer(of: start)
    guard let initializer else { return objective.usualStart(seed: seed) }
    if initializer.isSolution {
      guard let solution = objective.kind.mapping?.leastNormParameters() else {
        throw InvalidProblem([
          ProblemIssue(
            key: "start.initializer", value: initializer.name,
            allowed: "only a linear model with the loss mse or half_mse and no penalty has such a"
              + " solution")
        ])
      }
      return solution
    }
    if let network = objective.kind.mapping {
      return network.initialParameters(
        initializer, settings: settings, seed: seed,
        page: initializer.followsPage ? page(of: experiment) : nil)
    }
    return initializer.start(
      variables: objective.parameterCount, settings: settings, seed: seed)
  }

  /// Parameters of a network that keep `values` at `places`; the others are drawn as the start
  /// says.
  static func parameters(
    of network: DenseNetwork, keeping values: [Double], at places: [Int?], as start: Start,
    seed: UInt64, addsSilently: Bool
  ) throws(InvalidProblem) -> [Double] {
    let (initializer, settings) = try initializer(of: start)
    return network.parameters(
      keeping: values, at: places, initializer, settings: settings, seed: seed,
      addsSilently: addsSilently)
  }

  /// The initialiser that a start names, with its settings; nil: what suits the problem.
  private static func initializer(
    of start: Start
  ) throws(InvalidProblem) -> (Initializer?, Settings) {
    var issues: [ProblemIssue] = []
    var initializer: Initializer?
    var settings = Settings(defaultsOf: [])
    if let choice = start.initializer {
      let key = "start.initializer"
      initializer = Initializer.all.entry(for: choice, key: key, issues: &issues)
      if let initializer {
        settings = Settings(choice, of: initializer.hyperparameters, key: key, issues: &issues)
      }
    }
    guard issues.isEmpty else { throw InvalidProblem(issues) }
    return (initializer, settings)
  }

  /// Weights and biases per layer in flat order.
  private static func flat(
    _ given: [LayerValues], of objective: any Objective
  ) throws(InvalidProblem) -> [Double] {
    guard let network = objective.kind.mapping else {
      throw InvalidProblem([
        ProblemIssue(
          key: "start.layers", value: "\(given.count) layers",
          allowed: "only models have layers; give start.parameters")
      ])
    }
    guard given.count == network.layers.count else {
      throw InvalidProblem([
        ProblemIssue(
          key: "start.layers", value: "\(given.count) layers",
          allowed: "\(network.layers.count) layers, the output layer included")
      ])
    }
    var issues: [ProblemIssue] = []
    var parameters: [Double] = []
    for (l, (values, layer)) in zip(given, network.layers).enumerated() {
      let key = "start.layers[\(l + 1)]"
      if values.weights.count != layer.units
        || values.weights.contains(where: { $0.count != layer.inputs })
      {
        issues.append(
          ProblemIssue(
            key: "\(key).weights",
            value: "\(values.weights.count) rows of \(values.weights.first?.count ?? 0)",
            allowed: "\(layer.units) rows of \(layer.inputs)"))
      }
      let biases = layer.hasBias ? layer.units : 0
      if values.biases.count != biases {
        issues.append(
          ProblemIssue(
            key: "\(key).biases", value: "\(values.biases.count) numbers",
            allowed: "\(biases) numbers"))
      }
      let numbers = values.weights.flatMap { $0 } + values.biases
      if let bad = numbers.first(where: { !$0.isFinite }) {
        issues.append(ProblemIssue(key: key, value: "\(bad)", allowed: "finite numbers"))
      }
      parameters += numbers
    }
    guard issues.isEmpty else { throw InvalidProblem(issues) }
    return parameters
  }

  private static func list(_ names: ParameterNames) -> String {
    names.count <= 8
      ? names.joined(separator: ", ")
      : names.prefix(4).joined(separator: ", ") + ", …, " + names[names.count - 1]
  }
}
