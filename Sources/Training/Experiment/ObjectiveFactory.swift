import Lanes
package import Models

/// Makes what an experiment minimises, and where it starts.
package enum ObjectiveFactory {
  /// The objective of an experiment; everything that is wrong is reported together.
  package static func objective(
    of experiment: Experiment
  ) throws(InvalidProblem) -> any Objective {
    let objective = try objective(
      experiment.problem, seed: experiment.seed, dataSeed: experiment.dataSeed)
    guard experiment.problem.isOfStart, case .model(let model) = experiment.problem else {
      return objective
    }
    let start = try parameters(of: experiment, on: objective)
    return try network(
      model, seed: experiment.dataSeed ?? experiment.seed, around: start)
  }

  /// The objective of a problem, its data drawn and split by `dataSeed`, or by `seed` where that is
  /// nil; without a start nothing is linearised.
  package static func objective(
    _ problem: Problem, seed: UInt64, dataSeed: UInt64? = nil
  ) throws(InvalidProblem) -> any Objective {
    switch problem {
    case .function(let function): return try objective(function)
    case .model(let model): return try network(model, seed: dataSeed ?? seed)
    case .network(let network):
      return try objective(network, seed: seed, dataSeed: dataSeed ?? seed)
    }
  }

  /// The objective of an experiment and its initial parameters in flat order.
  package static func make(
    _ experiment: Experiment
  ) throws(InvalidProblem) -> (objective: any Objective, parameters: [Double]) {
    let objective = try objective(of: experiment)
    let start = try parameters(of: experiment, on: objective)
    return (objective, start)
  }

  /// The dense network of a model problem; with an origin, its linearisation there.
  package static func network(
    _ model: ModelProblem, seed: UInt64, around origin: [Double]? = nil
  ) throws(InvalidProblem) -> DenseNetwork {
    let (train, test) = try samples(model.data, seed: seed)
    let kind: NetworkPlan.Kind =
      switch model.kind {
      case .linear: .linear
      case .logistic: .logistic
      case .softmax: .softmax
      case .perceptron: .perceptron
      case .mlp: .network
      }
    var plan = NetworkPlan(kind, train: train, test: test, loss: model.loss)
    plan.standardize = model.data.standardize
    plan.features = model.features
    plan.featureSeed = seed
    plan.biases = model.biases
    plan.scaling = model.scaling
    plan.origin = origin
    plan.hidden = model.hidden.map { .init(units: $0.units, activation: $0.activation) }
    plan.output = model.output
    plan.averages = model.reduction == .mean
    plan.l1 = model.l1
    plan.l1Rule = model.l1Rule
    plan.l2 = model.l2
    plan.penaltyPerSample = model.penaltyPerSample
    return try DenseNetwork(plan)
  }

  private static func objective(
    _ function: FunctionProblem
  ) throws(InvalidProblem) -> any Objective {
    guard let choice = function.landscape else {
      return try formulaObjective(function)
    }
    var issues: [ProblemIssue] = []
    let key = "function.landscape"
    let landscape = Landscape.all.entry(for: choice, key: key, issues: &issues)
    guard let landscape else { throw InvalidProblem(issues) }
    let settings = Settings(choice, of: landscape.hyperparameters, key: key, issues: &issues)
    guard issues.isEmpty else { throw InvalidProblem(issues) }
    // A problem made from a landscape's name alone has ranges of no meaning; the landscape knows
    // better ones.
    let usual = FunctionProblem(landscape: choice)
    return LandscapeObjective(
      landscape, settings: settings,
      x: function.xRange == usual.xRange ? nil : function.xRange,
      y: function.yRange == usual.yRange ? nil : function.yRange)
  }
}
