import Foundation
import Testing
import Training

@testable import Presets

@Suite("Only files are read, and none without a bound", .timeLimit(.minutes(15)))
struct ReadingTests {
  @Test("A preset that is no file is told, and not waited for", arguments: NoFile.allCases)
  func presets(kind: NoFile) throws {
    try Scratch.folder { folder in
      guard kind.make(at: folder + "/odd.yaml") else { return }
      let shelf = PresetShelf(folder: folder)
      #expect(throws: PresetShelf.NotFound.self) { try shelf.load("odd") }
      #expect(throws: PresetShelf.NotFound.self) { try shelf.load(folder + "/odd.yaml") }
      let entry = try #require(shelf.entries().first { $0.name == "odd" })
      #expect(entry.title == "has mistakes" && entry.summary.contains("odd.yaml: "))
    }
  }

  @Test("A table that is no file is told, and not waited for", arguments: NoFile.allCases)
  func tables(kind: NoFile) throws {
    try Scratch.folder { folder in
      guard kind.make(at: folder + "/d.csv") else { return }
      #expect {
        try PresetFile.parse(
          "glissade: 1\nmodel: linear\ndata: {csv: d.csv}\n", file: "p", name: "p",
          directory: folder)
      } throws: { error in
        (error as? PresetError)?.isUnreadable == true && "\(error)".contains("d.csv")
      }
    }
  }

  @Test("Places in lessons that are kept in no file are left alone", arguments: NoFile.allCases)
  func diary(kind: NoFile) throws {
    try Scratch.folder { folder in
      let path = folder + "/lessons.json"
      guard kind.make(at: path), kind != .danglingLink else { return }
      let diary = LessonDiary(path: path)
      let before = try Scratch.names(folder)
      #expect(diary.read().problem != nil)
      #expect(diary.note("a", .init(step: 1, done: false)) != nil)
      #expect(try Scratch.names(folder) == before)
    }
  }

  @Test("What is too large is told by its size, before it is read")
  func large() throws {
    try Scratch.folder { folder in
      let path = folder + "/large.yaml"
      let file = open(path, O_WRONLY | O_CREAT, 0o600)
      // No byte of it is on the disk.
      ftruncate(file, 1 << 40)
      close(file)
      #expect {
        try PresetShelf(folder: folder).load("large")
      } throws: {
        "\($0)".contains("has 1099511627776 bytes; at most \(PresetLimits.fileBytes) are read")
      }
    }
  }

  @Test(
    "Places are counted as editors count",
    arguments: [
      ("a\nbc\u{0}", 2, 3), ("a\r\nb\u{0}", 2, 2), ("a\rb\u{0}", 2, 2), ("a\u{B}b\u{0}", 1, 4),
      ("a\u{85}b\u{2028}c\u{0}", 1, 6), ("é\u{0}", 1, 2),
    ])
  func places(text: String, line: Int, column: Int) {
    #expect {
      try TextFile.decode(Array(text.utf8))
    } throws: {
      ($0 as? FileFailure)?.place == TextPlace(line: line, column: column)
    }
  }
}
