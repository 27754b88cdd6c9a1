/// One entry of a catalogue with the settings that were given for it.
///
/// `rmsprop` with `rho: 0.9` is `Choice("rmsprop", ["rho": 0.9])`. Settings that are not given take
/// the entry's defaults; flags are 0 and 1.
package struct Choice: Hashable, Sendable {
  /// The entry's name.
  package var name: String
  /// Settings by name.
  package var settings: [String: Double]

  /// An entry with settings.
  package init(_ name: String, _ settings: [String: Double] = [:]) {
    self.name = name
    self.settings = settings
  }
}

/// A number that an entry of a catalogue may be given: its name, symbol, range and how it is best
/// stepped.
package struct Hyperparameter: Named, Hashable {
  /// How values are spread, for sliders and keys.
  package enum Scale: Sendable, Hashable { case linear, logarithmic, flag, integer }
  /// The key in presets (`beta1`).
  package let name: String
  /// What it does, in one sentence.
  package let summary: String
  /// How the field writes it (`β₁`).
  package let symbol: String
  /// The value when none is given.
  package let defaultValue: Double
  /// Values that are accepted.
  package let range: ClosedRange<Double>
  /// How it is stepped.
  package let scale: Scale
  /// Whether it is one of a series whose names end in a number (`milestone1`), of which any number
  /// may be given.
  package let isNumbered: Bool

  /// Describes a hyper-parameter.
  package init(
    _ name: String, symbol: String, _ summary: String, default defaultValue: Double,
    in range: ClosedRange<Double>, scale: Scale = .linear, isNumbered: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.symbol = symbol
    self.defaultValue = defaultValue
    self.range = range
    self.scale = scale
    self.isNumbered = isNumbered
  }

  /// The name without the number of a series: `milestone` of `milestone1`; nil for one that stands
  /// alone.
  package var seriesName: String? {
    isNumbered ? String(name.reversed().drop { $0.isASCII && $0.isNumber }.reversed()) : nil
  }
}

extension [Hyperparameter] {
  /// The description of a setting by its name; of a series, further numbers (`milestone7`) are
  /// described like its last one, with 0 for a default.
  package func described(_ name: String) -> Hyperparameter? {
    if let listed = first(where: { $0.name == name }) { return listed }
    for last in reversed() {
      guard let series = last.seriesName, name.hasPrefix(series) else { continue }
      let digits = name.dropFirst(series.count)
      guard (1...6).contains(digits.count), digits.first != "0",
        digits.allSatisfy({ $0.isASCII && $0.isNumber })
      else { continue }
      return Hyperparameter(
        name, symbol: name, last.summary, default: 0, in: last.range, scale: last.scale,
        isNumbered: true)
    }
    return nil
  }
}

extension Hyperparameter {
  /// Whether only whole numbers are accepted.
  package var isWhole: Bool { scale == .integer || scale == .flag }

  /// Whether `value` is accepted: inside the range, and whole where only whole numbers are.
  package func accepts(_ value: Double) -> Bool {
    range.contains(value) && (!isWhole || value == value.rounded())
  }

  /// What is accepted, in words: `a whole number from 0 to 3`.
  package var accepted: String {
    func text(_ value: Double) -> String {
      let text = "\(value)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    return (isWhole ? "a whole number" : "a number")
      + " from \(text(range.lowerBound)) to \(text(range.upperBound))"
  }
}
