import Testing

@testable import Presets

@Suite("The mark of the first start")
struct FirstStartTests {
  @Test("is set by the first start, and found by all others")
  func once() throws {
    try Scratch.folder { folder in
      let start = FirstStart(path: folder + "/new/started", diary: folder + "/new/lessons.json")
      #expect(start.note())
      #expect(!start.note() && !start.note())
    }
  }

  @Test("whoever has read lessons is no newcomer, and is marked")
  func diary() throws {
    try Scratch.folder { folder in
      try Scratch.write("{}", to: folder + "/lessons.json")
      let start = FirstStart(path: folder + "/started", diary: folder + "/lessons.json")
      #expect(!start.note())
      #expect(try Scratch.names(folder) == ["lessons.json", "started"])
    }
  }

  @Test("what cannot be noted greets nobody")
  func unwritable() {
    #expect(!FirstStart(path: "/proc/none/started", diary: "/proc/none/lessons.json").note())
  }
}
