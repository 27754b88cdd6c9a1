import Lanes
package import Training

/// Training steps a second of the workloads that are compared with other libraries.
let trainingBenchmarks: [Benchmark] = [
  training("xor", "2-4-1 tanh on the four rows of XOR, full batch, Adam") { xor() },
  training("batch-10", "2-8-8-1 tanh on 500 points of a spiral, batches of 10") {
    var experiment = spiral()
    experiment.batching = .sequential(size: 10)
    return experiment
  },
  training("full-500", "2-8-8-1 tanh on 500 points of a spiral, full batch") { spiral() },
  training("digits", "64-64-10 softmax on 1,797 images of 8×8, batches of 64") { digits() },
  kind(
    "convolution", "4 kernels of 3×3 on 200 images of 8×8, pooled, 10 classes, batches of 20, Adam",
    Choice("convolutional", ["kernels": 4, "kernel": 3, "pool": 2]),
    Choice("glyphs", ["samples": 200, "noise": 0.05]), rate: 0.02, batch: 20),
  kind(
    "recurrent", "4 units on 64 sequences of 6, full batch, Adam",
    Choice("recurrent", ["units": 4]),
    Choice("recall", ["samples": 64, "length": 6, "noise": 0.5]), rate: 0.02),
  kind(
    "boltzmann", "9 visible and 8 hidden units on 14 patterns, exact gradient, Adam",
    Choice("boltzmann", ["hidden": 8, "cd": 0]), Choice("bars_and_stripes", ["side": 3]),
    rate: 0.01),
]

/// A network of another kind, trained by Adam.
private func kind(
  _ name: String, _ summary: String, _ network: Choice, _ data: Choice, rate: Double,
  batch: Int? = nil
) -> Benchmark {
  training(name, summary) {
    let problem = NetworkProblem(kind: network, data: DataSource(.generated(data)))
    var experiment = Experiment(name: name, problem: .network(problem))
    experiment.optimizer = Choice("adam")
    experiment.learningRate = .value(rate)
    if let batch { experiment.batching = .sequential(size: batch) }
    return experiment
  }
}

func xor() -> Experiment {
  var model = ModelProblem(
    kind: .mlp, data: DataSource(.generated(Choice("xor"))),
    hidden: [LayerSpec(units: 4, activation: Choice("tanh"))])
  model.loss = Choice("bce")
  var experiment = Experiment(name: "xor", problem: .model(model))
  experiment.optimizer = Choice("adam")
  experiment.learningRate = .value(0.05)
  return experiment
}

func digits() -> Experiment {
  var model = ModelProblem(
    kind: .mlp, data: DataSource(.generated(Choice("glyphs", ["samples": 1797]))),
    hidden: [LayerSpec(units: 64, activation: Choice("relu"))])
  model.loss = Choice("softmax_ce")
  var experiment = Experiment(name: "digits", problem: .model(model))
  experiment.learningRate = .value(0.1)
  experiment.batching = .sequential(size: 64)
  return experiment
}

func spiral() -> Experiment {
  let layer = LayerSpec(units: 8, activation: Choice("tanh"))
  let model = ModelProblem(
    kind: .mlp, data: DataSource(.generated(Choice("spiral", ["samples": 500]))),
    hidden: [layer, layer])
  var experiment = Experiment(name: "spiral", problem: .model(model))
  experiment.learningRate = .value(0.1)
  return experiment
}

private func training(
  _ name: String, _ summary: String, _ experiment: @escaping @Sendable () -> Experiment
) -> Benchmark {
  trainingBenchmark(name: "training.\(name)", summary: summary, experiment: experiment())
}

/// Training steps a second of any experiment, once under way; its stop rule and headless length are
/// left aside.
package func trainingBenchmark(
  name: String, summary: String, experiment: Experiment
) -> Benchmark {
  Benchmark(name, summary, unit: "steps") { options in
    var experiment = experiment
    experiment.stop = StopRule()
    experiment.changes = []
    // Steps alone are timed, as elsewhere.
    var begin = try Run(experiment)
    begin.measuresSplits = false
    var run = begin
    // Chunks of about 2 ms, so that what a chunk costs once does not count and a diverged run can
    // begin again. Warmed up for as long as is timed.
    let clock = ContinuousClock()
    let start = clock.now
    var chunk = 64
    while true {
      let before = clock.now
      if run.advance(chunk) < chunk { run = begin }
      let each = Stopwatch.seconds(before.duration(to: clock.now)) / Double(chunk)
      chunk = max(64, Int(min(100_000, 0.002 / max(each, 1e-9))))
      if Stopwatch.seconds(start.duration(to: clock.now)) >= options.seconds { break }
    }
    return Stopwatch(seconds: options.seconds).rate(units: Double(chunk)) {
      if run.advance(chunk) < chunk { run = begin }
    }
  }
}
