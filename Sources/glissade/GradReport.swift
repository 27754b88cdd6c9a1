import Differentiation
import Presets

/// What `glissade grad` found, as text and as JSON.
struct GradReport {
  /// The formula.
  let formula: Formula
  /// Where.
  let point: [Double]
  /// The value there.
  let value: Double
  /// One derivative a variable.
  let gradient: [Double]
  /// Orders 0…N of a formula of one variable.
  var derivatives: [Double]?
  /// Second derivatives, row by row.
  var hessian: [Double]?
  /// One check a variable.
  var checks: [GradientCheck] = []
  /// Every operation.
  var tape: Tape?

  /// The value and the gradient at a point.
  init(_ formula: Formula, at point: [Double]) {
    self.formula = formula
    self.point = point
    (value, gradient) = formula.valueAndGradient(at: point)
  }

  /// For people.
  var text: String {
    var lines = ["f = \(number(value))"]
    if value.isNaN, point.allSatisfy({ $0.isFinite }) {
      lines[0] +=
        "  (outside the domain: the formula has no value here, and derivatives mean nothing)"
    }
    for (name, derivative) in zip(formula.variables, gradient) {
      lines.append("∂f/∂\(EscapedText.visible(name)) = \(number(derivative))")
    }
    if let derivatives {
      for (order, value) in derivatives.enumerated().dropFirst(2) {
        lines.append("order \(order): \(number(value))")
      }
    }
    if let hessian {
      lines.append("Hessian")
      let count = formula.variables.count
      for row in 0..<count {
        let entries = hessian[row * count..<(row + 1) * count].map { number($0) }
        lines.append("  " + entries.joined(separator: "  "))
      }
    }
    for check in checks { lines += table(check) }
    if let tape { lines.append(tape.table()) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ check: GradientCheck) -> [String] {
    var lines = [
      "check of ∂f/∂\(EscapedText.visible(check.variable))",
      "  reverse \(number(check.reverse))  forward mode \(number(check.forward))"
        + (check.analytic.map { "  by hand \(number($0))" } ?? ""),
      "  h        forward error            central error",
    ]
    for row in check.rows {
      let h = number(row.h)
      let forward = number(row.forwardError)
      lines.append("  \(padded(h, 8)) \(padded(forward, 24)) \(number(row.centralError))")
    }
    return lines
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func number(_ value: Double) -> String { NumberText.shortest(value) }

  /// For programs.
  var json: JSONText {
    var entries: [(String, JSONText)] = [
      ("formula", .text(formula.text)),
      ("variables", .list(formula.variables.map { .text($0) })),
      ("at", .numbers(point)), ("value", .number(value)),
      ("gradient", .named(Array(zip(formula.variables, gradient)))),
    ]
    if let derivatives { entries.append(("derivatives", .numbers(derivatives))) }
    if let hessian {
      let count = formula.variables.count
      let rows = (0..<count).map { JSONText.numbers(Array(hessian[$0 * count..<($0 + 1) * count])) }
      entries.append(("hessian", .list(rows)))
    }
    if !checks.isEmpty { entries.append(("check", .list(checks.map(json)))) }
    if let tape {
      entries.append(
        (
          "tape",
          .list(
            tape.rows.map { row in
              .object([
                ("name", .text(row.name)), ("text", .text(row.text)),
                ("operation", .text(row.operation)),
                ("operands", .list(row.operands.map { .integer($0) })),
                ("value", row.kind == .remark ? .null : .number(row.value)),
                ("tangent", row.kind == .remark ? .null : .number(row.tangent)),
                ("adjoint", row.kind == .remark ? .null : .number(row.adjoint)),
              ])
            })
        ))
    }
    return .object(entries)
  }

  private func json(_ check: GradientCheck) -> JSONText {
    .object([
      ("variable", .text(check.variable)), ("reverse", .number(check.reverse)),
      ("forward", .number(check.forward)), ("analytic", .optional(check.analytic)),
      (
        "rows",
        .list(
          check.rows.map {
            .object([
              ("h", .number($0.h)), ("forward", .number($0.forward)),
              ("forward_error", .number($0.forwardError)), ("central", .number($0.central)),
              ("central_error", .number($0.centralError)),
            ])
          })
      ),
    ])
  }
}
