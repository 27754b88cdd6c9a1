import Lanes
import Testing

@testable import Models

/// Which inputs are finite, and where each sample stands among them.
@Suite("Finite maps")
struct FiniteMapTests {
  private static func network(_ name: String, _ settings: [String: Double] = [:]) throws
    -> DenseNetwork
  {
    let set = try #require(DataSet.all[name])
    var issues: [ProblemIssue] = []
    let choice = Settings(
      Choice(name, settings), of: set.hyperparameters, key: "data", issues: &issues)
    var plan = NetworkPlan(.network, train: set.generate(choice, 1), loss: Choice("softmax_ce"))
    plan.hidden = [.init(units: 3, activation: Choice("square"))]
    return try DenseNetwork(plan)
  }

  @Test("pairs of one-hot numbers are rows and columns")
  func pairs() throws {
    let network = try Self.network("modular_addition", ["modulus": 7])
    let map = try #require(FiniteMap(network))
    #expect(map.axes == [.oneHot(0..<7), .oneHot(7..<14)])
    for cell in 0..<49 {
      #expect(map.cell(of: network.trainSamples.input(cell)) == cell)
      #expect(network.trainSamples.targets[cell] == Double((cell / 7 + cell % 7) % 7))
      for input in 0..<14 {
        #expect(map.points[input][cell] == network.trainSamples.inputs[cell * 14 + input])
      }
    }
  }

  @Test("bits are axes of two values; numbers without end are none")
  func bits() throws {
    let parity = try #require(FiniteMap(try Self.network("parity", ["bits": 5])))
    #expect((parity.rows, parity.columns) == (8, 4))
    let gate = try #require(FiniteMap(try Self.network("xor")))
    #expect((gate.rows, gate.columns) == (2, 2))
    #expect(FiniteMap(try Self.network("spiral")) == nil)
  }
}

/// Columns that are series, and models without biases.
@Suite("Series of features, and biases")
struct FeatureSeriesTests {
  private static func columns(_ names: [String], seed: UInt64 = 1) -> (FeatureMap, [ProblemIssue]) {
    var issues: [ProblemIssue] = []
    let map = FeatureMap(
      names, inputs: 3, ones: false, seed: seed, key: "features", issues: &issues)
    return (map, issues)
  }

  @Test("more waves leave the first as they were; another seed draws others")
  func waves() {
    let (few, many) = (Self.columns(["fourier(4:25)"]).0, Self.columns(["fourier(9:25)"]).0)
    #expect(few.columns.count == 4)
    #expect(Array(many.columns.prefix(4)) == few.columns)
    #expect(Self.columns(["fourier(4:25)"], seed: 2).0 != few)
    for column in many.columns.indices {
      #expect(abs(many.value(column, of: [0.3, -2, 5])) <= 1)
    }
  }

  @Test("the first inputs are the first inputs")
  func first() {
    #expect(Self.columns(["first(2)"]).0 == Self.columns(["x1", "x2"]).0)
    let all = ["first(4)", "first(0)", "first(x)", "fourier(0)", "fourier(3:-1)", "fourier(a:2)"]
    for wrong in all {
      #expect(Self.columns([wrong]).1.count == 1, "\(wrong)")
    }
  }

  @Test(
    "without biases there are none, and the gradient is that of the loss", arguments: [1, 5, 40])
  func biases(units: Int) throws {
    func numbers(_ count: Int, _ factor: Int, modulo: Int) -> [Double] {
      (0..<count).map { index -> Double in
        let residue = (index * factor) % modulo
        return 2 * Double(residue) / Double(modulo) - 1
      }
    }
    let samples = Samples(
      inputCount: 3, targetCount: 2, inputs: numbers(24, 37, modulo: 19),
      targets: numbers(16, 23, modulo: 7))
    var plan = NetworkPlan(.network, train: samples, loss: Choice("mse"))
    plan.hidden = [
      .init(units: units, activation: Choice("tanh")),
      .init(units: 3, activation: Choice("identity")),
    ]
    plan.biases = false
    let network = try DenseNetwork(plan)
    #expect(network.parameterCount == 3 * units + 3 * units + 6)
    var point = numbers(network.parameterCount, 29, modulo: 31)
    let gradient = network.lossAndGradient(at: point).gradient
    for p in point.indices {
      let kept = point[p]
      point[p] = kept + 1e-6
      let above = network.lossAndGradient(at: point).loss
      point[p] = kept - 1e-6
      let below = network.lossAndGradient(at: point).loss
      point[p] = kept
      #expect(abs((above - below) / 2e-6 - gradient[p]) < 1e-7)
    }
  }
}
