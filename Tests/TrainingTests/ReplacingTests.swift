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
    _ run: inout Run, silently: Bool = false, at place: HiddenPlace? = nil,
    _ edit: (inout ModelProblem) -> Void
  ) throws {
    var next = run.experiment
    guard case .model(var model) = next.problem else { return }
    edit(&model)
    next.problem = .model(model)
    try run.apply(
      .set(
        KeyChange(Setting(key: "k", value: "v"), to: next, addsSilently: silently, at: place)))
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

  /// A unit's weights and bias, and the weights by which others hear of it.
  private static func unit(
    _ unit: Int, of layer: Int, in run: Run
  ) throws -> (into: [Double], out: [Double]) {
    let network = try #require(run.objective.kind.dense)
    let (own, next) = (network.layers[layer], network.layers[layer + 1])
    let row = own.weights + unit * own.inputs
    return (
      Array(run.parameters[row..<row + own.inputs]) + [run.parameters[own.biases + unit]],
      (0..<next.units).map { run.parameters[next.weights + $0 * next.inputs + unit] }
    )
  }

  @Test("A chosen unit goes with its weights, and no other", arguments: 0..<5, [0, 1])
  func chosen(gone: Int, layer: Int) throws {
    var run = try Self.run("momentum")
    try Self.change(&run, Self.units(5, 5))
    run.advance(3)
    let before = run
    let counts = layer == 0 ? Self.units(4, 5) : Self.units(5, 4)
    try Self.change(&run, at: HiddenPlace(layer: layer, unit: gone), counts)
    for unit in 0..<4 {
      let (new, old) = (
        try Self.unit(unit, of: layer, in: run),
        try Self.unit(unit < gone ? unit : unit + 1, of: layer, in: before)
      )
      #expect(new.into == old.into && new.out == old.out, "unit \(unit)")
    }
    // Put in again at its place, all others stand where they stood.
    try Self.change(&run, at: HiddenPlace(layer: layer, unit: gone), Self.units(5, 5))
    let mine = Set(
      try Self.unit(gone, of: layer, in: before).into
        + Self.unit(gone, of: layer, in: before).out)
    for (now, then) in zip(run.parameters, before.parameters) where !mine.contains(then) {
      #expect(now == then)
    }
    run.advance(3)
    var again = try Run(run.session)
    again.advance(run.step)
    #expect(again.parameters == run.parameters)
  }

  @Test("A chosen layer goes, and the layers beside it keep what is theirs")
  func chosenLayer() throws {
    var run = try Self.run("momentum")
    try Self.change(&run, Self.units(3, 4, 5))
    run.advance(3)
    let before = run
    try Self.change(&run, at: HiddenPlace(layer: 1), Self.units(3, 5))
    let (old, new) = (
      try #require(before.objective.kind.dense), try #require(run.objective.kind.dense)
    )
    func part(_ run: Run, _ range: Range<Int>) -> [Double] { Array(run.parameters[range]) }
    #expect(part(run, 0..<9) == part(before, 0..<9))
    // Biases of the third layer, and the output layer's weights.
    let (third, second) = (old.layers[2], new.layers[1])
    #expect(
      part(run, second.biases..<second.biases + 5) == part(before, third.biases..<third.biases + 5))
    #expect(
      part(run, new.layers[2].weights..<new.parameterCount)
        == part(before, old.layers[3].weights..<old.parameterCount))
    // Another one before all: what stood there moves up.
    let shrunk = run
    try Self.change(&run, at: HiddenPlace(layer: 0), Self.units(2, 3, 5))
    let grown = try #require(run.objective.kind.dense)
    #expect(
      part(run, grown.layers[2].weights..<grown.parameterCount)
        == part(shrunk, new.layers[1].weights..<new.parameterCount))
  }

  @Test(
    "One weight is set at the step that has come, and everything else stays, memory included",
    arguments: ["gd", "momentum", "adam", "rmsprop", "lbfgs", "schedule_free_sgd"])
  func entry(optimizer: String) throws {
    var run = try Self.run(optimizer)
    let seen = run.snapshot()
    run.advance(7)
    let before = run.snapshot()
    try run.apply(.entries([4: 0.75]))
    let after = run.snapshot()
    #expect(abs(after.parameters[4] - 0.75) < 1e-12)
    for index in before.parameters.indices where index != 4 {
      #expect(after.parameters[index] == before.parameters[index])
      #expect(
        after.parameters[index] != seen.parameters[index] || seen.parameters[index] == 0,
        "\(index) had moved")
    }
    #expect(after.optimizerState == before.optimizerState && after.run == before.run)
    #expect(run.experiment.start == seen.experiment.start)
    run.advance(5)
    var again = try Run(run.session)
    again.advance(run.step)
    #expect(again.parameters == run.parameters)
    #expect(throws: RunError.self) { try run.apply(.entries([1000: 1])) }
    #expect(throws: RunError.self) { try run.apply(.entries([0: .nan])) }
  }

  @Test("A change of one key leaves what else has changed since it was asked for")
  func stale() throws {
    var run = try Self.run()
    let base = run.experiment
    var wanted = base
    guard case .model(var model) = wanted.problem else { return }
    model.l2 = 0.25
    wanted.problem = .model(model)
    try run.apply(.learningRate(0.5))
    try run.apply(.schedule(Choice("cosine")))
    try Self.change(&run, Self.units(5))
    try run.apply(.set(KeyChange(Setting(key: "l2", value: "0.25"), to: wanted, from: base)))
    #expect(run.experiment.learningRate == .value(0.5) && run.snapshot().baseRate == 0.5)
    #expect(run.experiment.schedule == Choice("cosine"))
    guard case .model(let now) = run.experiment.problem else { return }
    #expect(now.l2 == 0.25 && now.hidden.map(\.units) == [5])
    run.advance(3)
    var again = try Run(run.session)
    again.advance(run.step)
    #expect(again.parameters == run.parameters)
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
