import Presets
import Terminal
import Views

/// Text to be taken away: it stands without a border from the first column on, and the mouse is the
/// terminal's meanwhile, so that it can be selected where the clipboard is out of reach.
struct CopyBox: Overlay {
  /// What is shown.
  enum Content: Sendable, Equatable {
    case string
    /// A command line, with so many changes at their steps.
    case command(changes: Int)
  }

  private let text: String
  private let content: Content

  /// A box of `text`.
  init(_ text: String, of content: Content) {
    self.text = text
    self.content = content
  }

  var wantsMouse: Bool { false }

  private func lines(width: Int) -> [String] {
    var lines: [String] = []
    var rest = Array(EscapedText.visible(text))[...]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(max(1, width))))
      rest = rest.dropFirst(max(1, width))
    }
    return lines
  }

  func area(in explorer: Explorer) -> Rect {
    let height = min(lines(width: explorer.size.width).count + 4, explorer.size.height)
    return Rect(
      x: 0, y: (explorer.size.height - height) / 2, width: explorer.size.width, height: height)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    if key.control { return .ignored }
    switch key.code {
    case .character("y"): return .closeAnd(content == .string ? .copyCommand : .key("share"))
    case .escape, .enter, .character("q"): return .close
    default: return .stay
    }
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let area = area(in: explorer)
    let appearance = explorer.appearance
    canvas.fill(area, with: appearance.paneBlank)
    let title =
      switch content {
      case .string: "this run in one line; y: its command line"
      case .command(changes: 0): "the command line; y: the string"
      case .command(changes: 1): "the command line, with 1 change at its step; y: the string"
      case .command(let count):
        "the command line, with \(count) changes at their steps; y: the string"
      }
    appearance.write(
      title, at: Point(x: 0, y: area.y), limit: area.width, color: appearance.theme.muted,
      into: &canvas)
    for (row, line) in lines(width: area.width).prefix(max(0, area.height - 3)).enumerated() {
      appearance.write(
        line, at: Point(x: 0, y: area.y + 2 + row), limit: area.width,
        color: appearance.theme.text, into: &canvas)
    }
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [("y", content == .string ? "command line" : "string"), ("esc", "back")]
  }
}
