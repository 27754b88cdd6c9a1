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

      --fair gives each run the learning rate that is best for it: of 64 over six decades, that with the least loss \
      after the rate finder's steps. --seeds N runs each value from N seeds, and ranks by the median loss; runs that diverge \
      rank above all others. Bits do not depend on threads.
      """)

  @OptionGroup var preset: PresetOptions

  @Option(
    name: .customLong("over"), parsing: .singleValue,
    help: ArgumentHelp("What differs.", valueName: "key=values"), completion: Completions.axes)
  var over: [String]

  @Flag(help: "Each value at its own best learning rate.")
  var fair = false

  @Option(help: "Run each value from this many seeds, from the preset's own on.")
  var seeds = 1

  @Option(help: "How many steps each run takes (default: what the preset says).")
  var steps: Int?

  @Option(help: "Threads to run on (default: as many as there are processors).")
  var threads: Int?

  @Flag(help: "Print one JSON object instead of text, with every run.")
  var json = false

  func validate() throws {
    guard over.count == 1 else {
      throw ValidationError("a race is over one setting: --over optimizer=adam,momentum")
    }
    if let steps, !(1...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 1 to \(PresetLimits.steps)")
    }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be 1 to 256")
    }
    guard (1...1000).contains(seeds) else {
      throw ValidationError("--seeds must be 1 to 1000")
    }
    do {
      let axis = try SweepAxis(over[0])
      guard axis.values.count <= Race.limit else {
        throw ValidationError("a race is over at most \(Race.limit) values")
      }
    } catch let error as ValidationError {
      throw error
    } catch {
      throw ValidationError("\(error)")
    }
  }

  func run() throws {
    do {
      try work()
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func work() throws {
    let shelf = Wiring.shelf
    let loaded = try preset.load(from: shelf)
    let axis = try SweepAxis(over[0])
    Interrupt.listen()
    var race = try Race(loaded, over: axis.key, values: axis.values, views: shelf.views)
    if fair { race = try race.fair() }
    let length = steps ?? loaded.steps
    let count = threads ?? ProcessInfo.processInfo.activeProcessorCount
    // All seeds of all values in one bundle.
    let all = race.seeded((0..<seeds).map { loaded.seed &+ UInt64($0) })
    var course = try RaceCourse(all)
    // In pieces, so that Ctrl-C is heard.
    while course.step < length {
      if Interrupt.wasAsked { throw ExitStatus.interrupted(by: Interrupt.signal ?? SIGINT) }
      course.advance(to: min(length, course.step + 5_000), threads: count)
    }
    let report = RaceReport(
      loaded, race, course.standing(), seeds: seeds, steps: length)
    try OutputFile.standardOutput.write(lines: json ? [report.json.line] : report.lines)
  }
}
