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
  var derivatives: [Double]? {
    didSet { derivatives = derivatives.map { Self.shown($0, value) } }
  }
  /// Second derivatives, row by row.
  var hessian: [Double]? { didSet { hessian = hessian.map { Self.shown($0, value) } } }
  /// Why a number above is not finite.
  var doubts: [FormulaDoubt] {
    let all = [value] + gradient + (derivatives ?? []) + (hessian ?? [])
    if all.allSatisfy(\.isFinite) { return [] }
    return formula.doubts(
      at: point, upTo: max((derivatives?.count ?? 0) - 1, hessian == nil ? 1 : 2))
  }
  /// Why a value is 0 although it should not be.
  var losses: [FormulaDoubt] { value == 0 ? formula.losses(at: point) : [] }
  /// One check a variable.
  var checks: [GradientCheck] = []
  /// Every operation.
  var tape: Tape?

  /// The value and the gradient at a point.
  init(_ formula: Formula, at point: [Double]) {
    self.formula = formula
    self.point = point
    let (value, gradient) = formula.valueAndGradient(at: point)
    self.value = value
    self.gradient = Self.shown(gradient, value)
  }

  /// Derivatives as they are told: none where there is no value, whatever their formula gives.
  private static func shown(_ derivatives: [Double], _ value: Double) -> [Double] {
    value.isNaN ? derivatives.map { _ in .nan } : derivatives
  }

  /// For people.
  var lines: [String] {
    var lines = ["f = \(number(value))"]
    for (name, derivative) in zip(formula.variables, gradient) {
      lines.append("∂f/∂\(name) = \(number(derivative))")
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
    let told = doubts.map { ("because", $0) } + losses.map { ("no digit is right:", $0) }
    for (word, doubt) in told {
      lines.append("\(word) \(EscapedText.visible(doubt.words))")
      let marked = FormulaError(doubt.words, at: doubt.range).marked(in: formula.text)
      lines += marked.split(separator: "\n", omittingEmptySubsequences: false).map {
        "  " + EscapedText.visible(String($0))
      }
    }
    for check in checks { lines += table(check) }
    if let tape { lines += tape.table().lines }
    return lines
  }

  private func table(_ check: GradientCheck) -> [String] {
    var lines = [
      "check of ∂f/∂\(check.variable)",
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

  /// In full; a zero without its sign.
  private func number(_ value: Double) -> String { ExactDecimal.shortest(value + 0) }

  /// For programs.
  var json: JSONText {
    var entries: [(String, JSONText)] = [
      ("formula", .text(formula.text)),
      ("variables", .list(formula.variables.map { .text($0) })),
      ("at", .numbers(point)), ("value", .number(value + 0)),
      ("gradient", .named(Array(zip(formula.variables, gradient.map { $0 + 0 })))),
    ]
    if let derivatives { entries.append(("derivatives", .numbers(derivatives))) }
    if let hessian {
      let count = formula.variables.count
      let rows = (0..<count).map { JSONText.numbers(Array(hessian[$0 * count..<($0 + 1) * count])) }
      entries.append(("hessian", .list(rows)))
    }
    let doubts = doubts
    if !doubts.isEmpty {
      entries.append(("because", .list(doubts.map(json))))
    }
    if !losses.isEmpty {
      entries.append(("lost_digits", .list(losses.map(json))))
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

  private func json(_ doubt: FormulaDoubt) -> JSONText {
    .object([
      ("words", .text(doubt.words)), ("operation", .text(doubt.operation)),
      ("from", .integer(doubt.range.lowerBound + 1)), ("to", .integer(doubt.range.upperBound)),
    ])
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
