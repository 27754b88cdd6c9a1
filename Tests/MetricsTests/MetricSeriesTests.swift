import Testing

@testable import Metrics

@Suite("Series of metrics")
struct MetricSeriesTests {
  /// Numbers that look like noise.
  static func noise(_ count: Int) -> [Double] {
    (0..<count).map { Double(($0 &* 2_654_435_761) % 1000) / 1000 }
  }

  @Test("smoothing is the mean weighted by powers, corrected for its start", arguments: 1..<7)
  func smoothing(level: Int) throws {
    let values = Self.noise(200)
    var series = MetricSeries()
    for (step, value) in values.enumerated() {
      series.add(step: Double(step), wall: 0, value: value, capacity: 1000)
    }
    let weight = Smoothing.levels[level]
    var (sum, all) = (0.0, 0.0)
    for (value, point) in zip(values, series.points) {
      (sum, all) = (sum * weight + value, all * weight + 1)
      #expect(abs(point.value(smoothedAt: level) - sum / all) < 1e-6)
    }
    #expect(series.points[0].value(smoothedAt: level) == Double(Float(values[0])))
  }

  @Test("however many values come, few points are kept, and sums are exact")
  func bounds() throws {
    var series = MetricSeries()
    for step in 0..<100_000 {
      series.add(step: Double(step), wall: 0, value: Double(step % 10), capacity: 512)
      if step % 1000 == 0 { #expect(series.points.count <= 513) }
    }
    series.settle(capacity: 512)
    #expect(series.points.count <= 512 && series.points.count >= 200)
    #expect(series.count == 100_000 && series.sum == 450_000)
    #expect(series.points.reduce(0) { $0 + Int($1.count) } == 100_000)
    #expect(series.points.allSatisfy { $0.low == 0 && $0.high == 9 || $0.count < 10 })
    #expect(series.last?.value == 9 && series.last?.last == 99_999)
  }

  @Test("values that come late are sorted in, in any order", arguments: [1, 7, 499])
  func late(stride: Int) {
    let count = 500
    let order = (0..<count).map { $0 * stride % count }
    var series = MetricSeries()
    var sorted = MetricSeries()
    for step in order {
      series.add(step: Double(step), wall: 0, value: Double(step * step), capacity: 1000)
    }
    for step in 0..<count {
      sorted.add(step: Double(step), wall: 0, value: Double(step * step), capacity: 1000)
    }
    series.settle(capacity: 1000)
    #expect(series.points.map(\.last) == (0..<count).map(Double.init))
    #expect(series.points.map(\.value) == sorted.points.map(\.value))
    let differences = zip(series.points, sorted.points).map {
      abs($0.value(smoothedAt: 4) - $1.value(smoothedAt: 4))
    }
    #expect(differences.allSatisfy { $0 <= 0.1 })
    #expect(stride == 1 || series.late > 0)
  }

  @Test("late values of a long series stay in order, and none is lost")
  func lateAmongMany() {
    var series = MetricSeries()
    for step in (0..<50_000).reversed() {
      series.add(step: Double(step), wall: 0, value: 1, capacity: 256)
    }
    series.settle(capacity: 256)
    #expect(series.points.count <= 256)
    #expect(series.points.reduce(0) { $0 + Int($1.count) } == 50_000)
    #expect(zip(series.points, series.points.dropFirst()).allSatisfy { $0.last <= $1.first })
  }

  @Test("schedules are not smoothed, noisy series are")
  func noisy() {
    var (schedule, loss) = (MetricSeries(), MetricSeries())
    for (step, value) in Self.noise(100).enumerated() {
      schedule.add(step: Double(step), wall: 0, value: 1 - Double(step) / 100, capacity: 1000)
      loss.add(step: Double(step), wall: 0, value: value, capacity: 1000)
    }
    #expect(!schedule.isNoisy && loss.isNoisy)
  }

  @Test("many series share the memory of few")
  func budget() {
    var table = MetricsTable()
    let run = table.begin(run: "a", source: 0) ?? 0
    let names = (0..<400).compactMap { table.number(of: Array("s\($0)".utf8)) }
    for step in 0..<1500 {
      _ = table.add(names.map { ($0, Double(step)) }, to: run, arrival: 0)
    }
    table.settle()
    let points = table.runs[0].series.reduce(0) { $0 + ($1?.points.count ?? 0) }
    #expect(points <= 400_000)
    #expect(table.runs[0].series.allSatisfy { $0?.count == 1500 })
  }

  @Test(
    "patterns fit as in a shell",
    arguments: [
      ("*loss*", "val_loss", true), ("*loss", "loss_x", false), ("train/?", "train/a", true),
      ("[abc]1", "b1", true), ("[a-c]1", "d1", false), ("*", "", true), ("a*b*c", "axxbyyc", true),
      ("a*b*c", "axxbyy", false), ("[", "[", true), ("acc", "acc", true),
      ("acc", "accuracy", false),
    ])
  func patterns(pattern: String, name: String, fits: Bool) {
    #expect(GlobPattern(pattern).matches(name) == fits)
  }
}
