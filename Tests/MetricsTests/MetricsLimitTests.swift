import Foundation
import Testing

@testable import Metrics

@Suite("Limits and odd writings of metrics are told")
struct MetricsLimitTests {
  @Test("series beyond the limit are counted, and the column of steps has always room")
  func manySeries() {
    let names = (0..<MetricsTable.mostNames + 90).map { "\"m\($0)\":\($0)" }.joined(separator: ",")
    let (table, _) = MetricsLinesTests.table([
      "{\(names),\"step\":10}", "{\(names),\"step\":20}",
    ])
    #expect(table.lostNames == 90)
    #expect(MetricsLinesTests.values(table, "m0") == [10: 0, 20: 0])
  }

  @Test(
    "a row whose step is no finite number has no place, and is counted; others keep theirs",
    arguments: ["1e400", "-1e400", "NaN", "Infinity"])
  func stepsWithoutPlace(step: String) {
    let (table, passed) = MetricsLinesTests.table([
      "{\"step\":\(step),\"loss\":9}", "{\"step\":2,\"loss\":1}", "{\"step\":\(step),\"loss\":9}",
    ])
    #expect(MetricsLinesTests.values(table, "loss") == [2: 1])
    #expect(table.rowsWithoutStep == 2 && passed == 2 && !table.hasHugeSteps)
  }

  @Test("steps beyond 2⁵³ are told to be rounded")
  func hugeSteps() {
    #expect(MetricsLinesTests.table(["{\"step\":9007199254740993,\"loss\":1}"]).0.hasHugeSteps)
    #expect(!MetricsLinesTests.table(["{\"step\":9007199254740991,\"loss\":1}"]).0.hasHugeSteps)
  }

  @Test(
    "means and smoothed values hold whatever a double holds", arguments: [1e308, -1e308, 1e-310])
  func range(value: Double) throws {
    var series = MetricSeries()
    for step in 0..<40 { series.add(step: Double(step), wall: 0, value: value, capacity: 8) }
    #expect(abs(try #require(series.mean) / value - 1) < 1e-9)
    let last = try #require(series.last)
    #expect(abs(last.value(smoothedAt: Smoothing.usual) / value - 1) < 1e-9)
  }

  @Test("objects of a list may stand on one line; a line with a broken one counts it")
  func list() {
    let (table, passed) = MetricsLinesTests.table([
      "[{\"step\":1,\"loss\":3}, {\"step\":2,\"loss\":2},{\"step\":3,\"loss\":1}]",
      "[{\"step\":4,\"loss\":5},{broken]",
    ])
    #expect(MetricsLinesTests.values(table, "loss") == [1: 3, 2: 2, 3: 1, 4: 5] && passed == 1)
  }

  @Test("cells in quotes may hold the delimiter")
  func quotes() {
    let (table, _) = MetricsLinesTests.table(["step,\"a,b\",loss", "1,\"2,5\",7", "2,3,8"])
    #expect(MetricsLinesTests.values(table, "loss") == [1: 7, 2: 8])
    #expect(table.names.contains("a,b"))
  }

  @Test("lines end with LF, CRLF or CR", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    let stage = try MetricsSourceTests.Stage()
    let lines = ["step,loss", "1,4", "2,3", "3,2"]
    try stage.append(lines.map { $0 + end }.joined())
    #expect(stage.read() == [1: 4, 2: 3, 3: 2])
  }

  @Test("text in UTF-16 is named")
  func utf16() throws {
    let stage = try MetricsSourceTests.Stage()
    FileManager.default.createFile(atPath: stage.path, contents: Data([0xFF, 0xFE, 0x7B, 0]))
    #expect(stage.read().isEmpty)
    guard case .failed(let why) = stage.source.state(at: 100) else {
      Issue.record("it was read")
      return
    }
    #expect(why.contains("UTF-16"))
  }
}
