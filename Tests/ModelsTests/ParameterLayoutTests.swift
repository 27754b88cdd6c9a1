import Lanes
import Testing

@testable import Models

@Suite("Layout of parameters")
struct ParameterLayoutTests {
  static let objectives: [any Objective] = {
    let kinds = KindGradientTests.specimens.values.map { $0.0 }
    let models = [NetworkPlan.Kind.network, .softmax, .linear, .perceptron].compactMap { dense($0) }
    return kinds + models + [LandscapeObjective(.himmelblau), LandscapeObjective(.xsin)]
  }()

  static func dense(_ kind: NetworkPlan.Kind) -> (any Objective)? {
    let samples = Samples(
      inputCount: 2, inputs: [0, 0, 0, 1, 1, 0, 1, 1], targets: [0, 1, 1, 0],
      classCount: kind == .softmax ? 2 : nil)
    var plan = NetworkPlan(
      kind, train: samples,
      loss: Choice(
        kind == .softmax ? "softmax_ce" : kind == .perceptron ? "perceptron" : "mse"))
    if kind == .network {
      plan.hidden = [.init(units: 3, activation: Choice("tanh"))]
    }
    return try? DenseNetwork(plan)
  }

  @Test("blocks follow each other without gaps and hold every parameter", arguments: objectives)
  func blocks(objective: any Objective) {
    let layout = objective.layout
    #expect(layout.count == objective.parameterCount)
    var end = 0
    for block in layout.blocks {
      #expect(block.range.lowerBound == end)
      #expect(block.range.count == block.shape.reduce(1, *))
      end = block.range.upperBound
    }
    #expect(end == layout.count)
    #expect(Set(layout.blocks.map(\.name)).count == layout.blocks.count)
  }

  @Test("a name leads back to its parameter, and no other text does", arguments: objectives)
  func names(objective: any Objective) {
    let layout = objective.layout
    for index in 0..<layout.count {
      let name = layout.name(of: index)
      #expect(layout.index(of: name) == index)
      #expect(layout.block(of: index).range.contains(index))
      #expect(layout.index(of: name + " ") == nil)
    }
    #expect(layout.index(of: "") == nil)
    #expect(layout.index(of: "w1[0,1]") == nil)
    #expect(layout.index(of: "w1[01,1]") == nil)
    #expect(layout.index(of: "w1[1,1") == nil)
    #expect(layout.index(of: "nobody") == nil)
  }

  @Test("layers of a net are its blocks of weights and biases")
  func layers() throws {
    let layout = try #require(Self.dense(.network)).layout
    #expect(layout.layers.map { $0.map(\.name) } == [["w1", "b1"], ["w2", "b2"]])
    #expect(layout.layers.map { $0.map(\.shape) } == [[[3, 2], [3]], [[1, 3], [1]]])
    #expect(layout.layers.joined().map(\.role) == [.weights, .biases, .weights, .biases])
    #expect(LandscapeObjective(.xsin).layout.layers.isEmpty)
  }

  @Test("millions of parameters take a few blocks")
  func many() {
    let layout = ParameterLayout([
      .block("w1", [2000, 1000], role: .weights, layer: 0),
      .block("b1", [2000], role: .biases, layer: 0),
      .block("w2", [1000, 2000], role: .weights, layer: 1),
    ])
    #expect(layout.count == 4_002_000)
    #expect(layout.name(of: 4_001_999) == "w2[1000,2000]")
    #expect(layout.name(of: 2_000_000) == "b1[1]")
    #expect(layout.index(of: "w2[1000,2000]") == 4_001_999)
    #expect(layout.names.first == "w1[1,1]")
    #expect(layout.names.suffix(2) == ["w2[1000,1999]", "w2[1000,2000]"])
  }
}
