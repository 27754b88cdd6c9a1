/// Gathers one curve of any length in a fixed number of buckets; allocates nothing after the first
/// measurement.
///
/// Each bucket covers `width` consecutive steps and keeps least, greatest and last value. When a
/// step falls beyond the last bucket, pairs are merged and the width doubles. Buckets of steps
/// without a measurement are gaps.
struct LossRecorder: Sendable {
  /// What is measured.
  let metric: History.Metric
  /// The first step that the first bucket covers.
  private(set) var firstStep = 0
  /// Steps per bucket.
  private(set) var width: Int
  /// Buckets in use.
  private(set) var count = 0
  private var buckets: [History.Bucket]

  private static let empty = History.Bucket(low: .infinity, high: -.infinity, last: .nan)
  /// The buckets of curves without a measurement, which share them.
  private static let unused = [History.Bucket](repeating: empty, count: 1024)

  /// An empty curve; `stride` is the number of steps between measurements.
  init(_ metric: History.Metric, stride: Int = 1, capacity: Int = 1024) {
    precondition(
      capacity >= 2 && capacity % 2 == 0, "\(capacity) buckets cannot be merged in pairs")
    self.metric = metric
    width = max(1, stride)
    buckets =
      capacity == Self.unused.count
      ? Self.unused : [History.Bucket](repeating: Self.empty, count: capacity)
  }

  /// Adds a measurement; steps must not go back.
  mutating func append(_ value: Double, step: Int) {
    var tally = tally
    if step >= tally.end { tally = openTally(at: step) }
    tally.add(value)
    close(tally)
  }

  /// The last bucket, which steps before its end fall into.
  var tally: LossTally {
    guard count > 0 else { return LossTally() }
    return LossTally(end: firstStep + count * width, bucket: buckets[count - 1])
  }

  /// Puts the last bucket back.
  mutating func close(_ tally: LossTally) {
    if tally.end > .min { buckets[count - 1] = tally.bucket }
  }

  /// Opens the bucket of `step`, which is beyond the last one, merging pairs until it fits.
  mutating func openTally(at step: Int) -> LossTally {
    if count == 0 { firstStep = step }
    while (step - firstStep) / width >= buckets.count { merge() }
    let index = (step - firstStep) / width
    while count < index {
      buckets[count] = History.Bucket(
        low: .infinity, high: -.infinity, last: .infinity, isGap: true)
      count += 1
    }
    buckets[index] = LossTally().bucket
    count += 1
    return tally
  }

  /// Drops all buckets that reach beyond `step`.
  mutating func truncate(to step: Int) {
    count = max(0, min(count, (step - firstStep) / width))
  }

  private mutating func merge() {
    let pairs = (count + 1) / 2
    for pair in 0..<pairs {
      var merged = buckets[2 * pair]
      if 2 * pair + 1 < count {
        let second = buckets[2 * pair + 1]
        merged.low = min(merged.low, second.low)
        merged.high = max(merged.high, second.high)
        if !second.isGap { merged.last = second.last }
        merged.isGap = merged.isGap && second.isGap
      }
      buckets[pair] = merged
    }
    count = pairs
    width *= 2
  }

  /// The curve so far.
  var series: History.Series {
    History.Series(
      metric: metric, firstStep: firstStep, width: width, buckets: Array(buckets[0..<count]))
  }
}

/// A bucket at hand: values go into it without a look at the curve.
struct LossTally {
  /// The first step that does not fall into it; `Int.min` where there is no bucket.
  var end = Int.min
  var bucket = History.Bucket(low: .infinity, high: -.infinity, last: .nan)

  /// Adds a measurement.
  @inline(__always) mutating func add(_ value: Double) {
    bucket.last = value
    guard value.isFinite else { return }
    if value < bucket.low { bucket.low = value }
    if value > bucket.high { bucket.high = value }
  }
}
