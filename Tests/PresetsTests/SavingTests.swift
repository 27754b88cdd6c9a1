import Foundation
import Presets
import Testing
import Training

@Suite("Presets are written as a whole, and never over a file unasked")
struct SavingTests {
  @Test("A new file, an old one kept, an old one replaced")
  func save() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "glissade-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("mine.yaml").path
    var experiment = try PresetShelf(folder: "/nonexistent").load("rosenbrock")
    experiment.name = "mine"
    try PresetFile.save(experiment, to: path)
    let shelf = PresetShelf(folder: folder.path)
    #expect(try shelf.load("mine") == experiment)
    #expect(shelf.names.first == "mine")
    experiment.title = "Another"
    do {
      try PresetFile.save(experiment, to: path)
      Issue.record("the file was replaced unasked")
    } catch let error as PresetFile.WriteError {
      #expect(error.exists)
    }
    #expect(try shelf.load("mine").title != "Another")
    try PresetFile.save(experiment, to: path, replacing: true)
    #expect(try shelf.load("mine").title == "Another")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["mine.yaml"])
  }

  @Test("A folder that is not there is told")
  func nowhere() throws {
    let experiment = try PresetShelf(folder: "/nonexistent").load("rosenbrock")
    #expect(throws: PresetFile.WriteError.self) {
      try PresetFile.save(experiment, to: "/nonexistent/folder/x.yaml")
    }
  }
}
