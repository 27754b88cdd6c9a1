import Differentiation
import Testing

/// The programs of the notes, in the language of formulas.
enum NotesProgram: String, CaseIterable {
  case sine = "sin(2πx + x²)"
  case cubic = "x³ + 1"
  case partials = "3x1³ + x2(x1 − 5) + 1"
  case array = "2x[0] + 3x[1] + 5x[2] + 7x[3] + 11x[4]²"
  case elementary = "√(1 + x²) + exp(x) + sin(2πx)"
  case branch = "x ≥ 0 ? x² : −3x + 1"
  case forLoop = "sum(i, 0, 9, x^i)"
  case whileLoop = "loop(i = 0, s = 0; i < 10; s = s + x^i, i = i + 1; s)"
  case recursion = "fact(n) = n ≤ 1 ? 1 : n fact(n − 1); fact(x)"

  func formula() throws -> Formula { try Formula(rawValue) }
}

@Suite("Programs of the notes")
struct NotesProgramsTests {
  let reference: Reference.Entry
  init() throws { reference = try Reference.load() }

  @Test("sin(2πx + x²) on 1,000 points: derivative as autograd and by hand, and higher derivatives")
  func sine() throws {
    let formula = try NotesProgram.sine.formula()
    let entry = reference["ad_sin"]
    let points = entry["x"].numbers
    #expect(points.count == 1000)
    for (index, x) in points.enumerated() {
      let (_, gradient) = formula.valueAndGradient(at: [x])
      #expect(isNear(gradient[0], entry["autograd"].numbers[index]))
      #expect(isNear(gradient[0], entry["analytic"].numbers[index]))
    }
    let higher = entry["higher_derivatives"]
    for (index, x) in higher["x"].numbers.enumerated() {
      let orders = formula.derivatives(upTo: 3, at: [x])
      #expect(isNear(orders[0], higher["f"].numbers[index]))
      #expect(isNear(orders[1], higher["d1"].numbers[index]))
      #expect(isNear(orders[2], higher["d2"].numbers[index], 1e-11))
      #expect(isNear(orders[3], higher["d3"].numbers[index], 1e-11))
      #expect(isNear(formula.hessian(at: [x])[0], higher["d2"].numbers[index], 1e-11))
    }
  }

  @Test(
    "One variable: value, derivative and curvature",
    arguments: [
      (NotesProgram.cubic, "f1"), (.elementary, "f4"), (.branch, "f5"), (.forLoop, "f6"),
      (.whileLoop, "f6"), (.recursion, "f7"),
    ])
  func single(_ program: NotesProgram, _ key: String) throws {
    let formula = try program.formula()
    let entry = reference[key]
    let derivative = key == "f6" ? entry["grad_for"].number : entry["grad"].number
    let rows = entry["extra"].rows + [[entry["at"].number, entry["value"].number, derivative]]
    #expect(rows.count >= 5)
    for row in rows {
      let (value, gradient) = formula.valueAndGradient(at: [row[0]])
      #expect(isNear(value, row[1]), "\(program.rawValue) at \(row[0])")
      #expect(isNear(gradient[0], row[2]), "derivative of \(program.rawValue) at \(row[0])")
      #expect(formula.value(at: [row[0]]) == value)
      #expect(isNear(formula.forwardGradient(at: [row[0]])[0], row[2]))
      if row.count > 3 { #expect(isNear(formula.hessian(at: [row[0]])[0], row[3], 1e-11)) }
    }
  }

  @Test("Two variables, in the order x1, x2")
  func partials() throws {
    let formula = try NotesProgram.partials.formula()
    let entry = reference["f2"]
    #expect(formula.variables == ["x1", "x2"])
    let first =
      entry["at"].numbers + [entry["value"].number, entry["d_x1"].number, entry["d_x2"].number]
    for row in entry["extra"].rows + [first] {
      let (value, gradient) = formula.valueAndGradient(at: Array(row[0..<2]))
      #expect(isNear(value, row[2]))
      #expect(isNear(gradient[0], row[3]))
      #expect(isNear(gradient[1], row[4]))
    }
  }

  @Test("An array argument; entries beyond those used have derivative zero")
  func array() throws {
    let entry = reference["f3"]
    let formula = try NotesProgram.array.formula()
    let (value, gradient) = formula.valueAndGradient(at: entry["at"].numbers)
    #expect(isNear(value, entry["value"].number))
    #expect(gradient == entry["grad"].numbers)
    let longer = try Formula("x in R^7; " + NotesProgram.array.rawValue)
    #expect(longer.gradient(at: entry["len7"]["at"].numbers) == entry["len7"]["grad"].numbers)
  }

  @Test("Recursion and while are traced; for and if are one graph")
  func traced() throws {
    #expect(try NotesProgram.recursion.formula().isTraced)
    for program in NotesProgram.allCases where program != .recursion {
      #expect(try !program.formula().isTraced, "\(program.rawValue)")
    }
    let endless = try NotesProgram.recursion.formula()
    #expect(endless.value(at: [.infinity]).isNaN)
    #expect(throws: FormulaError.self) { try endless.graph(at: [.infinity]) }
    // The notes' own program tests n == 0 or n == 1, and never ends for other numbers.
    let notes = try Formula("f7(n) = n == 1 or n == 0 ? 1 : n f7(n − 1); f7(x)")
    #expect(notes.valueAndGradient(at: [5]).gradient == [154])
    #expect(notes.value(at: [2.5]).isNaN)
    #expect(notes.valueAndGradient(at: [-1]).gradient[0].isNaN)
    #expect(notes.valueAndGradient(at: [1]).gradient == [0])
  }
}
