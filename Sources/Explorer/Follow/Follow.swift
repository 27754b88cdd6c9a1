package import Metrics
package import Terminal

/// The state of `glissade follow`: what was read, and how it is looked at.
package struct Follow: Sendable {
  /// A line of the list.
  enum Row: Hashable, Sendable { case run(Int), series(Int) }

  /// What was read, as it is shown.
  package internal(set) var frame: MetricsFrame
  /// The newest that was read; shown later while the picture is held.
  private var newest: MetricsFrame
  /// Colours and characters.
  package var appearance: Appearance
  /// The window.
  package internal(set) var size: Size
  /// Which panes are wished for.
  let rules: [FollowPane.Rule]
  /// The panes.
  private(set) var panes: [FollowPane] = []
  /// What is followed, as it was typed.
  let title: String

  /// The runs that are not drawn.
  var hiddenRuns: Set<Int> = []
  /// The names of series that are not drawn.
  var hiddenSeries: Set<Int> = []
  /// The place in `Smoothing.levels`.
  var smoothing = Smoothing.usual
  /// Whether the axis is time instead of steps.
  var isByClock = false
  /// Axes that were chosen, by pane.
  var logarithmic: [String: Bool] = [:]
  /// The pane with the focus; nil: the first.
  var focus: String?
  /// Whether the focused pane is alone.
  var isZoomed = false
  /// The crosshair's place on the axis.
  var cursor: Double?
  /// How much of the axis is seen: 1 is all, 4 a quarter.
  var zoom = 1.0
  /// The chosen line of the list.
  var chosen = Row.run(0)
  /// Whether the picture stands while reading goes on.
  var isHeld = false
  /// What lines of the list must contain.
  var filter = ""
  /// The filter as it is typed.
  var field: TextField?
  /// Whether the keys are shown.
  var showsHelp = false
  /// A message, and until when.
  var message: (text: String, end: Duration)?

  /// The name of the pane with the list.
  static let list = "runs and series"

  /// A state that shows nothing yet.
  package init(
    frame: MetricsFrame, rules: [FollowPane.Rule] = [], title: String,
    appearance: Appearance, size: Size
  ) {
    self.frame = frame
    newest = frame
    self.rules = rules
    self.title = title
    self.appearance = appearance
    self.size = size
    arrange()
  }

  /// Takes in what was read since.
  package mutating func see(_ frame: MetricsFrame) {
    newest = frame
    guard !isHeld else { return }
    self.frame = frame
    arrange()
  }

  /// Smooths with a weight of the past that is one of `Smoothing.levels`.
  package mutating func smooth(_ weight: Double) {
    smoothing = Smoothing.levels.firstIndex(of: weight) ?? smoothing
  }

  /// Lets the picture stand, or go on.
  mutating func toggleHeld() {
    isHeld.toggle()
    if !isHeld { see(newest) }
  }

  /// Chooses the panes anew: series came, or were hidden.
  mutating func arrange() {
    panes = FollowPane.panes(of: frame.table, rules: rules, hidden: hiddenSeries)
  }

  /// The names of all panes, the list's among them: it is the last of those that a large window
  /// shows, and follows the first where there is room for two.
  var paneNames: [String] {
    var names = panes.map(\.name)
    names.insert(Follow.list, at: min(names.count, 5))
    return names
  }

  /// The pane with the focus.
  var focusedName: String {
    let names = paneNames
    return focus.flatMap { names.contains($0) ? $0 : nil } ?? names[0]
  }

  /// Whether the list has the focus: then Space acts in it.
  var isListFocused: Bool { focusedName == Follow.list }

  /// The lines of the list that the filter lets through.
  var rows: [Row] {
    let table = frame.table
    func fits(_ name: String) -> Bool {
      filter.isEmpty || name.lowercased().contains(filter.lowercased())
    }
    let runs = table.runs.indices.filter { fits(table.runs[$0].name) }.map { Row.run($0) }
    let series = table.names.indices.filter { number in
      fits(table.names[number])
        && table.runs.contains { number < $0.series.count && $0.series[number] != nil }
    }.map { Row.series($0) }
    return runs + series
  }

  /// The run whose curves stand out.
  var leader: Int? {
    if case .run(let run) = chosen, run < frame.table.runs.count { return run }
    return nil
  }

  /// Chooses another line of the list.
  mutating func moveChoice(by distance: Int) {
    let rows = rows
    guard !rows.isEmpty else { return }
    let place = rows.firstIndex(of: chosen) ?? 0
    chosen = rows[min(rows.count - 1, max(0, place + distance))]
  }

  /// Hides what the chosen line names, or shows it again.
  mutating func toggleChosen() { toggle(chosen) }

  /// Hides a run or series, or shows it again.
  mutating func toggle(_ row: Row) {
    switch row {
    case .run(let run): hiddenRuns.formSymmetricDifference([run])
    case .series(let series): hiddenSeries.formSymmetricDifference([series])
    }
    arrange()
  }

  /// The focus goes on or back by a pane.
  mutating func moveFocus(by distance: Int) {
    let names = paneNames
    let place = names.firstIndex(of: focusedName) ?? 0
    focus = names[(place + distance + names.count) % names.count]
  }

  /// Shows a message for a while.
  mutating func say(_ text: String, at now: Duration) {
    message = (text, now + .seconds(4))
  }

  /// The pane with the focus, or the first, where the list has it.
  var focusedPane: FollowPane? { panes.first { $0.name == focusedName } ?? panes.first }
}
