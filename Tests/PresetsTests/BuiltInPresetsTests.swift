import Foundation
import Lanes
import Presets
import Testing
import Training

@Suite("The program carries the files of presets/")
struct BuiltInPresetsTests {
  /// Headings in the order in which lists show them.
  static let groups = [
    "First steps", "Functions", "Two variables", "Gates", "Data sets", "Classroom",
    "Lecture notes", "Other networks", "Theory",
  ]

  /// The lecture notes' presets in the order of the notes.
  static let lecture: [String] = {
    var names: [String] = []
    for preset in NotesSystem.all.entries.flatMap(\.presets) where !names.contains(preset) {
      names.append(preset)
    }
    return names.filter { $0.hasPrefix("notes-") }
  }()

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The files of `presets/` in the order of lists.
  static func files() throws -> [(name: String, text: String)] {
    let folder = root.appendingPathComponent("presets")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }
    let presets = try files.map { file in
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let heading = text.split(separator: "\n").first { $0.hasPrefix("group: ") }?.dropFirst(7)
      let place = groups.firstIndex(of: String(heading ?? "")) ?? groups.count
      let name = String(file.dropLast(5))
      // First steps stand in the order of their lessons.
      let order = text.split(separator: "\n").first { $0.hasPrefix("  order: ") }?.dropFirst(9)
      let number =
        place == 0 ? order.flatMap { Int($0) } : lecture.firstIndex(of: name)
      return (place: place, number: number ?? lecture.count, name: name, text: text)
    }
    return presets.sorted {
      ($0.place, $0.number, $0.name) < ($1.place, $1.number, $1.name)
    }.map { (name: $0.name, text: $0.text) }
  }

  @Test("The list of CPresets.c is the folder presets/, and texts are the files'")
  func isUpToDate() throws {
    let path = Self.root.appendingPathComponent("Sources/CPresets/CPresets.c")
    let files = try Self.files()
    var kept = try String(contentsOf: path, encoding: .utf8)
    let list = files.map { file in
      """
        {"\(file.name)", (const char[]){
      #embed "../../presets/\(file.name).yaml" suffix(, 0)
        }},

      """
    }.joined()
    let begin = try #require(kept.range(of: "presets[] = {\n")).upperBound
    let end = try #require(kept.range(of: "};\n\nint cpresets_count")).lowerBound
    if ProcessInfo.processInfo.environment["GLISSADE_UPDATE_PRESETS"] == "1" {
      kept.replaceSubrange(begin..<end, with: list)
      try kept.write(to: path, atomically: true, encoding: .utf8)
      return
    }
    #expect(
      kept[begin..<end] == list,
      """
      a preset was added or moved: run GLISSADE_UPDATE_PRESETS=1 swift test \
      --filter BuiltInPresetsTests
      """)
    #expect(PresetShelf.builtInNames == files.map(\.name))
    let shelf = PresetShelf(folder: "/nonexistent")
    for file in files {
      let parsed = try PresetFile.parse(file.text, file: file.name, name: file.name)
      #expect(try shelf.load(file.name) == parsed, "\(file.name)")
    }
  }

  @Test("The notes' presets stand in the order of the notes, and none is left out")
  func lectureOrder() throws {
    let shelf = PresetShelf(folder: "/nonexistent")
    let names = try PresetShelf.builtInNames.filter {
      try shelf.load($0).group == "Lecture notes"
    }
    #expect(names == Self.lecture)
  }

  @Test("Every preset stands under one of the headings")
  func headings() throws {
    for name in PresetShelf.builtInNames {
      let experiment = try PresetShelf(folder: "/nonexistent").load(name)
      #expect(Self.groups.contains(experiment.group), "\(name): \(experiment.group)")
      #expect(!experiment.title.isEmpty && !experiment.summary.isEmpty && !experiment.notes.isEmpty)
    }
  }
}
