import Presets
import Testing
import Training

@testable import Doctor

/// Runs that do not come to rest: what is certain of them, and what is known only for as long as
/// they were followed.
@Suite("Cycles, chaos, and what only looks like them")
struct SettlingTests {
  /// x⁴/4 − x²/2 + a x, whose chaos ends in a cycle after hundreds of steps.
  private static func tilted(_ a: Double, _ x: Double, _ rate: Double, steps: Int) -> Sample {
    .healthy(
      Sample.function("x^4/4 - x^2/2 + \(a) x", "x: \(x)", rate: "\(rate)", steps: steps))
  }

  private static let transients: [(Double, Double, Double, Int)] = [
    (0.21847795191450117, -0.28, 1.2133374288362362, 7),
    (0.03295875758708127, -0.04, 1.3099700103758583, 7),
    (0.36225701040125574, -0.6, 1.1151220685980265, 6),
  ]

  @Test("A long transient is no theorem, and is told with the cycle that it ends in")
  func transients() throws {
    for (a, x, rate, period) in Self.transients {
      let early = try #require(Self.tilted(a, x, rate, steps: 300).findings().first)
      #expect(early.cause == "chaos" && !early.isExact, "\(early)")
      #expect(early.words.contains("for 300 steps"), "\(early.words)")
      #expect(early.words.contains("cycle of \(period) points"), "\(early.words)")
      let late = try #require(Self.tilted(a, x, rate, steps: 3000).findings().first)
      #expect(late.cause == "two_cycle" && late.isExact && late.since > 300, "\(late)")
      #expect(late.evidence.first?.value == Double(period))
    }
  }

  @Test("Chaos is known for the steps that were looked at", arguments: [1.41, 1.45, 1.48])
  func chaos(rate: Double) throws {
    let finding = try #require(
      Sample.healthy(Sample.function("x^4/4 - x^2/2", "x: 0.3", rate: "\(rate)", steps: 900))
        .findings().first)
    #expect(finding.cause == "chaos" && !finding.isExact)
    #expect(finding.words.contains("In 12900 steps it met neither rest nor a cycle"))
  }

  @Test("What tumbles at first and then rests is healthy", arguments: [40, 60, 600])
  func rests(steps: Int) throws {
    // Far up the walls it is thrown about; the minima at ±1 hold it (η f″ = 1.9).
    let sample = Sample.healthy(
      Sample.function("x^4/4 - x^2/2", "x: 0.3", rate: "0.95", steps: steps))
    #expect(try sample.findings().isEmpty)
  }

  @Test("A cycle that comes back to the last bit is certain, since the step on which it began")
  func cycles() throws {
    for steps in [300, 3000] {
      let finding = try #require(
        Sample.healthy(Sample.function("x^4/4 - x^2/2", "x: 0.7", rate: "1.1", steps: steps))
          .findings().first)
      #expect(finding.cause == "two_cycle" && finding.isExact)
      #expect((1...60).contains(finding.since), "\(finding.since)")
    }
  }

  @Test("A memory is part of what has to come back")
  func memory() throws {
    let finding = try #require(
      Sample.healthy(
        Sample.function(
          "log(cosh(x)) + 0.2 y^2", "x: 1.2, y: 1", rate: "3.6",
          optimizer: "{name: momentum, momentum: 0.6}", steps: 1500)
      ).findings().first)
    #expect(finding.cause == "two_cycle" && finding.isExact)
  }
}
