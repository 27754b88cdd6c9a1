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
