import Metrics
import Terminal

/// A key of `glissade follow`.
package struct FollowKey: Sendable {
  /// What a key does outside.
  enum Act: Sendable { case none, quit, copy(String), suspend, repaint }

  /// The keys.
  let keys: [Key]
  /// As people read them.
  package let spelling: String
  /// What it does.
  package let summary: String
  /// In the bar; nil: not there.
  let hint: String?
  let act: @Sendable (inout Follow, Key, Duration) -> Act

  private init(
    _ spelling: String, _ keys: [Key], _ summary: String, hint: String? = nil,
    act: @escaping @Sendable (inout Follow, Key, Duration) -> Act
  ) {
    self.spelling = spelling
    self.keys = keys
    self.summary = summary
    self.hint = hint
    self.act = act
  }

  /// All keys, in the order in which they are shown.
  package static let all: [FollowKey] = [
    FollowKey(
      "↑ ↓", [KeyCode.up, .down, .pageUp, .pageDown].map { Key($0) },
      "choose a run or series in the list; the chosen run stands out", hint: "run or series"
    ) { follow, key, _ in
      let distance = [KeyCode.up: -1, .down: 1, .pageUp: -8, .pageDown: 8][key.code] ?? 0
      follow.moveChoice(by: distance)
      return .none
    },
    FollowKey("enter", [Key(.enter)], "hide it, or show it again", hint: "hide or show") {
      follow, _, _ in
      follow.toggleChosen()
      return .none
    },
    FollowKey(
      "{ }", [.type("{"), .type("}")], "less or more smoothing: none, 0.5 … 0.99",
      hint: "smoothing"
    ) { follow, key, now in
      let step = key.code == .character("{") ? -1 : 1
      follow.smoothing = min(Smoothing.levels.count - 1, max(0, follow.smoothing + step))
      let level = Smoothing.levels[follow.smoothing]
      follow.say(level == 0 ? "not smoothed" : "smoothed \(NumberText.short(level))", at: now)
      return .none
    },
    FollowKey("l", [.type("l")], "logarithmic or linear axis of the pane", hint: "log") {
      follow, _, _ in
      guard let pane = follow.focusedPane else { return .none }
      let curves = FollowCurves(follow, pane)
      follow.logarithmic[pane.name] = !curves.isLogarithmic
      return .none
    },
    FollowKey("x", [.type("x")], "axis by steps or by the clock", hint: "step or clock") {
      follow, _, _ in
      follow.isByClock.toggle()
      follow.cursor = nil
      return .none
    },
    FollowKey(
      "← →", [KeyCode.left, .right].flatMap { [Key($0), Key($0, shift: true)] },
      "move the crosshair; Shift: by ten", hint: "crosshair"
    ) { follow, key, _ in
      let distance = (key.code == .left ? -1.0 : 1) * (key.shift ? 10 : 1)
      follow.moveCursor(by: distance)
      return .none
    },
    FollowKey("> <", [.type(">"), .type("<")], "zoom in or out along the axis", hint: "zoom") {
      follow, key, _ in
      follow.zoom = min(1e6, max(1, follow.zoom * (key.code == .character(">") ? 1.5 : 1 / 1.5)))
      return .none
    },
    FollowKey("0", [.type("0")], "the whole axis again, no crosshair") { follow, _, _ in
      follow.zoom = 1
      follow.cursor = nil
      return .none
    },
    FollowKey(
      "space", [.type(" ")], "hold the picture, reading goes on; in the list: hide or show",
      hint: "hold still"
    ) { follow, _, _ in
      if follow.isListFocused { follow.toggleChosen() } else { follow.toggleHeld() }
      return .none
    },
    FollowKey(
      "tab", [Key(.tab), Key(.backTab)], "the next pane; Shift: the one before", hint: "pane"
    ) { follow, key, _ in
      follow.moveFocus(by: key.code == .tab && !key.shift ? 1 : -1)
      return .none
    },
    FollowKey(
      "1–9", "123456789".unicodeScalars.map { .type($0) }, "the pane of that number"
    ) { follow, key, _ in
      let names = follow.paneNames
      if case .character(let digit) = key.code, Int(digit.value) - 49 < names.count {
        follow.focus = names[Int(digit.value) - 49]
      }
      return .none
    },
    FollowKey("z", [.type("z")], "the pane alone, or all again") { follow, _, _ in
      follow.isZoomed.toggle()
      return .none
    },
    FollowKey(":", [.type(":")], "show only lines of the list that contain a text") {
      follow, _, _ in
      follow.field = TextField(follow.filter, marked: true)
      return .none
    },
    FollowKey("y", [.type("y")], "copy the values at the crosshair, or the last", hint: "copy") {
      follow, _, now in
      follow.say("copied", at: now)
      return .copy(follow.copiedValues)
    },
    FollowKey("?", [.type("?"), Key(.function(1))], "show these keys", hint: "help") {
      follow, _, _ in
      follow.showsHelp = true
      return .none
    },
    FollowKey("ctrl-l", [.control("l")], "draw everything again") { _, _, _ in .repaint },
    FollowKey("ctrl-z", [.control("z")], "stop; `fg` goes on") { _, _, _ in .suspend },
    FollowKey(
      "q", [.type("q"), .control("c")], "leave; the training goes on", hint: "quit"
    ) { _, _, _ in .quit },
  ]

  private static let byKey = Dictionary(
    all.flatMap { entry in entry.keys.map { ($0, entry) } }, uniquingKeysWith: { first, _ in first }
  )

  /// The entry of a key.
  static func entry(_ key: Key) -> FollowKey? {
    var key = key
    if case .character = key.code { key.shift = false }
    return byKey[key]
  }
}

