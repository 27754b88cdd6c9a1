import Presets
import Testing
import Training

@testable import Doctor

@Suite("What the doctor says of runs that have hardly begun")
struct EarlyDiagnosisTests {
  /// Built-in runs that only look unusual for a while, and what they might be taken for.
  static let healthy: [(preset: String, steps: Int, unlike: String)] = [
    ("first-batches", 20, "underfitting"), ("first-batches", 64, "underfitting"),
    ("playground-plane", 20, "underfitting"), ("first-fit", 64, "overfitting"),
    ("perceptron", 20, "batch_order"), ("notes-ad-f7", 20, "unbounded_below"),
    ("saddle-to-saddle", 100, "rate_too_small"),
  ]

  @Test("Nothing that merely looks unusual for a while is told", arguments: healthy)
  func nothing(preset: String, steps: Int, unlike: String) throws {
    let experiment = try PresetShelf(folder: "/nonexistent").load(preset).experiment
    let findings = try Doctor.diagnose(experiment, steps: steps)
    #expect(findings.isEmpty, "\(findings.map(\.cause)), no \(unlike)")
  }

  @Test(
    "A floor that is far away is a floor",
    arguments: [
      ("|x|", 1e-9, 1.0), ("sqrt(1 + x^2)", 1e-6, 1000), ("max(x, 0)", 1e-5, 3),
      ("atan(x)", 0.1, 1), ("atan(x)", 1e-9, 1), ("|x| + 3", 1e-7, 1), ("exp(x)", 0.1, 0),
      ("1/(1 + x^2)", 0.1, 3), ("-1/x", 1e-3, 3), ("tanh(x)", 1e-3, 2),
    ])
  func floors(formula: String, rate: Double, start: Double) throws {
    #expect(try Self.findings(formula, rate, start).allSatisfy { $0.cause != "unbounded_below" })
  }

  @Test(
    "What has no floor has none",
    arguments: [
      ("-x", 1e-3, 0.0), ("x^3", 1e-3, -1), ("-log(x)", 0.1, 1), ("-sqrt(x)", 0.1, 1),
      ("x + sin(x)/2", 0.1, 0),
    ])
  func bottomless(formula: String, rate: Double, start: Double) throws {
    #expect(try Self.findings(formula, rate, start).contains { $0.cause == "unbounded_below" })
  }

  static func findings(_ formula: String, _ rate: Double, _ start: Double) throws -> [Finding] {
    let text = "glissade: 1\nfunction: \"\(formula)\"\nstart: \(start)\nlearning_rate: \(rate)\n"
    let experiment = try PresetFile.parse(text, file: "p", name: "p").experiment
    return try Doctor.diagnose(experiment, steps: 400)
  }

  @Test(
    "What is there from the start is told early",
    arguments: [
      ("xor-linear", 20, "underfitting"), ("rosenbrock", 50, "ill_conditioned"),
      ("and-logistic", 20, "separable"), ("notes-ad-f3", 50, "unbounded_below"),
      ("grokking", 200, "overfitting"), ("notes-linear-collapse", 50, "underfitting"),
    ])
  func told(preset: String, steps: Int, cause: String) throws {
    let experiment = try PresetShelf(folder: "/nonexistent").load(preset).experiment
    #expect(try Doctor.diagnose(experiment, steps: steps).first?.cause == cause)
  }
}
