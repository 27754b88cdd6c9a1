import Presets
import Testing
import Training

@testable import Doctor

/// Kinds of runs that were once taken for others.
@Suite("Diagnoses that are easily confused")
struct ExaminedTests {
  @Test(
    "The edge of stability is no chaos",
    arguments: [
      ("{name: momentum, momentum: 0.5}", "0.15", 3000),
      ("{name: nesterov, momentum: 0.8}", "0.06", 6000),
    ])
  func edges(optimizer: String, rate: String, steps: Int) throws {
    let experiment = try PresetShelf(folder: "/nonexistent").load(
      "edge-of-stability",
      settings: [
        Setting(key: "optimizer", value: optimizer), Setting(key: "learning_rate", value: rate),
      ]
    ).experiment
    #expect(try Doctor.diagnose(experiment, steps: steps).isEmpty)
  }

  @Test(
    "A decaying rate settles in a corner",
    arguments: [
      ("abs(x) + y^2", 0.3, "{name: inverse_time, t0: 20, t1: 20}", 1000),
      ("abs(x) + y^2", 0.3, "{name: inverse_time, t0: 100, t1: 100}", 1000),
      ("abs(x) + y^2", 0.3, "{name: exponential, gamma: 0.98}", 2000),
      ("abs(x) + y^2", 0.3, "{name: exponential, gamma: 0.995}", 2000),
      ("(x-3)^2/2 + abs(y) + 0.05 y^2", 0.2, "{name: exponential, gamma: 0.98}", 600),
    ])
  func corners(formula: String, rate: Double, schedule: String, steps: Int) throws {
    let sample = Sample.healthy(
      Sample.function(
        formula, "x: 2, y: 1", rate: "\(rate)", steps: steps, "schedule: \(schedule)"))
    #expect(try sample.findings().isEmpty)
  }

  @Test("Clipping begins with the change that brings it", arguments: [3, 10, 120])
  func clipping(step: Int) throws {
    let finding = try Self.changed("{clip_norm: 0.001}", at: step, steps: 2000).findings().first
    #expect(
      finding?.cause == "clipping_always" && finding?.since == step, "\(finding?.since ?? -1)")
  }

  @Test("A penalty that puts the rate over the limit does so at its step", arguments: ["", "8"])
  func penalties(batch: String) throws {
    let sample = Self.changed(
      "{l2: 50}", at: 300, steps: 1000, batch.isEmpty ? "" : "batch: {size: \(batch)}")
    let finding = try sample.findings().first
    #expect(
      finding?.cause == "rate_above_limit" && finding?.since == 300, "\(finding?.since ?? -1)")
  }

  private static func changed(
    _ settings: String, at step: Int, steps: Int, _ more: String = ""
  ) -> Sample {
    .healthy(
      """
      model: {kind: linear}
      data: {name: line, samples: 40, noise: 0.5}
      start: {initializer: zeros}
      optimizer: gd
      learning_rate: 0.05
      changes: [{step: \(step), set: \(settings)}]
      steps: \(steps)
      \(more)
      """)
  }

  @Test("A plain is one in any number of dimensions", arguments: ["1 - ", "-"])
  func plains(sign: String) throws {
    let sample = Sample.healthy(
      Sample.function(
        "\(sign)exp(-((x-60)^2 + (y-60)^2))", "x: 0, y: 0", rate: "0.5", steps: 100))
    #expect(try sample.findings().first?.cause == "flat_start")
  }

  @Test("Too strong a penalty is named, however many times too strong", arguments: [0.3, 1, 3])
  func penalties(l2: Double) throws {
    let sample = Sample.healthy(
      Sample.ring(
        rate: "0.02", optimizer: "adam", steps: 1000, "l2: \(l2)",
        data: "{name: circle, samples: 80, noise: 0.1}"))
    #expect(try sample.findings().first?.cause == "weight_decay_too_strong")
  }

  @Test("A burst after the work was done is no illness")
  func bursts() throws {
    let sample = Sample.healthy(
      """
      function: {landscape: rosenbrock}
      start: {x: -1.5, y: 2}
      optimizer: adam
      learning_rate: 0.05
      steps: 4000
      """)
    #expect(try sample.findings().isEmpty)
  }

  @Test("Adam emptied at each epoch is told as that")
  func resets() throws {
    let rows = (0..<40).map { index -> String in
      let x = Double(index) / 39 * 4 - 2
      return "  - [\(x), \(x * x * x / 4 - x / 2)]"
    }
    let sample = Sample.healthy(
      """
      model: {kind: mlp, hidden: [8], activation: tanh}
      loss: mse
      data:
        rows:
      \(rows.joined(separator: "\n"))
      optimizer: {name: adam, reset_each_epoch: true}
      learning_rate: 0.05
      batch: {size: 8, order: shuffled}
      seed: 2
      steps: 2000
      """)
    #expect(try sample.findings().first?.cause == "memory_reset")
  }
}
