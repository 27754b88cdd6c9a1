import Metrics

extension Follow {
  /// Seconds at which a run began, on its own clock.
  func start(of run: MetricsRun) -> Double {
    run.series.reduce(.infinity) { min($0, $1?.points.first?.wall ?? .infinity) }
  }

  /// What the clock counts, so that the longest run has few digits; steps are counted one by one.
  var unit: (name: String, seconds: Double) {
    guard isByClock else { return ("", 1) }
    let span = frame.table.runs.reduce(0.0) { longest, run in
      let start = start(of: run)
      return run.series.reduce(longest) { max($0, ($1?.last?.wall ?? start) - start) }
    }
    return span > 2 * 3600 ? ("h", 3600) : span > 120 ? ("min", 60) : ("s", 1)
  }

  /// The last point of a series at or before a place on the axis.
  func place(of series: MetricSeries, in run: MetricsRun, at place: Double) -> MetricPoint? {
    guard isByClock else { return series.point(at: place) }
    let end = start(of: run) + place * unit.seconds
    return series.points.last { $0.wall <= end }
  }
}
