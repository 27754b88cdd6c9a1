import ArgumentParser
import Differentiation
import Presets

/// `glissade grad`: a formula's value and derivatives at a point.
struct GradCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grad",
    abstract: "Differentiate a formula at a point.",
    discussion: """
      Prints the value and the gradient, by reverse-mode automatic differentiation, in the order \
      of the variables.

        glissade grad 'x sin(x² + 1)' --at x=1 --order 3
        glissade grad '3x1^3 + x2(x1 - 5) + 1' --at x1=1,x2=3 --hessian
        glissade grad 'sin(2πx + x²)' --at x=0.3 --graph
        glissade grad 'fact(n) = n <= 1 ? 1 : n fact(n-1); fact(n)' --at n=4

      Where a number is not finite, it says which operation made it so, and marks its place; also \
      where a value is 0 \
      only because it is too small for a double.

      --json prints one object: formula, variables, at, value, gradient; hessian (row by row), \
      derivatives (orders 0…N), \
      check and tape when asked for; because (words, operation, and its characters from and to, \
      counted from 1) where a \
      number is not finite, lost_digits (the same) where a value is 0 for want of smaller doubles.
      """)

  /// How the tape is printed.
  enum GraphFormat: String, CaseIterable, ExpressibleByArgument { case text, dot }

  @Argument(help: "The formula.")
  var formula: String

  @Option(
    name: .customLong("at"), parsing: .singleValue,
    help: ArgumentHelp(
      "Where: one number a variable; variables that are left out are 0. May be given several "
        + "times.",
      valueName: "x=1,y=2"))
  var places: [String] = []

  @Option(
    parsing: .unconditional,
    help: "Derivatives up to this order, of a formula of one variable (1 to 30).",
    transform: WholeNumber.read)
  var order: Int?

  @Flag(help: "The second derivatives.")
  var hessian = false

  @Flag(help: "Compare with forward and central finite differences over a range of steps.")
  var check = false

  @Option(help: ArgumentHelp("The same derivative by hand, for --check.", valueName: "formula"))
  var analytic: String?

  @Flag(help: "Print the tape: every operation with its value, tangent and adjoint.")
  var graph = false

  @Option(help: "How --graph prints: text or dot (Graphviz).")
  var graphFormat: GraphFormat = .text

  @Flag(help: "Print one JSON object.")
  var json = false

  /// Whether an argument is a formula that begins with a minus, not an option (all but `-h` have
  /// two).
  static func isNegated(_ argument: String) -> Bool {
    argument.count > 1 && argument.hasPrefix("-") && !argument.hasPrefix("--") && argument != "-h"
  }

  func validate() throws {
    if let order, !(1...30).contains(order) {
      throw ValidationError("--order must be a whole number from 1 to 30")
    }
    if analytic != nil, !check { throw ValidationError("--analytic belongs to --check") }
  }

  func run() throws {
    let function = try Self.read(formula, "formula")
    let point = try Self.point(places, of: function)
    var report = GradReport(function, at: point)
    if let order {
      guard function.variables.count == 1 else {
        throw Self.usage("--order is for formulas of one variable, not \(function.variables.count)")
      }
      report.derivatives = function.derivatives(upTo: order, at: point)
    }
    if hessian { report.hessian = function.hessian(at: point) }
    if check {
      let byHand = try analytic.map { try Self.read($0, "--analytic") }
      if let byHand,
        let stranger = byHand.variables.first(where: { !function.variables.contains($0) })
      {
        throw Self.usage("--analytic has a variable \(stranger) that the formula has not")
      }
      report.checks = function.variables.indices.map {
        GradientCheck(function, at: point, variable: $0, analytic: $0 == 0 ? byHand : nil)
      }
    }
    if graph {
      do {
        report.tape = try function.tape(at: point)
      } catch {
        throw Self.bad(error, in: formula, "formula")
      }
    }
    let lines: [String]
    if json {
      lines = [report.json.line]
    } else if let tape = report.tape, graphFormat == .dot {
      lines = tape.dot().lines
    } else {
      lines = report.lines
    }
    do {
      try OutputFile.standardOutput.write(lines: lines)
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private static func read(_ text: String, _ what: String) throws -> Formula {
    do {
      return try Formula(text)
    } catch {
      throw bad(error, in: text, what)
    }
  }

  /// Reports a mistake in a formula under its text, and gives the status to end with.
  private static func bad(_ error: FormulaError, in text: String, _ what: String) -> ExitCode {
    let marked = error.marked(in: text).split(separator: "\n", omittingEmptySubsequences: false)
    StandardError.write(lines: ["\(what), \(error.description)"] + marked.map { "  \($0)" })
    return ExitStatus.badData
  }

  private static func usage(_ message: String) -> ExitCode {
    StandardError.write(lines: ["glissade: \(message)"])
    return ExitStatus.usage
  }

  /// The point that `--at` names.
  private static func point(_ places: [String], of formula: Formula) throws -> [Double] {
    var point = [Double](repeating: 0, count: formula.variables.count)
    var given = Set<Int>()
    for part in places.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
      let pair = part.split(separator: "=", maxSplits: 1).map {
        $0.trimmingWhitespace
      }
      guard pair.count == 2 else {
        throw usage("--at takes name=number, such as x=1,y=2; not \"\(part)\"")
      }
      guard let index = formula.variables.firstIndex(of: pair[0]) else {
        let names = formula.variables.joined(separator: ", ")
        throw usage(
          "the formula has no variable \"\(pair[0])\"; "
            + (names.isEmpty ? "it has none" : "its variables are \(names)"))
      }
      // As numbers are written in formulas: a hexadecimal one is none.
      let value: Double
      do throws(FormulaError) {
        value = try Formula(pair[1], variables: []).value(at: [])
      } catch {
        throw usage("\(EscapedText.quoted(pair[1])) is not a number: \(error.explanation)")
      }
      guard given.insert(index).inserted else {
        throw usage("--at gives \(pair[0]) more than once")
      }
      point[index] = value
    }
    return point
  }
}

extension Substring {
  fileprivate var trimmingWhitespace: String {
    var rest = self
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
