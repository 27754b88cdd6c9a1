/// How often values fall into equal parts of a range.
package struct Histogram: Equatable, Sendable {
  /// The range.
  package var range: ClosedRange<Double>
  /// Values in each part; those outside are counted in the first or last part.
  package var counts: [Int]
  /// Values that are not numbers.
  package var strays: Int

  /// Counts values.
  package init(_ values: [Double], in range: ClosedRange<Double>, bins: Int) {
    self.range = range
    counts = [Int](repeating: 0, count: max(1, bins))
    strays = 0
    let scale = Double(counts.count) / (range.upperBound - range.lowerBound)
    for value in values {
      let place = (value - range.lowerBound) * scale
      guard !place.isNaN else {
        strays += 1
        continue
      }
      let bin = place <= 0 ? 0 : place >= Double(counts.count) ? counts.count - 1 : Int(place)
      counts[bin] += 1
    }
  }
}
