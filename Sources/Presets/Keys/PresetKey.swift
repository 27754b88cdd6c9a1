package import Lanes

/// One key of presets: the one place that says what it is called, what it takes, where its value
/// belongs, and what a change of it does to a run.
///
/// Reading and writing presets, `--set`, `--over`, variants, the palette, lists and documents all
/// follow from these rows. Settings of what is chosen by name (`optimizer.beta1`) are rows too,
/// made from the catalogue's entries.
package struct PresetKey: Named {
  /// The heading that lists put a key under.
  package enum Heading: String, CaseIterable, Sendable {
    case preset = "Preset"
    case function = "Function"
    case data = "Data"
    case model = "Model"
    case loss = "Loss"
    case start = "Start"
    case training = "Training"
  }

  /// The problems that have the key.
  package enum Owner: Sendable {
    /// All of them.
    case any
    /// Functions.
    case function
    /// Models on data.
    case model
    /// Networks of another kind.
    case network
    /// Everything with samples: models and networks of another kind.
    case data

    /// Whether problems of `kind` have it.
    func fits(_ kind: PresetDraft.Kind?) -> Bool {
      switch self {
      case .any: true
      case .function: kind == .function
      case .model: kind == .model
      case .network: kind == .network
      case .data: kind == .model || kind == .network
      }
    }
  }

  /// What a change of the key does to a run that is under way.
  package enum Effect: String, CaseIterable, Sendable {
    /// It belongs to the preset, not to the run.
    case none = "the run does not notice"
    /// Parameters and the optimizer's memory stay.
    case keepsAll = "weights and optimizer memory kept"
    /// Parameters stay, the optimizer's memory begins anew.
    case keepsWeights = "weights kept, optimizer memory begins anew"
    /// What still fits the new shape keeps its values and its memory; what is added is drawn by the
    /// initialiser.
    case keepsFitting = "weights that still fit are kept"
    /// The parameters are put there, and the optimizer's memory begins anew.
    case moves = "parameters are put there, optimizer memory begins anew"
    /// The run begins again.
    case restarts = "the run begins again"
  }

  /// What is written after the key.
  package enum Form: Sendable {
    /// A number with its range, its default and the way it is stepped.
    case number(Hyperparameter)
    /// One of a few words.
    case word([String])
    /// An entry of a catalogue, with settings or without.
    case choice(ChoiceKind)
    /// Anything else, in words.
    case written(String)
  }

  /// The path in a preset (`model.hidden`).
  package let name: String
  /// The name for those who type (`hidden`); nil: the path.
  package let short: String?
  package let summary: String
  /// Other words under which the palette finds it: what people call it.
  package private(set) var alsoFound = ""
  /// Where lists put it.
  package let heading: Heading
  /// What is written after it.
  package let form: Form
  /// The problems that have it.
  package let owner: Owner
  /// What a change does to a run.
  package let effect: Effect
  /// The value without it, in words.
  package let standard: String
  /// Whether other keys depend on it: it is read before them.
  package let chooses: Bool
  /// Whether its value is the path of a file that is read: what came from elsewhere may not name
  /// one unasked.
  let namesFile: Bool
  /// Where a choice belongs whose settings are keys too; nil: no choice.
  let place: ChoicePlace?
  /// The keys of the mapping that it may hold.
  let parts: [PresetKey]
  /// Reads a value; what is wrong is reported.
  let read: @Sendable (PresetReader, PresetNode, inout PresetDraft) -> Void
  /// The value as it is written; nil when it stands at its default and need not be.
  let write: @Sendable (PresetDraft) -> PresetNode?
  /// Takes the key away: the value is the default again.
  let clear: @Sendable (inout PresetDraft) -> Void

  /// A row.
  init(
    _ name: String, short: String? = nil, _ summary: String, _ form: Form, heading: Heading,
    owner: Owner = .any, effect: Effect, standard: String = "none", chooses: Bool = false,
    namesFile: Bool = false, place: ChoicePlace? = nil, parts: [PresetKey] = [],
    read: @escaping @Sendable (PresetReader, PresetNode, inout PresetDraft) -> Void,
    write: @escaping @Sendable (PresetDraft) -> PresetNode?,
    clear: @escaping @Sendable (inout PresetDraft) -> Void
  ) {
    self.name = name
    self.short = short
    self.summary = summary
    self.form = form
    self.heading = heading
    self.owner = owner
    self.effect = effect
    self.standard = standard
    self.chooses = chooses
    self.namesFile = namesFile
    self.place = place
    self.parts = parts
    self.read = read
    self.write = write
    self.clear = clear
  }

  /// The same row, found under other words too.
  func found(under words: String) -> PresetKey {
    var key = self
    key.alsoFound = words
    return key
  }

  /// Whether its value is a single number.
  package var takesOneNumber: Bool {
    switch form {
    case .number: true
    case .written(let words): words == PresetKey.aNumber
    case .word, .choice: false
    }
  }

  /// How a value that is a number of no particular range is described.
  static let aNumber = "a number"

  /// What is written after the key, in words.
  package var takes: String {
    switch form {
    case .number(let number):
      number.scale == .flag ? "true or false" : number.accepted
    case .word(let words): Problems.alternatives(words)
    case .choice(let kind): "one of the \(kind.kind)\(kind.plural)"
    case .written(let words): words
    }
  }

  /// What people type: the short name where there is one.
  package var typed: String { short ?? name }
  /// The last part of the path, as it stands inside its mapping.
  var inner: String { String(name.drop { $0 != "." }.dropFirst()) }
}

