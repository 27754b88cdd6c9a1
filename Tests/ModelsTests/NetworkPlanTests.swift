import Lanes
import Testing

@testable import Models

@Suite struct NetworkPlanTests {
  static let xor = Samples(
    inputCount: 2, inputs: [0, 0, 0, 1, 1, 0, 1, 1], targets: [0, 1, 1, 0], classCount: 2)

  func issues(
    _ kind: NetworkPlan.Kind = .network, _ train: Samples = xor, loss: Choice = Choice("bce"),
    _ change: (inout NetworkPlan) -> Void = { _ in }
  ) -> [ProblemIssue] {
    var plan = NetworkPlan(kind, train: train, loss: loss)
    change(&plan)
    do {
      _ = try DenseNetwork(plan)
      return []
    } catch { return error.issues }
  }

  @Test("everything that is wrong is reported together, with key, value and suggestion")
  func together() {
    let found = issues {
      $0.hidden = [
        .init(units: 4, activation: Choice("tahn")),
        .init(units: 4, activation: Choice("elu", ["alpa": 1])),
      ]
      $0.features = ["x7"]
      $0.l2 = -1
    }
    #expect(
      found.map(\.key) == [
        "model.features[1]", "l2", "model.hidden[1].activation",
        "model.hidden[2].activation.alpa",
      ])
    #expect(found.last?.suggestion == "alpha")
    #expect(found[2].value == "tahn" && found[2].suggestion == "tanh")
  }

  @Test("sizes are bounded, without overflow")
  func sizes() {
    let tanh = Choice("tanh")
    #expect(issues { $0.hidden = [.init(units: 0, activation: tanh)] }.count == 1)
    #expect(issues { $0.hidden = [.init(units: Int.max, activation: tanh)] }.count == 1)
    #expect(issues { $0.hidden = [.init(units: -3, activation: tanh)] }.count == 1)
    let wide = issues {
      $0.hidden = [.init(units: 16_384, activation: tanh), .init(units: 16_384, activation: tanh)]
    }
    #expect(wide.first?.allowed == "at most 4000000 parameters")
    let deep = issues { $0.hidden = .init(repeating: .init(units: 1, activation: tanh), count: 65) }
    #expect(deep.first?.key == "model.hidden")
  }

  @Test("targets must suit the loss")
  func targets() {
    let half = Samples(inputCount: 1, inputs: [0, 1], targets: [0.5, 0.25])
    #expect(issues(.logistic, half).isEmpty)
    #expect(issues(.logistic, half, loss: Choice("hinge")).first?.key == "data.targets")
    let minus = Samples(inputCount: 1, inputs: [0, 1], targets: [-1, 1])
    // −1 and 1 are two classes; −0.5 is none.
    #expect(issues(.logistic, minus).isEmpty)
    let between = Samples(inputCount: 1, inputs: [0, 1], targets: [-0.5, 1])
    #expect(issues(.logistic, between).first?.value == "-0.5")
    #expect(issues(.linear, minus, loss: Choice("mse")).isEmpty)
    #expect(!issues(.softmax, half, loss: Choice("softmax_ce")).isEmpty)
    #expect(!issues(.network, Self.xor.selecting([])).isEmpty)
  }

  @Test("an output activation must suit the loss")
  func outputs() {
    #expect(issues { $0.output = Choice("sigmoid") }.isEmpty)
    #expect(issues { $0.output = Choice("tanh") }.first?.key == "model.output")
    #expect(issues(loss: Choice("mse")) { $0.output = Choice("tanh") }.isEmpty)
    #expect(issues(loss: Choice("mse")) { $0.output = Choice("softmax") }.count == 1)
    #expect(issues(.softmax, loss: Choice("softmax_ce")) { $0.output = Choice("softmax") }.isEmpty)
    #expect(issues(loss: Choice("log")).first?.key == "loss")
    #expect(issues(loss: Choice("huber", ["delta": 0])).first?.key == "loss.delta")
  }

  @Test("parameters are named in flat order")
  func names() throws {
    func names(_ kind: NetworkPlan.Kind, _ change: (inout NetworkPlan) -> Void = { _ in }) throws
      -> [String]
    {
      var plan = NetworkPlan(
        kind, train: Self.xor, loss: Choice(kind == .softmax ? "softmax_ce" : "bce"))
      change(&plan)
      return Array(try DenseNetwork(plan).parameterNames)
    }
    #expect(try names(.linear) == ["θ0", "θ1", "θ2"])
    #expect(try names(.logistic) == ["θ0", "θ1", "θ2"])
    #expect(try names(.logistic) { $0.features = ["x1", "x2"] } == ["θ0", "θ1"])
    #expect(try names(.logistic) { $0.features = ["1", "x1", "x1*x2"] }.count == 3)
    #expect(try names(.perceptron) == ["b", "w1", "w2"])
    #expect(try names(.softmax) == ["w[1,1]", "w[1,2]", "w[2,1]", "w[2,2]", "b[1]", "b[2]"])
    let net = try names(.network) { $0.hidden = [.init(units: 2, activation: Choice("tanh"))] }
    #expect(
      net == [
        "w1[1,1]", "w1[1,2]", "w1[2,1]", "w1[2,2]", "b1[1]", "b1[2]", "w2[1,1]", "w2[1,2]", "b2[1]",
      ])
  }

  @Test("the perceptron rule is a step of the perceptron loss")
  func perceptron() throws {
    var plan = NetworkPlan(.perceptron, train: Self.xor, loss: Choice("perceptron"))
    plan.train.targets = [0, 1, 1, 1]
    let network = try DenseNetwork(plan)
    var w = [0.0, 0, 0]
    for _ in 0..<4 {
      for s in 0..<4 {
        let gradient = evaluate(network, w, rows: [s]).gradient.values
        for i in 0..<3 { w[i] -= gradient[i] }
      }
    }
    // The reference's weights of OR after its fourth epoch.
    #expect(w == [-1, 1, 1])
    #expect(network.outputs(at: w, inputs: [[0, 0, 1, 1], [0, 1, 0, 1]])[0] == [0, 1, 1, 1])
  }
}
