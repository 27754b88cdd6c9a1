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
  /// Numbers that have names: printed as a list; the names say which of them are not finite.
  case named([(String, Double)])
  case object([(String, JSONText)])

  /// Numbers as a list.
  static func numbers(_ values: [Double]) -> JSONText { .list(values.map { .number($0) }) }

  /// A number, or `null` when there is none.
  static func optional(_ value: Double?) -> JSONText { value.map { .number($0) } ?? .null }

  /// The value on one line.
  ///
  /// JSON has neither NaN nor infinities: they are `null`, and an object that holds any ends with
  /// `not_finite`, which says where each stands and which it is:
  /// `{"loss":"inf","parameters.x":"nan"}`. It is left out where all are finite.
  var line: String {
    var result = ""
    marked.append(to: &result)
    return result
  }

  /// The most numbers that `not_finite` names.
  private static let mostMarks = 64

  private var marked: JSONText {
    guard case .object(let entries) = self else { return self }
    var marks: [(String, JSONText)] = []
    var count = 0
    visit(at: "") { place, value in
      count += 1
      if count <= Self.mostMarks { marks.append((place, .text(ExactDecimal.shortest(value)))) }
    }
    if count == 0 { return self }
    if count > marks.count { marks.append(("…", .text("\(count - marks.count) more"))) }
    return .object(entries + [("not_finite", .object(marks))])
  }

  /// Calls `found` with every number that is not finite, and where it stands: `key.key[index]`, or
  /// `key.name`.
  private func visit(at place: String, _ found: (_ place: String, _ value: Double) -> Void) {
    func below(_ name: String) -> String { place.isEmpty ? name : place + "." + name }
    switch self {
    case .null, .flag, .integer, .unsigned, .text: break
    case .number(let value): if !value.isFinite { found(place, value) }
    case .named(let numbers):
      for (name, value) in numbers where !value.isFinite { found(below(name), value) }
    case .list(let items):
      for (index, item) in items.enumerated() { item.visit(at: "\(place)[\(index)]", found) }
    case .object(let entries): for (key, value) in entries { value.visit(at: below(key), found) }
    }
  }

  private func append(to result: inout String) {
    switch self {
    case .null: result += "null"
    case .flag(let value): result += value ? "true" : "false"
    case .integer(let value): result += "\(value)"
    case .unsigned(let value): result += "\(value)"
    case .number(let value): result += value.isFinite ? ExactDecimal.shortest(value) : "null"
    case .text(let value): Self.quote(value, into: &result)
    case .named(let numbers): Self.numbers(numbers.map(\.1)).append(to: &result)
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
        guard !EscapedText.isPlain(scalar) else {
          result.unicodeScalars.append(scalar)
          continue
        }
        for unit in String(scalar).utf16 {
          let code = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
        }
      }
    }
    result += "\""
  }
}
