import Lanes
import Presets

/// The next value of a key, up or down by its own stride.
enum FormStride {
  /// The value after `text` in direction `up`, by five strides if `isLong`; nil: there is none.
  static func next(_ text: String, of key: PresetKey, up: Bool, isLong: Bool) -> String? {
    switch key.form {
    case .word(let words): cycled(words, text, up)
    case .choice(let kind): cycled(kind.names, text, up)
    case .number(let number): stepped(text, number, up: up, isLong: isLong)
    case .written:
      if let value = UInt64(text), ["seed", "seed_data", "steps", "batch.size"].contains(key.name) {
        whole(value, up: up, by: isLong ? 5 : 1)
      } else if key.takesOneNumber, let value = Double(text) {
        plain(value, by: nice(max(abs(value), 1) / 10) * (isLong ? 5 : 1), up: up)
      } else {
        nil
      }
    }
  }

  private static func whole(_ value: UInt64, up: Bool, by stride: UInt64) -> String? {
    if up { return value > .max - stride ? nil : "\(value + stride)" }
    return value < stride ? nil : "\(value - stride)"
  }

  private static func cycled(_ words: [String], _ text: String, _ up: Bool) -> String? {
    // A choice with settings is a mapping whose first value is the name.
    let parts = text.split { "{}:, ".contains($0) }.map(String.init)
    let name = text.hasPrefix("{") && parts.count > 1 ? parts[1] : text
    guard !words.isEmpty else { return nil }
    guard let place = words.firstIndex(of: name) else { return words.first }
    return words[(place + (up ? 1 : words.count - 1)) % words.count]
  }

  private static func stepped(
    _ text: String, _ number: Hyperparameter, up: Bool, isLong: Bool
  ) -> String? {
    if number.scale == .flag { return text == "true" ? "false" : "true" }
    let value = Double(text) ?? number.defaultValue
    var next: Double
    switch number.scale {
    case .flag: return nil
    case .integer: next = value + (up ? 1 : -1) * (isLong ? 5 : 1)
    case .logarithmic:
      next = value
      for _ in 0..<(isLong ? 3 : 1) { next = rung(after: next, up: up, of: number) }
    case .linear:
      next = Double(plain(value, by: stride(of: number) * (isLong ? 5 : 1), up: up)) ?? value
    }
    next = min(max(next, number.range.lowerBound), number.range.upperBound)
    return next == value ? nil : number.text(next)
  }

  /// The stride of a number: a twentieth of its range where that is what people use; where it only
  /// keeps out what makes no sense, a fifth of its default.
  static func stride(of number: Hyperparameter) -> Double {
    let span = number.range.upperBound - number.range.lowerBound
    if span < 100 { return nice(span / 20) }
    return number.defaultValue == 0 ? 0.1 : nice(abs(number.defaultValue) / 5)
  }

  /// The next of …, 0.1, 0.2, 0.5, 1, …; below a millionth, or what is far below the default, comes
  /// the range's lower end, if that is 0.
  private static func rung(after value: Double, up: Bool, of number: Hyperparameter) -> Double {
    let least = number.defaultValue > 0 ? min(1e-6, number.defaultValue * 1e-3) : 1e-6
    guard value > 0 else { return up ? 1e-4 : value }
    for exponent in -30...30 {
      for digit in [1.0, 2, 5] {
        let candidate = Double("\(digit)e\(up ? exponent : -exponent)") ?? 0
        if up, candidate > value * 1.000001 { return candidate }
      }
      if !up {
        for digit in [5.0, 2, 1] {
          let candidate = Double("\(digit)e\(-exponent)") ?? 0
          if candidate < value * 0.999999 {
            return candidate < least && number.range.lowerBound == 0 ? 0 : candidate
          }
        }
      }
    }
    return value
  }

  /// A multiple of `stride` next to `value`, without digits of rounding.
  private static func plain(_ value: Double, by stride: Double, up: Bool) -> String {
    let multiple = ((value / stride).rounded() + (up ? 1 : -1)) * stride
    let scale = 1e9
    let rounded = abs(multiple) < 1e6 ? (multiple * scale).rounded() / scale : multiple
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
  }

  /// 1, 2 or 5 times a power of ten, near `value`.
  private static func nice(_ value: Double) -> Double {
    for exponent in -12...12 {
      for digit in [1.0, 2, 5] {
        let candidate = Double("\(digit)e\(exponent)") ?? 1
        if candidate >= value * 0.999 { return candidate }
      }
    }
    return value
  }
}
