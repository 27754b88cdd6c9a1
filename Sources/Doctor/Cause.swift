package import Lanes

/// Something that can keep a run from what it is meant to do: how it is recognised, said and
/// mended.
///
/// One file in `Causes/` each. The criterion's figures stand in that file and nowhere else.
package struct Cause: Named {
  /// The questions that the doctor asks of a run, in order. The first that is answered names the
  /// cause; what comes after it could only describe consequences.
  package enum Question: Int, Sendable, CaseIterable, Comparable {
    /// Does a value leave the numbers by a formula's own fault?
    case notFinite
    /// Does the loss fall for ever?
    case unbounded
    /// Is it in the file: the start, the units, the labels?
    case file
    /// Is the rate over the optimizer's own limit, and does the loss grow?
    case limit
    /// Is something always on: clipping, resets, decay, a rate that has gone to zero?
    case alwaysOn
    /// Does it learn the samples by heart, or pass over a class?
    case data
    /// Do mini-batches keep it from settling?
    case batches
    /// Does it never rest although gradients are exact?
    case neverAtRest
    /// Is it on its way, and what makes it slow?
    case onItsWay
    /// Does it rest in a bad place?
    case atRest

    package static func < (a: Question, b: Question) -> Bool { a.rawValue < b.rawValue }
  }

  /// How sure a criterion is.
  package enum Certainty: String, Sendable {
    /// A theorem about the run.
    case exact
    /// A threshold that may be argued about; the figure is part of the evidence.
    case heuristic
    /// A theorem where the Hessian is constant, a threshold elsewhere.
    case exactOnQuadratics = "exact on quadratics"
  }

  package let name: String
  package let summary: String
  /// The name as people say it (`Learning rate above its limit`).
  package let title: String
  /// The criterion in words and figures.
  package let criterion: String
  /// How sure it is.
  package let certainty: Certainty
  /// What happens, for a student.
  package let words: String
  /// What to do.
  package let remedy: String
  /// When it is asked for.
  package let question: Question
  /// The picture that proves it.
  let proof: Proof.Kind
  /// Looks for the cause in a run.
  let examine: @Sendable (Examination) -> Finding?

  init(
    _ name: String, title: String, summary: String, criterion: String, certainty: Certainty,
    words: String, remedy: String, question: Question, proof: Proof.Kind = .loss,
    examine: @escaping @Sendable (Examination) -> Finding?
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.criterion = criterion
    self.certainty = certainty
    self.words = words
    self.remedy = remedy
    self.question = question
    self.proof = proof
    self.examine = examine
  }

  /// All causes, in the order in which they are asked for.
  package static let catalogue = Catalogue<Cause>(
    kind: "cause",
    [
      .domainLeft, .overflow,
      .unboundedBelow, .separable,
      .zeroInit, .duplicateUnits, .stepActivation, .wrongLabels, .outputRange, .wrongLoss,
      .saturatedUnits, .initTooLarge, .deadRelus,
      .momentumAboveLimit, .rateAboveLimit,
      .clippingAlways, .memoryReset, .weightDecayTooStrong, .scheduleEnded,
      .overfitting, .classImbalance,
      .batchOrder, .noiseBall,
      .adamSpikes, .l1NeverZero, .twoCycle, .chaos,
      .vanishingGradients, .rateTooSmall, .illConditioned,
      .startAtMaximum, .saddle, .flatStart, .underfitting,
    ])
}

extension Finding {
  /// A finding of the cause called `name`.
  init(
    _ name: String, since: Int, exact: Bool, words: String, evidence: [Evidence],
    remedies: [Remedy]
  ) {
    self.init(
      cause: name, since: since, isExact: exact,
      evidence: evidence.filter { $0.value.isFinite }, words: words, remedies: remedies)
  }
}
