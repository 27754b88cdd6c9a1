import Presets
import Testing
import Training

@testable import Doctor

/// What a dated change brings is found, and dated with it.
@Suite("Illnesses that come on the way")
struct DatedKindsTests {
  private static let badPlaces: [(String, String, String, String)] = [
    ("start_at_maximum", "cos(x)", "x: 0.4", "[0]"),
    ("flat_start", "1 - exp(-(x-1)^2)", "x: 0", "[60]"),
    ("domain_left", "x log(x)", "x: 2", "[-1]"),
    ("overflow", "exp(x) + exp(-x)", "x: 2", "[800]"),
  ]

  @Test("Parameters that are put in a bad place", arguments: badPlaces.indices, [33, 121, 202])
  func moves(index: Int, step: Int) throws {
    let (cause, formula, start, place) = Self.badPlaces[index]
    let sample = Sample.healthy(
      Sample.function(
        formula, start, rate: "0.1", steps: 700,
        "changes: [{step: \(step), parameters: \(place)}]"))
    let finding = try #require(sample.findings().first)
    #expect(finding.cause == cause && finding.since == step, "\(finding)")
    #expect(!finding.remedies.isEmpty)
  }

  @Test(
    "A rate that is cut on the way stops a run, however little of the gradient was left",
    arguments: [
      ("3 x^2 + y^2", "0.1", 5), ("100 x^2 + y^2", "0.008", 10), ("100 x^2 + y^2", "0.008", 30),
    ], ["gd", "momentum"])
  func cut(_ run: (formula: String, rate: String, step: Int), optimizer: String) throws {
    let change = "changes: [{step: \(run.step), learning_rate: 1e-9}]"
    let sample = Sample.healthy(
      Sample.function(
        run.formula, "x: 1, y: 3", rate: run.rate, optimizer: optimizer, steps: 700, change))
    let finding = try #require(sample.findings().first)
    #expect(finding.cause == "rate_too_small" && finding.since == run.step, "\(finding)")
  }

  @Test("A rate that is cut when all is done is no illness", arguments: [300, 600])
  func cutLate(step: Int) throws {
    let sample = Sample.healthy(
      Sample.function(
        "3 x^2 + y^2", "x: 1, y: 3", rate: "0.1", steps: 1400,
        "changes: [{step: \(step), learning_rate: 1e-9}]"))
    #expect(try sample.findings().isEmpty)
  }

  @Test("An output that no longer reaches the targets")
  func output() throws {
    let sample = Sample.healthy(
      """
      model: {kind: mlp, hidden: [6], activation: tanh}
      loss: mse
      data:
        rows:
      \(Sample.line(30).map { "  - \([$0[0], $0[1] + 5])" }.joined(separator: "\n"))
      optimizer: adam
      learning_rate: 0.01
      changes: [{step: 77, set: {output: sigmoid}}]
      steps: 300
      """)
    let finding = try #require(sample.findings().first)
    #expect(finding.cause == "output_range" && finding.since == 77, "\(finding)")
  }

  @Test("A step that throws a run onto a plain is too long, though nothing grows there")
  func thrown() throws {
    let sample = Sample.healthy(
      Sample.function("1 - exp(-30 (x-3)^2)", "x: 3.01", rate: "0.5", steps: 300))
    let finding = try #require(sample.findings().first)
    #expect(finding.cause == "rate_above_limit", "\(finding)")
  }

  @Test("The way out of a plain comes with a rate that does not lead back")
  func plain() throws {
    let sample = Sample.healthy(
      Sample.function("1 - exp(-30 (x-3)^2)", "x: -2", rate: "0.5", steps: 300))
    let finding = try #require(sample.findings().first)
    #expect(finding.cause == "flat_start")
    let remedy = try #require(finding.remedies.first?.settings)
    #expect(remedy.contains { $0.key == "learning_rate" }, "\(remedy)")
    let mended = try SettingEditor(try sample.preset()).begin(remedy).preset.experiment
    let judged = try Doctor.judge(mended, steps: 300)
    #expect(judged.findings.isEmpty && judged.loss < 1e-6, "\(judged)")
  }

  @Test("Adam's first steps after another rule are no leap", arguments: [80, 230])
  func switched(step: Int) throws {
    let sample = Sample.healthy(
      Sample.function(
        "2 x^2 + y^2", "x: 1, y: 2", rate: "0.1", steps: 900,
        "changes: [{step: \(step), optimizer: adam}]"))
    #expect(try sample.findings().isEmpty)
  }

  @Test(
    "Layers and features that come or go on the way are judged as what they are since",
    arguments: [
      "hidden: [1]", "hidden: [9]", "hidden: [3, 3]", "hidden: [1, 7]", "features: [x1]",
      "features: [x1, x1*x2]",
    ], ["relu", "tanh"])
  func layouts(change: String, activation: String) throws {
    for (rate, penalty) in [("0.1", "l2: 3"), ("50", "l1: 0.1"), ("1e-6", "l2: 0")] {
      let sample = Sample.healthy(
        """
        model: {kind: mlp, hidden: [4, 2], activation: \(activation)}
        data: {name: circle, samples: 30}
        optimizer: gd
        learning_rate: \(rate)
        \(penalty)
        changes: [{step: 80, set: {\(change)}}]
        steps: 140
        """)
      for finding in try sample.findings() {
        #expect((80...140).contains(finding.since), "\(finding)")
      }
    }
  }
}
