import Lanes
import Models
import Optimization
import Testing

@testable import Training

/// Nets that are linear in their parameters around their start.
@Suite("Linearised nets")
struct LinearizedTests {
  private static func experiment(
    linearized: Bool = true, activation: String = "tanh", loss: String = "bce",
    hidden: [Int] = [4, 3], seed: UInt64 = 1, batching: Batching = .full,
    optimizer: Choice = Choice("gd")
  ) -> Experiment {
    let isOfClasses = loss == "softmax_ce"
    var model = ModelProblem(
      kind: .mlp,
      data: DataSource(
        .generated(
          isOfClasses ? Choice("iris") : Choice("circle", ["samples": 30]))),
      hidden: hidden.map { LayerSpec(units: $0, activation: Choice(activation)) })
    model.loss = Choice(loss)
    model.isLinearized = linearized
    var experiment = Experiment(name: "linear", problem: .model(model))
    experiment.optimizer = optimizer
    experiment.learningRate = .value(0.02)
    experiment.seed = seed
    experiment.batching = batching
    experiment.start = Start(initializer: Choice("normal", ["scale": 0.7]))
    return experiment
  }

  private static func network(_ run: Run) throws -> DenseNetwork {
    try #require(run.objective.kind.mapping)
  }

  /// A way to go, without a direction of its own.
  private static func way(_ count: Int, _ length: Double = 0.1) -> [Double] {
    (0..<count).map { length * Elementary.sin(1 + 2.7 * Double($0)) }
  }

