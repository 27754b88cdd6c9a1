import Lanes
import Models
import Training

/// Steps of all runs of a bundle together a second; every run has a seed or a rate of its own.
let bundleBenchmarks: [Benchmark] = [
  bundle("xor", "256 runs of a 2-4-1 net on the four rows of XOR, full batch, Adam", steps: 2000) {
    number in
    var experiment = net([4], Choice("xor"), loss: "bce")
    experiment.optimizer = Choice("adam")
    experiment.learningRate = .value(0.05)
    experiment.seed = UInt64(number + 1)
    return experiment
  },
  bundle("batches", "256 runs of a 2-8-8-1 net on 200 points, batches of ten, Adam", steps: 400) {
    number in
    var experiment = net([8, 8], Choice("spiral", ["samples": 200]), loss: "bce")
    experiment.optimizer = Choice("adam")
    experiment.learningRate = .value(0.05)
    experiment.batching = .sequential(size: 10)
    experiment.seed = UInt64(number + 1)
    experiment.dataSeed = 1
    return experiment
  },
  bundle("map", "256 rates of a 2-8-8-1 net on 16 samples, plain descent", steps: 500) {
    number in
    var experiment = net([8, 8], Choice("spiral", ["samples": 16]), loss: "bce")
    experiment.learningRate = .value(rate(number, from: 1e-2, to: 10))
    return experiment
  },
  bundle(
    "map.diverging", "the same with relu and squared errors, where half of the rates are too large",
    steps: 500
  ) { number in
    var experiment = net(
      [8, 8], Choice("spiral", ["samples": 16]), activation: "relu", loss: "mse")
    experiment.learningRate = .value(rate(number, from: 1e-2, to: 1e2))
    return experiment
  },
]

private func net(
  _ hidden: [Int], _ data: Choice, activation: String = "tanh", loss: String
) -> Experiment {
  var model = ModelProblem(
    kind: .mlp, data: DataSource(.generated(data)),
    hidden: hidden.map { LayerSpec(units: $0, activation: Choice(activation)) })
  model.loss = Choice(loss)
  return Experiment(name: "bundle", problem: .model(model))
}

/// One of 256 rates in equal ratios.
private func rate(_ number: Int, from first: Double, to last: Double) -> Double {
  first * Elementary.pow(last / first, Double(number) / 255)
}

private func bundle(
  _ name: String, _ summary: String, steps: Int,
  _ experiment: @escaping @Sendable (Int) -> Experiment
) -> Benchmark {
  Benchmark("bundle.\(name)", summary, unit: "run-steps") { options in
    let beginning = RunBundle(try (0..<256).map { try Run(experiment($0)) })
    return try Stopwatch(seconds: options.seconds).rate(units: Double(256 * steps)) {
      var bundle = beginning
      bundle.advance(to: steps)
      precondition(bundle.standing(0).step > 0, "no steps were taken")
    }
  }
}
