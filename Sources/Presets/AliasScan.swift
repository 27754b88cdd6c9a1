/// Counts YAML aliases before the text is parsed: what they unfold to grows exponentially with
/// their number.
enum AliasScan {
  /// An error when `text` may hold more than the allowed number of aliases.
  ///
  /// Counts `*word` where a value may begin, in quotes, texts and comments too: it may count too
  /// many, never too few.
  static func tooMany(in text: String, file: String) -> PresetError? {
    var count = 0
    var before: Unicode.Scalar = "\n"
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      let scalar = scalars[index]
      if scalar == "*", mayPrecedeValue(before) {
        count += 1
        if count > PresetLimits.aliases {
          let place = TextPlace(after: scalars[..<index])
          return PresetError(
            .file(name: file, line: place.line, column: place.column),
            "more than \(PresetLimits.aliases) aliases (*) in one preset")
        }
      }
      if !isBlank(scalar) { before = scalar }
    }
    return nil
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    ["\n", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t"
  }

  private static func mayPrecedeValue(_ scalar: Unicode.Scalar) -> Bool {
    isBreak(scalar) || ["\r", "\u{FEFF}", ":", "-", "[", "{", ",", "?"].contains(scalar)
  }
}
