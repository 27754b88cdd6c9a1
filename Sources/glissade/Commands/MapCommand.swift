import ArgumentParser
import Foundation
import Presets
import Training

/// `glissade map`: a run a pixel, over two settings.
struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Run a preset for all combinations of two settings, one run a pixel.",
    discussion: """
      --over is given twice, with values as in `glissade sweep`: the first goes across, the second \
      up.

        glissade map xsin --over learning_rate=1e-3..1/log200 \\
          --over start.x=-5..5/200 -o rates.png
        glissade map circle --over learning_rate=1e-2..10/log50 \\
          --over seed=1..50 --measure accuracy

      With --tiles the map is made in tiles of 64 pixels, which stay in that folder: a map that \
      was \
      interrupted (exit 75) goes on there, and several processes or machines may share it out:

        glissade map … --tiles tiles --shard 1/8     # to 8/8, anywhere
        glissade merge tiles -o rates.png

      The bits do not depend on threads and shares.
      """)

  @OptionGroup var options: MapOptions

  func run() throws {
    try TileOptions.report {
      let shelf = Wiring.shelf
      let preset = try options.preset.load(from: shelf)
      let axes = try SweepAxis.all(options.over)
      let plan = try MapPlan(
        preset, over: axes, steps: options.work.steps, measure: options.measure)
      let study = Study(preset, over: plan.over.map(\.study), views: shelf.views)
      let file = try OutputFile.begin(options.output)
      let values = try options.sharing.runs(of: plan) { range, progress in
        let endings = try study.endings(
          of: range, steps: options.work.steps,
          threads: options.work.threadCount,
          watchesLosses: plan.measure.watchesLosses,
          isCancelled: { Interrupt.wasAsked }, progress: { progress.add($0) })
        guard !endings.contains(where: { $0 == nil }) else { return nil }
        return endings.map { $0.flatMap { plan.measure.value(of: $0) } }
      }
      guard let values else { return }
      if plan.measure.needsClasses, values.allSatisfy({ $0 == nil }) {
        let why = try PresetShelf.lacksClasses(preset) ? "it needs classes" : "all have diverged"
        StandardError.write(
          lines: [
            "glissade: no run has \(plan.measure.rawValue): \(why); --measure loss shows where runs"
              + " that did not diverge ended"
          ])
      }
      try MapTable(plan: plan, values: values).write(to: file, named: options.output)
    }
  }
}
