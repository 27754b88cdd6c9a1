/// One entry of a catalogue with the settings that were given for it.
///
/// `rmsprop` with `rho: 0.9` is `Choice("rmsprop", ["rho": 0.9])`. Settings that are not given take the entry's defaults;
/// flags are 0 and 1.
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

/// A number that an entry of a catalogue may be given: its name, symbol, range and how it is best stepped.
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

  /// Describes a hyper-parameter.
  package init(
    _ name: String, symbol: String, _ summary: String, default defaultValue: Double,
    in range: ClosedRange<Double>, scale: Scale = .linear
  ) {
    self.name = name
    self.summary = summary
    self.symbol = symbol
    self.defaultValue = defaultValue
    self.range = range
    self.scale = scale
  }
}
