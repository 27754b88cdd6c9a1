/// Writes expressions so that reading them again gives the same expression.
struct Printer {
  /// How strongly an expression's outermost operator binds; see `Parser`.
  private static func strength(_ expression: Expression) -> Int {
    switch expression.kind {
    case .conditional: 0
    case .or: 1
    case .and: 2
    case .not, .comparison: 3
    case .sum: 4
    case .product: 5
    case .negate: 6
    case .power: 7
    default: 8
    }
  }

  /// The expression in ASCII (names keep their letters).
  static func text(of expression: Expression) -> String {
    let parts = expression.children
    switch expression.kind {
    case .number(let value): return Formula.numeral(value)
    case .name(let name): return name
    case .sum(let subtracted):
      var text = wrapped(parts[0], 5)
      for (part, minus) in zip(parts, subtracted).dropFirst() {
        text += (minus ? " - " : " + ") + wrapped(part, 5)
      }
      return text
    case .product(let divided):
      var text = wrapped(parts[0], 6)
      for (part, over) in zip(parts, divided).dropFirst() {
        text += (over ? "/" : "*") + wrapped(part, 7)
      }
      return text
    case .negate: return "-" + wrapped(parts[0], 6)
    case .power:
      return wrapped(parts[0], 8) + "^" + wrapped(parts[1], 6)
    case .comparison(let operations):
      var text = wrapped(parts[0], 4)
      for (part, operation) in zip(parts.dropFirst(), operations) {
        text += " \(Function.symbol(of: operation)) " + wrapped(part, 4)
      }
      return text
    case .and: return parts.map { wrapped($0, 3) }.joined(separator: " and ")
    case .or: return parts.map { wrapped($0, 2) }.joined(separator: " or ")
    case .not: return "not " + wrapped(parts[0], 3)
    case .conditional:
      return wrapped(parts[0], 1) + " ? " + wrapped(parts[1], 1) + " : " + text(of: parts[2])
    case .call(let name): return name + list(parts)
    case .repeated(let isProduct, let index):
      return (isProduct ? "prod(" : "sum(")
        + ([index] + parts.map(text)).joined(separator: ", ") + ")"
    case .loop(let variables, let updates):
      let start = zip(variables, parts).map { "\($0) = \(text(of: $1))" }
      let condition = text(of: parts[variables.count])
      let changes = zip(updates, parts.dropFirst(variables.count + 1))
        .map { "\($0) = \(text(of: $1))" }
      return "loop(" + start.joined(separator: ", ") + "; " + condition + "; "
        + changes.joined(separator: ", ") + "; " + text(of: parts[parts.count - 1]) + ")"
    case .component: return wrapped(parts[0], 8) + "[" + text(of: parts[1]) + "]"
    case .vector: return "[" + parts.map(text).joined(separator: ", ") + "]"
    }
  }

  /// The whole formula: definitions and body, divided by semicolons.
  static func text(of script: Script) -> String {
    var parts = script.definitions.map { definition in
      let body = definition.body.map(text) ?? ""
      switch definition.kind {
      case .value: return "\(definition.name) = \(body)"
      case .function(let parameters):
        return "\(definition.name)(\(parameters.joined(separator: ", "))) = \(body)"
      case .vector(let length): return "\(definition.name) in R^\(length)"
      }
    }
    parts.append(text(of: script.body))
    return parts.joined(separator: "; ")
  }

  private static func list(_ parts: [Expression]) -> String {
    "(" + parts.map(text).joined(separator: ", ") + ")"
  }

  private static func wrapped(_ expression: Expression, _ least: Int) -> String {
    // A component of a component, or of a call's result, is read back as it stands.
    let text = text(of: expression)
    return strength(expression) < least ? "(\(text))" : text
  }
}
