import Presets
import Terminal
import Training

/// What a branch differs by: a branch that left another by the changes since then; one with a
/// beginning of its own by the keys that the first of its problem has otherwise, and by its
/// changes.
struct BranchDifference: Equatable {
  /// The differences, each in a few words, in the order in which they came.
  var parts: [String] = []

  /// Those of all branches of a session, by number; `preset` says what its experiments have not.
  static func all(
    of branches: [SavedSession.Branch], like preset: Preset
  ) -> [Branch.ID: BranchDifference] {
    var differences: [Branch.ID: BranchDifference] = [:]
    for branch in branches {
      var parts: [String] = []
      let first = branches.first { $0.family == branch.family && $0.parent == nil }
      if branch.parent == nil, let first, first.id != branch.id {
        parts += keys(of: branch.original, besides: first.original, like: preset)
      }
      differences[branch.id] = BranchDifference(parts: parts + changes(branch.ownChanges))
    }
    return differences
  }

  /// The keys by which an experiment differs from another.
  private static func keys(
    of experiment: Experiment, besides other: Experiment, like preset: Preset
  ) -> [String] {
    guard experiment != other else { return [] }
    var (mine, others) = (preset, preset)
    (mine.experiment, others.experiment) = (experiment, other)
    (mine.changes, others.changes) = ([], [])
    return PresetKeys.differing(mine, from: others).map {
      "\($0.typed) \(PresetKeys.shown($0, in: mine))"
    }
  }

  /// Changes in words: of several of one key the last, points counted.
  private static func changes(_ changes: [DatedCommand]) -> [String] {
    var parts: [(kind: String, text: String, count: Int)] = []
    for change in changes {
      let isPoint = if case .addPoint = change.command { true } else { false }
      let kind = isPoint ? "point" : change.command.kind ?? change.command.label
      if let place = parts.firstIndex(where: { $0.kind == kind }) {
        let count = parts.remove(at: place).count + 1
        parts.append((kind, isPoint ? "\(count) points" : change.command.label, count))
      } else {
        parts.append((kind, change.command.label, 1))
      }
    }
    return parts.map(\.text)
  }

  /// As many of them as fit into a number of columns, and how many more there are.
  func text(within columns: Int, _ appearance: Appearance) -> String {
    for count in stride(from: parts.count, through: 1, by: -1) {
      let rest = parts.count - count
      let text = parts.prefix(count).joined(separator: ", ") + (rest > 0 ? " +\(rest)" : "")
      if appearance.width(text) <= columns { return text }
    }
    guard let first = parts.first else { return "" }
    let rest = parts.count > 1 ? " +\(parts.count - 1)" : ""
    var cut = first
    while !cut.isEmpty, appearance.width(cut) + 1 + rest.count > columns { cut.removeLast() }
    return cut + (appearance.glyphs == .ascii ? "~" : "…") + rest
  }
}
