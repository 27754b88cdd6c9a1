/// A stretch of numbers laid along an edge of a picture: where values lie, and which of them are
/// labelled.
package struct Axis: Equatable, Sendable {
  /// How values are spread.
  package enum Scale: Sendable, Equatable { case linear, logarithmic }

  /// A labelled value.
  package struct Tick: Equatable, Sendable {
    /// The value.
    package var value: Double
    /// What is written beside it.
    package var label: String
  }

  /// The least value shown.
  package let lower: Double
  /// The greatest value shown.
  package let upper: Double
  /// How values are spread.
  package let scale: Scale
  /// Whether only whole numbers are labelled: steps, epochs, counts.
  package let isWhole: Bool
  /// What is laid along it (`step`, `x1`), so that a cursor can say it and be shown at the same
  /// place in other pictures; may be empty.
  package private(set) var name = ""

  /// An axis from `lower` to `upper`. Bounds that cannot be shown are widened to something that
  /// can: equal, exchanged or non-finite ones, and such as are not positive on a logarithmic axis.
  package init(_ lower: Double, _ upper: Double, scale: Scale = .linear, isWhole: Bool = false) {
    var low = lower.isNaN ? 0 : min(max(lower, -1e300), 1e300)
    var high = upper.isNaN ? low + 1 : min(max(upper, -1e300), 1e300)
    if low > high { swap(&low, &high) }
    if scale == .logarithmic {
      if high <= 0 || !high.isFinite { high = 1 }
      if low <= 0 { low = high * 1e-6 }
      low = max(low, 1e-300)
      high = max(high, low)
      if high / low < 1.0001 { (low, high) = (low / 1.5, high * 1.5) }
    } else if high - low <= abs(high) * 1e-12 || high == low {
      let margin = high == 0 ? 1 : abs(high) * 0.5
      (low, high) = (low - margin, high + margin)
    }
    self.lower = low
    self.upper = high
    self.scale = scale
    self.isWhole = isWhole
  }

  /// The same axis, of a quantity with a name.
  package func named(_ name: String) -> Axis {
    var axis = self
    axis.name = name
    return axis
  }

  /// Where a value lies: 0 at `lower`, 1 at `upper`, beyond them outside; NaN for what the axis
  /// cannot show.
  package func position(_ value: Double) -> Double {
    switch scale {
    case .linear: return (value - lower) / (upper - lower)
    case .logarithmic:
      guard value > 0 else { return value == 0 ? -.infinity : .nan }
      return (PlotMath.log10(value) - PlotMath.log10(lower))
        / (PlotMath.log10(upper) - PlotMath.log10(lower))
    }
  }

  /// The value at a position; the inverse of `position`.
  package func value(at position: Double) -> Double {
    switch scale {
    case .linear: return lower + (upper - lower) * position
    case .logarithmic:
      let low = PlotMath.log10(lower)
      return PlotMath.pow(10, low + (PlotMath.log10(upper) - low) * position)
    }
  }

  /// At most `limit` round values within the axis, rising.
  package func ticks(limit: Int) -> [Tick] {
    guard limit > 0 else { return [] }
    return scale == .linear ? linearTicks(limit: limit) : logarithmicTicks(limit: limit)
  }

  /// Multiples of 1, 2 or 5 times a power of ten; where only one of them lies within, of 3, 4, 6 or
  /// 8 times it too: one label is no scale.
  private func linearTicks(limit: Int) -> [Tick] {
    let usual = linearTicks(limit: limit, factors: [1, 2, 5])
    guard usual.count < 2, limit > 1 else { return usual }
    let more = linearTicks(limit: limit, factors: [1, 2, 3, 4, 5, 6, 8])
    return more.count > usual.count ? more : usual
  }

  private func linearTicks(limit: Int, factors: [Double]) -> [Tick] {
    let span = upper - lower
    guard span.isFinite, span > 0 else { return [] }
    let raw = span / Double(limit)
    var exponent = PlotMath.int(PlotMath.log10(raw).rounded(.down), in: -308...307)
    // From the finest step that could do, up: the first with few enough values.
    for _ in 0..<4 {
      for factor in factors {
        let step = factor * PlotMath.pow(10, Double(exponent))
        if isWhole, step < 1 { continue }
        let first = (lower / step - 1e-9).rounded(.up)
        let last = (upper / step + 1e-9).rounded(.down)
        guard last >= first, last - first + 1 <= Double(limit) else { continue }
        let count = PlotMath.int(last - first, in: 0...limit)
        return (0...count).map { index in
          let value = (first + Double(index)) * step
          return Tick(
            value: value == 0 ? 0 : min(max(value, lower), upper),
            label: Axis.label(value, exponent: exponent))
        }
      }
      exponent += 1
    }
    return []
  }

  private func logarithmicTicks(limit: Int) -> [Tick] {
    let low = PlotMath.log10(lower)
    let high = PlotMath.log10(upper)
    let first = PlotMath.int((low - 1e-9).rounded(.up), in: -310...310)
    let last = PlotMath.int((high + 1e-9).rounded(.down), in: -310...310)
    let decades = last - first + 1
    if decades >= 2 || (decades == 1 && limit == 1) {
      let stride = max(1, (decades + limit - 1) / limit)
      // Multiples of the stride, so that ticks stay while the axis grows.
      let start = first + ((stride - first % stride) % stride)
      let chosen = Swift.stride(from: start, through: last, by: stride)
      return chosen.prefix(limit).map { exponent in
        Tick(
          value: min(max(PlotMath.pow(10, Double(exponent)), lower), upper),
          label: NumberText.powerOfTen(exponent))
      }
    }
    // Less than two powers of ten: 1, 2 and 5 times them; less than that: as on a linear axis.
    var values: [Double] = []
    for exponent in (first - 1)...(last + 1) {
      for factor in [1.0, 2.0, 5.0] {
        let value = factor * PlotMath.pow(10, Double(exponent))
        if value >= lower, value <= upper { values.append(value) }
      }
    }
    if values.count < 2 { return Axis(lower, upper).linearTicks(limit: limit) }
    let stride = max(1, (values.count + limit - 1) / limit)
    return values.enumerated().filter { $0.offset % stride == 0 }.map {
      Tick(value: $0.element, label: NumberText.compact($0.element, digits: 1))
    }
  }

  /// A tick's label: decimals as the step needs them, thousands shortened.
  private static func label(_ value: Double, exponent: Int) -> String {
    if value == 0 || abs(value) < PlotMath.pow(10, Double(exponent)) / 2 { return "0" }
    if abs(value) >= 1e15 || exponent < -6 { return NumberText.scientific(value, digits: 2) }
    for (unit, letter) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]
    where abs(value) >= 10 * unit || (unit > 1e3 && abs(value) >= unit) {
      let shift = PlotMath.int(PlotMath.log10(unit), in: 0...12)
      return NumberText.trimmed(
        NumberText.fixed(value / unit, decimals: max(0, shift - exponent))) + letter
    }
    return NumberText.fixed(value, decimals: max(0, -exponent))
  }
}
