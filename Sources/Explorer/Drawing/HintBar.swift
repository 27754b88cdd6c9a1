import Lanes
import Terminal
import Training
import Views

/// The bar at the bottom: the keys that matter now, or a banner; a message stands above it.
struct HintBar {
  /// One offer in the bar.
  private struct Item {
    var keys: String
    var label: String
    var priority: Int
    /// The key it stands for; nil for those of a box.
    var binding: KeyBinding?
    var x = 0
    var width = 0
  }

  private var items: [Item]
  @Boxed private var explorer: Explorer
  private let banner: String?

  private static let left = 2
  private static let gap = 3

  /// The bar of a state.
  init(_ explorer: Explorer) {
    self.explorer = explorer
    let room = explorer.size.width - HintBar.left - 1
    if let top = explorer.overlays.last {
      banner = nil
      items = top.hints(in: explorer).map { Item(keys: $0.keys, label: $0.label, priority: 1) }
    } else if explorer.isFormFocused, let form = explorer.form {
      banner = nil
      items = FormPanel.hints(form).enumerated().map {
        Item(keys: $1.keys, label: $1.label, priority: 100 - $0)
      }
    } else {
      banner = Banner.text(explorer)
      items = keyBindings.entries.compactMap { binding in
        binding.hint(explorer).flatMap { hint in
          binding.keys.first.map {
            Item(
              keys: $0.text, label: hint.label, priority: hint.priority, binding: binding)
          }
        }
      }
      items =
        explorer.networkHints.map { Item(keys: $0.keys, label: $0.label, priority: $0.priority) }
        + items
      // How the run stands is covered, and so is what could be done about it.
      if explorer.cover != nil {
        items.removeAll { item in
          [.run, .past].contains(item.binding?.group)
            || item.binding.map(explorer.refuses) == true
        }
      }
      if banner != nil {
        items.removeAll { ["proceed", "lesson"].contains($0.binding?.name) }
      }
    }
    let bannerWidth = banner.map { explorer.appearance.width($0) + HintBar.gap } ?? 0
    place(from: HintBar.left + bannerWidth, to: HintBar.left + room)
  }

  /// Drops the least important until the rest fits, and gives each its place; the order stays.
  private mutating func place(from start: Int, to end: Int) {
    for index in items.indices {
      items[index].width =
        explorer.appearance.width(items[index].keys) + 1
        + explorer.appearance.width(items[index].label)
    }
    func width(_ items: [Item]) -> Int {
      items.reduce(0) { $0 + $1.width } + max(0, items.count - 1) * HintBar.gap
    }
    while !items.isEmpty, width(items) > end - start {
      let least = items.indices.min { items[$0].priority < items[$1].priority } ?? 0
      items.remove(at: least)
    }
    var x = start
    for index in items.indices {
      items[index].x = x
      x += items[index].width + HintBar.gap
    }
  }

  /// The binding under a column.
  func binding(at column: Int) -> KeyBinding? {
    if let banner, column >= HintBar.left,
      column < HintBar.left + explorer.appearance.width(banner)
    {
      return Banner.offersProceeding(explorer) ? keyBindings["proceed"] : nil
    }
    return items.first { column >= $0.x && column < $0.x + $0.width }?.binding
  }

  /// The first key of each offer, for tests.
  var keys: [Key] { items.compactMap { $0.binding?.keys.first } }

  /// The offers as text, for tests.
  var text: String { items.map { "\($0.keys) \($0.label)" }.joined(separator: "   ") }

