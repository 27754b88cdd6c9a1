import Lanes
import Presets
import Testing
import Training

@Suite("A preset that is written and read again is the same")
struct RoundTripTests {
  /// The preset after the way to text and back.
  static func again(_ preset: Preset) throws -> Preset {
    let text = try PresetFile.text(of: preset)
    return try PresetFile.parse(text, file: "again.yaml", name: preset.name)
  }

  /// A function with every key away from its default.
  static var fullFunction: Preset {
    var problem = FunctionProblem(formula: "a x sin(x^2 + 1) + y^2")
    problem.constants = ["a": 0.1 + 0.2]
    problem.xRange = -3...3.5
    problem.yRange = -1e-3...1e5
    var experiment = Preset(name: "mine", problem: .function(problem))
    experiment.title = "A title: with # signs, \"quotes\" and 'more'"
    experiment.summary = "null"
    experiment.notes = "Two lines\n\nof notes: - with signs\n"
    experiment.group = "~"
    experiment.start.parameters = [1.0 / 3, -0.0]
    experiment.optimizer = Choice("adam", ["beta1": 0.85, "eps": 1e-300, "reset_each_epoch": 1])
    experiment.learningRate = .value(5e-324)
    experiment.schedule = Choice("inverse_time", ["t0": 5, "t1": 50])
    experiment.seed = .max
    experiment.steps = 123_456_789_012
    experiment.pace = .infinity
    experiment.stop = StopRule(lossBelow: -1e-9, patience: 10, tolerance: 0)
    experiment.views = ["function", "loss"]
    experiment.variants = [
      Variant(
        name: "starts at 4: far",
        settings: [
          Setting(key: "start.x", value: "4"), Setting(key: "learning_rate", value: "0.005"),
          Setting(key: "optimizer", value: "{name: adam, beta1: 0.5}"),
        ])
    ]
    experiment.changes = [
      DatedCommand(step: 0, command: .learningRate(0.1)),
      DatedCommand(step: 3, command: .optimizer(Choice("momentum"), carryState: true)),
      DatedCommand(step: 3, command: .hyperparameter("momentum", 0.7)),
      DatedCommand(step: 4, command: .schedule(Choice("cosine"))),
      DatedCommand(step: 9, command: .parameters([1, 2e-17])),
      DatedCommand(step: 9, command: .entries([1: -0.1, 0: 1e300])),
    ]
    return experiment
  }

  /// Models with every form of data, start and batch.
  static var models: [Preset] {
    var xor = ModelProblem(
      kind: .mlp,
      data: DataSource(
        .inline(inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [1], [1], [0]])),
      hidden: [
        LayerSpec(units: 3, activation: Choice("tanh")),
        LayerSpec(units: 2, activation: Choice("relu")),
      ])
    xor.features = ["x1", "x2", "x1*x2"]
    xor.reduction = .sum
    xor.l1 = 1e-5
    xor.l2 = 1e-4
    xor.penaltyPerSample = true
    xor.output = Choice("sigmoid")
    xor.data.standardize = true
    xor.data.added = [AddedPoint(inputs: [0.5, 0.25], targets: [1])]
    var first = Preset(name: "a", problem: .model(xor))
    first.start.layers = [
      LayerValues(weights: [[1, 2, 3], [4, 5, 6], [7, 8, 9]], biases: [0.1, 0.2, 0.3]),
      LayerValues(weights: [[1, 2, 3], [4, 5, 6]], biases: [0.1, 0.2]),
      LayerValues(weights: [[1, 2]], biases: [-0.1]),
    ]
    first.batching = .explicit(rows: [[0, 1], [2], [3, 3, 3]], stepsPerEpoch: 3)
    first.changes = [
      DatedCommand(step: 1, command: .batching(.sequential(size: 2))),
      DatedCommand(step: 2, command: .activation(Choice("sigmoid"))),
      DatedCommand(
        step: 3, command: .addPoint(AddedPoint(inputs: [0.1, 0.2], targets: [0]))),
    ]
    var second = Preset(
      name: "b",
      problem: .model(
        ModelProblem(
          kind: .mlp, data: DataSource(.generated(Choice("xor"))),
          hidden: [LayerSpec(units: 4, activation: Choice("tanh"))])))
    second.start.initializer = Choice("zeros")
    second.batching = .blockSequence(size: 2, numbers: [0, 1, 1, 0], stepsPerEpoch: 2)
    var results = [first, second]
    for batching in [
      Batching.full, .sequential(size: 3), .shuffled(size: 3), .withReplacement(size: 1),
      .blocks(size: 2),
    ] {
      second.batching = batching
      results.append(second)
    }
    return results
  }

  @Test("Every key of a function comes back to the last bit")
  func function() throws {
    let experiment = Self.fullFunction
    #expect(try Self.again(experiment) == experiment)
  }

  @Test("Every form of data, start and batch comes back", arguments: models)
  func model(experiment: Preset) throws {
    #expect(try Self.again(experiment) == experiment)
  }

  @Test("A saved session comes back with its branches, and so does the file that is kept of it")
  func session() throws {
    let preset = try BuiltInRunTests.shelf.load("xor")
    var wide = preset.experiment
    wide.seed = 9
    let other = try BuiltInRunTests.shelf.load("xsin")
    var session = Session(try Run(preset.experiment))
    _ = session.advance(12)
    let changed = try PresetKeys.apply([Setting(key: "hidden", value: "6")], to: preset)
    try session.apply(
      .set(KeyChange(Setting(key: "hidden", value: "6"), to: changed.experiment)))
    _ = session.advance(5)
    session.seek(step: 7)
    try session.apply(.learningRate(0.25))
    session.name(session.current, "fast: 1/4")
    _ = session.advance(3)
    try session.restart(seed: 9)
    _ = session.advance(4)
    try session.load(other.experiment)
    _ = session.advance(2)
    session.goTo(branch: 2)
    let branches = session.snapshot().branches
    var saved = preset
    saved.lesson = nil
    saved.session = SavedSession(
      branches: branches.map(\.saved), current: session.snapshot().session.shown)
    let shown = try #require(saved.session?.shown)
    saved.experiment = shown.original
    saved.changes = shown.changes
    #expect(try Self.again(saved) == saved)

    try Scratch.folder { folder in
      let store = SessionStore(path: folder + "/state/session.json")
      #expect(try store.read() == nil)
      try store.write(saved, branches)
      let again = try #require(try store.read())
      let known = branches.map { ($0.description.id, $0.state) }
      saved.session?.states = Dictionary(uniqueKeysWithValues: known)
      #expect(again == saved)
      let resumed = try Session(try #require(again.session)) { true }
      #expect(resumed.run.state == session.run.state)
      try Scratch.write("{}", to: store.path)
      #expect(throws: PresetError.self) { try store.read() }
    }
  }
}
