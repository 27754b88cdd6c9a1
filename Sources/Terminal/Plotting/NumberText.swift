/// Numbers as people read them on a screen: U+2212 for minus, few digits, never wider than needed.
package enum NumberText {
  /// With a fixed number of decimals.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    if let word = word(value) { return word }
    let places = max(0, min(decimals, 15))
    guard abs(value) < 1e15 else { return scientific(value, digits: 3) }
    let factor = powersOfTen[places]
    var scaled = (abs(value) * factor).rounded()
    if scaled >= 9e18 { return scientific(value, digits: 3) }
    if scaled == 0 { scaled = 0 }
    let whole = UInt64(scaled)
    var digits = String(whole)
    if places > 0 {
      if digits.count <= places {
        digits = String(repeating: "0", count: places + 1 - digits.count) + digits
      }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
    }
    return value < 0 && whole > 0 ? "−" + digits : digits
  }

  /// With `digits` significant digits, as short as possible: `0.0412`, `1.23e−7`, `−41.3`, `1.2e6`.
  package static func compact(_ value: Double, digits: Int = 3) -> String {
    if let word = word(value) { return word }
    guard value != 0 else { return "0" }
    let exponent = exponent(of: value, digits: digits)
    if exponent < -4 || exponent > 5 { return scientific(value, digits: digits) }
    return fixed(value, decimals: max(0, digits - 1 - exponent))
  }

  /// As `compact`, without zeros at the end: for numbers that people set (`0.02`).
  package static func short(_ value: Double, digits: Int = 3) -> String {
    trimmed(compact(value, digits: digits))
  }

  /// A share as `66.7 %`, rounded, but 100 % only when it is all.
  package static func percent(_ share: Double, decimals: Int = 1) -> String {
    let scale = PlotMath.pow(10, Double(decimals))
    var rounded = (share * 100 * scale).rounded()
    if share < 1, rounded >= 100 * scale { rounded = 100 * scale - 1 }
    return trimmed(fixed(rounded / scale, decimals: decimals)) + " %"
  }

  /// As `1.23e−7`.
  package static func scientific(_ value: Double, digits: Int = 3) -> String {
    if let word = word(value) { return word }
    guard value != 0 else { return "0" }
    let exponent = exponent(of: value, digits: digits)
    // Two factors: 10^308 and more would overflow in one.
    let half = exponent / 2
    let mantissa =
      value / PlotMath.pow(10, Double(half)) / PlotMath.pow(10, Double(exponent - half))
    var text = fixed(mantissa, decimals: digits - 1)
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return text + "e" + (exponent < 0 ? "−" : "") + String(abs(exponent))
  }

  /// A count, thousands apart by a thin gap where they matter: `950`, `12,000`, `1.25M`.
  package static func count(_ value: Int) -> String {
    let size = value.magnitude
    guard size >= 10_000 else { return signed(value) }
    if size < 1_000_000 {
      let rest = String(size % 1000)
      return (value < 0 ? "−" : "") + String(size / 1000) + ","
        + String(repeating: "0", count: 3 - rest.count) + rest
    }
    let value = Double(value)
    for (unit, letter) in [(1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M")]
    where size >= UInt(unit) {
      return trimmed(fixed(value / unit, decimals: 2)) + letter
    }
    return signed(Int(value))
  }

  /// `10³` and its like.
  package static func powerOfTen(_ exponent: Int) -> String {
    var text = "10"
    if exponent < 0 { text += "⁻" }
    for digit in String(exponent.magnitude) { text += raised[digit] ?? "" }
    return text
  }

  /// Without zeros at the end of decimals.
  package static func trimmed(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  /// The decimal exponent after rounding to `digits` significant digits.
  static func exponent(of value: Double, digits: Int) -> Int {
    let size = abs(value)
    guard size > 0, size.isFinite else { return 0 }
    var exponent = PlotMath.int(PlotMath.log10(size).rounded(.down), in: -330...330)
    let half = exponent / 2
    let mantissa = size / PlotMath.pow(10, Double(half)) / PlotMath.pow(10, Double(exponent - half))
    let rounding = 0.5 * PlotMath.pow(10, Double(1 - digits))
    if mantissa + rounding >= 10 { exponent += 1 }
    if mantissa < 1 - rounding { exponent -= 1 }
    return exponent
  }

  private static func signed(_ value: Int) -> String {
    value < 0 ? "−" + String(value.magnitude) : String(value)
  }

  private static func word(_ value: Double) -> String? {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    return nil
  }

  private static let powersOfTen: [Double] = (0...15).map { exponent in
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }

  private static let raised: [Character: String] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹",
  ]
}
