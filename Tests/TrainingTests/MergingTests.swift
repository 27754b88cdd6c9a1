import Lanes
import Models
import Testing

@testable import Training

@Suite("Changes that were asked for together do not undo each other")
struct MergingTests {
  static func base() -> Experiment {
    let model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("xor"))),
      hidden: [LayerSpec(units: 3, activation: Choice("tanh"))])
    return Experiment(name: "xor", problem: .model(model))
  }

  /// Another value of every setting.
  static func other() -> Experiment {
    var other = base()
    var model = ModelProblem(
      kind: .softmax, data: DataSource(.generated(Choice("moons"))),
      hidden: [LayerSpec(units: 5, activation: Choice("relu"))])
    model.data.testFraction = 0.25
    model.data.standardize.toggle()
    model.data.pageSeed = "0.5"
    model.data.added = [AddedPoint(inputs: [1, 2], targets: [0])]
    model.data.csv = CSVFormat(header: true)
    model.features = ["x1^2"]
    model.biases.toggle()
    model.scaling = ["1/n"]
    model.isLinearized.toggle()
    model.output = Choice("tanh")
    model.loss = Choice("hinge")
    model.reduction = model.reduction == .mean ? .sum : .mean
    model.l1 = 0.1
    model.l1Rule = model.l1Rule == .clip ? .subgradient : .clip
    model.l2 = 0.2
    model.penaltyPerSample.toggle()
    other.problem = .model(model)
    other.name = "other"
    other.start = Start(parameters: [1])
    other.optimizer = Choice("lion")
    other.learningRate = .value(0.123)
    other.layerRates = [1, 0.5]
    other.schedule = Choice("cosine")
    other.batching = .shuffled(size: 2)
    other.seed = 77
    other.dataSeed = 78
    other.steps = 79
    other.stop = StopRule(lossBelow: 0.5)
    return other
  }

  static func model(_ experiment: Experiment) throws -> ModelProblem {
    guard case .model(let model) = experiment.problem else { throw CancellationError() }
    return model
  }

  @Test("every setting is among them: one that is added and not merged is seen here")
  func all() throws {
    let (base, other) = (Self.base(), Self.other())
    func expectOther(_ a: Any, _ b: Any, but same: [String]) {
      for (a, b) in zip(Mirror(reflecting: a).children, Mirror(reflecting: b).children)
      where !same.contains(a.label ?? "") {
        #expect("\(a.value)" != "\(b.value)", "\(a.label ?? "") has no other value here")
      }
    }
    expectOther(base, other, but: ["changes"])
    expectOther(try Self.model(base), try Self.model(other), but: [])
    expectOther(try Self.model(base).data, try Self.model(other).data, but: [])
    // What runs has changed meanwhile, so that fields are merged one by one.
    var now = base
    now.changes = [DatedCommand(step: 9, command: .learningRate(1))]
    var merged = now.taking(other, since: base)
    #expect(merged.changes == now.changes)
    merged.changes = []
    #expect(merged == other)
  }
}
