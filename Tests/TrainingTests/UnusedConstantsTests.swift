import Testing

@testable import Training

@Suite("Constants that a formula does not use")
struct UnusedConstantsTests {
  @Test(
    "are found by name",
    arguments: [
      ("x^2 + y^2", ["a"]), ("a x^2 + y^2", []), ("x^2 + f(y), f(t) = a t^2", []),
      ("a = 2, a x^2", []), ("sum(i, 1, 3, a x^i)", []), ("x^2 + exp(-alpha x)", ["a"]),
      ("x^(a", []),
    ])
  func names(formula: String, unused: [String]) {
    var problem = FunctionProblem(formula: formula)
    problem.constants = ["a": 3, "alpha": 1]
    #expect(problem.unusedConstants.filter { $0 == "a" } == unused)
    problem.constants = [:]
    #expect(problem.unusedConstants.isEmpty)
  }
}
