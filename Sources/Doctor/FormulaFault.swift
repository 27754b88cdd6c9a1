import Differentiation
import Lanes
import Models
import Training

/// The operation of a formula at which a run stopped being finite.
struct FormulaFault {
  /// What is wrong with it.
  enum Kind { case domain, overflow }
  /// What is wrong.
  let kind: Kind
  /// The steps done when it happened.
  let step: Int
  /// The operation, for people (`log`, `division`).
  let function: String
  /// Its argument: the divisor of a division, the base of a power.
  let argument: Double

  /// Looks where the loss, or its gradient, first was not finite at finite parameters; nil when the
  /// run is finite, is not of a formula, or when parameters left the numbers first.
  init?(_ run: Examination) {
    guard let formula = run.formula, case .diverged(let end, _) = run.end.status else { return nil }
    // The last place with finite parameters: the loss is not finite there, or its gradient is not.
    var step = end
    var place = run.course.run(at: step).parameters
    if !place.allSatisfy(\.isFinite), step > 0 {
      step -= 1
      place = run.course.run(at: step).parameters
    }
    guard place.allSatisfy(\.isFinite), let tape = try? formula.tape(at: place) else { return nil }
    func operands(_ row: Tape.Row) -> [Double] { row.operands.map { tape.rows[$0].value } }
    for index in tape.forwardOrder {
      let row = tape.rows[index]
      guard row.kind == .operation, !row.value.isFinite else { continue }
      let given = operands(row)
      guard given.allSatisfy(\.isFinite), let first = given.first else { continue }
      self.step = step
      function = FormulaFault.name(row.operation)
      argument = (row.operation == "/" ? given.last : nil) ?? first
      // NaN of finite arguments: outside the domain. Infinite: at its edge (log 0, 1/0), where
      // arguments are small; else the result is too large.
      kind = row.value.isNaN || abs(argument) <= 1 ? .domain : .overflow
      return
    }
    // Values are finite: a derivative is not, as that of a root at 0.
    for index in tape.forwardOrder {
      let row = tape.rows[index]
      guard row.kind == .operation, row.adjoint.isFinite,
        let operand = row.operands.first(where: { !tape.rows[$0].adjoint.isFinite })
      else { continue }
      self.step = step
      function = FormulaFault.name(row.operation)
      argument = tape.rows[operand].value
      kind = .domain
      return
    }
    return nil
  }

  private static func name(_ operation: String) -> String {
    switch operation {
    case "/": "a division"
    case "^": "a power"
    case "*": "a product"
    default: operation
    }
  }
}
