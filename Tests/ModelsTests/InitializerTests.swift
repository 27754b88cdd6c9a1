import Lanes
import Testing

@testable import Models

@Suite struct InitializerTests {
  func network() throws -> DenseNetwork {
    let samples = Samples(inputCount: 40, inputs: [Double](repeating: 0, count: 40), targets: [0])
    var plan = NetworkPlan(.network, train: samples, loss: Choice("mse"))
    plan.hidden = [.init(units: 60, activation: Choice("relu"))]
    return try DenseNetwork(plan)
  }

  @Test(
    "weights of a layer have the stated variance",
    arguments: Initializer.all.entries.filter { !$0.isSolution }.map(\.name))
  func variances(name: String) throws {
    let network = try network()
    let initializer = try #require(Initializer.all[name])
    let settings = Settings(defaultsOf: initializer.hyperparameters)
    let parameters = network.initialParameters(initializer, settings: settings, seed: 11)
    let weights = parameters[0..<2400]
    let variance = weights.reduce(0) { $0 + $1 * $1 } / 2400
    let expected: [String: Double] = [
      "zeros": 0, "uniform": 1.0 / 3, "normal": 1, "glorot_uniform": 2.0 / 100,
      "glorot_normal": 2.0 / 100, "he_uniform": 2.0 / 40, "he_normal": 2.0 / 40,
      "lecun_normal": 1.0 / 40, "sklearn_glorot": 2.0 / 100,
      "playground": 1.0 / 12,
    ]
    let stated = try #require(expected[name])
    #expect(abs(variance - stated) <= 0.12 * stated)
    let biases = parameters[2400..<2460]
    #expect(biases.contains { $0 != initializer.bias } == initializer.drawsBiases)
    #expect(parameters == network.initialParameters(initializer, settings: settings, seed: 11))
    if name != "zeros" {
      #expect(parameters != network.initialParameters(initializer, settings: settings, seed: 12))
    }
  }

  @Test("without a choice networks break symmetry and linear models start at zero")
  func usual() throws {
    let none = Settings(defaultsOf: [])
    let parameters = try network().initialParameters(nil, settings: none, seed: 1)
    #expect(Set(parameters[0..<2400]).count > 2390)
    let samples = Samples(inputCount: 2, inputs: [1, 2], targets: [1])
    let line = try DenseNetwork(NetworkPlan(.linear, train: samples, loss: Choice("mse")))
    #expect(line.initialParameters(nil, settings: none, seed: 1) == [0, 0, 0])
  }
}
