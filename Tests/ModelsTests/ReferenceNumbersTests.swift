import Foundation
import Lanes
import Testing

@testable import Models

/// Numbers of the notes' oracle, at the level of models: gradients, outputs and curvature.
@Suite struct ReferenceNumbersTests {
  let root: [String: Any]

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "ReferenceTests/Fixtures/reference.json")
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    root = try #require(object as? [String: Any])
  }

  func value<T>(_ path: String) throws -> T {
    var here: Any = root
    for key in path.split(separator: ".") {
      here = try #require((here as? [String: Any])?[String(key)], "\(path)")
    }
    return try #require(here as? T, "\(path)")
  }

  func expectClose(_ a: [Double], _ b: [Double]) {
    #expect(a.count == b.count)
    for (x, y) in zip(a, b) { #expect(abs(x - y) <= 1e-12 * max(1, abs(y))) }
  }

  @Test("the gates' network: outputs and gradient at the start", arguments: ["XOR", "OR", "AND"])
  func gates(gate: String) throws {
    let theta: [Double] = try value("mlp_gates.theta0")
    let set = try #require(DataSet.all[gate.lowercased()])
    let samples = set.generate(Settings(defaultsOf: set.hyperparameters), 1)
    var plan = NetworkPlan(.network, train: samples, loss: Choice("bce"))
    plan.hidden = [.init(units: 4, activation: Choice("tanh"))]
    let network = try DenseNetwork(plan)
    expectClose(
      network.outputs(at: theta, inputs: network.inputRows(samples))[0],
      try value("mlp_gates.gates.\(gate).p_initial"))
    expectClose(
      network.lossAndGradient(at: theta).gradient,
      try value("mlp_gates.gates.\(gate).gradient_step0"))
  }

  @Test("logistic regression: gradient and Hessian at zero, as sums")
  func logistic() throws {
    let set = try #require(DataSet.all["logistic_toy"])
    var plan = NetworkPlan(
      .logistic, train: set.generate(Settings(defaultsOf: []), 1), loss: Choice("bce"))
    plan.features = ["x1", "x2", "x3"]
    plan.averages = false
    let network = try DenseNetwork(plan)
    let (loss, gradient) = network.lossAndGradient(at: [0, 0, 0])
    #expect(abs(loss - 2.772588722239781) < 1e-12)
    expectClose(gradient, try value("optimisation.logistic.gradient_step0"))
    let hessian: [[Double]] = try value("optimisation.logistic.hessian_at_0")
    expectClose(try #require(network.hessian(at: [0, 0, 0])), hessian.flatMap { $0 })
  }

  @Test("scikit-learn's classifier: loss and gradient at its start, with its penalty")
  func classifier() throws {
    let x: [[Double]] = try value("data.make_classification.X")
    let y: [Double] = try value("data.make_classification.y")
    let w1: [[Double]] = try value("mlpclassifier.init.W1")
    let w2: [Any] = try value("mlpclassifier.init.W2")
    let output = try w2.map { try #require(($0 as? Double) ?? ($0 as? [Double])?.first) }
    let b1: [Double] = try value("mlpclassifier.init.b1")
    let b2: [Double] = try value("mlpclassifier.init.b2")
    var plan = NetworkPlan(
      .network,
      train: Samples(inputCount: 20, inputs: x.flatMap { $0 }, targets: y, classCount: 2),
      loss: Choice("bce"))
    plan.hidden = [.init(units: 100, activation: Choice("relu"))]
    plan.l2 = 1e-4
    plan.penaltyPerSample = true
    let network = try DenseNetwork(plan)
    // Theirs is inputs × units.
    let first = (0..<100).flatMap { u in (0..<20).map { w1[$0][u] } }
    let (loss, gradient) = network.lossAndGradient(at: first + b1 + output + b2)
    let curve: [Double] = try value("mlpclassifier.loss_curve")
    #expect(abs(loss - curve[0]) < 1e-12)
    let row: [Double] = try value("mlpclassifier.gradient_step0.W1_row0")
    expectClose((0..<100).map { gradient[20 * $0] }, row)
    expectClose(Array(gradient[2000..<2100]), try value("mlpclassifier.gradient_step0.b1"))
    expectClose(Array(gradient[2200...]), try value("mlpclassifier.gradient_step0.b2"))
  }

  @Test("a forward pass through two hidden layers, layer by layer")
  func forward() throws {
    let w: [[[Double]]] = try value("networks.forward_2_3_3_1.W")
    let b: [[Double]] = try value("networks.forward_2_3_3_1.b")
    let x: [Double] = try value("networks.forward_2_3_3_1.x")
    let layers: [[String: [Double]]] = try value("networks.forward_2_3_3_1.layers")
    var plan = NetworkPlan(
      .network, train: Samples(inputCount: 2, inputs: x, targets: [0]), loss: Choice("mse"))
    let flat = zip(w, b).flatMap { $0.flatMap { $0 } + $1 }
    plan.hidden = [Choice("tanh"), Choice("tanh")].map { .init(units: 3, activation: $0) }
    let activity = try DenseNetwork(plan).activity(at: flat, inputs: x.map { [$0] })
    for (layer, expected) in zip(activity, layers) {
      expectClose(layer.preActivations.map { $0[0] }, try #require(expected["z"]))
      expectClose(layer.activations.map { $0[0] }, try #require(expected["y"]))
    }
    plan.hidden = [Choice("identity"), Choice("identity")].map { .init(units: 3, activation: $0) }
    expectClose(
      try DenseNetwork(plan).outputs(at: flat, inputs: x.map { [$0] })[0],
      try value("networks.linear_collapse.y"))
  }

  @Test("sigmoid and tanh and their derivatives, against fifty digits")
  func activations() throws {
    let rows: [[Double]] = try value("activations.table.rows")
    let z = rows.map { $0[0] }
    let sigmoid = try #require(Activation.all["sigmoid"]).table(z)
    let tanh = try #require(Activation.all["tanh"]).table(z)
    expectClose(sigmoid.map(\.value), rows.map { $0[1] })
    expectClose(sigmoid.map(\.derivative), rows.map { $0[2] })
    expectClose(tanh.map(\.value), rows.map { $0[3] })
    expectClose(tanh.map(\.derivative), rows.map { $0[4] })
  }
}
