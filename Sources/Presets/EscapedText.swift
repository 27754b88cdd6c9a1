/// Text from files and arguments, made safe to print on a terminal.
package enum EscapedText {
  /// `text` with control characters, line breaks and invisible direction marks written as `\u{1B}`.
  package static func visible(_ text: String) -> String {
    // Most texts are plain ASCII, which is seen many times as fast.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    if text.unicodeScalars.allSatisfy(isPlain) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isPlain(scalar) {
        result.append(scalar)
      } else {
        let code = String(scalar.value, radix: 16, uppercase: true)
        result.append(contentsOf: "\\u{\(code)}".unicodeScalars)
      }
    }
    return String(result)
  }

  /// `value` in quotes for a message, shortened when long.
  package static func quoted(_ value: String) -> String {
    "\"\(visible(cut(value, to: 60)))\""
  }

  /// `text`, with `…` in place of what is beyond a number of scalars.
  static func cut(_ text: String, to limit: Int) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > limit else { return text }
    return String(String.UnicodeScalarView(scalars.prefix(limit - 3))) + "…"
  }

  /// Whether a terminal shows `scalar` as a character and as nothing else.
  package static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
      .privateUse:
      false
    default: true
    }
  }
}
