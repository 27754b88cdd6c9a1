package import Metrics

/// Series that share a pane.
package struct FollowPane: Sendable, Equatable {
  /// In the border.
  package var name: String
  /// The numbers of its series' names.
  package var series: [Int]

  /// A wish for a pane: its name, and which series it shows.
  package struct Rule: Sendable, Equatable {
    /// The pane's name.
    package var name: String
    /// Which series.
    package var pattern: GlobPattern

    /// Reads `NAME=GLOB`, or a glob that is the pane's name too.
    package init(_ text: String) {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      name = parts.first ?? text
      pattern = GlobPattern(parts.last ?? text)
    }
  }

  /// The panes of a table: those that were wished for, in that order, then one for each other
  /// series.
  static func panes(of table: MetricsTable, rules: [Rule], hidden: Set<Int>) -> [FollowPane] {
    let shown = table.names.indices.filter { number in
      !hidden.contains(number)
        && table.runs.contains { number < $0.series.count && $0.series[number] != nil }
    }
    var rest = shown
    var panes: [FollowPane] = []
    for rule in rules {
      let own = shown.filter { rule.pattern.matches(table.names[$0]) }
      guard !own.isEmpty else { continue }
      panes.append(FollowPane(name: rule.name, series: own))
      rest.removeAll { own.contains($0) }
    }
    return panes + rest.map { FollowPane(name: table.names[$0], series: [$0]) }
  }
}

/// Whether more is better in a series, by its name: accuracies, scores and rewards.
enum SeriesSense {
  private static let words = [
    "acc", "accuracy", "auc", "f1", "precision", "recall", "score", "reward", "return", "bleu",
    "psnr", "r2", "iou", "map",
  ]

  /// Whether the greatest value is the best.
  static func wantsGreatest(_ name: String) -> Bool {
    let parts = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return parts.contains { words.contains(String($0)) }
  }
}
