import ArgumentParser
import Foundation
import Presets
import Training

/// `glissade sweep`: a preset run once for each value of a setting.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run a preset for many values of its settings, and count how the runs end.",
    discussion: """
      --over KEY=VALUES varies a key of --set: seed=1..200 (whole numbers), start=-5..5/1000 (1000 \
      numbers, ends \
      included), learning_rate=1e-3..1/log7 (evenly in the logarithm), hidden=1,2,3,4 (a list; \
      values that hold commas are parted by semicolons: hidden=2;4;8,8). Given twice, every value \
      of the first is combined with every value of the second, and each value of the first has a \
      line of its own:

        glissade sweep xor --over hidden=1,2,3,4 --over seed=1..200
        glissade sweep notes-gd-xsin --over start=-5..5/1000 --steps 5000

      A run succeeds when it classifies all training samples rightly; where there are no classes, \
      when it has come to rest: \
      its last step moved no parameter by more than a millionth.

      With --tiles the runs are kept in that folder, 64 a tile: a sweep that was interrupted (exit \
      75) goes on there, and \
      several processes or machines may share it out (--shard K/N, or slurm); `glissade merge DIR` \
      then prints what the \
      sweep in one go prints.
      """)

  @OptionGroup var options: SweepOptions

  func run() throws {
    try TileOptions.report {
      let shelf = Wiring.shelf
      let loaded = try options.preset.load(from: shelf)
      let axes = try SweepAxis.all(options.over)
      let plan = try SweepPlan(loaded, over: axes, steps: options.work.steps)
      let study = Study(loaded, over: plan.over.map(\.study), views: shelf.views)
      let threads = options.work.threadCount
      let file = try OutputFile.begin(options.report.output)
      func report(_ endings: [RunEnding?]) throws {
        let report = SweepReport(SweepResult(plan: plan, endings: endings))
        try options.report.write(
          text: report.lines(table: options.report.table), json: report.json, to: file)
      }
      let items = try options.sharing.runs(of: plan) { range, progress -> [SweepPlan.Item]? in
        let endings = try study.endings(
          of: range, steps: options.work.steps, threads: threads,
          isCancelled: { Interrupt.wasAsked }, progress: { progress.add($0) })
        guard endings.contains(where: { $0 == nil }) else {
          return endings.compactMap { $0.map { SweepPlan.Item($0) } }
        }
        // Without tiles, what there is is told.
        if options.sharing.tiles == nil { try report(endings) }
        return nil
      }
      try items.map { try report($0.map(\.ending)) }
    }
  }
}