  /// Draws the bar.
  func draw(into canvas: inout Canvas) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    let y = explorer.size.height - 1
    var background = theme.background
    if banner != nil {
      let tone = Banner.offersProceeding(explorer) ? theme.bad : theme.good
      background = theme.background.mixed(with: tone, 0.22)
    }
    canvas.fill(
      Rect(x: 0, y: y, width: explorer.size.width, height: 1),
      with: Cell(" ", style: Style(foreground: theme.text, background: background)))
    if let banner { draw(banner, y, into: &canvas) }
    for item in items {
      let used = appearance.write(
        item.keys, at: Point(x: item.x, y: y), limit: item.width, color: theme.text, into: &canvas)
      appearance.write(
        item.label, at: Point(x: item.x + used + 1, y: y), limit: item.width, color: theme.muted,
        into: &canvas)
    }
  }

  /// The sentence in bold, with its key standing out.
  private func draw(_ banner: String, _ y: Int, into canvas: inout Canvas) {
    let appearance = explorer.appearance
    let theme = appearance.theme
    let limit = explorer.size.width - HintBar.left - 1
    appearance.write(
      banner, at: Point(x: HintBar.left, y: y), limit: limit, color: theme.text, attributes: .bold,
      into: &canvas)
    guard Banner.offersProceeding(explorer), let place = banner.ranges(of: Banner.key).last else {
      return
    }
    let before = appearance.width(String(banner[..<place.lowerBound]))
    appearance.write(
      Banner.key, at: Point(x: HintBar.left + before, y: y), limit: limit - before,
      color: theme.warning, attributes: [.bold, .underline], into: &canvas)
  }

  /// Draws the message: in the row above the keys, in two where one is too narrow, or above a box
  /// that reaches down to the keys; at the right.
  func drawMessage(into canvas: inout Canvas) {
    // A question has the bar to itself.
    guard let toast = explorer.toast, !(explorer.overlays.last is Confirm) else { return }
    let theme = explorer.appearance.theme
    let color: Color =
      switch toast.tone {
      case .plain: theme.text
      case .good: theme.good
      case .warning: theme.warning
      case .bad: theme.bad
      }
    let size = explorer.size
    // A message has a place of its own: beside a panel, or above it, never over its keys.
    let panel = explorer.layout.panel
    let isAbove = !panel.isEmpty && panel.x == 0
    // Below a box where there is a row, so that it covers no title of a pane; else above it.
    var y = isAbove ? panel.y - 1 : size.height - 2
    if let box = explorer.overlays.last?.area(in: explorer), box.maxY > y, box.y > 2 {
      y = box.y - 1
    }
    let appearance = explorer.appearance
    let right = explorer.overlays.isEmpty && panel.x > 0 ? panel.x : size.width
    let room = right - 2
    let lines = Self.lines(of: toast.text, width: room - 2, appearance)
    let width = min((lines.map { appearance.width($0) }.max() ?? 0) + 2, room)
    guard width > 3 else { return }
    let place = Rect(
      x: right - 1 - width, y: y + 1 - lines.count, width: width, height: lines.count)
    canvas.fill(
      place, with: Cell(" ", style: Style(foreground: theme.text, background: appearance.chosen)))
    for (line, text) in lines.enumerated() {
      appearance.write(
        text, at: Point(x: place.x + 1, y: place.y + line), limit: width - 2, color: color,
        into: &canvas)
    }
  }

  /// A message in one line, or in two where it is longer than one. Where two do not hold it, paths
  /// lose their folders, so that the reason is seen; what is still too long is cut.
  private static func lines(of text: String, width: Int, _ appearance: Appearance) -> [String] {
    guard appearance.width(text) > width, width > 8 else { return [text] }
    func wrapped(_ text: String) -> [String] {
      Reader.wrap(appearance.glyphs.spell(text), width: width)
    }
    var lines = wrapped(text)
    if lines.count > 2 { lines = wrapped(withoutFolders(text)) }
    guard lines.count > 2 else { return lines }
    return [lines[0], lines.dropFirst().joined(separator: " ")]
  }

  /// A message whose absolute paths are told by their last parts.
  private static func withoutFolders(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let path = word.drop { "\"'(".contains($0) }
      guard path.first == "/", let last = path.lastIndex(of: "/"), path.count > 24 else {
        return String(word)
      }
      return word[..<path.startIndex] + "…" + path[last...]
    }.joined(separator: " ")
  }
}

/// What the bar says when a run ended.
enum Banner {
  /// Room for the keys that are worth more than a longer sentence: `r restart q quit`, and the gap
  /// before them.
  private static let keys = 21

  /// The sentence, for a run that diverged or finished: as long as the bar has room for with a few
  /// keys beside it.
  static func text(_ explorer: Explorer) -> String? {
    guard explorer.cover == nil else { return nil }
    if let greeting = explorer.greeting {
      return greeting.text(width: explorer.size.width - 3)
    }
    switch explorer.standing {
    case .diverged(let step, let parameter):
      let what = parameter ?? "the loss"
      let mark = explorer.appearance.glyphs.mark("✕", ascii: "x")
      let head = "\(mark) diverged at step \(NumberText.count(step))"
      let sentences = [
        "\(head): \(what) is not finite — enter restarts with η halved",
        "\(head) — enter restarts with η halved",
        "\(head): enter halves η",
        "\(mark) diverged: enter halves η",
      ]
      let room = explorer.size.width - 3
      func fits(_ text: String, _ room: Int) -> Bool { explorer.appearance.width(text) <= room }
      return sentences.first { fits($0, room - keys) }
        ?? sentences.dropFirst(2).first { fits($0, room) } ?? sentences[3]
    case .finished:
      let mark = explorer.appearance.glyphs.mark("✓", ascii: "+")
      return "\(mark) finished at step \(NumberText.count(explorer.snapshot.step))"
    case .running, .paused: return nil
    }
  }

  /// The key in the sentence, which is drawn as keys are.
  static let key = "enter"

  /// Whether Enter, or a click on it, restarts.
  static func offersProceeding(_ explorer: Explorer) -> Bool {
    if case .diverged = explorer.standing { return true }
    return false
  }
}
