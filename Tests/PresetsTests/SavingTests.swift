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
      #expect(back.experiment.table?.samples == preset.experiment.table?.samples)
      var (run, other) = try (Run(preset.experiment), Run(back.experiment))
      #expect(run.advance(3) == other.advance(3) && run.parameters == other.parameters)
    }
  }

  @Test("A session that another version wrote is told, and stays where it is")
  func sessionOfAnotherVersion() throws {
    try Scratch.folder { folder in
      let path = folder + "/session.json"
      let newer = Data("{\"version\":99}".utf8)
      try newer.write(to: URL(fileURLWithPath: path))
      let sessions = KeptSessions(folder: folder + "/sessions", single: path)
      let newest = try #require(sessions.newest)
      #expect { try newest.read() } throws: { "\($0)".contains("newer") }
      let store = sessions.begin()
      try store.write(try PresetShelf(folder: "/nonexistent").load("xor"), [])
      sessions.removeOldest(besides: store.path)
      #expect(FileManager.default.contents(atPath: path) == newer)
      #expect(sessions.newest?.path == store.path)
    }
  }

  @Test("Of kept sessions the oldest go, sooner those in which nobody changed anything")
  func sessionsAreBounded() throws {
    try Scratch.folder { folder in
      let sessions = KeptSessions(folder: folder, single: folder + "/none")
      let preset = try PresetShelf(folder: "/nonexistent").load("xsin")
      let plain = try Session(Run(preset.experiment))
      var changed = plain
      try changed.apply(.learningRate(0.5))
      for number in 0..<24 {
        let branches = (number % 2 == 0 ? changed : plain).snapshot().branches
        let store = SessionStore(path: "\(folder)/\(number).json")
        var saved = preset
        saved.session = SavedSession(branches: branches.map(\.saved), current: 1)
        try store.write(saved, branches)
        let date = Date(timeIntervalSince1970: Double(1000 + number))
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: store.path)
        sessions.removeOldest(besides: store.path)
      }
      let entries = sessions.entries
      #expect(entries.map(\.date) == entries.map(\.date).sorted(by: >))
      // The one that began last, and three others.
      #expect(entries.filter { !$0.isOwn }.count == 4)
      #expect(entries.filter(\.isOwn).count == 8)
      #expect(entries.first?.about == "step 0")
      #expect(entries[1].about == "1 change, step 0")
    }
  }

  @Test("A session is held by one explorer, until that ends; held ones are not removed")
  func claims() throws {
    try Scratch.folder { folder in
      let sessions = KeptSessions(folder: folder + "/sessions", single: folder + "/none")
      let preset = try PresetShelf(folder: "/nonexistent").load("xsin")
      func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder + "/sessions").sorted()
      }
      let store = SessionStore(path: folder + "/sessions/0.json")
      do {
        let claim = try #require(SessionClaim(store.path))
        #expect(SessionClaim(store.path) == nil)
        try withExtendedLifetime(claim) {
          try store.write(preset, [])
          try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: store.path)
          for number in 1...9 {
            try SessionStore(path: "\(folder)/sessions/\(number).json").write(preset, [])
          }
          sessions.removeOldest(besides: "")
          #expect(sessions.entries.count == 4 && sessions.entries.last?.path == store.path)
        }
      }
      #expect(try names().contains(".0.json.lock"))
      let other = SessionClaim(folder + "/sessions/never.json")
      try Data().write(to: URL(fileURLWithPath: folder + "/sessions/.killed.json.lock"))
      sessions.removeOldest(besides: "")
      // The oldest goes with its lock, and so does that of a session that was never written.
      #expect(try names().filter { $0.hasSuffix(".lock") } == [".never.json.lock"])
      #expect(sessions.entries.count == 3)
      _ = consume other
      #expect(try !names().contains(".never.json.lock"))
    }
  }

  @Test("Where no lock can be had, every claim is granted")
  func noLock() {
    #expect(SessionClaim("/dev/null/session.json") != nil)
  }

  @Test("A folder that is not there is told")
  func nowhere() throws {
    let experiment = try PresetShelf(folder: "/nonexistent").load("rosenbrock")
    #expect(throws: PresetFile.WriteError.self) {
      try PresetFile.save(experiment, to: "/nonexistent/folder/x.yaml")
    }
  }
}
