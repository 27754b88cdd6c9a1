/// Repeats work until time is up and takes the median rate: robust against a noisy neighbour,
/// unlike the mean.
struct Stopwatch {
  /// Seconds to spend.
  var seconds: Double

  /// Units per second of `work`, which does `units` of them a call.
  func rate(units: Double, of work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    try work()
    var timings: [Double] = []
    let begin = clock.now
    repeat {
      let start = clock.now
      try work()
      timings.append(Self.seconds(start.duration(to: clock.now)))
    } while Self.seconds(begin.duration(to: clock.now)) < seconds || timings.count < 3
    timings.sort()
    return units / max(timings[timings.count / 2], 1e-12)
  }

  /// A duration in seconds.
  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}
