import Differentiation
import Testing

@Suite("Tape")
struct TapeTests {
  @Test("The tape of sin(2πx + x²) at 0.3 is the reference's, number by number")
  func reference() throws {
    let entry = try Reference.load()["tape"]
    let formula = try Formula("sin(2πx + x²)")
    let tape = try formula.tape(at: [entry["x"].number])
    #expect(tape.rows.map(\.name) == ["x", "v1", "v2", "v3", "v4"])
    #expect(tape.rows.map(\.text) == ["x", "2π*x", "x^2", "v1 + v2", "sin(v3)"])
    #expect(tape.rows.count == entry["nodes"].texts.count)
    for (index, row) in tape.rows.enumerated() {
      #expect(isNear(row.value, entry["primal"].numbers[index]))
      #expect(isNear(row.tangent, entry["tangent"].numbers[index]))
      #expect(isNear(row.adjoint, entry["adjoint"].numbers[index]))
    }
    #expect(tape.resultRow == 4)
    #expect(tape.forwardOrder == [0, 1, 2, 3, 4])
    #expect(tape.backwardOrder == [4, 3, 2, 1, 0])
    #expect(tape.rows[3].operands == [1, 2])
  }

  @Test("The branch taken is said")
  func branch() throws {
    let formula = try Formula("x >= 0 ? x^2 : -3x + 1")
    let right = try formula.tape(at: [2.7])
    #expect(right.rows.map(\.text) == ["x", "x >= 0 ? yes", "x^2"])
    let left = try formula.tape(at: [-2])
    #expect(left.rows.contains { $0.text == "x >= 0 ? no" })
    #expect(left.value == 7)
  }

  @Test("Rounds of loops are said, for and while")
  func loops() throws {
    let sum = try Formula("sum(i, 0, 3, x^i)").tape(at: [0.5])
    #expect(
      sum.rows.filter { $0.kind == .remark }.map(\.text) == ["i = 0", "i = 1", "i = 2", "i = 3"])
    #expect(sum.value == 1.875)
    let loop = try Formula("loop(i = 0, s = 0; i < 3; s = s + x^i, i = i + 1; s)").tape(at: [0.5])
    #expect(
      loop.rows.filter { $0.kind == .remark }.map(\.text)
        == ["i = 0, s = 0", "i = 1, s = 1", "i = 2, s = 1.5"])
    #expect(loop.value == 1.75)
  }

  @Test("Recursion is unrolled call by call, deeper and deeper")
  func recursion() throws {
    let tape = try Formula("fact(n) = n <= 1 ? 1 : n fact(n-1); fact(x)").tape(at: [3])
    let remarks = tape.rows.filter { $0.kind == .remark }
    #expect(
      remarks.map(\.text) == [
        "fact(n = 3)", "n <= 1 ? no", "fact(n = 2)", "n <= 1 ? no", "fact(n = 1)", "n <= 1 ? yes",
      ])
    #expect(remarks.map(\.depth) == [0, 1, 1, 2, 2, 3])
    #expect(tape.value == 6)
    #expect(tape.rows[0].adjoint == 5)
  }

  @Test("The tangent follows the direction that was asked for")
  func direction() throws {
    let tape = try Formula("x y").tape(at: [3, 5], along: [1, 10])
    #expect(tape.rows.last?.tangent == 35)
  }

  @Test("A formula without variables has a tape without rows to step through")
  func constant() throws {
    let tape = try Formula("2 + 3").tape(at: [])
    #expect(tape.value == 5)
    #expect(tape.resultRow == nil)
    #expect(tape.forwardOrder.isEmpty)
  }

  @Test("Text and DOT show every operation")
  func texts() throws {
    let tape = try Formula("x sin(x^2 + 1)").tape(at: [2])
    let lines = tape.table().split(separator: "\n")
    #expect(lines.count == tape.rows.count + 1)
    for row in tape.rows {
      #expect(lines.contains { $0.contains(row.text) || row.text == row.name })
    }
    let dot = tape.dot()
    for row in tape.rows.indices { #expect(dot.contains("n\(row) [label=")) }
    #expect(dot.contains("n0 -> n1;"))
    #expect(dot.hasPrefix("digraph formula {"))
    #expect(!dot.contains("nan"))
  }
}
