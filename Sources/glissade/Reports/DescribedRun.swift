import Lanes
import Presets
import Training

/// A run without a screen, told in sentences.
struct DescribedRun {
  /// Where the run ended.
  let result: RunResult
  /// The telling.
  let description: RunDescription

  /// Runs `preset` for `steps` steps and tells of it.
  init(_ preset: Preset, steps: Int) throws {
    var run = try Run(preset.experiment)
    run.measuresSplits = false
    var points = [(step: 0, loss: run.loss)]
    let spacing = max(1, steps / 100)
    var stopped = RunResult.Stopped.steps
    while run.step < steps, stopped == .steps {
      if Interrupt.wasAsked {
        stopped = .interrupted
        break
      }
      let taken = run.advance(min(spacing, steps - run.step))
      if taken > 0 { points.append((run.step, run.loss)) }
      switch run.status {
      case .diverged: stopped = .diverged
      case .finished: stopped = .rule
      default: if taken == 0 { stopped = .rule }
      }
    }
    let snapshot = run.snapshot()
    if stopped == .steps, case .diverged = snapshot.status { stopped = .diverged }
    result = RunResult(snapshot, of: preset, stopped: stopped)
    description = RunDescription(
      snapshot, of: preset, curve: points, metRule: stopped == .rule,
      interruptedOf: stopped == .interrupted ? steps : nil)
  }

  /// The result with the sentences and their numbers.
  var json: JSONText {
    guard case .object(let entries) = result.json else { return result.json }
    let facts = description.facts.map { key, fact -> (String, JSONText) in
      switch fact {
      case .number(let value): (key, .number(value))
      case .integer(let value): (key, .integer(value))
      case .text(let text): (key, .text(text))
      }
    }
    let sentences = JSONText.list(description.sentences.map { .text($0) })
    return .object(entries + [("description", .object(facts + [("sentences", sentences)]))])
  }
}
