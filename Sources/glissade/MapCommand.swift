import ArgumentParser
import Foundation
import Presets
import Synchronization
import Training

/// `glissade map`: a run a pixel, over two settings.
struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Run a preset for all combinations of two settings, one run a pixel.",
    discussion: """
      --over is given twice, with values as in `glissade sweep`: the first goes across, the second up.

        glissade map xsin --over learning_rate=1e-3..1/log200 --over start.x=-5..5/200 -o rates.png
        glissade map circle --over learning_rate=1e-2..10/log50 --over seed=1..50 --measure accuracy

      With --tiles the map is made in tiles of 256 pixels, which stay in that folder: a map that was \
      interrupted (exit 75) goes on there, and several processes or machines may share it out:

        glissade map … --tiles tiles --shard 1/8     # to 8/8, anywhere
        glissade merge tiles -o rates.png

      The bits do not depend on threads and shares.
      """)

  @OptionGroup var options: MapOptions

  func run() throws {
    do {
      try work()
    } catch let error as TileFolder.Failure {
      StandardError.write(lines: ["glissade: \(error)"])
      throw ExitStatus.badData
    } catch let error as Shard.Mistake {
      throw ExitStatus.report(ValidationError("\(error)"))
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func work() throws {
    let shelf = Wiring.shelf
    let preset = try options.preset.load(from: shelf)
    let axes = try options.over.map { try SweepAxis($0) }
    let plan = try MapPlan(preset, over: axes, steps: options.steps, measure: options.measure)
    let study = Study(
      preset, over: axes.map { Study.Axis(key: $0.key, values: $0.values) }, views: shelf.views)
    guard let path = options.tiles else {
      Interrupt.listen()
      let progress = Progress(total: plan.count)
      defer { progress.clear() }
      guard let values = try numbers(0..<plan.count, of: study, plan: plan, progress) else {
        throw ExitStatus.interrupted(by: Interrupt.signal ?? SIGINT)
      }
      return try MapTable(plan: plan, values: values).write(to: options.output)
    }
    Interrupt.listen(also: [SIGUSR1])
    let shard = try options.shard.map {
      try Shard($0, environment: ProcessInfo.processInfo.environment)
    }
    let folder = try TileFolder(path, for: plan)
    try fill(folder, (0..<plan.tiles).filter { (shard ?? .whole).takes($0) }, of: study)
    guard shard == nil else { return }
    guard let table = folder.merged(tell: { StandardError.write(lines: $0) }) else {
      throw ExitStatus.failure
    }
    try table.write(to: options.output)
  }

  /// Makes those of some tiles that are not whole.
  private func fill(_ folder: TileFolder, _ tiles: [Int], of study: Study) throws {
    let plan = folder.plan
    let missing = tiles.filter {
      if case .whole = folder.state($0) { false } else { true }
    }
    let progress = Progress(total: missing.reduce(0) { $0 + plan.numbers($1).count })
    defer { progress.clear() }
    for tile in missing {
      guard let values = try numbers(plan.numbers(tile), of: study, plan: plan, progress) else {
        throw ExitStatus.resumable
      }
      try folder.write(tile, values)
    }
  }

  /// The numbers of some pixels; nil when a signal came.
  private func numbers(
    _ range: Range<Int>, of study: Study, plan: MapPlan, _ progress: Progress
  ) throws -> [Double?]? {
    let endings = try study.endings(
      of: range, steps: options.steps,
      threads: options.threads ?? ProcessInfo.processInfo.activeProcessorCount,
      watchesLosses: plan.measure.watchesLosses,
      isCancelled: { Interrupt.wasAsked }, progress: { progress.add($0) })
    var values: [Double?] = []
    for ending in endings {
      guard let ending else { return nil }
      values.append(plan.measure.value(of: ending))
    }
    return values
  }

  /// Runs that have ended, on a line of the terminal where there is one.
  private final class Progress: Sendable {
    private let state: Mutex<(bar: ProgressBar, done: Int)>
    private let total: Int
    private let isShown = StandardError.isTerminal

    init(total: Int) {
      self.total = total
      state = Mutex((ProgressBar(unit: "runs"), 0))
    }

    /// Some more runs have ended.
    func add(_ count: Int) {
      guard isShown else { return }
      state.withLock { state in
        state.done += count
        state.bar.show(done: state.done, of: total)
      }
    }

    /// Removes the line.
    func clear() { state.withLock { $0.bar.clear() } }
  }
}
