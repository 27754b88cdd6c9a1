package import Lanes

/// A system of the lecture notes (a program, a model, an idea) and the preset that shows it.
///
/// The catalogue of these is the only list of the notes: `glissade list notes`, the headings of
/// `glissade list presets`, the explorer's list of the notes and the order of the built-in presets
/// follow it.
package struct NotesSystem: Named {
  /// A chapter of the notes.
  package enum Section: String, Sendable, CaseIterable {
    case differentiation = "Automatic differentiation"
    case descent = "Gradient descent, momentum and SGD"
    case adaptive = "Adaptive rates"
    case logistic = "Logistic regression and JAX"
    case networks = "Neural networks and their types"
    case gates = "XOR, OR and AND gates"
    case model = "The mathematical model"
    case activations = "Activation functions"
  }

  /// Something odd in the notes.
  package struct Quirk: Sendable, Equatable {
    /// What it is, in one sentence.
    package let text: String
    /// The preset that shows the textbook's way; nil where there is nothing to compare.
    package let twin: String?
  }

  /// How the preset is held against the numbers that the notes' own programs gave.
  package struct Check: Sendable, Equatable {
    /// What is compared.
    package let figure: String
    /// Where the reference holds it: paths of keys.
    package let reference: [String]
    /// The greatest deviation that passes: |ours − theirs| / max(1, |theirs|).
    package let tolerance: Double
  }

  package let name: String
  package let summary: String
  /// A title for people.
  package let title: String
  /// The chapter.
  package let section: Section
  /// Its first and last line in the notes.
  package let lines: ClosedRange<Int>
  /// Presets that show it; the first is the one to begin with.
  package let presets: [String]
  /// What is odd about it; nil: nothing.
  package let quirk: Quirk?
  /// How it is checked.
  package let check: Check

  /// A row of the table.
  init(
    _ name: String, _ title: String, _ section: Section, _ lines: ClosedRange<Int>,
    _ summary: String, presets: [String], quirk: String? = nil, twin: String? = nil, check: Check
  ) {
    self.name = name
    self.title = title
    self.section = section
    self.lines = lines
    self.summary = summary
    self.presets = presets
    self.quirk = quirk.map { Quirk(text: $0, twin: twin) }
    self.check = check
  }

  /// The preset that shows it.
  package var preset: String { presets[0] }

  /// All systems, in the order of the notes.
  package static let all = Catalogue<NotesSystem>(
    kind: "system of the notes",
    differentiationSystems + descentSystems + adaptiveSystems + networkSystems + gateSystems
      + modelSystems)

  /// Its number in the notes' order, from 1.
  package var number: Int { (Self.all.entries.firstIndex { $0.name == name } ?? -1) + 1 }

  /// Presets beyond those under "Lecture notes" that show systems of a chapter.
  package static func otherPresets(in section: Section) -> [String] {
    var names: [String] = []
    for name in all.entries.filter({ $0.section == section }).flatMap(\.presets)
    where !name.hasPrefix("notes-") && !names.contains(name) {
      names.append(name)
    }
    return names
  }

  /// The chapter under which a preset of the notes stands; nil for presets that the notes do not
  /// need.
  package static func section(ofPreset name: String) -> Section? {
    all.entries.first { $0.presets.contains(name) }?.section
  }

  /// What the check measured when the tests were last run; nil for a system that is newer than
  /// that.
  package var measurement: NotesMeasurement? { notesMeasurements[name] }

  /// Whether the check held.
  package var hasPassed: Bool { measurement.map { $0.deviation <= check.tolerance } ?? false }
}

/// What a check measured.
package struct NotesMeasurement: Sendable, Equatable {
  /// Steps that every preset of the system was run for.
  package let steps: Int
  /// The loss of the first preset after these steps.
  package let loss: Double
  /// Numbers that were compared with the reference.
  package let compared: Int
  /// The greatest deviation among them: |ours − theirs| / max(1, |theirs|).
  package let deviation: Double

  /// A measurement.
  package init(steps: Int, loss: Double, compared: Int, deviation: Double) {
    self.steps = steps
    self.loss = loss
    self.compared = compared
    self.deviation = deviation
  }
}
