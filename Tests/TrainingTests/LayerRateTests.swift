import Lanes
import Models
import Optimization
import Testing

@testable import Training

/// Rates of single layers, and nets whose inputs to layers are scaled.
@Suite("Rates and scales of layers")
struct LayerRateTests {
  private func experiment(
    rates: [Double] = [], scaling: [String] = [], activation: String = "tanh",
    optimizer: Choice = Choice("gd"), hidden: [Int] = [5, 3], batching: Batching = .full
  ) -> Experiment {
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("circle", ["samples": 30]))),
      hidden: hidden.map { LayerSpec(units: $0, activation: Choice(activation)) })
    model.scaling = scaling
    var experiment = Experiment(name: "layers", problem: .model(model))
    experiment.optimizer = optimizer
    experiment.learningRate = .value(0.05)
    experiment.layerRates = rates
    experiment.batching = batching
    experiment.start = Start(initializer: Choice("normal", ["scale": 0.7]))
    return experiment
  }

  /// Optimizers that take rates of layers.
  static let choices = [
    Choice("gd"), Choice("momentum"), Choice("nesterov"), Choice("adam"),
    Choice("adamw", ["weight_decay": 0.1]), Choice("lion"), Choice("muon"),
    Choice("momentum", ["rate_inside": 1]),
  ]

  @Test("the first step of each layer is as long as its rate says", arguments: choices)
  func steps(choice: Choice) throws {
    var plain = try Run(experiment(optimizer: choice))
    var rated = try Run(experiment(rates: [2, 0, 0.25], optimizer: choice))
    let start = plain.parameters
    plain.advance(1)
    rated.advance(1)
    for block in plain.objective.layout.blocks {
      let rate = [2, 0, 0.25][try #require(block.layer)]
      for entry in block.range {
        let (one, other) = (
          plain.parameters[entry] - start[entry], rated.parameters[entry] - start[entry]
        )
        #expect(abs(other - rate * one) <= 1e-12 * max(abs(one), 1e-3), "\(block.name)")
        if rate == 0 { #expect(rated.parameters[entry] == start[entry]) }
      }
    }
  }

  @Test("rates that are all 1 change no bit", arguments: choices)
  func ones(choice: Choice) throws {
    var plain = try Run(experiment(optimizer: choice))
    var rated = try Run(experiment(rates: [1, 1, 1], optimizer: choice))
    plain.advance(40)
    rated.advance(40)
    #expect(plain.parameters == rated.parameters)
  }

  @Test(
    "runs in lanes have their own rates of layers",
    arguments: [
      Choice("gd"), Choice("momentum"), Choice("adam"),
    ])
  func lanes(choice: Choice) throws {
    let rates: [[Double]] = [
      [3, 1, 0.5], [1, 4], [], [0, 1, 1], [2], [1, 1, 1], [1, 1, 9], [5, 5, 5],
    ]
    for batching in [Batching.full, .shuffled(size: 7)] {
      let runs = try rates.map {
        try Run(experiment(rates: $0, optimizer: choice, batching: batching))
      }
      var bundle = RunBundle(runs, watchesLosses: true)
      #expect(bundle.bundledCount >= 6)
      bundle.advance(to: 60)
      for (number, run) in runs.enumerated() {
        var run = run
        var course = LossCourse()
        for _ in 0..<60 {
          run.advance(1)
          course.add(run.lastStepLoss)
        }
        for (a, b) in zip(bundle.standing(number).parameters, run.parameters) {
          #expect(abs(a - b) < 1e-9, "run \(number)")
        }
        let measure = try #require(bundle.course(number)).measure
        #expect(abs(measure - course.measure) < 1e-9 * abs(course.measure), "run \(number)")
      }
    }
  }

  @Test("a run that goes on with other rates keeps weights and memory, and replays")
  func changes() throws {
    var run = try Run(experiment(optimizer: Choice("momentum")))
    run.advance(10)
    let before = (run.parameters, run.core.optimizer.memory)
    var next = run.experiment
    next.layerRates = [0, 2, 1]
    try run.become(KeyChange(Setting(key: "layer_rates", value: "0, 2, 1"), to: next))
    #expect(run.parameters == before.0 && run.core.optimizer.memory == before.1)
    let weights = run.objective.layout.layers[0].flatMap { $0.range.map { before.0[$0] } }
    let checkpoint = run.checkpoint()
    run.advance(10)
    #expect(
      run.objective.layout.layers[0].flatMap { $0.range.map { run.parameters[$0] } } == weights)
    var again = Run(checkpoint, on: run.course)
    again.advance(10)
    #expect(again.parameters == run.parameters)
  }

  @Test("rules that take steps by one rate, and rates without a layer, are refused")
  func refusals() {
    for name in ["schedule_free_sgd", "schedule_free_adamw", "newton", "lbfgs"] {
      #expect(throws: RunError.self) {
        try Run(experiment(rates: [2, 1, 1], optimizer: Choice(name), hidden: [2]))
      }
    }
    #expect(throws: RunError.self) { try Run(experiment(rates: [2, 1, 1, 1])) }
    #expect(throws: RunError.self) { try Run(experiment(rates: [-1])) }
  }

  @Test("scaled nets are plain nets at scaled weights", arguments: Activation.all.names)
  func scales(activation: String) throws {
    let factors = [(2.0 / 2).squareRoot(), 1 / 5.0, 1 / 3.0.squareRoot()]
    for batch in [Batching.full, .shuffled(size: 3)] {
      let scaled = try Run(
        experiment(
          scaling: ["sqrt(2/n)", "1/n", "1/sqrt(n)"], activation: activation, batching: batch))
      var moved = scaled.parameters
      let layers = scaled.objective.layout.layers
      for (layer, factor) in zip(layers, factors) {
        for block in layer where block.role == .weights {
          for entry in block.range { moved[entry] *= factor }
        }
      }
      var plain = experiment(activation: activation, batching: batch)
      plain.start = Start(parameters: moved)
      var (one, other) = (scaled, try Run(plain))
      #expect(abs(one.loss - other.loss) < 1e-12 * max(1, other.loss))
      one.advance(1)
      other.advance(1)
      for (layer, factor) in zip(layers, factors) {
        for block in layer {
          let scale = block.role == .weights ? factor : 1
          for entry in block.range {
            let (a, b) = (one.lastGradient[entry], scale * other.lastGradient[entry])
            #expect(abs(a - b) < 1e-12 * max(1, abs(b)), "\(block.name)")
          }
        }
      }
      var bundle = RunBundle([scaled, scaled])
      bundle.advance(to: 1)
      for (a, b) in zip(bundle.standing(0).parameters, one.parameters) {
        #expect(abs(a - b) < 1e-12 * max(1, abs(b)))
      }
    }
  }

  @Test("formulas of scaling that are none, or too many, are said")
  func mistakes() {
    for scaling in [["1/m"], ["n -"], ["0"], ["1/(n - 2)"], ["1", "1"], ["1", "1", "1", "1"]] {
      #expect(throws: RunError.self, "\(scaling)") { try Run(experiment(scaling: scaling)) }
    }
  }
}
