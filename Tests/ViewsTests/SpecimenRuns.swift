import Lanes
import Models

@testable import Training

extension Specimens {
  /// A net on generated data, some steps down.
  static func net(
    _ data: String, _ settings: [String: Double] = [:], hidden: [Int] = [4],
    activation: String = "tanh", loss: String? = nil, test: Double = 0, steps: Int = 60
  ) -> Snapshot {
    var source = DataSource(.generated(Choice(data, settings)))
    source.testFraction = test
    var problem = ModelProblem(
      kind: .mlp, data: source,
      hidden: hidden.map { LayerSpec(units: $0, activation: Choice(activation)) })
    if let loss { problem.loss = Choice(loss) }
    var experiment = Experiment(name: data, problem: .model(problem))
    experiment.optimizer = Choice("adam")
    experiment.learningRate = .value(0.05)
    return run(experiment, steps: steps)
  }

  /// A linear model on generated data.
  static func linear(_ data: String, steps: Int = 30) -> Snapshot {
    var experiment = Experiment(
      name: data,
      problem: .model(ModelProblem(kind: .linear, data: DataSource(.generated(Choice(data))))))
    experiment.learningRate = .value(0.05)
    return run(experiment, steps: steps)
  }

  /// A matrix that is to answer items by their classes.
  static func items(steps: Int = 20) -> Snapshot {
    var problem = ModelProblem(
      kind: .softmax,
      data: DataSource(.generated(Choice("associations", ["items": 6, "dimension": 6]))))
    problem.loss = Choice("softmax_ce")
    problem.biases = false
    var experiment = Experiment(name: "items", problem: .model(problem))
    experiment.optimizer = Choice("muon")
    return run(experiment, steps: steps)
  }

  /// Waves as features, on the way to the least weights that fit.
  static func waves(steps: Int = 20) -> Snapshot {
    var source = DataSource(.generated(Choice("even_wave", ["samples": 24, "noise": 0.1])))
    source.testFraction = 0.5
    var problem = ModelProblem(kind: .linear, data: source)
    problem.features = ["fourier(6:5)"]
    problem.biases = false
    problem.loss = Choice("mse")
    var experiment = Experiment(name: "waves", problem: .model(problem))
    experiment.start = Start(initializer: Choice("zeros"))
    experiment.learningRate = .value(0.05)
    return run(experiment, steps: steps)
  }

  /// The notes' line by blocks of five rows, drawn with replacement.
  static func blocks(steps: Int = 110) -> Snapshot {
    var experiment = Experiment(
      name: "line",
      problem: .model(ModelProblem(kind: .linear, data: DataSource(.generated(Choice("line"))))))
    experiment.batching = .blocks(size: 5)
    return run(experiment, steps: steps)
  }

  /// A descent on a formula.
  static func formula(
    _ text: String, from start: [Double], rate: Double = 0.02, steps: Int = 30
  ) -> Snapshot {
    var experiment = Experiment(
      name: "formula", problem: .function(FunctionProblem(formula: text)))
    experiment.start = Start(parameters: start)
    experiment.learningRate = .value(rate)
    return run(experiment, steps: steps)
  }

  /// One sigmoid that looks for the curve that made its data, some steps down.
  static func scaled(steps: Int = 20) -> Snapshot {
    let source = DataSource(
      .inline(inputs: [[-2], [-1], [0], [1], [2]], targets: [[1], [0.9], [0.2], [-0.8], [-1]]))
    var problem = ModelProblem(
      kind: .mlp, data: source, hidden: [LayerSpec(units: 1, activation: Choice("sigmoid"))])
    problem.output = Choice("identity")
    problem.loss = Choice("mse")
    var experiment = Experiment(name: "scaled", problem: .model(problem))
    experiment.start = Start(parameters: [-1, 0, 1, 0])
    experiment.learningRate = .value(0.5)
    return run(experiment, steps: steps)
  }

  /// A network of another kind on generated data, some steps down.
  static func kind(
    _ name: String, _ settings: [String: Double] = [:], on data: String,
    _ dataSettings: [String: Double] = [:], steps: Int = 5
  ) -> Snapshot {
    let problem = NetworkProblem(
      kind: Choice(name, settings), data: DataSource(.generated(Choice(data, dataSettings))))
    var experiment = Experiment(name: name, problem: .network(problem))
    experiment.optimizer = Choice("adam")
    experiment.learningRate = .value(0.05)
    return run(experiment, steps: steps)
  }

  /// An experiment, some steps on.
  static func run(_ experiment: Experiment, steps: Int) -> Snapshot {
    do {
      let learner = InlineTrainer(try Run(experiment))
      learner.advance(steps: steps)
      return learner.latest
    } catch {
      preconditionFailure("\(experiment.name): \(error)")
    }
  }

