import Terminal

/// How heights become shades: logarithmic above the lowest place, so that a valley's floor and its
/// far walls both show.
struct Relief {
  /// The lowest height.
  let low: Double
  /// The greatest height.
  let high: Double
  private let unit: Double
  private let whole: Double

  /// A relief of these heights.
  init(_ values: [Double], low: Double, high: Double) {
    self.low = low
    self.high = high
    let sorted = values.lazy.filter(\.isFinite).sorted()
    let span = high - low
    guard !sorted.isEmpty, span > 0, span.isFinite else {
      unit = 1
      whole = 1
      return
    }
    // The twelfth part of the picture that lies lowest keeps a linear scale.
    let floor = sorted[sorted.count / 12] - low
    unit = max(floor, span * 1e-6)
    whole = PlotMath.log(1 + span / unit)
  }

  /// 0 for the lowest height, 1 for the greatest; infinity counts as the greatest, NaN stays.
  func share(_ height: Double) -> Double {
    if height.isNaN { return .nan }
    let above = height - low
    guard above > 0 else { return 0 }
    guard above.isFinite else { return 1 }
    return min(1, PlotMath.log(1 + above / unit) / whole)
  }
}
