import Differentiation
import Testing

@Suite("Gradient check")
struct GradientCheckTests {
  @Test("The V-curve of sin(2πx + x²) at 0.5 is the reference's")
  func reference() throws {
    let entry = try Reference.load()["finite_difference"]
    let formula = try Formula("sin(2πx + x²)")
    let byHand = try Formula("cos(2πx + x²) (2π + 2x)")
    let check = GradientCheck(formula, at: [0.5], analytic: byHand)
    #expect(isNear(check.reverse, entry["exact"].number))
    #expect(isNear(check.forward, entry["exact"].number))
    #expect(isNear(check.exact, entry["exact"].number))
    #expect(check.reverseError < 1e-14)
    let rows = entry["rows"].rows
    #expect(check.rows.count == rows.count)
    for (row, expected) in zip(check.rows, rows) {
      #expect(row.h == expected[0])
      let errors = [
        (row.forwardError, (expected[1] - entry["exact"].number).magnitude),
        (row.centralError, (expected[2] - entry["exact"].number).magnitude),
      ]
      for (found, reference) in errors {
        if row.h >= 1e-6 {
          #expect((found - reference).magnitude <= 1e-4 * reference + 4 * check.rounding / row.h)
        } else {
          // Rounding noise: only its size means something.
          #expect(found <= max(10 * reference, 4 * check.rounding / row.h))
        }
      }
    }
    let best = try #require(check.bestCentralStep)
    #expect(best <= 1e-4 && best >= 1e-7)
    #expect(check.rows[0].centralError > 1e-3 && check.rows[14].centralError > 1e-3)
  }

  @Test("A derivative by hand that is wrong is found out")
  func wrong() throws {
    let formula = try Formula("x³ y")
    let check = GradientCheck(
      formula, at: [2, 5], variable: 0, analytic: try Formula("2x² y", variables: ["x", "y"]))
    #expect(check.variable == "x")
    #expect(check.reverse == 60)
    #expect(check.reverseError == 20)
    #expect(check.rows.allSatisfy { $0.centralError > 19 && $0.centralError < 25 })
  }
}
