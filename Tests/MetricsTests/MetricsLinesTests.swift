import Foundation
import Testing

@testable import Metrics

@Suite("Lines of metrics")
struct MetricsLinesTests {
  /// What is read of lines.
  static func table(_ lines: [String], source: String = "a.jsonl") -> (MetricsTable, Int) {
    var table = MetricsTable()
    var reader = MetricsLines(source: 0, name: source)
    for line in lines {
      Array(line.utf8).withUnsafeBufferPointer { reader.take($0, into: &table, arrival: 0) }
    }
    table.settle()
    return (table, reader.passedOver)
  }

  /// The values of a series, by steps.
  static func values(_ table: MetricsTable, _ name: String, run: Int = 0) -> [Double: Double] {
    guard let number = table.names.firstIndex(of: name), number < table.runs[run].series.count,
      let series = table.runs[run].series[number]
    else { return [:] }
    return Dictionary(series.points.map { ($0.last, $0.value) }, uniquingKeysWith: { $1 })
  }

  @Test("objects give rows; what is none is passed over and counted")
  func objects() {
    let (table, passed) = Self.table([
      "Loading data, please wait", "{\"step\": 1, \"loss\": 0.5, \"train\": {\"acc\": 1e-1}}",
      "{\"loss\": -2.5E+1 ,\"step\":2,\"note\":\"a \\\"b\\\" }\",\"list\":[1,{\"x\":2}]}",
      "{broken",
      "", "{\"step\": 3, \"loss\": null, \"ok\": true}", "{\"step\": 4, \"l\\u006fss\": 7},",
    ])
    #expect(passed == 2)
    #expect(table.rows == 4)
    #expect(Self.values(table, "loss") == [1: 0.5, 2: -25, 4: 7])
    #expect(Self.values(table, "train.acc") == [1: 0.1])
    #expect(table.runs[0].stepName.map { table.names[$0] } == "step")
  }

  @Test("NaN and infinities are values, spelt as Python and JSON writers spell them")
  func notFinite() throws {
    let (table, _) = Self.table([
      "{\"step\":0,\"loss\":NaN}", "{\"step\":1,\"loss\":-Infinity}",
      "{\"step\":2,\"loss\":\"nan\"}", "{\"step\":3,\"loss\":1}",
    ])
    let series = try #require(table.runs[0].series[1])
    #expect(series.notFinite == 3 && series.count == 1)
    #expect(series.least.value == 1 && series.greatest.value == 1)
  }

  @Test(
    "tables begin with a line of names, whatever parts their cells",
    arguments: [",", ";", "\t", " ", "|"])
  func tables(delimiter: String) {
    let rows = [
      ["epoch", "loss", "val_loss"], ["0", "1.5", "2"], ["1", "0.5", "nan"], ["2", "-1e-3", "1"],
    ]
    let (table, passed) = Self.table(
      ["a line before it"] + rows.map { $0.joined(separator: delimiter) }, source: "b.csv")
    #expect(passed == 1)
    #expect(Self.values(table, "loss") == [0: 1.5, 1: 0.5, 2: -0.001])
    #expect(table.runs[0].series[2]?.notFinite == 1)
  }

  @Test("a table that begins anew, and one with other columns, go on")
  func secondHeader() {
    let (table, _) = Self.table([
      "step,loss", "1,5", "2,4", "step,loss", "3,3", "step,loss,lr", "4,2,0.1", "5,1,0.1",
    ])
    #expect(Self.values(table, "loss") == [1: 5, 2: 4, 3: 3, 4: 2, 5: 1])
    #expect(Self.values(table, "lr") == [4: 0.1, 5: 0.1])
  }

  @Test("rows may name their run; each has its own series")
  func runs() {
    let (table, _) = Self.table([
      "{\"run\":\"a\",\"step\":1,\"loss\":1}", "{\"run\":\"b\",\"step\":1,\"loss\":2}",
      "{\"run\":\"a\",\"step\":2,\"loss\":3}",
    ])
    #expect(table.runs.map(\.name) == ["a.jsonl a", "a.jsonl b"])
    #expect(Self.values(table, "loss") == [1: 1, 2: 3])
    #expect(Self.values(table, "loss", run: 1) == [1: 2])
  }

