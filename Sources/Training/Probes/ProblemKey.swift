import Lanes

/// What pictures of a problem depend on besides parameters: equal keys mean the same function, model and data.
package struct ProblemKey: Hashable, Sendable {
  private var name: String
  private var formula = ""
  private var choices: [Choice] = []
  private var numbers: [Double] = []
  private var words: [String] = []

  /// The key of an experiment's problem.
  package init(_ experiment: Experiment) {
    name = experiment.name
    switch experiment.problem {
    case .function(let problem):
      formula = problem.formula
      if let landscape = problem.landscape { choices.append(landscape) }
      for (key, value) in problem.constants.sorted(by: { $0.key < $1.key }) {
        words.append(key)
        numbers.append(value)
      }
    case .model(let problem):
      words = [problem.kind.rawValue] + problem.features
      choices.append(problem.loss)
      if let output = problem.output { choices.append(output) }
      for layer in problem.hidden {
        choices.append(layer.activation)
        numbers.append(Double(layer.units))
      }
      numbers += [problem.l1, problem.l2, Double(experiment.seed)]
      data(problem.data)
    case .network(let problem):
      choices.append(problem.kind)
      numbers.append(Double(experiment.seed))
      data(problem.data)
    }
  }

  private mutating func data(_ data: DataSource) {
    numbers += [data.testFraction, data.standardize ? 1 : 0, Double(data.added.count)]
    if let last = data.added.last { numbers += last.inputs + last.targets }
    switch data.origin {
    case .generated(let choice): choices.append(choice)
    case .inline(let inputs, let targets): rows(inputs, targets)
    case .csv(let path, _, let target, let inputs, let targets):
      words.append(path)
      words += target
      rows(inputs, targets)
    }
  }

  /// Large tables are told apart by their first, middle and last rows.
  private mutating func rows(_ inputs: [[Double]], _ targets: [[Double]]) {
    numbers.append(Double(inputs.count))
    for table in [inputs, targets] where !table.isEmpty {
      let chosen = table.count <= 16 ? Array(table.indices) : [0, table.count / 2, table.count - 1]
      for index in chosen { numbers += table[index] }
    }
  }
}
