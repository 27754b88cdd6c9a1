import Differentiation
import Testing

@testable import Explorer

@Suite("The first window of a typed function shows a valley")
struct FormulaWindowTests {
  @Test(
    "Wide enough for the nearest valley, and no wider",
    arguments: [
      ("x^2", -5.0...5.0), ("(x-30)^2", -5...38), ("(x+700)^2", -880...5),
      ("x + 10 sin(x)", -5...5),
      ("cos(x/20)", -80...5),
    ])
  func valley(text: String, expected: ClosedRange<Double>) throws {
    let window = FormulaWindow.showingValley(of: try Formula(text), from: -5...5)
    #expect(window == expected)
  }

  @Test(
    "Without a valley, or where looking for one takes long, it stays",
    arguments: ["exp(x)", "3 x", "1/x", "x^2 + y^2 + 100 x", "sum(i,1,12000,(x-30)^2)"])
  func none(text: String) throws {
    #expect(FormulaWindow.showingValley(of: try Formula(text), from: -5...5) == -5...5)
  }
}