extension PresetKey {
  /// A row for a value that stands at one place of the draft.
  ///
  /// - Parameters:
  ///   - always: Written at its default too.
  ///   - standard: The value without the key.
  ///   - then: What else a new value changes, with the old one.
  static func value<Value: Equatable>(
    _ name: String, short: String? = nil, _ summary: String, _ form: Form, heading: Heading,
    owner: Owner = .any, effect: Effect, words: String? = nil, chooses: Bool = false,
    always: Bool = false, at path: any WritableKeyPath<PresetDraft, Value> & Sendable,
    standard: @escaping @Sendable (PresetDraft) -> Value,
    read: @escaping @Sendable (PresetReader, PresetNode) -> Value?,
    write: @escaping @Sendable (Value) -> PresetNode?,
    then: @escaping @Sendable (inout PresetDraft, Value) -> Void = { _, _ in }
  ) -> PresetKey {
    let empty = PresetDraft(name: "")
    let usual = write(standard(empty)).map(SettingText.write)
    return PresetKey(
      name, short: short, summary, form, heading: heading, owner: owner, effect: effect,
      standard: words ?? usual ?? "none", chooses: chooses,
      read: { reader, node, draft in
        guard let value = read(reader, node) else { return }
        let old = draft[keyPath: path]
        draft[keyPath: path] = value
        then(&draft, old)
      },
      write: { draft in
        let value = draft[keyPath: path]
        return always || value != standard(draft) ? write(value) : nil
      },
      clear: { draft in
        let old = draft[keyPath: path]
        draft[keyPath: path] = standard(draft)
        then(&draft, old)
      })
  }

  /// A row for one number, checked against its own range.
  static func number(
    _ name: String, short: String? = nil, _ number: Hyperparameter, heading: Heading,
    owner: Owner = .any, effect: Effect,
    at path: any WritableKeyPath<PresetDraft, Double> & Sendable
  ) -> PresetKey {
    value(
      name, short: short, number.summary, .number(number), heading: heading, owner: owner,
      effect: effect, at: path, standard: { _ in number.defaultValue },
      read: { $0.reader.setting($1, number) }, write: { .number($0) })
  }

  /// A row for `true` or `false`.
  static func flag(
    _ name: String, short: String? = nil, _ summary: String, heading: Heading,
    owner: Owner = .any, effect: Effect, at path: any WritableKeyPath<PresetDraft, Bool> & Sendable
  ) -> PresetKey {
    value(
      name, short: short, summary, .word(["true", "false"]), heading: heading, owner: owner,
      effect: effect, at: path, standard: { _ in false },
      read: { $0.reader.flag($1, String(name.split(separator: ".").last ?? "")) },
      write: { .word($0 ? "true" : "false") })
  }

  /// A row for a text.
  static func text(
    _ name: String, _ summary: String, limit: Int,
    standard: @escaping @Sendable (PresetDraft) -> String,
    words: String, always: Bool = false,
    at path: any WritableKeyPath<PresetDraft, String> & Sendable
  ) -> PresetKey {
    value(
      name, summary, .written("a text"), heading: .preset, effect: .none, words: words,
      always: always, at: path, standard: standard,
      read: { $0.reader.text($1, name, limit: limit) }, write: { .text($0) })
  }
}
