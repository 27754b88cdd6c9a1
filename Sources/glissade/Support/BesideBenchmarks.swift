import Benchmarks
import Explorer
import Foundation
import Lanes
import Terminal
import Training
import Views

/// What is done beside a run at full speed: the speed that is left to it, as a share of its speed
/// alone, measured in turns.
let besideBenchmarks: [Benchmark] =
  beside(
    "doctor", "with the status line's doctor, sixty snapshots a second"
  ) {
    let checkup = Checkup(wake: {})
    return { snapshot, experiment in checkup.see(snapshot, session: experiment) }
  }
  + beside(
    "stability", "with λmax of the loss of all samples beside it, the view `stability` drawn"
  ) {
    let probes = ProbeCache(slow: SlowProbes(wake: {}))
    return { snapshot, _ in
      let scene = Scene(
        snapshot: snapshot, state: ViewState(), theme: .dark, glyphs: .braille, probes: probes)
      var canvas = Canvas(size: Size(width: 80, height: 24))
      View.stability.draw(scene, canvas.bounds, &canvas)
    }
  }

/// Work that is done for each snapshot of a run.
private typealias Company = (Snapshot, Experiment) -> Void

private func beside(
  _ name: String, _ summary: String, _ make: @escaping @Sendable () -> Company
) -> [Benchmark] {
  let runs: [(name: String, make: @Sendable () -> Experiment)] = [
    ("xor", { TrainedExperiments.xor }), ("spiral", { TrainedExperiments.spiral }),
    ("digits", { TrainedExperiments.digits }),
  ]
  return runs.map { run in
    Benchmark(
      "\(name).\(run.name)", "training.\(run.name) \(summary)", unit: "of its speed alone",
      isShare: true
    ) { options in
      let experiment = run.make()
      // Turns of half a second each; at least three pairs.
      var ratios: [Double] = []
      let clock = ContinuousClock()
      let begin = clock.now
      while ratios.count < 3 || begin.duration(to: clock.now) < .seconds(options.seconds) {
        let first = try speed(experiment, with: nil)
        let second = try speed(experiment, with: make())
        let third = try speed(experiment, with: make())
        let fourth = try speed(experiment, with: nil)
        ratios.append((second + third) / (first + fourth))
      }
      ratios.sort()
      return ratios[ratios.count / 2]
    }
  }
}

/// Steps a second of a run at full speed on a thread of its own, looked at sixty times a second.
private func speed(_ experiment: Experiment, with company: Company?) throws -> Double {
  let trainer = try Trainer(experiment)
  let clock = ContinuousClock()
  let begin = clock.now
  while begin.duration(to: clock.now) < .milliseconds(500) {
    Thread.sleep(forTimeInterval: 1.0 / 60)
    let snapshot = trainer.latest
    company?(snapshot, experiment)
  }
  let (steps, elapsed) = (trainer.latest.step, begin.duration(to: clock.now))
  trainer.stop()
  return Double(steps) / (elapsed / .seconds(1))
}
