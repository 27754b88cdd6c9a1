import ArgumentParser
import Foundation
import Presets
import Training

/// `glissade race`: runs that differ in one setting, side by side.
struct RaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "race",
    abstract: "Run a preset for some values of one setting side by side, and rank them.",
    discussion: """
      --over is given once, with values as in `glissade sweep`:

        glissade race rosenbrock --over optimizer=adam,momentum,gd --fair
        glissade race spiral --over 'hidden=2;4;8,8' --seeds 16

      --fair gives each run the learning rate that is best for it: of 64 over six decades, that \
      with the least loss \
      after the rate finder's steps. --seeds N runs each value from N seeds, and ranks by the \
      median loss; runs that diverge \
      rank last. Bits do not depend on threads.

      With --tiles the runs are kept in that folder, 16 a tile: see `glissade map --help`.
      """)

  @OptionGroup var options: RaceOptions

  func run() throws {
    try TileOptions.report {
      let shelf = Wiring.shelf
      let loaded = try options.preset.load(from: shelf)
      let axis = try SweepAxis(options.over[0])
      let race = try Race(loaded, over: axis.key, values: axis.values, views: shelf.views)
      let plan = try RacePlan(
        loaded, over: axis, of: race, steps: options.work.steps ?? loaded.steps,
        isFair: options.fair,
        seeds: options.seeds)
      let file = try OutputFile.begin(options.report.output)
      let items = try options.sharing.runs(of: plan) { range, progress in
        try run(range, of: plan, race, firstSeed: loaded.seed, progress)
      }
      guard let items else { return }
      let report = RaceReport(plan, items)
      try options.report.write(text: report.lines, json: report.json, to: file)
    }
  }

  /// Some of the runs, in one bundle; nil when a signal came.
  private func run(
    _ range: Range<Int>, of plan: RacePlan, _ race: Race, firstSeed: UInt64,
    _ progress: StudyProgress
  ) throws -> [RacePlan.Item]? {
    let values = range.lowerBound / plan.seeds...(range.upperBound - 1) / plan.seeds
    var part = race.selecting(values)
    if plan.isFair { part = try part.fair(steps: plan.steps) }
    let first = values.lowerBound * plan.seeds
    let seeded = part.seeded((0..<plan.seeds).map { firstSeed &+ UInt64($0) })
      .selecting(range.lowerBound - first...range.upperBound - 1 - first)
    let threads = options.work.threadCount
    var course = try RaceCourse(seeded, threads: threads)
    // In pieces, so that Ctrl-C is heard.
    while course.step < plan.steps {
      if Interrupt.wasAsked { return nil }
      course.advance(to: min(plan.steps, course.step + 5_000), threads: threads)
    }
    progress.add(range.count)
    let standing = course.standing()
    return standing.runs.enumerated().map { number, run in
      RacePlan.Item(
        rate: seeded.rate(number), loss: run.loss.isFinite ? run.loss : nil, accuracy: run.accuracy,
        arrival: plan.goal.flatMap { standing.arrival(number, at: $0) },
        diverged: run.divergedAt != nil)
    }
  }
}
