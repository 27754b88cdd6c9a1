import Lanes
import Models
import Training

extension Cause {
  /// The model learns the noise of its samples.
  static let overfitting = Cause(
    "overfitting", title: "Learning by heart",
    summary: "The test loss has been rising while the training loss went on falling",
    criterion:
      "The test loss at the end (mean of the last tenth) is more than 1.3 times its least and "
      + "above 2 % of its "
      + "start, while the training loss fell further since that least; before a tenth of the "
      + "run's length only where the training loss is below a tenth of its start",
    certainty: .heuristic,
    words: "Since then it learns the samples by heart.",
    remedy: "Stop there, fewer units, a penalty, more data", question: .data, proof: .splits
  ) { run in
    guard !run.hasDiverged, run.objective.testCount > 0,
      let least = run.observations.filter({ $0.testLoss?.isFinite == true })
        .min(by: { ($0.testLoss ?? 0) < ($1.testLoss ?? 0) }),
      let lowest = least.testLoss, run.steps - least.step >= 20
    else { return nil }
    let tail = run.tail(0.1).compactMap(\.testLoss)
    guard tail.count >= 2 else { return nil }
    let end = VectorMath.mean(tail)
    let train = VectorMath.mean(run.tail(0.1).map(\.loss))
    guard end > 1.3 * lowest, end > 0.02 * (run.first.testLoss ?? 0), train < 0.95 * least.loss
    else {
      return nil
    }
    // A net that has hardly begun may well find a better way yet.
    guard 10 * run.steps >= run.now.steps || train < 0.1 * run.first.loss else { return nil }
    var remedies: [Finding.Remedy] = []
    let stop = Finding.Remedy(
      "Stop there: \(least.step) steps", ["steps": "\(max(least.step, 1))"])
    // To stop where nothing has been learnt yet helps little.
    if least.step >= 10 { remedies.append(stop) }
    if let model = run.model {
      let l2 = max(0.001, model.l2 * 10)
      remedies.append(.init("A penalty: l2 \(l2.setting)", ["l2": l2.setting], afresh: true))
      if let units = model.hidden.map(\.units).max(), units >= 8 {
        let fewer = model.hidden.map { "\(max(2, $0.units / 4))" }.joined(separator: ",")
        remedies.append(.init("Fewer units: \(fewer)", ["hidden": fewer], afresh: true))
      }
    }
    if remedies.isEmpty { remedies.append(.init("More samples", [:], afresh: true)) }
    return Finding(
      "overfitting", since: least.step, exact: false,
      words:
        "Since step \(least.step) it learns the samples by heart: the test loss rose from "
        + "\(lowest.short) to \(end.short) "
        + "while the training loss fell from \(least.loss.short) to \(train.short).",
      evidence: [
        .init("step_of_the_least_test_loss", Double(least.step)), .init("least_test_loss", lowest),
        .init("test_loss_at_the_end", end), .init("test_loss_over_its_least", end / lowest),
        .init("train_loss_at_the_end", train),
        .init("train_loss_at_the_least_test_loss", least.loss),
        .init(
          "parameters_a_sample",
          Double(run.objective.parameterCount) / Double(max(run.objective.sampleCount, 1))),
      ],
      remedies: remedies)
  }
}
