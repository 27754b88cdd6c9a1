import Foundation
import Training

/// A run that is driven to its end without a screen.
struct HeadlessRun {
  private let preset: Preset
  private var run: Run
  private let steps: Int
  private let every: Int
  private let trace: TraceFile?
  private var progress: ProgressBar?
  private var observer: RunObserver?

  /// A run of `preset` for `steps` steps, traced every `every`-th.
  init(
    _ preset: Preset, steps: Int, every: Int, trace: TraceFile?, progress: ProgressBar?,
    observer: RunObserver? = nil
  ) throws {
    self.preset = preset
    run = try Run(preset)
    run.measuresSplits = false
    self.steps = steps
    self.every = every
    self.trace = trace
    self.progress = progress
    self.observer = observer
  }

  /// Takes all steps, or as many as the stop rule, divergence or Ctrl-C allow.
  mutating func finish() throws -> RunResult {
    var tracedStep = -1
    func row(_ run: Run) throws {
      guard let trace, run.step != tracedStep else { return }
      tracedStep = run.step
      try trace.add(run.snapshot())
    }
    try row(run)
    let total = steps
    observer?.see(run, of: total)
    var stopped = RunResult.Stopped.steps
    var stride = 1
    while run.step < steps {
      if Interrupt.wasAsked {
        stopped = .interrupted
        break
      }
      let room = steps - run.step
      let unseen = observer?.stride(step: run.step, of: steps) ?? .max
      let traced = trace == nil ? room : every - run.step % every
      let wanted = min(stride, room, traced, unseen)
      let start = ContinuousClock.now
      let taken = run.advance(wanted)
      let pause = start.duration(to: .now)
      // Long enough to cost nothing, short enough to answer Ctrl-C and to move the bar.
      if pause < .milliseconds(20) { stride = min(stride * 2, 1 << 24) }
      if pause > .milliseconds(80) { stride = max(stride / 2, 1) }
      if taken > 0 { observer?.see(run, of: total) }
      if run.step % every == 0 { try row(run) }
      show(run.step)
      switch run.status {
      case .diverged: stopped = .diverged
      case .finished: stopped = .rule
      default: if taken == 0 { stopped = .rule }
      }
      if stopped != .steps { break }
    }
    try row(run)
    try trace?.close()
    progress?.clear()
    let snapshot = run.snapshot()
    // The last step may have led to where there is no loss.
    if stopped == .steps, case .diverged = snapshot.status { stopped = .diverged }
    return RunResult(snapshot, of: preset, stopped: stopped, observer: observer)
  }

  private mutating func show(_ step: Int) {
    let total = steps
    progress?.show(done: step, of: total)
  }
}
