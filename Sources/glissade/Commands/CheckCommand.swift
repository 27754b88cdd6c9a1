import ArgumentParser
import Lanes
import Models
import Optimization
import Presets
import Training

/// `glissade check`: reads preset files and reports everything that is wrong with them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check preset files.",
    discussion: """
      Reads each file as a run would: keys, names, numbers, formulas, data files, and whether \
      everything fits together.
      Lessons are rehearsed: facts must hold, and solutions must reach their goals. A race: and a \
      map: are made.
      Every mistake is printed as file:line:column: message on the standard error stream.
      Exit status: 0 all are right, 65 mistakes, 74 a file that cannot be read.
      """)

  @Argument(help: "Preset files (or names of presets).", completion: Completions.presets)
  var files: [String]

  func run() throws {
    let shelf = Wiring.shelf
    var status: ExitCode?
    for file in files {
      do {
        let preset = try shelf.load(file, extent: .whole)
        try shelf.checkManyRuns(file, preset)
        try shelf.rehearse(file, preset)
        try OutputFile.standardOutput.write(
          lines: ["\(file): OK (\(preset.title))"]
            + (Self.lack(preset).map { ["  \($0)"] } ?? [])
            + (preset.experiment.function?.unusedConstants.map {
              "  \(EscapedText.visible($0)) is a constant that the formula does not use"
            } ?? [])
            + (preset.experiment.table?.summary.map { "  \($0)" } ?? []))
      } catch let error as OutputFailure {
        throw ExitStatus.report(error)
      } catch {
        let code = ExitStatus.report(error)
        if status == nil || code == ExitStatus.inputOutput { status = code }
      }
    }
    if let status { throw status }
  }

  /// What the preset's optimizer needs and its problem does not have.
  private static func lack(_ preset: Preset) -> String? {
    guard let optimizer = Optimizer.catalogue[preset.experiment.optimizer.name],
      optimizer.needsMatrices, let layout = ParameterLayout.of(preset.experiment)
    else { return nil }
    return optimizer.lack(in: layout)
  }
}
