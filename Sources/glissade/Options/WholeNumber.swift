import ArgumentParser
import Presets

/// Whole numbers of options, written as settings are: `1000` or `1e3`.
enum WholeNumber {
  /// The number that `text` says.
  ///
  /// - Throws: `ValidationError` for anything else, and for numbers that are not whole.
  static func read(_ text: String) throws -> Int {
    if let value = ExactDecimal.integer(text) { return value }
    throw ValidationError("it must be a whole number, as in 1000 or 1e3")
  }
}

/// Numbers of options, written as settings are: `0.5` or `1e-3`.
enum DecimalNumber {
  /// The number that `text` says.
  ///
  /// - Throws: `ValidationError` for anything else, and for what no double can hold.
  static func read(_ text: String) throws -> Double {
    if let value = ExactDecimal.number(text) { return value }
    throw ValidationError("it must be a number that a double can hold, as in 0.5 or 1e-3")
  }
}
