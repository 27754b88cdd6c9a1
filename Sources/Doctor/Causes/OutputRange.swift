import Lanes
import Models
import Training

extension Cause {
  /// Targets that the output cannot reach.
  static let outputRange = Cause(
    "output_range", title: "Targets out of reach",
    summary: "The output's activation cannot take the values that the targets have",
    criterion: "More than 20 % of the targets lie outside the range of the output's activation",
    certainty: .exact,
    words: "A sigmoid never says 3.",
    remedy: "An identity output, or targets scaled into the range", question: .file
  ) { run in
    guard let network = run.network, network.loss.scores == .values,
      let output = network.layers.last
    else { return nil }
    let range = ActivationShape(output.activation, setting: output.setting).range
    guard range.lowerBound.isFinite || range.upperBound.isFinite else { return nil }
    let targets = network.trainSamples.targets
    let margin = 1e-6 * max(1, abs(range.lowerBound.isFinite ? range.lowerBound : 1))
    let outside = targets.count { $0 < range.lowerBound - margin || $0 > range.upperBound + margin }
    let share = Double(outside) / Double(max(targets.count, 1))
    guard share > 0.2 else { return nil }
    return Finding(
      "output_range",
      since: max(run.sinceModel(\.output), run.sinceModel(\.loss), run.sinceModel(\.data)),
      exact: true,
      words:
        "\(share.percent) of the targets (up to \((targets.max() ?? 0).short)) lie outside what a "
        + "\(output.activation.name) output can say: \(range.lowerBound.short) to "
        + "\(range.upperBound.short).",
      evidence: [
        .init("share_of_targets_out_of_reach", share),
        .init("least_target", targets.min() ?? .nan),
        .init("greatest_target", targets.max() ?? .nan),
        .init("least_output", range.lowerBound), .init("greatest_output", range.upperBound),
      ],
      remedies: [.init("An identity output", ["output": "identity"])])
  }
}
