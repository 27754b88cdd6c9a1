import Foundation
import Presets
import Testing

@Suite("Files are written as a whole or not at all")
struct AtomicFileTests {
  static func write(_ text: String, to path: String, replacing: Bool = true) throws {
    try AtomicFile.write(Array(text.utf8), to: path, replacing: replacing)
  }

  @Test("The old file stands until the new one is complete, and after one that was given up")
  func whole() throws {
    try Scratch.folder { folder in
      let path = folder + "/a.txt"
      try Scratch.write("old", to: path)
      do {
        let file = try AtomicFile(path, replacing: true)
        try file.write(Array("half".utf8))
        #expect(try Scratch.text(path) == "old")
      }
      #expect(try Scratch.text(path) == "old")
      #expect(try Scratch.names(folder) == ["a.txt"])
      let file = try AtomicFile(path, replacing: true)
      try file.write(Array("whole".utf8))
      try file.commit()
      #expect(try Scratch.text(path) == "whole")
      #expect(try Scratch.names(folder) == ["a.txt"])
    }
  }

  @Test("A file that is there is replaced only when that is asked for")
  func exists() throws {
    try Scratch.folder { folder in
      let path = folder + "/a.txt"
      try Self.write("one", to: path, replacing: false)
      #expect(throws: AtomicFile.Exists.self) {
        try Self.write("two", to: path, replacing: false)
      }
      let late = folder + "/b.txt"
      let file = try AtomicFile(late, replacing: false)
      try Scratch.write("meanwhile", to: late)
      #expect(throws: AtomicFile.Exists.self) { try file.commit() }
      #expect(try Scratch.text(path) == "one" && Scratch.text(late) == "meanwhile")
    }
  }

  @Test("The mode of a file that is replaced is kept", arguments: [0o600, 0o640, 0o755, 0o444])
  func mode(mode: Int) throws {
    try Scratch.folder { folder in
      let path = folder + "/a.txt"
      try Scratch.write("old", to: path)
      chmod(path, mode_t(mode))
      try Self.write("new", to: path)
      #expect(Scratch.mode(path) == mode_t(mode))
      #expect(try Scratch.text(path) == "new")
    }
  }

  @Test(
    "Symbolic links stay, and what they point to is replaced",
    arguments: ["real.txt", "./inner/real.txt", "missing.txt", "second"])
  func links(target: String) throws {
    try Scratch.folder { folder in
      mkdir(folder + "/inner", 0o700)
      symlink("real.txt", folder + "/second")
      if target != "missing.txt" { try Scratch.write("old", to: folder + "/" + target) }
      let link = folder + "/link"
      symlink(target, link)
      try Self.write("new", to: link)
      #expect(Scratch.isLink(link) && Scratch.isLink(folder + "/second"))
      #expect(try Scratch.text(folder + "/" + target) == "new")
    }
  }

  @Test("Pipes and devices are written through, and stay what they are")
  func through() throws {
    try Scratch.folder { folder in
      let path = folder + "/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let reader = open(path, O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      try Self.write("hello", to: path)
      var buffer = [UInt8](repeating: 0, count: 16)
      #expect(read(reader, &buffer, 16) == 5)
      let lonely = folder + "/lonely"
      #expect(mkfifo(lonely, 0o600) == 0)
      // Nobody reads it, and nobody is waited for.
      #expect(throws: FileFailure.self) { try Self.write("hello", to: lonely) }
      #expect(remove(lonely) == 0)
      try Self.write("nothing", to: "/dev/null")
      #expect(throws: FileFailure.self) { try Self.write("full", to: "/dev/full") }
      #expect(throws: FileFailure.self) { try Self.write("folder", to: folder) }
      #expect(try Scratch.names(folder) == ["pipe"])
    }
  }

  @Test("What killed processes left is removed; what another one is writing is not")
  func leftovers() throws {
    try Scratch.folder { folder in
      for name in [".glissade-1-abc.new", ".glissade-99999-z.new"] {
        try Scratch.write("cut", to: folder + "/" + name)
      }
      let others = [".glissade-mine", "a.new", "b.yaml.12.34.new"]
      for name in others { try Scratch.write("mine", to: folder + "/" + name) }
      let busy = try AtomicFile(folder + "/busy.txt", replacing: true)
      try busy.write([65])
      try Self.write("new", to: folder + "/a.txt")
      try busy.commit()
      #expect(try Scratch.names(folder) == (others + ["a.txt", "busy.txt"]).sorted())
    }
  }

  @Test("Many writers of one file leave one of their texts")
  func crowd() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "glissade-\(UUID().uuidString)"
    ).path
    mkdir(folder, 0o700)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          for _ in 0..<20 {
            try? Self.write(
              String(repeating: "\(writer)", count: 10_000), to: folder + "/a.txt")
          }
        }
      }
    }
    let text = try Scratch.text(folder + "/a.txt")
    #expect(text.count == 10_000 && Set(text).count == 1)
    #expect(try Scratch.names(folder) == ["a.txt"])
  }
}
