/// Gathers one curve of any length in a fixed number of buckets; allocates nothing after the beginning.
///
/// Each bucket covers `width` consecutive steps and keeps least, greatest and last value. When a step falls beyond the last
/// bucket, pairs are merged and the width doubles. Buckets of steps without a measurement are gaps.
struct LossRecorder: Sendable {
  /// What curves are called: `train`, `batch`, `test`.
  let name: String
  /// The first step that the first bucket covers.
  private(set) var firstStep = 0
  /// Steps per bucket.
  private(set) var width: Int
  /// Buckets in use.
  private(set) var count = 0
  private var buckets: [History.Bucket]

  /// An empty curve; `stride` is the number of steps between measurements.
  init(name: String, stride: Int = 1, capacity: Int = 1024) {
    precondition(
      capacity >= 2 && capacity % 2 == 0, "\(capacity) buckets cannot be merged in pairs")
    self.name = name
    width = max(1, stride)
    let empty = History.Bucket(low: .infinity, high: -.infinity, last: .nan)
    buckets = [History.Bucket](repeating: empty, count: capacity)
  }

  /// Adds a measurement; steps must not go back.
  @inline(__always)
  mutating func append(_ value: Double, step: Int) {
    if count > 0, step &- firstStep < count &* width {
      // The open bucket: the only one that a new step can fall into.
      buckets.withUnsafeMutableBufferPointer { Self.add(value, to: &$0[count &- 1]) }
    } else {
      open(value, step: step)
    }
  }

  private static func add(_ value: Double, to bucket: inout History.Bucket) {
    bucket.last = value
    if value.isFinite {
      if value < bucket.low { bucket.low = value }
      if value > bucket.high { bucket.high = value }
    }
  }

  /// Opens the bucket of `step`, merging pairs until it fits.
  @inline(never)
  private mutating func open(_ value: Double, step: Int) {
    if count == 0 { firstStep = step }
    while (step - firstStep) / width >= buckets.count { merge() }
    let index = (step - firstStep) / width
    if index < count {
      Self.add(value, to: &buckets[index])
      return
    }
    while count < index {
      buckets[count] = History.Bucket(
        low: .infinity, high: -.infinity, last: .infinity, isGap: true)
      count += 1
    }
    buckets[index] = Self.bucket(of: value)
    count = index + 1
  }

  private static func bucket(of value: Double) -> History.Bucket {
    var bucket = History.Bucket(low: .infinity, high: -.infinity, last: value)
    add(value, to: &bucket)
    return bucket
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
      name: name, firstStep: firstStep, width: width, buckets: Array(buckets[0..<count]))
  }
}
