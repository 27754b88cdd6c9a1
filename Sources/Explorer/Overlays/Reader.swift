import Terminal
import Training
import Views

/// A text to be read: about a preset, or an error of several lines.
struct Reader: Overlay {
  private let title: String
  private let text: String
  private var top = 0

  /// A text under a title.
  init(title: String, text: String) {
    self.title = title
    self.text = text
  }

  /// What a preset says of itself.
  init(about experiment: Experiment) {
    let parts = [experiment.summary, experiment.notes].filter { !$0.isEmpty }
    self.init(
      title: experiment.title,
      text: parts.isEmpty
        ? "This preset says nothing about itself." : parts.joined(separator: "\n\n"))
  }

  func area(in explorer: Explorer) -> Rect {
    let width = min(80, explorer.size.width - 4)
    let lines = Reader.wrap(text, width: max(1, width - 6)).count
    let height = max(3, min(lines + 4, explorer.size.height - 4))
    return Rect(
      x: (explorer.size.width - width) / 2, y: (explorer.size.height - height) / 2, width: width,
      height: height)
  }

  private func lines(in area: Rect) -> [String] {
    Reader.wrap(text, width: max(1, area.width - 6))
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    if key.control { return .ignored }
    let area = area(in: explorer)
    let page = max(1, area.height - 4)
    switch key.code {
    case .escape, .enter, .character("q"), .character("n"): return .close
    case .up: scroll(by: -1, area)
    case .down: scroll(by: 1, area)
    case .pageUp: scroll(by: -page, area)
    case .pageDown, .character(" "): scroll(by: page, area)
    case .home: top = 0
    case .end: scroll(by: .max / 2, area)
    default: break
    }
    return .stay
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    scroll(by: up ? -3 : 3, area(in: explorer))
  }

  private mutating func scroll(by rows: Int, _ area: Rect) {
    top = max(0, min(top + rows, lines(in: area).count - max(1, area.height - 4)))
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let area = area(in: explorer)
    explorer.appearance.drawBox(area, title: title, into: &canvas)
    let lines = lines(in: area)
    let height = max(0, area.height - 4)
    // A window that grew may show more than when it was scrolled.
    let first = max(0, min(top, lines.count - height))
    for row in 0..<height where first + row < lines.count {
      explorer.appearance.write(
        lines[first + row], at: Point(x: area.x + 3, y: area.y + 2 + row), limit: area.width - 6,
        color: explorer.appearance.theme.text, into: &canvas)
    }
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [("up down", "scroll"), ("esc", "back")]
  }

  /// Breaks text into lines of at most `width` scalars, at spaces where there are any; at most 2,000 lines.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      var used = 0
      for word in paragraph.split(separator: " ") {
        var word = word.unicodeScalars[...]
        if used > 0, used + 1 + word.count > width {
          lines.append(line)
          line = ""
          used = 0
        }
        while word.count > width {
          lines.append(String(word.prefix(width)))
          word = word.dropFirst(width)
        }
        line += (used > 0 ? " " : "") + String(word)
        used += word.count + (used > 0 ? 1 : 0)
        if lines.count >= 2000 { return lines }
      }
      lines.append(line)
    }
    return lines
  }
}
