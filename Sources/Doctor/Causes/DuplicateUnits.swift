import Lanes
import Models
import Training

extension Cause {
  /// Hidden units that are copies of others.
  static let duplicateUnits = Cause(
    "duplicate_units", title: "Hidden units that are copies",
    summary: "Hidden units with equal weights on both sides stay equal for ever",
    criterion:
      "Two hidden units start with equal incoming weights, bias and outgoing weights, and are "
      + "still equal at "
      + "the end; equal incoming weights alone part at once",
    certainty: .exact,
    words: "Six units, but only two different ones.",
    remedy: "Random weights", question: .file, proof: .units
  ) { run in
    guard let network = run.network, network.layers.count > 1, !run.didItsWork else { return nil }
    for turn in run.turns {
      let parameters = run.course.run(at: turn).parameters
      guard parameters.count == network.parameterCount else { continue }
      let start = HiddenUnits(network, parameters: parameters)
      let end = HiddenUnits(network, parameters: run.last.parameters, tolerance: 1e-9)
      guard start.different < start.count, end.different < end.count else { continue }
      let initializer = network.suggestedInitializer
      return Finding(
        "duplicate_units", since: turn, exact: true,
        words:
          "\(end.count) hidden units, but only \(end.different) different: copies get equal "
          + "gradients and stay copies.",
        evidence: [
          .init("hidden_units", Double(end.count)),
          .init("different_hidden_units", Double(end.different)),
          .init("different_hidden_units_at_the_start", Double(start.different)),
          .init("accuracy", run.accuracy ?? .nan), .init("loss_at_the_end", run.last.loss),
        ],
        remedies: [
          .init("Random weights (\(initializer))", ["initializer": initializer], afresh: true)
        ])
    }
    return nil
  }
}
