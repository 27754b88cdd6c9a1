import Lanes
import Optimization
import Testing

@Suite("Optimizers against PyTorch's formulas")
struct TorchComparisonTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let choice: Choice
    let rate: Double
    let rule: @Sendable () -> TorchFormulas.Rule
    var testDescription: String { "\(choice.name) \(choice.settings)" }
    init(
      _ name: String, _ settings: [String: Double] = [:], rate: Double,
      _ rule: @escaping @Sendable () -> TorchFormulas.Rule
    ) {
      choice = Choice(name, settings)
      self.rate = rate
      self.rule = rule
    }
  }

  static let cases: [Case] = [
    Case("gd", rate: 1e-3) {
      TorchFormulas.sgd(lr: 1e-3, momentum: 0, dampening: 0, nesterov: false)
    },
    Case("momentum", rate: 1e-3) {
      TorchFormulas.sgd(lr: 1e-3, momentum: 0.9, dampening: 0, nesterov: false)
    },
    Case("momentum", ["momentum": 0.7, "dampening": 0.3], rate: 1e-3) {
      TorchFormulas.sgd(lr: 1e-3, momentum: 0.7, dampening: 0.3, nesterov: false)
    },
    Case("nesterov", rate: 5e-4) {
      TorchFormulas.sgd(lr: 5e-4, momentum: 0.9, dampening: 0, nesterov: true)
    },
    Case("adagrad", rate: 0.1) { TorchFormulas.adagrad(lr: 0.1) },
    Case("adagrad", ["lr_decay": 0.01, "initial_accumulator": 0.1, "eps": 1e-6], rate: 0.1) {
      TorchFormulas.adagrad(lr: 0.1, lrDecay: 0.01, initial: 0.1, eps: 1e-6)
    },
    Case("rmsprop", rate: 0.01) { TorchFormulas.rmsprop(lr: 0.01) },
    Case("rmsprop", ["rho": 0.9, "centered": 1], rate: 1e-5) {
      TorchFormulas.rmsprop(lr: 1e-5, alpha: 0.9, centered: true)
    },
    Case("rmsprop", ["momentum": 0.5], rate: 0.001) {
      TorchFormulas.rmsprop(lr: 0.001, momentum: 0.5)
    },
    Case("rmsprop", ["momentum": 0.5, "centered": 1], rate: 0.001) {
      TorchFormulas.rmsprop(lr: 0.001, momentum: 0.5, centered: true)
    },
    Case("adadelta", rate: 0.1) { TorchFormulas.adadelta(lr: 0.1) },
    Case("adam", rate: 0.01) { TorchFormulas.adam(lr: 0.01) },
    Case("adam", ["beta1": 0.8, "beta2": 0.95, "eps": 1e-4], rate: 0.001) {
      TorchFormulas.adam(lr: 0.001, beta1: 0.8, beta2: 0.95, eps: 1e-4)
    },
    Case("adamw", rate: 0.01) { TorchFormulas.adam(lr: 0.01, decoupled: 0.01) },
    Case("amsgrad", rate: 0.01) { TorchFormulas.adam(lr: 0.01, amsgrad: true) },
    Case("adamax", rate: 0.01) { TorchFormulas.adamax(lr: 0.01) },
    Case("nadam", rate: 0.01) { TorchFormulas.nadam(lr: 0.01) },
    Case("radam", rate: 1e-4) { TorchFormulas.radam(lr: 1e-4) },
    Case("lion", rate: 0.001) { TorchFormulas.lion(lr: 0.001) },
    Case("lion", ["weight_decay": 0.1], rate: 0.001) { TorchFormulas.lion(lr: 0.001, decay: 0.1) },
    Case("rprop", rate: 0.01) { TorchFormulas.rprop(lr: 0.01) },
  ]

  @Test("agree on Rosenbrock's valley for 500 steps", arguments: cases)
  func rosenbrock(_ example: Case) throws {
    var walker = try Walker(
      example.choice, from: [-1.2, 1], rate: example.rate, TestSurface.rosenbrock)
    let rules = [example.rule(), example.rule()]
    var p = [-1.2, 1.0]
    for t in 1...500 {
      walker.step()
      let g = TestSurface.rosenbrock(p).1
      p = [rules[0](g[0], p[0], t), rules[1](g[1], p[1], t)]
      for index in 0..<2 {
        try #require(
          abs(walker.parameters[index] - p[index]) < 1e-10, "step \(t), parameter \(index)")
      }
    }
  }

  @Test("agree under any gradients, with L2 weight decay and 19 parameters", arguments: cases)
  func noise(_ example: Case) throws {
    let stream = RandomStream(seed: 3, stream: 17)
    let count = 19
    let start = (0..<count).map { 2 * stream.uniform(at: UInt64($0)) - 1 }
    var choice = example.choice
    let decays =
      optimizers[choice.name]?.hyperparameters.contains { $0.name == "decoupled" } == true
      && choice.name != "adamw" && choice.name != "lion"
    if decays { choice.settings["weight_decay"] = 0.1 }
    var walker = try Walker(choice, from: start, rate: example.rate, TestSurface.bowl)
    var p = start
    let rules = (0..<count).map { _ in example.rule() }
    for t in 1...200 {
      let g = (0..<count).map {
        ($0 % 3 == 0 ? 1e-3 : 10) * (stream.uniform(at: UInt64(1000 * t + $0)) - 0.4)
      }
      walker.step(gradient: g)
      for index in 0..<count {
        p[index] = rules[index](g[index] + (decays ? 0.1 * p[index] : 0), p[index], t)
      }
      for index in 0..<count {
        try #require(
          abs(walker.parameters[index] - p[index]) < 1e-11, "step \(t), parameter \(index)")
      }
    }
  }
}
