import Presets
import Testing
import Training

@testable import Doctor

/// Kinds of runs that were judged wrongly once: since when, whether at all, and by which name.
@Suite("Diagnoses on unseen kinds of runs")
struct MendedKindsTests {
  @Test("A lone spike that was cut is not where clipping begins")
  func spike() throws {
    // Rows with a kick at step 60; from step 1000 on everything is cut.
    let text = """
      model: {kind: linear}
      data: {name: line, samples: 40, noise: 0.5}
      start: {initializer: zeros}
      optimizer: {name: gd, clip_norm: 1}
      learning_rate: 0.05
      changes:
      - {step: 60, parameters: [40, 40]}
      - {step: 61, parameters: [1, 2]}
      - {step: 1000, set: {clip_norm: 0.0000001}}
      steps: 3000
      """
    let finding = try #require(Sample.healthy(text).findings().first)
    #expect(finding.cause == "clipping_always" && finding.since == 1000, "\(finding)")
  }

  @Test("A loss that is changed late and grows is measured by itself")
  func changedLate() throws {
    let text = """
      model: {kind: linear}
      data: {name: line, samples: 40, noise: 0.5}
      loss: huber
      start: {initializer: zeros}
      optimizer: gd
      learning_rate: 0.1
      changes: [{step: 800, set: {l2: 25}}]
      steps: 1000
      """
    let finding = try #require(Sample.healthy(text).findings().first)
    #expect(finding.cause == "rate_above_limit" && finding.since == 800, "\(finding)")
  }

  @Test("Growth however slow is growth", arguments: [1.0001, 1.01])
  func slowGrowth(excess: Double) throws {
    // Inputs around 100: the loss is flat but for the intercept's direction, and has risen by the
    // end.
    let rows = (0..<50).map { index -> [Double] in
      let x = 100 + 4 * Double(index) / 49 - 2
      return [x, 3 * (x - 100)]
    }
    let sample = Sample.healthy(
      Sample.linear(rows, rate: "\(excess / 1e4)", steps: 3000))
    let finding = try #require(sample.findings().first)
    #expect(finding.cause == "rate_above_limit" && finding.isExact && finding.since == 0)
  }

  @Test("Directions that the data hardly tell are no gorge for a classifier that is right")
  func rightClassifiers() throws {
    let text = """
      model: {kind: softmax}
      data: {name: iris}
      optimizer: gd
      learning_rate: 0.1
      l2: 0.001
      steps: 1500
      """
    #expect(try Sample.healthy(text).findings().isEmpty)
  }

  @Test("A penalty that leaves no confidence is too strong, though all are right")
  func confidence() throws {
    let rows = (0..<60).map { index -> [Double] in
      let (u, v) = (Double(index * 37 % 41) / 20 - 1, Double(index * 23 % 43) / 21 - 1)
      return [u + (index % 2 == 0 ? 2 : -2), v, index % 2 == 0 ? 1 : 0]
    }
    let text = Sample.linear(rows, kind: "logistic", rate: "0.02", steps: 800, "l2: 40")
      .replacing("start: {initializer: zeros}", with: "start: [0.5, 1, 1]")
    #expect(try Sample.healthy(text).findings().first?.cause == "weight_decay_too_strong")
  }

  @Test(
    "Batches that come later make a run tremble from then on, whatever the draw",
    arguments: [1, 2, 3, 4])
  func batches(seed: Int) throws {
    let sample = Sample.healthy(
      Sample.linear(
        Sample.line(60, scatter: 1), rate: "0.3", steps: 3000,
        "seed: \(seed)\nchanges: [{step: 400, batch: {size: 2, order: shuffled}}]"))
    let finding = try #require(sample.findings().first)
    #expect(finding.cause == "noise_ball" && (400...420).contains(finding.since), "\(finding)")
  }

  @Test("A memory that is emptied is told from noise, whatever the last step's luck")
  func resets() throws {
    let sample = Sample.healthy(
      Sample.linear(
        Sample.line(scatter: 0), rate: "0.05",
        optimizer: "{name: rmsprop, rho: 0.99, reset_each_epoch: true}", steps: 2000,
        "batch: {size: 8, order: shuffled}"))
    #expect(try sample.findings().first?.cause == "memory_reset")
  }

  @Test("A run that swings on its way down is not at rest")
  func swings() throws {
    let rows = (0..<40).map { index -> String in
      let x = 4 * Double(index) / 39 - 2
      return "  - [\(x), \(x * x * x / 4 - x / 2)]"
    }
    for steps in [200, 400, 600, 1000] {
      let sample = Sample.healthy(
        """
        model: {kind: mlp, hidden: [10, 10, 10], activation: sigmoid}
        loss: mse
        data:
          rows:
        \(rows.joined(separator: "\n"))
        optimizer: {name: momentum, momentum: 0.9}
        learning_rate: 0.2
        seed: 4
        steps: \(steps)
        """)
      #expect(try !sample.findings().contains { $0.cause == "underfitting" })
    }
  }

  @Test("A course with very many dated changes is walked once")
  func changes() throws {
    let changes = (1...4000).map { "- {step: \($0 * 2), learning_rate: 0.\($0 % 2 + 1)}" }
    let sample = Sample.healthy(
      Sample.function(
        "x^2 + y^2", "x: 1, y: 2", rate: "0.1", steps: 8200,
        "changes:\n" + changes.joined(separator: "\n")))
    #expect(try sample.findings().isEmpty)
  }
}
