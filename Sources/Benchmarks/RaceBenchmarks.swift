import Lanes
import Models
import Training

/// Steps a second of eight seeds of one experiment that race, each step being one of all eight; and
/// those of one of them by itself, at full speed. What a race costs is the quotient.
let raceBenchmarks: [Benchmark] = [
  race("xor", "2-4-1 tanh on XOR, full batch, Adam", steps: 20_000) { xor() },
  race("circle", "2-4-1 tanh on 200 points of a disc and a ring, batches of ten, Adam", steps: 5000)
  {
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("circle", ["samples": 200, "noise": 0.2]))),
      hidden: [LayerSpec(units: 4, activation: Choice("tanh"))])
    model.loss = Choice("bce")
    var experiment = Experiment(name: "circle", problem: .model(model))
    experiment.optimizer = Choice("adam")
    experiment.learningRate = .value(0.03)
    experiment.batching = .shuffled(size: 10)
    return experiment
  },
  race("xsin", "plain descent on x sin(x²+1)", steps: 50_000) {
    var experiment = Experiment(
      name: "xsin", problem: .function(FunctionProblem(landscape: Choice("xsin"))))
    experiment.learningRate = .value(0.01)
    return experiment
  },
].flatMap { $0 }

private func race(
  _ name: String, _ summary: String, steps: Int, _ experiment: @escaping @Sendable () -> Experiment
) -> [Benchmark] {
  func eight(_ suffix: String, _ remark: String, _ threads: @escaping @Sendable (Int) -> Int)
    -> Benchmark
  {
    Benchmark("race.\(name)\(suffix)", "a race of eight, \(remark): \(summary)", unit: "steps") {
      options in
      let members = (1...8).map { seed in
        var experiment = experiment()
        experiment.seed = UInt64(seed)
        experiment.dataSeed = 1
        return Race.Member(name: "\(seed)", experiment: experiment)
      }
      let threads = threads(options.threads)
      let beginning = try RaceCourse(Race(key: "seed", members: members), threads: threads)
      return try Stopwatch(seconds: options.seconds).rate(units: Double(steps)) {
        var course = beginning
        course.advance(to: steps, threads: threads)
        precondition(course.step == steps, "the race stopped at step \(course.step)")
      }
    }
  }
  return [
    eight("", "on one thread", { _ in 1 }), eight(".threaded", "on --threads threads", { $0 }),
    Benchmark("race.\(name).one", "one run: \(summary)", unit: "steps") { options in
      let beginning = try Run(experiment())
      return try Stopwatch(seconds: options.seconds).rate(units: Double(steps)) {
        var run = beginning
        run.advance(steps)
        precondition(run.step == steps, "the run stopped at step \(run.step)")
      }
    },
  ]
}