  @Test("rows without a step are counted; the finest of several step columns is the axis")
  func steps() {
    #expect(
      Self.values(Self.table(["{\"loss\":5}", "{\"loss\":4}"]).0, "loss") == [0: 5, 1: 4])
    let (table, _) = Self.table(["{\"epoch\":1,\"step\":10,\"loss\":5}"])
    #expect(Self.values(table, "loss") == [10: 5])
    #expect(Self.values(table, "epoch") == [10: 1])
  }

  @Test("a row without the step that its run counts by has no place, and is passed over")
  func stepless() {
    let (table, passed) = Self.table([
      "step,loss", "1,2", "2", "3,4,5", ",7", "x,8", "5,", "6,9",
    ])
    #expect(Self.values(table, "loss") == [1: 2, 6: 9])
    #expect(passed == 4)
    let (objects, others) = Self.table([
      "{\"step\":1,\"loss\":5}", "{\"step\":null,\"loss\":4}", "{\"loss\":3}",
      "{\"step\":2,\"loss\":2}",
    ])
    #expect(Self.values(objects, "loss") == [1: 5, 2: 2] && others == 2)
  }

  @Test("of a name that stands twice in an object the last value holds; columns get numbers")
  func repeated() {
    let (objects, _) = Self.table([
      "{\"loss\":1,\"acc\":0,\"loss\":2}", "{\"loss\":3,\"acc\":0,\"loss\":4}",
      "{\"loss\":5,\"acc\":1}",
    ])
    #expect(Self.values(objects, "loss") == [0: 2, 1: 4, 2: 5])
    let (moved, _) = Self.table([
      "{\"a\":1,\"loss\":2}", "{\"loss\":1,\"loss\":3}", "{\"b\":{\"c\":1,\"c\":4},\"loss\":5}",
    ])
    #expect(Self.values(moved, "loss") == [0: 2, 1: 3, 2: 5])
    #expect(Self.values(moved, "b.c") == [2: 4])
    let (table, _) = Self.table(["step,loss,loss", "1,2,3", "2,4,5"])
    #expect(Self.values(table, "loss") == [1: 2, 2: 4])
    #expect(Self.values(table, "loss (2)") == [1: 3, 2: 5])
  }

  @Test("cells may be empty anywhere in a row, at its end too")
  func emptyCells() {
    let (table, passed) = Self.table(
      ["step,loss,val", "1,0.5,", "1,,0.7", "2,0.4,", "3,,0.5", "4,0.3,0.4"])
    #expect(passed == 0 && table.rows == 5)
    #expect(Self.values(table, "loss") == [1: 0.5, 2: 0.4, 4: 0.3])
    #expect(Self.values(table, "val") == [1: 0.7, 3: 0.5, 4: 0.4])
  }

  @Test("a byte order mark is no part of the first name")
  func mark() {
    let (table, _) = Self.table(["\u{FEFF}step,loss", "1,2", "2,3"])
    #expect(Self.values(table, "loss") == [1: 2, 2: 3])
  }

  @Test("dates are times, with zones and without")
  func times() {
    #expect(MetricsWords.time("1970-01-02T00:00:01") == 86_401)
    #expect(MetricsWords.time("1970-01-01 01:00:00.5Z") == 3600.5)
    #expect(MetricsWords.time("1970-01-01T01:00:00+01:00") == 0)
    #expect(MetricsWords.time("yesterday") == nil)
    let (table, _) = Self.table(["{\"time\":\"1970-01-01T00:01:00\",\"step\":1,\"loss\":2}"])
    #expect(table.hasTimes && table.runs[0].series[2]?.last?.wall == 60)
  }

  @Test("no line crashes it, however damaged")
  func damaged() {
    let line = Array(
      "{\"step\": 12, \"a\": {\"b\": [1, \"x\"]}, \"loss\": 1.5e-3, \"run\": \"q\"}".utf8)
    var state: UInt64 = 7
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(below))
    }
    var table = MetricsTable()
    var reader = MetricsLines(source: 0, name: "x")
    for _ in 0..<2_000 {
      var copy = line
      for _ in 0...random(4) {
        let place = random(copy.count)
        switch random(3) {
        case 0: copy[place] = UInt8(random(256))
        case 1: copy.remove(at: place)
        default: copy.removeLast(random(copy.count))
        }
        if copy.isEmpty { copy = [UInt8(ascii: "{")] }
      }
      copy.withUnsafeBufferPointer { reader.take($0, into: &table, arrival: 0) }
    }
    #expect(table.names.count <= MetricsTable.mostNames)
    #expect(table.runs.count <= MetricsTable.mostRuns)
  }
}
