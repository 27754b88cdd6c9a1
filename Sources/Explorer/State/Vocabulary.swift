package import Lanes
import Models
import Optimization
import Presets
package import Views

/// Everything that can be chosen by name while a run goes on.
package struct Vocabulary: Sendable {
  /// One entry of a catalogue as the explorer knows it: a name, a sentence, and its settings.
  package struct Entry: Named {
    /// The name in presets.
    package let name: String
    /// One sentence.
    package let summary: String
    /// Settings that may be changed.
    package let hyperparameters: [Hyperparameter]

    /// An entry.
    package init(name: String, summary: String, hyperparameters: [Hyperparameter] = []) {
      self.name = name
      self.summary = summary
      self.hyperparameters = hyperparameters
    }
  }

  /// Optimizers.
  package var optimizers: Catalogue<Entry>
  /// Learning-rate schedules.
  package var schedules: Catalogue<Entry>
  /// Activations of hidden layers.
  package var activations: Catalogue<Entry>
  /// Pictures.
  package var views: Catalogue<View>
  /// Files and folders whose path begins with what was typed.
  package var paths: @Sendable (String) -> [String] = { _ in [] }

  /// A vocabulary of these catalogues.
  package init(
    optimizers: Catalogue<Entry>, schedules: Catalogue<Entry>, activations: Catalogue<Entry>,
    views: Catalogue<View>
  ) {
    self.optimizers = optimizers
    self.schedules = schedules
    self.activations = activations
    self.views = views
  }
}

extension Catalogue {
  /// The entry `by` places after the one called `name`, going round at the ends; the first or last
  /// when `name` is unknown.
  func neighbor(of name: String, by places: Int) -> Entry? {
    guard !entries.isEmpty else { return nil }
    guard let index = entries.firstIndex(where: { $0.name == name }) else {
      return places > 0 ? entries.first : entries.last
    }
    let count = entries.count
    return entries[((index + places) % count + count) % count]
  }
}

extension Vocabulary {
  /// The product's own catalogues.
  package static let all = {
    var all = Vocabulary(
      optimizers: entries(Optimizer.catalogue) { $0.hyperparameters },
      schedules: entries(Schedule.catalogue) { $0.hyperparameters },
      activations: entries(Activation.all) { $0.hyperparameters }, views: Views.views)
    all.paths = { TablePreview.paths(beginning: $0) }
    return all
  }()

  private static func entries<Item>(
    _ catalogue: Catalogue<Item>, hyperparameters: (Item) -> [Hyperparameter]
  ) -> Catalogue<Entry> {
    Catalogue<Entry>(
      kind: catalogue.kind,
      catalogue.entries.map {
        Entry(name: $0.name, summary: $0.summary, hyperparameters: hyperparameters($0))
      })
  }
}
