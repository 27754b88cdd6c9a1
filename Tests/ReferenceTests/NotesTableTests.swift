import Foundation
import Lanes
import Presets
import Testing
import Training

@Suite("The table of the notes: every system runs, meets the reference, and says so")
struct NotesTableTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let path = root.appendingPathComponent("Sources/Presets/Notes/NotesMeasurements.swift")

  /// Runs a preset for its first 200 steps, or all if it has fewer.
  static func run(_ preset: String) throws -> Run {
    var run = try Preset.run(preset)
    run.advance(min(200, run.experiment.steps))
    return run
  }

  /// Runs the presets of a system and holds it against the reference.
  static func measure(_ system: NotesSystem) throws -> NotesMeasurement {
    let runs = try system.presets.map(run)
    var comparison = Comparison()
    try NotesChecks.all[system.name]?(&comparison)
    return NotesMeasurement(
      steps: runs[0].step, loss: runs[0].loss, compared: comparison.count,
      deviation: comparison.deviation)
  }

  /// The source file that holds the measurements.
  static func source() throws -> String {
    var source = """
      // Made by `GLISSADE_UPDATE_NOTES=1 swift test --filter NotesTableTests`: what the tests
      // measured, not to be edited.
      // swift-format-ignore-file

      /// What the checks of the notes' systems measured.
      let notesMeasurements: [String: NotesMeasurement] = [

      """
    for system in NotesSystem.all.entries {
      let measured = try measure(system)
      source += "  \"\(system.name)\": NotesMeasurement(\n"
      source += "    steps: \(measured.steps), loss: \(measured.loss), "
      source += "compared: \(measured.compared), deviation: \(measured.deviation)),\n"
    }
    return source + "]\n"
  }

  @Test("NotesMeasurements.swift is what the tests measure")
  func isUpToDate() throws {
    let made = try Self.source()
    if ProcessInfo.processInfo.environment["GLISSADE_UPDATE_NOTES"] == "1" {
      try made.write(to: Self.path, atomically: true, encoding: .utf8)
      return
    }
    let kept = try String(contentsOf: Self.path, encoding: .utf8)
    #expect(
      made == kept,
      "the table is stale: run GLISSADE_UPDATE_NOTES=1 swift test --filter NotesTableTests")
  }

  @Test("Each preset of a system takes its first steps", arguments: NotesSystem.all.names)
  func runs(system: String) throws {
    let system = try #require(NotesSystem.all[system])
    for preset in system.presets {
      let run = try Self.run(preset)
      #expect(run.status == .running || run.status == .finished, "\(preset): \(run.status)")
      #expect(run.step > 0 && !run.parameters.contains { !$0.isFinite }, "\(preset)")
    }
  }

  @Test("Each system meets the reference within its tolerance", arguments: NotesSystem.all.names)
  func meetsReference(system: String) throws {
    let system = try #require(NotesSystem.all[system])
    for path in system.check.reference { _ = Reference.all[path] }
    let check = try #require(NotesChecks.all[system.name], "\(system.name) has no check")
    var comparison = Comparison()
    try check(&comparison)
    #expect(comparison.count > 0)
    #expect(
      comparison.deviation <= system.check.tolerance,
      "\(system.name): off by \(comparison.deviation) in \(comparison.count) numbers")
  }

  @Test("There are 36 systems in the order of the notes, each with presets that exist")
  func order() throws {
    let systems = NotesSystem.all.entries
    #expect(systems.count == 36)
    #expect(Set(NotesChecks.all.keys) == Set(systems.map(\.name)))
    var last = 0
    for system in systems {
      #expect(system.lines.lowerBound >= last, "\(system.name)")
      last = system.lines.lowerBound
      for preset in system.presets + [system.quirk?.twin].compactMap({ $0 }) {
        #expect(PresetShelf.builtInNames.contains(preset), "\(system.name): \(preset)")
      }
    }
  }

  @Test("Every preset under Lecture notes belongs to a system")
  func complete() throws {
    for name in PresetShelf.builtInNames where try Preset.shelf.load(name).group == "Lecture notes"
    {
      #expect(NotesSystem.section(ofPreset: name) != nil, "\(name)")
    }
  }
}
