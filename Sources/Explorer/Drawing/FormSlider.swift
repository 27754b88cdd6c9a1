import Lanes
import Presets
import Terminal
import Views

/// A number of the form on a line: where its value stands in the range of its key, and what a place
/// on the line means.
struct FormSlider {
  /// The cells of the line.
  let track: Rect
  private let number: Hyperparameter
  private let range: ClosedRange<Double>
  private let isLogarithmic: Bool

  /// Columns that the value keeps before the line.
  static let valueWidth = 9
  /// The shortest line that is of use.
  private static let leastWidth = 8
  /// Beyond these a logarithmic line does not go.
  private static let decades = 1e-6...10.0

  /// The line of a row whose value begins at a column of `place`; nil where it is no number in a
  /// range, or there is no room.
  init?(_ row: ExperimentForm.Row, in place: Rect, value column: Int) {
    guard case .key(let key) = row.kind, case .number(let number) = key.form,
      Double(row.value) != nil
    else { return nil }
    let left = place.x + column + FormSlider.valueWidth + 1
    let width = place.maxX - 5 - left
    guard width >= FormSlider.leastWidth else { return nil }
    let span = number.range.upperBound - number.range.lowerBound
    switch number.scale {
    case .flag: return nil
    case .integer, .linear:
      guard span > 0, span <= 1e4 else { return nil }
      range = number.range
      isLogarithmic = false
    case .logarithmic:
      let low = max(number.range.lowerBound, FormSlider.decades.lowerBound)
      let high = min(number.range.upperBound, FormSlider.decades.upperBound)
      guard low < high else { return nil }
      range = low...high
      isLogarithmic = true
    }
    self.number = number
    track = Rect(x: left, y: place.y, width: width, height: 1)
  }

  /// The column of a value; values beyond the line stand at its ends.
  func column(of value: Double) -> Int {
    let share =
      isLogarithmic
      ? Axis(range.lowerBound, range.upperBound, scale: .logarithmic).position(
        max(value, range.lowerBound))
      : (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    let place = min(max(share.isFinite ? share : 0, 0), 1) * Double(track.width - 1)
    return track.x + Int(place.rounded())
  }

  /// What a column means, as it would be typed: a round number.
  func text(at column: Int) -> String {
    let share =
      Double(min(max(column, track.x), track.maxX - 1) - track.x)
      / Double(track.width - 1)
    if isLogarithmic {
      if column <= track.x, number.range.lowerBound <= 0 { return number.text(0) }
      let value = Axis(range.lowerBound, range.upperBound, scale: .logarithmic).value(at: share)
      return number.text(FormSlider.round(value, to: value / 10, within: number.range))
    }
    let span = range.upperBound - range.lowerBound
    let value = range.lowerBound + span * share
    if number.scale == .integer { return number.text(value.rounded()) }
    return number.text(
      FormSlider.round(value, to: span / Double(track.width - 1), within: number.range))
  }

  /// A value rounded to a power of ten not above `stride`.
  private static func round(
    _ value: Double, to stride: Double, within range: ClosedRange<Double>
  ) -> Double {
    guard stride > 0, stride.isFinite else { return value }
    let exponent = Int(PlotMath.log10(stride).rounded(.down))
    // By division for small units, so that 0.3 is 0.3 and not 0.30000000000000004.
    let unit = PlotMath.pow(10, Double(abs(exponent))).rounded()
    let rounded =
      exponent < 0 ? (value * unit).rounded() / unit : (value / unit).rounded() * unit
    return min(max(rounded, range.lowerBound), range.upperBound)
  }

  /// Draws the line: ● the value, ○ the preset's.
  func draw(value: String, original: String, _ appearance: Appearance, into canvas: inout Canvas) {
    let theme = appearance.theme
    func mark(_ scalar: Unicode.Scalar, ascii: Unicode.Scalar, at column: Int, _ color: Color) {
      canvas.mark(
        appearance.glyphs.mark(scalar, ascii: ascii), at: Point(x: column, y: track.y),
        within: track, foreground: color)
    }
    for column in track.x..<track.maxX { mark("─", ascii: "-", at: column, theme.grid) }
    guard let now = Double(value) else { return }
    let isChanged = value != original
    if isChanged, let first = Double(original) {
      mark("○", ascii: "o", at: self.column(of: first), theme.muted)
    }
    mark("●", ascii: "*", at: self.column(of: now), isChanged ? theme.warning : theme.text)
  }
}
