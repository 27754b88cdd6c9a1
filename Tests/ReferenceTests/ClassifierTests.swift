import Presets
import Testing
import Training

@Suite("scikit-learn's MLPClassifier on the notes' twenty features")
struct ClassifierTests {
  /// A matrix with rows and columns exchanged.
  static func transposed(_ rows: [[Double]]) -> [[Double]] {
    rows[0].indices.map { column in rows.map { $0[column] } }
  }

  @Test("293 steps: the stop rule, every loss, and the weights at the end")
  func classifier() throws {
    let theirs = Reference.all["mlpclassifier"]
    let data = Reference.all["data.make_classification"]
    let initial = theirs["init"]
    var walk = try Walk(
      """
      model: {kind: mlp, hidden: [100], activation: relu, output: sigmoid}
      loss: bce
      l2: 1e-4
      penalty_per_sample: true
      data: {inputs: \(flow(data["X"].rows)), targets: \(flow(data["y"].numbers))}
      start:
        layers:
          - weights: \(flow(Self.transposed(initial["W1"].rows)))
            biases: \(flow(initial["b1"].numbers))
          - weights: [\(flow(initial["W2"].numbers))]
            biases: \(flow(initial["b2"].numbers))
      optimizer: {name: adam, beta1: 0.9, beta2: 0.999, eps: 1e-8, epsilon_hat: true}
      learning_rate: 0.001
      steps: 300
      stop: {patience: 10, tolerance: 1e-4}
      """)
    var losses: [Double] = []
    while walk.run.step < 300, walk.run.status == .running {
      losses.append(walk.loss)
      walk.step()
    }
    #expect(walk.run.step == theirs["stop_iter"].integer)
    expectClose(losses, theirs["loss_curve"].numbers, within: 1e-10, "losses")
    #expect(walk.accuracy == theirs["score"].number)
    let (w1, rest) = (walk.parameters[..<2000], walk.parameters[2000...])
    let final = theirs["final"]
    expectClose(
      stride(from: 0, to: 2000, by: 20).map { w1[$0] }, final["W1_row0"].numbers, within: 1e-10,
      "W1, first input")
    expectClose(
      Array(rest), final["b1"].numbers + final["W2"].numbers + final["b2"].numbers, within: 1e-10,
      "b1, W2, b2")
    let norm = w1.reduce(0) { $0 + $1 * $1 }.squareRoot()
    expectScalar(norm, final["W1_frobenius"].number, within: 1e-10, "W1, Frobenius norm")
  }
}
