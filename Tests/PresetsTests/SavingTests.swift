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

  @Test("A session that is no file is neither waited for nor written", arguments: NoFile.allCases)
  func sessionThatIsNoFile(kind: NoFile) throws {
    try Scratch.folder { folder in
      let path = folder + "/session.json"
      guard kind.make(at: path) else { return }
      let store = SessionStore(path: path)
      // A link to nothing is a session that is not there yet.
      if kind == .danglingLink || kind == .linkToItself {
        #expect(try store.read() == nil)
        return
      }
      #expect(throws: PresetError.self) { try store.read() }
      let preset = try PresetShelf(folder: "/nonexistent").load("xor")
      if kind != .device, kind != .endless, kind != .terminal {
        #expect(throws: FileFailure.self) { try store.write(preset, []) }
      }
    }
  }

  @Test("A session of a table comes back with its samples")
  func sessionOfTable() throws {
    try Scratch.folder { folder in
      let path = folder + "/points.csv"
      let rows = (0..<12).map { "\($0),\($0 % 3),\($0 % 2 == 0 ? "a" : "b")" }
      try Data((["x,y,kind"] + rows).joined(separator: "\n").utf8).write(
        to: URL(fileURLWithPath: path))
      let preset = try PresetShelf(folder: "/nonexistent").load(path)
      let store = SessionStore(path: folder + "/session.json")
      try store.write(preset, [])
      let back = try #require(try store.read())
      #expect(back.preset.experiment.table?.samples == preset.experiment.table?.samples)
      var (run, other) = try (Run(preset.experiment), Run(back.preset.experiment))
      #expect(run.advance(3) == other.advance(3) && run.parameters == other.parameters)
    }
  }

  @Test("A session that another version wrote is told, and kept beside the new one")
  func sessionOfAnotherVersion() throws {
    try Scratch.folder { folder in
      let path = folder + "/session.json"
      let newer = Data("{\"version\":99}".utf8)
      try newer.write(to: URL(fileURLWithPath: path))
      let store = SessionStore(path: path)
      #expect { try store.read() } throws: { "\($0)".contains("newer") }
      store.putAside()
      #expect(FileManager.default.contents(atPath: path + ".old") == newer)
      try store.write(try PresetShelf(folder: "/nonexistent").load("xor"), [])
      store.putAside()
      #expect(try store.read() != nil)
    }
  }

  @Test("A folder that is not there is told")
  func nowhere() throws {
    let experiment = try PresetShelf(folder: "/nonexistent").load("rosenbrock")
    #expect(throws: PresetFile.WriteError.self) {
      try PresetFile.save(experiment, to: "/nonexistent/folder/x.yaml")
    }
  }
}
