import Presets

/// JSON values that are printed with their keys in order and numbers in full precision.
indirect enum JSONText {
  case null
  case flag(Bool)
  case integer(Int)
  case unsigned(UInt64)
  /// A number; infinities and NaN, which JSON does not have, are printed as `null`.
  case number(Double)
  case text(String)
  case list([JSONText])
  case object([(String, JSONText)])

  /// Numbers as a list.
  static func numbers(_ values: [Double]) -> JSONText { .list(values.map { .number($0) }) }

  /// A number, or `null` when there is none.
  static func optional(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }

  /// The value on one line.
  var line: String {
    var result = ""
    append(to: &result)
    return result
  }

  private func append(to result: inout String) {
    switch self {
    case .null: result += "null"
    case .flag(let value): result += value ? "true" : "false"
    case .integer(let value): result += "\(value)"
    case .unsigned(let value): result += "\(value)"
    case .number(let value): result += value.isFinite ? NumberText.shortest(value) : "null"
    case .text(let value): Self.quote(value, into: &result)
    case .list(let items):
      result += "["
      for (index, item) in items.enumerated() {
        if index > 0 { result += "," }
        item.append(to: &result)
      }
      result += "]"
    case .object(let entries):
      result += "{"
      for (index, entry) in entries.enumerated() {
        if index > 0 { result += "," }
        Self.quote(entry.0, into: &result)
        result += ":"
        entry.1.append(to: &result)
      }
      result += "}"
    }
  }

  private static func quote(_ text: String, into result: inout String) {
    result += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        let isInvisible =
          scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
          || scalar.value == 0x2028 || scalar.value == 0x2029
        if isInvisible {
          let code = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    result += "\""
  }
}