  private static func near(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(b))
  }

  @Test("at the start it is the net: loss, gradient, answers", arguments: Activation.all.names)
  func start(activation: String) throws {
    for loss in ["bce", "mse", "softmax_ce"] {
      let linear = try Run(Self.experiment(activation: activation, loss: loss))
      let plain = try Run(
        Self.experiment(linearized: false, activation: activation, loss: loss))
      #expect(linear.parameters == plain.parameters)
      let (one, other) = (
        linear.objective.lossAndGradient(at: linear.parameters),
        plain.objective.lossAndGradient(at: plain.parameters)
      )
      #expect(Self.near(one.loss, other.loss, 1e-13))
      #expect(Self.near(linear.loss, plain.loss, 1e-13))
      for (a, b) in zip(one.gradient, other.gradient) { #expect(Self.near(a, b, 1e-12)) }
      let (net, twin) = (try Self.network(linear), try Self.network(plain))
      let inputs = net.inputRows(net.trainSamples)
      for (a, b) in zip(
        net.outputs(at: linear.parameters, inputs: inputs),
        twin.outputs(at: plain.parameters, inputs: inputs))
      {
        for (x, y) in zip(a, b) { #expect(Self.near(x, y, 1e-13)) }
      }
    }
  }

  @Test(
    "outputs are linear in the parameters, with the net's derivatives",
    arguments: ["tanh", "softplus", "square", "identity"])
  func linear(activation: String) throws {
    let run = try Run(Self.experiment(activation: activation, loss: "mse"))
    let net = try Self.network(run)
    let plain = try Self.network(
      Run(Self.experiment(linearized: false, activation: activation, loss: "mse")))
    let inputs = net.inputRows(net.trainSamples)
    let way = Self.way(net.parameterCount)
    func outputs(_ network: DenseNetwork, _ share: Double) -> [Double] {
      network.outputs(
        at: zip(run.parameters, way).map { $0 + share * $1 }, inputs: inputs)[0]
    }
    let (start, once, thrice) = (outputs(net, 0), outputs(net, 1), outputs(net, -3))
    let (ahead, behind) = (outputs(plain, 1e-5), outputs(plain, -1e-5))
    for s in start.indices {
      let slope = once[s] - start[s]
      #expect(Self.near(thrice[s] - start[s], -3 * slope, 1e-12))
      #expect(Self.near((ahead[s] - behind[s]) / 2e-5, slope, 1e-7))
    }
  }

  @Test(
    "gradients and curvature are those of the linear net's loss",
    arguments: ["bce", "mse", "softmax_ce"])
  func derivatives(loss: String) throws {
    let run = try Run(Self.experiment(loss: loss))
    let objective = run.objective
    let at = zip(run.parameters, Self.way(objective.parameterCount)).map { $0 + $1 }
    let direction = (0..<objective.parameterCount).map { Elementary.cos(0.3 + Double($0)) }
    func point(_ h: Double) -> [Double] { zip(at, direction).map { $0 + h * $1 } }
    let here = objective.lossAndGradient(at: at)
    #expect(Self.near(here.loss, objective.loss(at: at), 1e-13))
    let slope = zip(here.gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
    let measured = (objective.loss(at: point(1e-5)) - objective.loss(at: point(-1e-5))) / 2e-5
    #expect(abs(slope - measured) < 1e-8)
    let product = objective.hessianProduct(at: at, times: direction)
    let ahead = objective.lossAndGradient(at: point(1e-5)).gradient
    let behind = objective.lossAndGradient(at: point(-1e-5)).gradient
    for i in product.indices {
      #expect(abs(product[i] - (ahead[i] - behind[i]) / 2e-5) < 1e-7)
    }
    let rows = try #require(objective.hessian(at: at))
    let count = objective.parameterCount
    for i in 0..<count {
      let sum = (0..<count).reduce(0) { $0 + rows[i * count + $1] * direction[$1] }
      #expect(abs(sum - product[i]) < 1e-12)
    }
  }

  @Test("units say what pictures show of them", arguments: ["identity", "relu", "tanh"])
  func activity(activation: String) throws {
    var run = try Run(Self.experiment(activation: activation))
    run.advance(10)
    let net = try Self.network(run)
    let rows = net.inputRows(net.trainSamples)
    let inputs = PreparedInputs(net, samples: net.trainSamples)
    let pass = NetworkProbe.forward(net, parameters: run.parameters, inputs)
    let activity = net.activity(at: run.parameters, inputs: rows)
    for (number, (layer, own)) in zip(pass.layers, activity).enumerated() {
      for unit in 0..<layer.units {
        let z = layer.preActivations(of: unit)
        for (a, b) in zip(z, own.preActivations[unit]) { #expect(Self.near(a, b, 1e-12)) }
        // What is seen of the output's unit is behind its link.
        guard number < pass.layers.count - 1 else { continue }
        let values = layer.activations(of: unit)
        for (a, b) in zip(values, own.activations[unit]) { #expect(Self.near(a, b, 1e-12)) }
      }
    }
  }

  @Test("pictures, batches and measures see the linear net")
  func consumers() throws {
    for hidden in [[3], [4, 3], [40, 30]] {
      var run = try Run(Self.experiment(hidden: hidden, batching: .shuffled(size: 5)))
      run.advance(50)
      let net = try Self.network(run)
      #expect(net.isLinearized && run.objective.kind.dense == nil)
      let rows = net.inputRows(net.trainSamples)
      let answers = net.outputs(at: run.parameters, inputs: rows)[0]
      let inputs = PreparedInputs(net, samples: net.trainSamples)
      let shown = NetworkProbe.predictions(net, parameters: run.parameters, inputs)[0]
      for (a, b) in zip(answers, shown) { #expect(abs(a - b) < 1e-12) }
      let activity = net.activity(at: run.parameters, inputs: rows)
      let pass = NetworkProbe.forward(net, parameters: run.parameters, inputs)
      for (layer, own) in zip(pass.layers, activity) {
        for unit in 0..<layer.units {
          for (a, b) in zip(layer.preActivations(of: unit), own.preActivations[unit]) {
            #expect(abs(a - b) < 1e-12)
          }
        }
      }
      let truth = net.trainSamples.targets
      let right = zip(answers, truth).count { ($0 >= 0.5) == ($1 >= 0.5) }
      #expect(run.objective.accuracy(at: run.parameters) == Double(right) / Double(truth.count))
      // A batch of some samples has the gradient of these samples.
      let rowsOfAll = (0..<net.sampleCount).map { Int32($0) }
      var gradient = Vector(zeros: net.parameterCount)
      var scratch = Vector(zeros: net.scratchCount(batch: net.sampleCount))
      let loss = rowsOfAll.withUnsafeBufferPointer { batch in
        Vector(run.parameters).withUnsafePointer { at in
          gradient.withUnsafeMutablePointer { gradient in
            scratch.withUnsafeMutablePointer {
              net.lossAndGradient(at: at, batch: .rows(batch), gradient: gradient, scratch: $0)
            }
          }
        }
      }
      let whole = net.lossAndGradient(at: run.parameters)
      #expect(abs(loss - whole.loss) < 1e-13)
      for (a, b) in zip(gradient.values, whole.gradient) { #expect(abs(a - b) < 1e-13) }
    }
  }

  @Test(
    "it replays, bundles and goes on as it did alone",
    arguments: [Choice("gd"), Choice("adam"), Choice("schedule_free_sgd")])
  func replays(optimizer: Choice) throws {
    let experiment = Self.experiment(batching: .shuffled(size: 7), optimizer: optimizer)
    var run = try Run(experiment)
    run.advance(10)
    let checkpoint = run.checkpoint()
    run.advance(20)
    var again = Run(checkpoint, on: run.course)
    again.advance(20)
    #expect(again.parameters == run.parameters)
    let runs = try (1...4).map { seed in
      try Run(Self.experiment(seed: seed, batching: .shuffled(size: 7), optimizer: optimizer))
    }
    var bundle = RunBundle(runs)
    bundle.advance(to: 30)
    for number in runs.indices {
      var alone = runs[number]
      alone.advance(30)
      #expect(bundle.standing(number).parameters == alone.modelParameters)
    }
    #expect(bundle.standing(0).parameters == run.modelParameters)
  }

  @Test("around another start it begins there; what leaves the start alone keeps the weights")
  func changes() throws {
    var run = try Run(Self.experiment())
    run.advance(20)
    let before = run.parameters
    func change(_ key: String, _ edit: (inout Experiment) -> Void) throws -> Run {
      var (copy, next) = (run, run.experiment)
      edit(&next)
      try copy.become(KeyChange(Setting(key: key, value: "…"), to: next))
      return copy
    }
    let rated = try change("learning_rate") { $0.learningRate = .value(0.5) }
    #expect(rated.parameters == before)
    let other = try change("loss") {
      guard case .model(var model) = $0.problem else { return }
      model.loss = Choice("hinge")
      $0.problem = .model(model)
    }
    #expect(other.parameters == before)
    let origin = try Self.network(run).origin
    #expect(try Self.network(other).origin == origin)
    for edit in [
      { $0.seed = 9 },
      {
        guard case .model(var model) = $0.problem else { return }
        model.hidden[0].units = 6
        $0.problem = .model(model)
      },
      { $0.start.parameters = Self.way($0.start.parameters?.count ?? before.count, 1) },
    ] as [(inout Experiment) -> Void] {
      let moved = try change("start", edit)
      let net = try Self.network(moved)
      #expect(net.origin == moved.parameters && net.origin != origin)
      let fresh = try Run(moved.experiment)
      #expect(fresh.parameters == moved.parameters && fresh.loss == moved.loss)
    }
  }
}
