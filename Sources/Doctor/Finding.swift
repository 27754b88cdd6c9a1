package import Training

/// What the doctor says of a run: a cause, since when, on what evidence, and what to do about it.
package struct Finding: Sendable, Equatable {
  /// A measured number that the finding rests on.
  package struct Evidence: Sendable, Equatable {
    /// What was measured, in `snake_case` (`rate_times_lambda_max`).
    package var name: String
    /// The number.
    package var value: Double
    /// The step at which it was measured, where neither its name tells nor it is the last one that
    /// was judged.
    package var step: Int?
    /// A measured number.
    package init(_ name: String, _ value: Double, at step: Int? = nil) {
      self.name = name
      self.value = value
      self.step = step
    }
  }

  /// Something to do, as settings of the preset.
  package struct Remedy: Sendable, Equatable {
    /// What it is, in a few words.
    package var text: String
    /// `key=value` pairs that carry it out; empty where no setting can.
    package var settings: [Setting]
    /// Whether it is about the start or the data, so that the run has to begin anew.
    package var startsAfresh: Bool

    /// A remedy; settings are written `key=value`.
    package init(_ text: String, _ settings: KeyValuePairs<String, String>, afresh: Bool = false) {
      self.init(
        text, settings.map { Setting(key: $0.key, value: $0.value) }, afresh: afresh)
    }

    /// A remedy with its settings.
    package init(_ text: String, _ settings: [Setting], afresh: Bool = false) {
      self.text = text
      self.settings = settings
      startsAfresh = afresh
    }
  }

  /// The cause's name in the catalogue.
  package var cause: String
  /// The first step from which the criterion holds: steps done.
  package var since: Int
  /// Whether a theorem says so about this run; else it is a rule of thumb.
  package var isExact: Bool
  /// The numbers, most telling first.
  package var evidence: [Evidence]
  /// What happens, for a student, with this run's numbers.
  package var words: String
  /// What to do, best first.
  package var remedies: [Remedy]
  /// The picture that proves it, where it was asked for and there is one.
  package var proof: Proof?
}