  /// Snapshots of every kind that views may meet, sound and broken, by name.
  static let zoo: [String: Snapshot] = {
    var zoo: [String: Snapshot] = [
      "sliding": sliding, "leaping": leaping, "valley": valley, "basins": basins,
      "xor": net("xor"), "spiral": net("spiral", ["samples": 80], hidden: [16, 16], test: 0.3),
      "three classes": net(
        "spiral", ["samples": 60, "classes": 3], hidden: [6], activation: "relu",
        loss: "softmax_ce"),
      "sine": net("sine", ["samples": 30], hidden: [8], loss: "mse", test: 0.2),
      "line": linear("line"), "hopping": formula("x sin(x^2 + 1)", from: [3.2]),
      "plane": formula("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", from: [1, 1], rate: 0.01),
      "items": items(), "waves": waves(), "scaled": scaled(), "blocks": blocks(),
      "wide": net("xor", hidden: [70, 3], steps: 3),
      "images": kind("convolutional", on: "glyphs", ["samples": 20]),
      "padded": kind(
        "convolutional", ["padding": 2, "stride": 3, "kernel": 5, "pool": 1, "kernels": 9],
        on: "glyphs", ["samples": 10]),
      "memory": kind("recurrent", on: "recall"),
      "long": kind("recurrent", ["units": 40], on: "recall", ["length": 50, "samples": 4]),
      "bumps": kind("rbf", on: "sine", ["samples": 12]),
      "moving": kind("rbf", ["learn_bumps": 1, "bias": 1], on: "xor"),
      "machine": kind("boltzmann", on: "bars_and_stripes"),
      "deep": kind("boltzmann", ["hidden": 4, "top": 3, "cd": 0], on: "bars_and_stripes"),
    ]
    zoo["racing"] = racing(valley, "optimizer", ["gd", "momentum", "adam"]) {
      $0.optimizer = Choice($1)
    }
    zoo["raced nets"] = racing(net("xor"), "seed", (1...9).map(String.init)) {
      $0.seed = UInt64($1) ?? 1
    }
    zoo["raced tangents"] = racing(net("xor"), "seed", ["1", "2"]) {
      $0.seed = UInt64($1) ?? 1
      guard case .model(var problem) = $0.problem else { return }
      problem.isLinearized = true
      $0.problem = .model(problem)
    }
    zoo["fresh"] = snapshot(experiment("x^2", x: -5...5), xsin, at: [1])
    for name in [
      "xor", "sliding", "valley", "sine", "images", "memory", "bumps", "moving", "machine", "deep",
      "hopping", "scaled", "blocks",
    ] {
      guard let sound = zoo[name] else { continue }
      zoo[name + " with NaN"] = broken(sound, with: .nan)
      zoo[name + " at infinity"] = broken(sound, with: .infinity)
      zoo[name + " huge"] = broken(sound, with: 1e300)
      zoo[name + " tiny"] = broken(sound, with: -0x1p-1030)
    }
    var turned = sliding
    turned.changes = [
      DatedCommand(step: 10, command: .learningRate(0.02)),
      DatedCommand(step: 60, command: .optimizer(Choice("momentum"), carryState: true)),
      DatedCommand(step: 60, command: .hyperparameter("momentum", 0.8)),
      DatedCommand(step: 119, command: .schedule(Choice("cosine"))),
      DatedCommand(step: .max, command: .parameters([.nan])),
      DatedCommand(step: -4, command: .batching(.shuffled(size: 10))),
    ]
    zoo["turned"] = turned
    var ragged = sliding
    ragged.gradient = [1, 2, 3]
    ragged.parameters = []
    ragged.trajectory.points = [1]
    ragged.trajectory.dimension = 2
    ragged.optimizerState = [.init(name: "m\u{1B}[31m", values: [])]
    zoo["ragged"] = ragged
    return zoo
  }()

  private static func broken(_ sound: Snapshot, with value: Double) -> Snapshot {
    var snapshot = sound
    snapshot.parameters = snapshot.parameters.map { _ in value }
    snapshot.loss = value
    snapshot.testLoss = value
    snapshot.learningRate = value
    snapshot.baseRate = value
    snapshot.gradient = snapshot.parameters
    snapshot.optimizerState = [.init(name: "m", values: snapshot.parameters)]
    snapshot.step = value == 1e300 ? .max : snapshot.step
    snapshot.status = .diverged(step: 7, parameter: "x")
    for series in snapshot.history.series.indices {
      snapshot.history.series[series].buckets.append(
        History.Bucket(low: value, high: value, last: value))
      snapshot.history.series[series].buckets.insert(
        History.Bucket(low: .infinity, high: -.infinity, last: .nan), at: 0)
    }
    if snapshot.trajectory.dimension > 0 {
      snapshot.trajectory.points += [Double](repeating: value, count: snapshot.trajectory.dimension)
      snapshot.trajectory.steps.append(snapshot.step)
    }
    return snapshot
  }
}

extension Specimens {
  /// A snapshot that leads a race of runs of its experiment.
  static func racing(
    _ snapshot: Snapshot, _ key: String, _ values: [String],
    _ change: (inout Experiment, String) -> Void
  ) -> Snapshot {
    var snapshot = snapshot
    let members = values.map { value in
      var experiment = snapshot.experiment
      change(&experiment, value)
      return Race.Member(name: value, experiment: experiment)
    }
    guard var course = try? RaceCourse(Race(key: key, members: members)) else { return snapshot }
    course.advance(to: 40)
    snapshot.race = course.standing(leader: 1)
    return snapshot
  }
}