extension Follow {
  /// Takes in a key.
  mutating func handle(_ key: Key, at now: Duration) -> FollowKey.Act {
    // No key is held with Alt: the Escape key came, and at once another.
    if let next = key.afterEscape {
      _ = handle(Key(.escape), at: now)
      return handle(next, at: now)
    }
    if showsHelp {
      showsHelp = false
      return key == .control("c") ? .quit : .none
    }
    if var typed = field {
      switch key.code {
      case .enter: field = nil
      case .escape: (field, filter) = (nil, "")
      default:
        _ = typed.handle(key)
        (field, filter) = (typed, typed.text)
      }
      if let first = rows.first, !rows.contains(chosen) { chosen = first }
      return .none
    }
    if key.code == .escape {
      if isZoomed { isZoomed = false } else if !filter.isEmpty { filter = "" } else { cursor = nil }
      return .none
    }
    return FollowKey.entry(key)?.act(&self, key, now) ?? .none
  }

  /// Takes in what the mouse did.
  mutating func handle(_ mouse: Mouse) {
    let layout = FollowLayout(self)
    guard let slot = layout.slots.first(where: { $0.frame.contains(Point(x: mouse.x, y: mouse.y)) })
    else { return }
    switch mouse.action {
    case .wheelUp: zoom = min(1e6, zoom * 1.25)
    case .wheelDown: zoom = max(1, zoom / 1.25)
    case .press, .drag:
      guard mouse.button == .left else { return }
      let hadFocus = slot.name == focusedName
      focus = slot.name
      if slot.name == Follow.list {
        guard mouse.action == .press,
          let row = FollowList(self, slot.area).row(at: mouse.y)
        else { return }
        chosen = row
        // The swatch is a switch.
        if mouse.x < slot.area.x + 4 { toggle(row) }
      } else if hadFocus, let pane = panes.first(where: { $0.name == slot.name }) {
        let plot = FollowCurves(self, pane).plot(in: slot.area)
        if let values = plot.values(at: Point(x: mouse.x, y: mouse.y)) { cursor = values.x }
      }
    default: break
    }
  }

  /// Moves the crosshair by columns of the first pane; it begins at the right end.
  mutating func moveCursor(by columns: Double) {
    let layout = FollowLayout(self)
    guard let pane = focusedPane,
      let slot = layout.slots.first(where: { $0.name == pane.name })
        ?? layout.slots.first(where: { $0.name != Follow.list })
    else { return }
    let plot = FollowCurves(self, pane).plot(in: slot.area)
    let width = plot.x.upper - plot.x.lower
    let step = width / Double(max(1, plot.area.width))
    guard step.isFinite else { return }
    let place = cursor ?? plot.x.upper - columns * step
    cursor = min(plot.x.upper, max(plot.x.lower, place + columns * step))
  }

  /// The values at the crosshair, or the last: a line a run, with tabulators.
  var copiedValues: String {
    let table = frame.table
    let shown = panes.flatMap(\.series)
    var lines = [(["run", "step"] + shown.map { table.names[$0] }).joined(separator: "\t")]
    for (number, run) in table.runs.enumerated() where !hiddenRuns.contains(number) {
      let points = shown.map { name in
        (name < run.series.count ? run.series[name] : nil).flatMap { series in
          cursor.map { place(of: series, in: run, at: $0) } ?? series.last
        }
      }
      let step = points.compactMap { $0?.last }.max()
      let cells = points.map { $0.map { "\($0.value)" } ?? "" }
      lines.append(([run.name, step.map { "\($0)" } ?? ""] + cells).joined(separator: "\t"))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
