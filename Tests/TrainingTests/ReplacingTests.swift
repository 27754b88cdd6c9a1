import Lanes
import Models
import Testing
import Training

@Suite("A run goes on as another experiment, and keeps what still fits")
struct ReplacingTests {
  static func run(_ optimizer: String = "adam") throws -> Run {
    let model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("xor"))),
      hidden: [LayerSpec(units: 3, activation: Choice("tanh"))])
    var experiment = Experiment(name: "xor", problem: .model(model))
    experiment.optimizer = Choice(optimizer)
    experiment.learningRate = .value(0.05)
    var run = try Run(experiment)
    run.advance(20)
    return run
  }

  static func change(
    _ run: inout Run, silently: Bool = false, _ edit: (inout ModelProblem) -> Void
  ) throws {
    var next = run.experiment
    guard case .model(var model) = next.problem else { return }
    edit(&model)
    next.problem = .model(model)
    try run.apply(
      .set(KeyChange(Setting(key: "k", value: "v"), to: next, addsSilently: silently)))
  }

  static func units(_ counts: Int...) -> (inout ModelProblem) -> Void {
    { model in
      model.hidden = counts.map { LayerSpec(units: $0, activation: Choice("tanh")) }
    }
  }

  @Test(
    "A unit that is added and taken away again leaves everything as it was, to the bit",
    arguments: ["gd", "momentum", "rmsprop"])
  func addAndRemove(optimizer: String) throws {
    var run = try Self.run(optimizer)
    let plain = run
    try Self.change(&run, Self.units(4))
    #expect(run.parameters.count == plain.parameters.count + 4)
    let grown = run.parameters
    try Self.change(&run, Self.units(3))
    #expect(run.parameters == plain.parameters)
    try Self.change(&run, Self.units(4))
    #expect(run.parameters == grown)
    try Self.change(&run, Self.units(3))
    var other = plain
    run.advance(30)
    other.advance(30)
    #expect(run.parameters == other.parameters)
  }

  @Test("A unit's first weights do not depend on the other layers")
  func keyed() throws {
    var one = try Self.run()
    var two = try Self.run()
    try Self.change(&one, Self.units(3, 5))
    try Self.change(&one, Self.units(4, 5))
    try Self.change(&two, Self.units(4))
    // The new unit of the first layer: row 4 of w1.
    #expect(one.parameters[6..<8] == two.parameters[6..<8])
  }

  @Test("Units that begin silently do not change the loss")
  func silent() throws {
    var run = try Self.run()
    let before = run.loss
    try Self.change(&run, silently: true, Self.units(8))
    // Other shapes may sum in another order.
    #expect(abs(run.loss - before) < 1e-14)
    var loud = try Self.run()
    try Self.change(&loud, Self.units(8))
    #expect(loud.loss != before)
  }

  @Test("Features keep their columns wherever they stand")
  func features() throws {
    var run = try Self.run()
    let before = run.parameters
    try Self.change(&run) { $0.features = ["x1*x2", "x2", "x1"] }
    for unit in 0..<3 {
      #expect(run.parameters[unit * 3 + 1] == before[unit * 2 + 1])
      #expect(run.parameters[unit * 3 + 2] == before[unit * 2])
    }
    try Self.change(&run) { $0.features = [] }
    #expect(run.parameters == before)
  }

  @Test("Data, split, loss and penalties change under kept weights and memory")
  func underneath() throws {
    let edits: [(inout ModelProblem) -> Void] = [
      { $0.data = DataSource(.generated(Choice("circle"))) }, { $0.data.testFraction = 0.3 },
      { $0.loss = Choice("mse") }, { $0.l2 = 0.1 }, { $0.data.standardize = true },
    ]
    for edit in edits {
      var run = try Self.run()
      let before = run.snapshot()
      try Self.change(&run, edit)
      let after = run.snapshot()
      #expect(after.parameters == before.parameters && after.run == before.run)
      #expect(after.optimizerState == before.optimizerState)
      #expect(after.objectiveID != before.objectiveID && after.changes.count == 1)
      #expect(run.advance(5) == 5)
    }
  }

  @Test("A run with such changes replays to the same bits")
  func replay() throws {
    var run = try Self.run()
    try Self.change(&run, Self.units(5))
    run.advance(10)
    try Self.change(&run) { $0.data.testFraction = 0.2 }
    run.advance(10)
    try Self.change(&run, Self.units(5, 2))
    run.advance(10)
    var again = try Run(run.session)
    again.advance(run.step)
    #expect(again.parameters == run.parameters)
    #expect(again.snapshot().loss == run.snapshot().loss)
  }

  @Test("A change that does not fit leaves the run as it was")
  func refused() throws {
    var run = try Self.run()
    let before = run.snapshot()
    #expect(throws: RunError.self) {
      try Self.change(&run) { $0.features = ["x9"] }
    }
    #expect(run.parameters == before.parameters && run.changes.isEmpty)
  }
}
