package import Lanes

/// An experiment with what its readers need: texts, pace, panes, named changes, a lesson. A preset
/// file is its written form.
@dynamicMemberLookup
package struct Preset: Equatable, Sendable {
  /// What runs.
  @Boxed package var experiment: Experiment
  /// A title for people (`x sin(x² + 1)`).
  package var title: String
  /// One sentence for lists.
  package var summary = ""
  /// Longer text, shown on demand; may be empty.
  package var notes = ""
  /// The heading that lists group it under (`Functions`, `Gates`, …).
  package var group = "Mine"
  /// Steps per second at which it is instructive to watch; infinity is full speed.
  package var pace = 60.0
  /// Names of views, in the order of their panes; empty: chosen by the problem.
  package var views: [String] = []
  /// Named changes (`starts at 4`), each a set of `key=value` as on the command line.
  package var variants: [Variant] = []
  /// What it teaches, step by step; nil: nothing.
  package var lesson: Lesson?
  /// The race that begins with it, in one line (`optimizer adam, momentum, gd`); empty: none.
  package var race = ""
  /// The map that `m` shows of it, in one line (`learning_rate 1e-4..0.1, momentum 0..0.99`);
  /// empty: none.
  package var map = ""
  /// The branches of a session that was saved; nil: it is none.
  package var session: SavedSession?

  /// A preset that says nothing about its experiment.
  package init(_ experiment: Experiment) {
    self.experiment = experiment
    title = experiment.name
  }

  /// A preset with everything but the problem at its default.
  package init(name: String, problem: Problem) {
    self.init(Experiment(name: name, problem: problem))
  }

  /// What stands in the experiment reads as if it stood here (`preset.optimizer`).
  package subscript<Value>(dynamicMember path: WritableKeyPath<Experiment, Value>) -> Value {
    get { experiment[keyPath: path] }
    set { experiment[keyPath: path] = newValue }
  }

  /// The title as long as the problem is the preset's own; else what became of it.
  package func title(of experiment: Experiment) -> String {
    experiment.isAbout(self.experiment.problem) ? title : experiment.problem.title
  }

  /// Drops texts that it has from `old` when the problem is another one now; its lesson stays.
  package mutating func dropTexts(of old: Preset) {
    guard !experiment.isAbout(old.experiment.problem) else { return }
    if title == old.title { title = experiment.problem.title }
    if summary == old.summary { summary = "" }
    if notes == old.notes { notes = "" }
  }
}

extension Run {
  /// A run of a preset from its beginning.
  ///
  /// - Throws: `RunError` for whatever in the experiment does not fit.
  package init(_ preset: Preset) throws(RunError) { try self.init(preset.experiment) }
}

extension Experiment {
  /// Whether it is about the same function, or the same kind of model and data, whatever their
  /// settings.
  func isAbout(_ other: Problem) -> Bool {
    switch (problem, other) {
    case (.function(let a), .function(let b)):
      a.formula == b.formula && a.landscape?.name == b.landscape?.name
    case (.model(let a), .model(let b)): a.kind == b.kind && a.data.name == b.data.name
    case (.network(let a), .network(let b)):
      a.kind.name == b.kind.name && a.data.name == b.data.name
    default: false
    }
  }
}

extension Problem {
  /// What the problem is, in a few words.
  package var title: String {
    switch self {
    case .function(let problem): problem.landscape?.name ?? problem.formula
    case .model(let problem): "\(problem.kind.rawValue) on \(problem.data.name)"
    case .network(let problem): "\(problem.kind.name) on \(problem.data.name)"
    }
  }
}

extension DataSource {
  /// What the samples are called: the generated set, the file's name, or that they were given.
  var name: String {
    switch origin {
    case .generated(let choice): choice.name
    case .inline: "given samples"
    case .csv(let table):
      table.path.split(separator: "/").last.map(String.init) ?? table.path
    }
  }
}

/// A named change of an experiment.
package struct Variant: Equatable, Sendable {
  /// A short name (`starts at 4`).
  package var name: String
  /// `key=value` pairs as on the command line, in order.
  package var settings: [Setting]
  /// A variant.
  package init(name: String, settings: [Setting]) {
    self.name = name
    self.settings = settings
  }
}
