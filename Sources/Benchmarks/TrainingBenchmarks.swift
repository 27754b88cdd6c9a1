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
  training("digits", "64-64-10 softmax on 1,797 images of 8×8, batches of 64") {
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("glyphs", ["samples": 1797]))),
      hidden: [LayerSpec(units: 64, activation: Choice("relu"))])
    model.loss = Choice("softmax_ce")
    var experiment = Experiment(name: "digits", problem: .model(model))
    experiment.learningRate = .value(0.1)
    experiment.batching = .sequential(size: 64)
    return experiment
  },
]

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

/// Training steps a second of any experiment, once under way; its stop rule and headless length are left aside.
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
    // Chunks of about 2 ms, so that what a chunk costs once does not count and a diverged run can begin again.
    // Warmed up for as long as is timed.
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
