import ArgumentParser
import Explorer
import Foundation
import NcursesScreen
import Presets
import Terminal
import Training

/// `glissade [PRESET]`: the explorer.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Open the explorer on a preset (the default command).",
    discussion: """
      Inside: Space runs and pauses, ? shows all keys, p picks a preset, : finds everything else, q quits.
      """)

  @Argument(help: "A preset's name, or the path of a preset file.")
  var preset = "xsin"

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Changes one key of the preset.", valueName: "key=value"))
  var settings: [String] = []

  @OptionGroup var look: LookOptions

  func run() throws {
    let code: Int32
    do {
      code = try explore()
    } catch {
      throw ExitStatus.report(error)
    }
    if code != 0 { throw ExitCode(code) }
  }

  private func explore() throws -> Int32 {
    let shelf = Wiring.shelf
    let experiment = try PresetOptions.apply(settings, to: shelf.load(preset), shelf: shelf)
    let run = try Run(experiment)
    let library = ExplorerPresets(shelf, opened: (preset, experiment))
    let screen: NcursesScreen
    do {
      screen = try NcursesScreen(environment: ProcessInfo.processInfo.environment)
    } catch {
      StandardError.write(
        "glissade: \(EscapedText.visible("\(error)")); `glissade run` and `glissade shot` need no terminal\n"
      )
      throw ExitStatus.failure
    }
    defer { screen.leave() }
    let waker = screen.waker
    let trainer = Trainer(run) { waker.wake() }
    defer { trainer.stop() }
    let index = PresetIndex { library.entries }
    let explorer = Explorer(
      snapshot: trainer.latest, vocabulary: .all, presetIndex: index, notes: ExplorerPresets.notes,
      appearance: look.appearance(on: screen.capabilities), size: screen.size)
    var loop = ExplorerLoop(
      explorer: explorer, screen: screen, learner: trainer, library: library, save: library.save,
      afterFirstFrame: { Thread.detachNewThread { _ = index.entries } })
    return loop.run()
  }
}
