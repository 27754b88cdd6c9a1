import Lanes
import Testing

@testable import Models

@Suite struct DenseNetworkTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    var inputs: Int
    var hidden: [Int]
    var samples: Int
    var classes: Int?
    var loss: String
    var activation = "tanh"
    var output: String?
    var testDescription: String { "\(inputs)-\(hidden)-\(loss), \(samples) samples" }
  }

  static let shapes: [Shape] = [
    Shape(inputs: 1, hidden: [], samples: 1, classes: nil, loss: "mse"),
    Shape(inputs: 1, hidden: [1], samples: 1, classes: nil, loss: "mse"),
    Shape(inputs: 2, hidden: [4], samples: 4, classes: 2, loss: "bce"),
    Shape(inputs: 2, hidden: [3], samples: 3, classes: 2, loss: "bce"),
    Shape(inputs: 2, hidden: [5, 3], samples: 5, classes: 2, loss: "bce", activation: "sigmoid"),
    Shape(inputs: 3, hidden: [8], samples: 8, classes: 3, loss: "softmax_ce", activation: "relu"),
    Shape(inputs: 2, hidden: [8, 8], samples: 9, classes: 2, loss: "bce"),
    Shape(inputs: 1, hidden: [1], samples: 20, classes: nil, loss: "mse"),
    Shape(inputs: 3, hidden: [5, 3], samples: 13, classes: 3, loss: "softmax_ce"),
    Shape(inputs: 8, hidden: [8, 7, 8], samples: 32, classes: 4, loss: "softmax_ce"),
    Shape(inputs: 2, hidden: [8, 8], samples: 33, classes: 2, loss: "bce", activation: "relu"),
    Shape(inputs: 2, hidden: [8, 8], samples: 500, classes: 2, loss: "bce"),
    Shape(inputs: 2, hidden: [8, 8], samples: 161, classes: nil, loss: "mse"),
    Shape(inputs: 2, hidden: [4], samples: 333, classes: 2, loss: "bce"),
    Shape(inputs: 1, hidden: [1], samples: 2, classes: 2, loss: "bce"),
    Shape(inputs: 3, hidden: [4], samples: 8, classes: 2, loss: "bce"),
    Shape(inputs: 4, hidden: [2], samples: 7, classes: 2, loss: "bce"),
    Shape(inputs: 4, hidden: [4], samples: 5, classes: 2, loss: "bce"),
    Shape(inputs: 4, hidden: [4], samples: 22, classes: 2, loss: "bce"),
    Shape(inputs: 3, hidden: [3], samples: 250, classes: 2, loss: "bce"),
    Shape(inputs: 4, hidden: [4, 4], samples: 161, classes: nil, loss: "mse"),
    Shape(inputs: 3, hidden: [4, 4, 4], samples: 7, classes: 3, loss: "softmax_ce"),
    Shape(inputs: 1, hidden: [2, 3], samples: 21, classes: 2, loss: "bce", activation: "relu"),
    Shape(
      inputs: 4, hidden: [3], samples: 6, classes: 4, loss: "softmax_ce", activation: "sigmoid"),
    Shape(inputs: 2, hidden: [7, 8], samples: 199, classes: 2, loss: "bce"),
    Shape(inputs: 5, hidden: [6], samples: 31, classes: 3, loss: "softmax_ce"),
    Shape(inputs: 2, hidden: [16], samples: 4, classes: 2, loss: "bce"),
    Shape(inputs: 2, hidden: [8], samples: 10, classes: nil, loss: "mse", output: "tanh"),
    Shape(inputs: 3, hidden: [5], samples: 9, classes: nil, loss: "mse", output: "sigmoid"),
    Shape(inputs: 2, hidden: [4], samples: 7, classes: nil, loss: "mse", output: "tanh"),
    Shape(inputs: 2, hidden: [8, 8], samples: 203, classes: nil, loss: "mse", output: "tanh"),
    Shape(inputs: 17, hidden: [33], samples: 64, classes: 10, loss: "softmax_ce"),
    Shape(
      inputs: 64, hidden: [64], samples: 65, classes: 10, loss: "softmax_ce", activation: "relu"),
    Shape(inputs: 70, hidden: [40, 9], samples: 331, classes: 5, loss: "softmax_ce"),
    Shape(inputs: 20, hidden: [37, 29], samples: 45, classes: 3, loss: "softmax_ce"),
    Shape(inputs: 150, hidden: [20], samples: 24, classes: nil, loss: "mse"),
    Shape(
      inputs: 21, hidden: [24, 17], samples: 330, classes: nil, loss: "mse", activation: "relu"),
  ]

  func net(_ shape: Shape) throws -> RandomNet {
    try RandomNet(
      seed: 3, inputs: shape.inputs, samples: shape.samples, hidden: shape.hidden,
      activation: Choice(shape.activation), loss: Choice(shape.loss),
      output: shape.output.map { Choice($0) }, classes: shape.classes)
  }

  func expectClose(_ a: [Double], _ b: [Double]) {
    #expect(a.count == b.count)
    let size = b.reduce(0) { max($0, abs($1)) }
    let error = zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(error <= 1e-12 * size, "\(error) of \(size)")
  }

  @Test("loss and gradient agree with the plainest program", arguments: shapes)
  func direct(shape: Shape) throws {
    let net = try net(shape)
    let direct = DirectNetwork(network: net.network, parameters: net.parameters)
    let stream = RandomStream(seed: 1, stream: 8)
    let picks = (0..<min(shape.samples, 77)).map { stream.below(shape.samples, at: UInt64($0)) }
    for rows in [nil, picks] {
      let expected = direct.lossAndGradient(rows: rows ?? Array(0..<shape.samples))
      let (loss, gradient) = evaluate(net.network, net.parameters, rows: rows)
      #expect(abs(loss - expected.loss) <= 1e-12 * max(1, abs(expected.loss)))
      expectClose(gradient.values, expected.gradient)
    }
    #expect(
      abs(
        net.network.loss(at: net.parameters)
          - direct.lossAndGradient(rows: Array(0..<shape.samples)).loss) <= 1e-12)
  }

  @Test("a batch has the bits of a network that knows only its samples", arguments: shapes)
  func batches(shape: Shape) throws {
    let net = try net(shape)
    let rows = Array((0..<shape.samples).filter { $0 % 3 != 1 }.reversed())
    guard !rows.isEmpty else { return }
    var plan = NetworkPlan(
      .network, train: net.network.trainSamples.selecting(rows), loss: Choice(shape.loss))
    plan.hidden = shape.hidden.map { .init(units: $0, activation: Choice(shape.activation)) }
    plan.output = shape.output.map { Choice($0) }
    let alone = try DenseNetwork(plan)
    let part = evaluate(net.network, net.parameters, rows: rows)
    let whole = evaluate(alone, net.parameters, rows: nil)
    #expect(part.loss.bitPattern == whole.loss.bitPattern)
    #expect(part.gradient == whole.gradient)
  }

  @Test(
    "a batch taken from where it stands has the bits of a network that knows only its samples",
    arguments: shapes)
  func pieces(shape: Shape) throws {
    let net = try net(shape)
    let count = shape.samples
    // At the beginning and within, in whole vectors or not, to the end and short of it.
    let pieces = [
      0..<8, 0..<64, 8..<24, 8..<72, min(8, count)..<count, 160..<320, 3..<11, 8..<13, 0..<count,
    ]
    for piece in pieces where !piece.isEmpty && piece.upperBound <= count {
      let rows = Array(piece)
      var samples = net.network.trainSamples
      // What stands beside the batch is none of its business.
      for i in samples.inputs.indices where !piece.contains(i / shape.inputs) {
        samples.inputs[i] = .nan
      }
      var plan = NetworkPlan(.network, train: samples, loss: Choice(shape.loss))
      plan.hidden = shape.hidden.map { .init(units: $0, activation: Choice(shape.activation)) }
      plan.output = shape.output.map { Choice($0) }
      let whole = try DenseNetwork(plan)
      plan.train = samples.selecting(rows)
      let alone = try DenseNetwork(plan)
      let part = evaluate(whole, net.parameters, rows: rows)
      let all = evaluate(alone, net.parameters, rows: nil)
      #expect(part.loss.isFinite && part.loss.bitPattern == all.loss.bitPattern, "\(piece)")
      #expect(part.gradient == all.gradient, "\(piece)")
    }
  }

  @Test(
    "all samples have the bits of the same samples named, however large the parameters",
    arguments: [1, 1e3, 1e30, .infinity, .nan], [0, 1])
  func largeParameters(factor: Double, layer: Int) throws {
    var gates = 0
    for shape in Self.shapes where shape.hidden.count == 1 && shape.hidden[0] <= 4 {
      let net = try net(shape)
      if net.network.gate != nil { gates += 1 }
      var parameters = net.parameters
      let first = net.network.layers[layer].weights
      for index in first..<net.network.layers[layer].end { parameters[index] *= factor }
      let all = evaluate(net.network, parameters, rows: nil)
      let named = evaluate(net.network, parameters, rows: Array(0..<shape.samples))
      #expect(all.loss.isNaN ? named.loss.isNaN : all.loss == named.loss, "\(shape)")
      for (a, b) in zip(all.gradient.values, named.gradient.values) {
        #expect(a.isNaN ? b.isNaN : a == b, "\(shape)")
      }
    }
    // Whole batches of these take the pass of gates, and named ones do not.
    #expect(gates >= 6)
  }

  @Test("what scratch and gradient held before makes no difference", arguments: shapes)
  func cleanliness(shape: Shape) throws {
    let net = try net(shape)
    for rows in [nil, Array(0..<shape.samples)] {
      let clean = evaluate(net.network, net.parameters, rows: rows)
      let dirty = evaluate(net.network, net.parameters, rows: rows, filling: .nan)
      #expect(clean.loss.bitPattern == dirty.loss.bitPattern)
      #expect(clean.gradient == dirty.gradient)
      // Padding is written as zero.
      let last = dirty.gradient.lanes[dirty.gradient.lanes.count - 1]
      for lane in 0..<8 where (dirty.gradient.lanes.count - 1) * 8 + lane >= net.parameters.count {
        #expect(last[lane] == 0)
      }
    }
  }

  @Test("a sample that is not finite spoils only batches and outputs that hold it")
  func contagion() throws {
    var samples = try net(try #require(Self.shapes.first { $0.samples == 500 })).network
      .trainSamples
    samples.inputs[2 * 11] = .nan
    var plan = NetworkPlan(.network, train: samples, loss: Choice("bce"))
    plan.hidden = [.init(units: 8, activation: Choice("tanh"))]
    let network = try DenseNetwork(plan)
    let parameters = network.initialParameters(nil, settings: .init(defaultsOf: []), seed: 4)
    #expect(evaluate(network, parameters, rows: [10, 11, 12]).loss.isNaN)
    let healthy = evaluate(network, parameters, rows: [8, 9, 10, 12, 13, 14, 15])
    #expect(healthy.loss.isFinite)
    #expect(healthy.gradient.values.allSatisfy { $0.isFinite })
    let outputs = network.outputs(at: parameters, inputs: network.inputRows(samples))
    for (s, p) in outputs[0].enumerated() { #expect(p.isNaN == (s == 11), "sample \(s)") }
  }

  @Test("outputs and activities do not depend on how many samples are asked for")
  func outputs() throws {
    let net = try net(try #require(Self.shapes.first { $0.samples == 161 }))
    let inputs = net.network.inputRows(net.network.trainSamples)
    let all = net.network.outputs(at: net.parameters, inputs: inputs)
    let activity = net.network.activity(at: net.parameters, inputs: inputs)
    #expect(activity.count == 3)
    #expect(activity[0].preActivations.count == 8 && activity[0].activations[7].count == 161)
    #expect(activity[2].activations == all)
    let direct = DirectNetwork(network: net.network, parameters: net.parameters)
    for s in [0, 7, 8, 159, 160] {
      let one = net.network.outputs(at: net.parameters, inputs: inputs.map { [$0[s]] })
      #expect(one[0][0] == all[0][s])
      let expected = direct.forward(inputs.map { $0[s] })
      for l in 0..<3 {
        expectClose(activity[l].activations.map { $0[s] }, expected[l + 1])
      }
    }
    let none = net.network.outputs(at: net.parameters, inputs: [[], []])
    #expect(none == [[]])
  }

  @Test("penalties count weights, not biases and not columns of ones")
  func penalties() throws {
    let samples = Samples(inputCount: 1, inputs: [0, 1], targets: [0, 1])
    var plan = NetworkPlan(.linear, train: samples, loss: Choice("mse"))
    let free = try DenseNetwork(plan)
    plan.l1 = 0.5
    plan.l2 = 3
    let bound = try DenseNetwork(plan)
    let at = [2.0, -0.25]
    #expect(bound.loss(at: at) == free.loss(at: at) + 0.5 * 0.25 + 1.5 * 0.0625)
    let (a, b) = (free.lossAndGradient(at: at).gradient, bound.lossAndGradient(at: at).gradient)
    #expect(b == [a[0], a[1] - 0.5 - 0.75])
    plan.penaltyPerSample = true
    let shared = try DenseNetwork(plan)
    #expect(shared.loss(at: at) == free.loss(at: at) + (0.5 * 0.25 + 1.5 * 0.0625) / 2)
    // Tests are not penalised.
    #expect(bound.loss(at: at, split: .test) == 0)
  }

  @Test("a gate's penalties are those of the same samples named", arguments: [(0.3, 0), (0, 0.7)])
  func penaltiesOfGates(l1: Double, l2: Double) throws {
    let shape = try #require(Self.shapes.first { $0.hidden == [4] && $0.samples == 4 })
    let net = try net(shape)
    var plan = NetworkPlan(
      .network, train: net.network.trainSamples, loss: Choice(shape.loss))
    plan.hidden = [.init(units: 4, activation: Choice("tanh"))]
    let free = try DenseNetwork(plan)
    plan.l1 = l1
    plan.l2 = l2
    let bound = try DenseNetwork(plan)
    #expect(bound.gate != nil)
    let all = evaluate(bound, net.parameters, rows: nil)
    let named = evaluate(bound, net.parameters, rows: Array(0..<4))
    #expect(all.loss == named.loss && all.gradient == named.gradient)
    #expect(all.loss > evaluate(free, net.parameters, rows: nil).loss)
  }

  @Test("accuracy counts the greatest output, or the side of the threshold")
  func accuracy() throws {
    let samples = Samples(
      inputCount: 2, inputs: [0, 0, 0, 1, 1, 0, 1, 1], targets: [0, 0, 0, 1], classCount: 2)
    let network = try DenseNetwork(NetworkPlan(.logistic, train: samples, loss: Choice("bce")))
    #expect(network.accuracy(at: [-1.5, 1, 1]) == 1)
    #expect(network.accuracy(at: [-0.5, 1, 1]) == 0.5)
    let squares = try DenseNetwork(NetworkPlan(.linear, train: samples, loss: Choice("mse")))
    #expect(squares.accuracy(at: [-0.25, 0.5, 0.5]) == 1)
    let values = Samples(inputCount: 1, inputs: [0, 1], targets: [0.5, 2])
    let line = try DenseNetwork(NetworkPlan(.linear, train: values, loss: Choice("mse")))
    #expect(line.accuracy(at: [0, 0]) == nil)
  }
}
