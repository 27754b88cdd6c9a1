import Lanes
package import Training

/// Says what keeps a run from what it is meant to do.
package enum Doctor {
  /// What is found in the first `steps` steps of an experiment, most important first; empty for a
  /// healthy run.
  ///
  /// The run is replayed. Questions are asked in the order of `Cause.Question`, and end with the
  /// first that is answered.
  ///
  /// - Parameter proofs: Whether findings come with the pictures that prove them.
  /// - Throws: `RunError` when the experiment cannot be run.
  package static func diagnose(
    _ experiment: Experiment, steps: Int, proofs: Bool = false
  ) throws(RunError) -> [Finding] {
    let examination = Examination(try Course(experiment, steps: steps))
    var findings = examine(examination)
    guard proofs else { return findings }
    for index in findings.indices {
      guard let cause = Cause.catalogue[findings[index].cause] else { continue }
      findings[index].proof = Proof.make(
        cause.proof, of: examination, since: findings[index].since)
    }
    return findings
  }

  /// What is found in the first `steps` steps of an experiment, and how far it came.
  ///
  /// - Throws: `RunError` when the experiment cannot be run.
  package static func judge(
    _ experiment: Experiment, steps: Int
  ) throws(RunError) -> Judgement {
    let examination = Examination(try Course(experiment, steps: steps))
    return Judgement(
      findings: examine(examination),
      loss: examination.hasDiverged ? .infinity : examination.last.loss,
      testLoss: examination.hasDiverged ? nil : examination.last.testLoss)
  }

  /// What is found in a run, and how far it came.
  package struct Judgement: Sendable, Equatable {
    /// What is found, most important first.
    package var findings: [Finding]
    /// The training loss at the end; infinite where the run diverged.
    package var loss: Double
    /// The test loss there, where there are test samples.
    package var testLoss: Double?
  }

  /// What is found in a course that has been followed.
  static func examine(_ examination: Examination) -> [Finding] {
    var found: [Finding] = []
    var question: Cause.Question?
    for cause in Cause.catalogue.entries {
      if let question, cause.question > question { break }
      guard !Task.isCancelled, let finding = cause.examine(examination) else { continue }
      found.append(finding.redrawn(examination.now))
      question = cause.question
      // The causes that a question has after it are consequences, unless they are about the data.
      if cause.question != .data { break }
    }
    return found
  }
}

extension Finding {
  /// Settings that need other parameters than those that were given, or draw them anew.
  private static let redrawing: Set<String> = [
    "features", "hidden", "kind", "initializer", "seed",
  ]

  /// The finding with remedies that can be carried out: a start that was given in numbers fits no
  /// other model, and no seed draws it anew; such remedies leave it out.
  fileprivate func redrawn(_ experiment: Experiment) -> Finding {
    let start = experiment.start
    if case .function = experiment.problem { return self }
    guard start.parameters != nil || start.layers != nil || start.file != nil else { return self }
    var finding = self
    for (index, remedy) in remedies.enumerated()
    where remedy.startsAfresh
      && remedy.settings.contains(where: { Self.redrawing.contains($0.key) })
      && !remedy.settings.contains(where: { $0.key.hasPrefix("start") })
    {
      finding.remedies[index].settings.insert(Setting(key: "start", value: ""), at: 0)
    }
    return finding
  }
}
