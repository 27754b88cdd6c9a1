import Lanes
import Models
import Training

extension Cause {
  /// A rare class that is passed over.
  static let classImbalance = Cause(
    "class_imbalance", title: "The rare class is passed over",
    summary: "A rare class is hardly ever recognised, and accuracy hides it",
    criterion:
      "A class's share of the samples is below 15 %, its recall below 35 %, and the accuracy is "
      + "about the share of the "
      + "most frequent class (to 5 points)",
    certainty: .heuristic,
    words: "95 % right by always saying 0.",
    remedy: "Balance the samples, weigh them, look at recall", question: .data
  ) { run in
    guard let network = run.network, let classes = network.classCount, classes > 1,
      !run.hasDiverged,
      network.trainSamples.targetCount == 1
    else { return nil }
    let labels = network.trainSamples.targets.map { Int($0.rounded()) }
    var counts: [Int: Int] = [:]
    for label in labels { counts[label, default: 0] += 1 }
    let total = Double(labels.count)
    guard labels.count >= 20, counts.count > 1, let most = counts.values.max(),
      let rare = counts.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
      Double(rare.value) < 0.15 * total
    else { return nil }
    let inputs = PreparedInputs(network, samples: network.trainSamples)
    func judged(_ parameters: [Double]) -> (recall: Double, accuracy: Double) {
      let said = NetworkProbe.classes(
        NetworkProbe.predictions(network, parameters: parameters, inputs))
      guard said.count == labels.count else { return (1, 0) }
      let right = zip(said, labels)
      return (
        Double(right.count { $0 == $1 && $1 == rare.key }) / Double(rare.value),
        Double(right.count { $0 == $1 }) / total
      )
    }
    let share = Double(most) / total
    func holds(_ parameters: [Double]) -> Bool {
      let (recall, accuracy) = judged(parameters)
      return recall < 0.35 && abs(accuracy - share) <= 0.05
    }
    guard holds(run.last.parameters) else { return nil }
    let (recall, accuracy) = judged(run.last.parameters)
    let seen = run.observations
    let stride = max(1, seen.count / 200)
    var since = run.last.step
    for index in Swift.stride(from: seen.count - 1, through: 0, by: -stride) {
      guard holds(seen[index].parameters) else { break }
      since = seen[index].step
    }
    if since < stride * 2, holds(run.first.parameters) { since = 0 }
    return Finding(
      "class_imbalance", since: since, exact: false,
      words:
        "\(accuracy.percent) right by nearly always saying the most frequent class: of class "
        + "\(rare.key) "
        + "(\((Double(rare.value) / total).percent) of the samples) it recognises "
        + "\(recall.percent).",
      evidence: [
        .init("share_of_the_rare_class", Double(rare.value) / total),
        .init("recall_of_the_rare_class", recall), .init("accuracy", accuracy),
        .init("share_of_the_most_frequent_class", share), .init("loss_at_the_end", run.last.loss),
      ],
      remedies: [
        .init("Take as many samples of each class, or weigh the rare ones", [:], afresh: true),
        .init("Look at the recall of each class, not at accuracy", [:]),
      ])
  }
}
