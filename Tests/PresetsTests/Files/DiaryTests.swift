import Foundation
import Presets
import Testing

@Suite("Places in lessons are not lost")
struct DiaryTests {
  @Test("A damaged file is kept aside, and nothing that was there before is touched")
  func damaged() throws {
    try Scratch.folder { folder in
      let path = folder + "/lessons.json"
      mkdir(path + ".bad", 0o700)
      try Scratch.write("precious", to: path + ".bad/inside")
      try Scratch.write("older", to: path + ".bad-2")
      for text in ["not json", "{\"version\": 1, \"lessons\": 3}", "\u{0}"] {
        try Scratch.write(text, to: path)
        #expect(LessonDiary(path: path).note("a", .init(step: 1, done: false)) == nil)
        #expect(LessonDiary(path: path).read().content.lessons.count == 1)
      }
      #expect(try Scratch.text(path + ".bad/inside") == "precious")
      #expect(try Scratch.text(path + ".bad-2") == "older")
      #expect(try Scratch.text(path + ".bad-3") == "not json")
      #expect(try Scratch.text(path + ".bad-5") == "\u{0}")
    }
  }

  @Test("A newer program's file is left alone, and that is told")
  func newer() throws {
    try Scratch.folder { folder in
      let path = folder + "/lessons.json"
      let text = "{\"version\": 2, \"marks\": []}"
      try Scratch.write(text, to: path)
      let problem = LessonDiary(path: path).note("a", .init(step: 1, done: false))
      #expect(problem?.contains("newer") == true)
      #expect(LessonDiary(path: path).forget(nil) != nil)
      #expect(try Scratch.text(path) == text)
      #expect(try Scratch.names(folder) == ["lessons.json"])
    }
  }

  @Test("Marks that are noted at the same time are all kept")
  func crowd() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "glissade-\(UUID().uuidString)"
    ).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let diary = LessonDiary(path: folder + "/deep/lessons.json")
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          for number in 0..<10 {
            let problem = diary.note("\(writer)-\(number)", .init(step: number, done: false))
            #expect(problem == nil)
          }
        }
      }
    }
    #expect(diary.read().content.lessons.count == 80)
  }

  @Test("The file's mode and a symbolic link to it are kept")
  func mode() throws {
    try Scratch.folder { folder in
      mkdir(folder + "/real", 0o700)
      let path = folder + "/lessons.json"
      symlink("real/marks.json", path)
      #expect(LessonDiary(path: path).note("a", .init(step: 1, done: false)) == nil)
      chmod(folder + "/real/marks.json", 0o600)
      #expect(LessonDiary(path: path).note("b", .init(step: 1, done: true)) == nil)
      #expect(Scratch.isLink(path) && Scratch.mode(path) == 0o600)
      #expect(LessonDiary(path: path).read().content.lessons.count == 2)
    }
  }
}
