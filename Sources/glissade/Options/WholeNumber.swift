import ArgumentParser

/// Whole numbers of options, written as settings are: `1000` or `1e3`.
enum WholeNumber {
  /// The number that `text` says.
  ///
  /// - Throws: `ValidationError` for anything else, and for numbers that are not whole.
  static func read(_ text: String) throws -> Int {
    if let value = Int(text) { return value }
    if let value = Double(text), value == value.rounded(), abs(value) <= 0x1p53 {
      return Int(value)
    }
    throw ValidationError("it must be a whole number, as in 1000 or 1e3")
  }
}
