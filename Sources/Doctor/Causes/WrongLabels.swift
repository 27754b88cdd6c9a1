import Lanes
import Models
import Training

extension Cause {
  /// Labels that mean something else than the loss expects.
  static let wrongLabels = Cause(
    "wrong_labels", title: "Labels that the loss misreads",
    summary: "Labels do not mean what the loss expects, so that it reads different classes as one",
    criterion:
      "The loss tells classes by sign or side, and at an undecided output its derivative has the "
      + "same sign for "
      + "every label that occurs",
    certainty: .exact,
    words: "The loss reads these labels as one class.",
    remedy: "Recode the labels", question: .file
  ) { run in
    guard let network = run.network,
      network.loss.scores == .margins || network.loss.scores == .logits,
      network.outputCount == 1
    else { return nil }
    let labels = Set(network.trainSamples.targets).sorted()
    guard labels.count > 1 else { return nil }
    // For these losses 0.5 is between the classes 0 and 1.
    let sides = Set(labels.map { $0 > 0.5 })
    guard sides.count == 1 else { return nil }
    return Finding(
      "wrong_labels", since: max(run.sinceModel(\.loss), run.sinceModel(\.data)), exact: true,
      words:
        "The loss \(network.loss.name) expects labels 0 and 1; it reads \(labels[0].short) and "
        + "\(labels[labels.count - 1].short) as one class.",
      evidence: [
        .init("least_label", labels[0]), .init("greatest_label", labels[labels.count - 1]),
        .init("classes_that_the_loss_sees", 1),
      ],
      remedies: [.init("Write the labels as 0 and 1", [:], afresh: true)])
  }
}
