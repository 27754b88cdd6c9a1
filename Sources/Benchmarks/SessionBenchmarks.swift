package import Training

/// What the past costs: training with checkpoints on the way, and going back to any moment.
let sessionBenchmarks: [Benchmark] = [
  Benchmark(
    "session.xor", "training.xor with its timeline, a checkpoint every four milliseconds",
    unit: "steps"
  ) { options in
    var session = Session(try Run(xor()))
    var chunk = 64
    let stopwatch = Stopwatch(seconds: options.seconds)
    // As the trainer takes them: chunks of two milliseconds, a checkpoint after two of them.
    chunk = max(64, Int(stopwatch.rate(units: 64) { _ = session.advance(64) } * 0.002))
    return stopwatch.rate(units: Double(2 * chunk)) {
      _ = session.advance(chunk)
      _ = session.advance(chunk)
      if session.wantsCheckpoint { session.keepCheckpoint() }
    }
  },
  timeline("xor") { xor() },
  timeline("full-500") { spiral() },
  rewind("xor", "any moment of a million steps of training.xor (p95)", steps: 1_000_000) { xor() },
  rewind("full-500", "any moment of 100,000 steps of training.full-500 (p95)", steps: 100_000) {
    spiral()
  },
]

/// The speed that a run keeps beside its timeline, measured in turns.
private func timeline(
  _ name: String, _ experiment: @escaping @Sendable () -> Experiment
) -> Benchmark {
  Benchmark(
    "timeline.\(name)", "training.\(name) with checkpoints on the way, as the trainer keeps them",
    unit: "of its speed alone", isShare: true
  ) { options in
    var run = try Run(experiment())
    var session = Session(run)
    let clock = ContinuousClock()
    var chunk = 1
    // As the trainer takes them: chunks of two milliseconds, a checkpoint after two of them, unless
    // it would take more than a hundredth of the time.
    while clock.measure({ run.advance(chunk) }) < .milliseconds(2), chunk < 1 << 24 { chunk *= 2 }
    var (trained, cost) = (Duration.zero, Duration.zero)
    func turn(_ work: () -> Void) -> Duration { clock.measure { for _ in 0..<8 { work() } } }
    func plain() -> Duration { turn { run.advance(chunk) } }
    func kept() -> Duration {
      turn {
        trained += clock.measure { _ = session.advance(chunk) }
        guard trained >= .milliseconds(4), trained >= cost * 100, session.wantsCheckpoint else {
          return
        }
        cost = clock.measure { session.keepCheckpoint() }
        trained = .zero
      }
    }
    var ratios: [Double] = []
    let begin = clock.now
    while ratios.count < 5 || Stopwatch.seconds(begin.duration(to: clock.now)) < options.seconds {
      let (first, second, third, fourth) = (plain(), kept(), kept(), plain())
      ratios.append((first + fourth) / (second + third))
    }
    ratios.sort()
    return ratios[ratios.count / 2]
  }
}

private func rewind(
  _ name: String, _ summary: String, steps: Int,
  _ experiment: @escaping @Sendable () -> Experiment
) -> Benchmark {
  rewindBenchmark(name: "rewind.\(name)", summary: summary, experiment: experiment(), steps: steps)
}

/// Moments a second that are gone to in a run of so many steps, the slowest twentieth left out.
package func rewindBenchmark(
  name: String, summary: String, experiment: Experiment, steps: Int
) -> Benchmark {
  Benchmark(name, summary, unit: "moments") { options in
    var session = Session(try Run(experiment))
    let clock = ContinuousClock()
    var kept = clock.now
    while session.run.step < steps, session.advance(min(64, steps - session.run.step)) > 0 {
      let now = clock.now
      guard kept.duration(to: now) > .milliseconds(4), session.wantsCheckpoint else { continue }
      session.keepCheckpoint()
      kept = now
    }
    let end = session.run.step
    var place: UInt64 = 1
    var timings: [Double] = []
    let begin = clock.now
    while timings.count < 200 || Stopwatch.seconds(begin.duration(to: clock.now)) < options.seconds
    {
      place = place &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let start = clock.now
      session.seek(step: Int(place >> 33) % max(1, end))
      _ = session.snapshot()
      timings.append(Stopwatch.seconds(start.duration(to: clock.now)))
    }
    timings.sort()
    return 1 / max(timings[timings.count * 95 / 100], 1e-12)
  }
}
