/// One series of a run: what was logged under one name, in the order of its steps.
///
/// It keeps a bounded number of points. When there are more, neighbours are joined to points of
/// twice as many values, which know their least, greatest, mean and last; sums over all values stay
/// exact. Steps that come late are sorted in. Smoothing is exact while steps come in order; beyond
/// a late one it goes on from the means of the points.
package struct MetricSeries: Sendable {
  /// In the order of steps. Complete after `settle`.
  package private(set) var points: [MetricPoint] = []
  /// Finite values.
  package private(set) var count = 0
  /// Values that are not finite.
  package private(set) var notFinite = 0
  /// Finite values of 0 or below, which a logarithmic axis cannot show.
  package private(set) var notPositive = 0
  /// Values that came after one of a later step.
  package private(set) var late = 0
  /// The sum of the finite values, and that of them divided by 2⁶⁴: it does not overflow.
  private(set) var sum = 0.0
  private var smallSum = 0.0
  /// The least finite value and its step.
  package private(set) var least = (value: Double.infinity, step: 0.0)
  /// The greatest finite value and its step.
  package private(set) var greatest = (value: -Double.infinity, step: 0.0)
  /// The sum of the distances from each finite value to the next.
  private var travel = 0.0
  private var lastFinite = Double.nan

  private var state = Smoothing.State()
  private var waiting: [MetricPoint] = []
  /// Values that a full point holds.
  private var width = 1
  private var isOrdered = true

  /// Values that came late are sorted in when there are so many, or when somebody looks.
  private static let mostWaiting = 4096

  init() {}

  /// The last point by step, sorted or not.
  package var last: MetricPoint? { points.last }

  /// All values.
  package var total: Int { count + notFinite }

  /// The mean of the finite values; nil where there are none.
  package var mean: Double? {
    guard count > 0 else { return nil }
    return sum.isFinite ? sum / Double(count) : smallSum / Double(count) * 0x1p64
  }

  /// Whether values jump to and fro: those of a schedule do not, and smoothing would only bend
  /// them.
  package var isNoisy: Bool {
    count >= 8 && travel > 4 * (greatest.value - least.value)
  }

  /// Takes in a value; at most about `capacity` points are kept.
  mutating func add(step: Double, wall: Double, value: Double, capacity: Int) {
    if value.isFinite {
      count += 1
      sum += value
      smallSum += value * 0x1p-64
      if value < least.value { least = (value, step) }
      if value > greatest.value { greatest = (value, step) }
      if value <= 0 { notPositive += 1 }
      if !lastFinite.isNaN { travel += abs(value - lastFinite) }
      lastFinite = value
    } else {
      notFinite += 1
    }
    var point = MetricPoint(step: step, wall: wall, value: value)
    if let end = points.last?.last, step < end {
      late += 1
      waiting.append(point)
      if waiting.count >= MetricSeries.mostWaiting { settle(capacity: capacity) }
      return
    }
    if value.isFinite { state.add(value) }
    point.smooth = state.values
    if let full = points.last?.total, full < width {
      points[points.count - 1].append(point)
    } else {
      points.append(point)
      if points.count > capacity { thin(to: capacity) }
    }
  }

  /// Sorts in what came late, and keeps to `capacity` points.
  mutating func settle(capacity: Int) {
    if !waiting.isEmpty {
      let added = waiting.enumerated().sorted {
        ($0.element.first, $0.offset) < ($1.element.first, $1.offset)
      }
      var merged: [MetricPoint] = []
      merged.reserveCapacity(points.count + added.count)
      var next = 0
      for point in points {
        while next < added.count, added[next].element.first < point.first {
          merged.append(added[next].element)
          next += 1
        }
        var point = point
        // What lies within a stretch belongs to it; its last value stays the last.
        while next < added.count, added[next].element.first < point.last {
          let (last, wall, value) = (point.last, point.wall, point.value)
          point.append(added[next].element)
          (point.last, point.wall, point.value) = (last, wall, value)
          next += 1
        }
        merged.append(point)
      }
      merged += added[next...].map(\.element)
      points = merged
      waiting.removeAll()
      isOrdered = false
    }
    if points.count > capacity { thin(to: capacity) }
    guard !isOrdered else { return }
    state = Smoothing.State()
    for index in points.indices {
      if points[index].count > 0 {
        state.add(mean: points[index].mean, count: Int(points[index].count))
      }
      points[index].smooth = state.values
    }
    isOrdered = true
  }

  /// Joins neighbours until there is room for as many again.
  private mutating func thin(to capacity: Int) {
    while points.count > max(2, capacity) / 2 {
      width *= 2
      var kept = 0
      for index in 1..<points.count {
        if points[kept].total + points[index].total <= width {
          points[kept].append(points[index])
        } else {
          kept += 1
          points[kept] = points[index]
        }
      }
      points.removeLast(points.count - kept - 1)
    }
  }

  /// The last point that begins at or before a step.
  package func point(at step: Double) -> MetricPoint? {
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if points[middle].first <= step { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? points[low - 1] : nil
  }
}
