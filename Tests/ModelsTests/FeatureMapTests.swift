import Lanes
import Testing

@testable import Models

@Suite struct FeatureMapTests {
  func map(_ names: [String], inputs: Int = 2, ones: Bool = false) -> (FeatureMap, [ProblemIssue]) {
    var issues: [ProblemIssue] = []
    let map = FeatureMap(names, inputs: inputs, ones: ones, key: "f", issues: &issues)
    return (map, issues)
  }

  @Test("columns are computed as written")
  func values() {
    let names = ["1", "x1", "x2", "x1^2", "x1*x2", "x2^3*x1", "sin(x1)", "cos(x2)"]
    let (features, issues) = map(names)
    #expect(issues.isEmpty)
    let expected = [1, 2, -3, 4, -6, -54, Elementary.sin(2.0), Elementary.cos(-3.0)]
    #expect((0..<8).map { features.value($0, of: [2, -3]) } == expected)
    #expect(features.names == ["1", "x1", "x2", "x1^2", "x1*x2", "x1*x2^3", "sin(x1)", "cos(x2)"])
  }

  @Test("poly(k) is powers of every input, and names read back")
  func polynomials() {
    let (features, _) = map(["poly(3)"], inputs: 1, ones: true)
    #expect(features.names == ["1", "x1", "x1^2", "x1^3"])
    #expect(map(["poly(2)"]).0.names == ["x1", "x2", "x1^2", "x2^2"])
    let again = map(features.names, inputs: 1).0
    #expect(again == features)
    #expect(map(["1", "x"], inputs: 1, ones: true).0.names == ["1", "x1"])
  }

  @Test(
    "what is no feature is named",
    arguments: [
      "", "x0", "x3", "x01", "x1^0", "x1^65", "x1^^2", "x1**x2", "sin(x9)", "poly(0)", "poly(x)",
      "tan(x1)", "x1*", "x1^64*x1", "poly(99999999999999999999)",
    ])
  func errors(text: String) {
    let (_, issues) = map(["x1", text])
    #expect(issues.map(\.key) == ["f[2]"])
    #expect(issues.first?.value == text)
  }
}
