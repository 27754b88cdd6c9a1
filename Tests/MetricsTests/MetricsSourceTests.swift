import Foundation
import Testing

@testable import Metrics

@Suite("Files of metrics that grow")
struct MetricsSourceTests {
  /// A file that is written and read turn by turn.
  final class Stage {
    let path: String
    var table = MetricsTable()
    var source: MetricsSource

    init() throws {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "glissade-metrics-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      path = folder.appendingPathComponent("m.jsonl").path
      source = MetricsSource(path: path, number: 0, name: "m")
    }

    deinit {
      try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent)
    }

    func append(_ text: String) throws {
      if !FileManager.default.fileExists(atPath: path) {
        FileManager.default.createFile(atPath: path, contents: nil)
      }
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try file.seekToEnd()
      try file.write(contentsOf: Data(text.utf8))
      try file.close()
    }

    /// Reads what there is; the losses by step.
    func read() -> [Double: Double] {
      while source.read(into: &table, at: 100) {}
      table.settle()
      return table.runs.isEmpty ? [:] : MetricsLinesTests.values(table, "loss")
    }
  }

  @Test("a file that does not exist yet is waited for; half a line waits for its end")
  func partial() throws {
    let stage = try Stage()
    #expect(stage.read() == [:])
    #expect(stage.source.state(at: 100) == .missing)
    try stage.append("{\"step\":1,\"loss\":1}\n{\"step\":2,\"lo")
    #expect(stage.read() == [1: 1])
    #expect(stage.source.hasRest)
    try stage.append("ss\":2}\n")
    #expect(stage.read() == [1: 1, 2: 2])
    #expect(!stage.source.hasRest)
  }

  @Test("a truncated file is read anew")
  func truncated() throws {
    let stage = try Stage()
    try stage.append("{\"step\":1,\"loss\":1}\n{\"step\":2,\"loss\":2}\n")
    #expect(stage.read().count == 2)
    truncate(stage.path, 0)
    try stage.append("{\"step\":1,\"loss\":9}\n")
    #expect(stage.read() == [1: 9])
    #expect(stage.source.event == "truncated, read anew")
    #expect(stage.table.rows == 1)
  }

  @Test("a file that lies under the name instead goes on, the old one's end included")
  func rotated() throws {
    let stage = try Stage()
    try stage.append("{\"step\":1,\"loss\":1}\n")
    #expect(stage.read().count == 1)
    try stage.append("{\"step\":2,\"loss\":2}")
    rename(stage.path, stage.path + ".1")
    try stage.append("{\"step\":3,\"loss\":3}\n")
    #expect(stage.read() == [1: 1, 2: 2, 3: 3])
    #expect(stage.source.event == "rotated")
  }

  @Test("silence and the end are told by the time since it grew")
  func silence() throws {
    let stage = try Stage()
    try stage.append("{\"step\":1,\"loss\":1}\n")
    _ = stage.read()
    let grown = try #require(stage.source.lastGrowth)
    #expect(stage.source.state(at: grown + 1) == .live)
    #expect(stage.source.state(at: grown + 40) == .silent(40))
    #expect(stage.source.state(at: grown + 10_000) == .ended)
  }

  @Test("a line without end is given up, not kept")
  func overlong() throws {
    let stage = try Stage()
    try stage.append(String(repeating: "x", count: 3 << 20) + "\n{\"step\":1,\"loss\":1}\n")
    #expect(stage.read() == [1: 1])
  }

  @Test("patterns for files find those that come later; a folder is told")
  func follower() throws {
    let stage = try Stage()
    let folder = (stage.path as NSString).deletingLastPathComponent
    try stage.append("{\"step\":1,\"loss\":1}\n")
    let follower = MetricsFollower([folder + "/*.jsonl", folder])
    follower.readAll()
    let frame = follower.latest
    #expect(frame.table.rows == 1)
    #expect(frame.sources.contains { $0.state == .failed("is a folder") })
    #expect(frame.progress == nil)
  }
}
