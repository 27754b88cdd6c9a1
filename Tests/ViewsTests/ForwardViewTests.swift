import Lanes
import Models
import Terminal
import Testing
import Views

@testable import Training

@Suite("The forward pass in numbers")
struct ForwardViewTests {
  /// The notes' 2-3-3-1 net.
  static var net: Snapshot {
    var problem = ModelProblem(
      kind: .mlp, data: DataSource(.inline(inputs: [[0.5, -0.25]], targets: [[1]])),
      hidden: [3, 3].map { LayerSpec(units: $0, activation: Choice("tanh")) })
    problem.output = Choice("identity")
    problem.loss = Choice("mse")
    var experiment = Experiment(name: "forward", problem: .model(problem))
    experiment.start = Start(layers: [
      LayerValues(
        weights: [[-0.749, -0.586], [-0.897, -0.118], [-0.94, -0.086]],
        biases: [0.089, 0.561, -0.387]),
      LayerValues(
        weights: [[0.298, -0.443, 0.353], [0.182, -0.952, 0.118], [-0.481, -0.17, -0.433]],
        biases: [-0.556, -0.224, 0.873]),
      LayerValues(weights: [[0.386, -0.119, -0.686]], biases: [0.952]),
    ])
    return Specimens.run(experiment, steps: 0)
  }

  @Test("Every z and y is the reference's")
  func reference() throws {
    let network = try #require(Self.net.objective as? DenseNetwork)
    let stages = try #require(
      ForwardStages(network, parameters: Self.net.parameters, sample: 0))
    let z = [
      [-0.139, 0.142, -0.8355], [-0.9008904703764881, -0.4640623223038346, 1.2113727446145517],
      [0.15267080888597595],
    ]
    let y = [
      [-0.1381116584940483, 0.14105320639259755, -0.6834182031539403],
      [-0.716731179187709, -0.43338932340585246, 0.8370907950916395], [0.15267080888597595],
    ]
    for (stage, (z, y)) in zip(stages.stages, zip(z, y)) {
      for (value, wanted) in zip(stage.z + stage.y, z + y) { #expect(abs(value - wanted) < 1e-14) }
    }
    #expect(stages.stages[1].inputs == stages.stages[0].y && stages.target == [1])
    #expect(ForwardStages(network, parameters: Self.net.parameters, sample: 1) == nil)
  }

  private func text(_ selection: Int, width: Int = 76, height: Int = 22) throws -> String {
    let view = try #require(views["forward"])
    var state = ViewState()
    state.selection = selection
    var canvas = Canvas(size: Size(width: width, height: height))
    view.draw(ViewLawTests.scene(Self.net, state: state), canvas.bounds, &canvas)
    return canvas.text
  }

  @Test("All numbers stand in a small pane; steps uncover one unit after the other")
  func steps() throws {
    let whole = try text(0)
    for number in ["−0.749", "0.500", "0.089", "−0.139", "−0.138", "−0.952", "1.211", "0.153"] {
      #expect(whole.contains(number), "\(number)\n\(whole)")
    }
    #expect(!whole.contains("?"))
    // z and y of the units that are still to come.
    for step in 1...7 {
      #expect(try text(step).filter { $0 == "?" }.count == 2 * (7 - step))
    }
    #expect(try text(2).contains("= 0.142,  tanh(0.142) = 0.141"))
    #expect(try text(8) == whole)
  }

  @Test("A low pane begins with the layer at work")
  func small() throws {
    #expect(try text(7, width: 60, height: 9).contains("layer 3"))
    #expect(try text(1, width: 60, height: 9).contains("layer 1"))
  }
}
