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
  init(about preset: Preset) {
    let parts = [preset.summary, preset.notes].filter { !$0.isEmpty }
    self.init(
      title: preset.title,
      text: parts.isEmpty
        ? "This preset says nothing about itself."
        : parts.map(Reader.reflow).joined(separator: "\n\n"))
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

  /// Joins the lines of each paragraph, since a file's line breaks mean nothing at another width.
  /// Blank lines part paragraphs; items of a list, and indented lines that continue no item, keep
  /// lines of their own.
  static func reflow(_ text: String) -> String {
    var lines: [String] = []
    // Where the text of the paragraph or item begins that a further line would continue; nil: none
    // would.
    var open: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = Reader.indent(of: line)
      let words = line.dropFirst(indent)
      if words.isEmpty {
        lines.append("")
        open = nil
      } else if let marker = Reader.marker(of: words) {
        lines.append(String(line))
        open = indent + marker
      } else if let begin = open, indent == begin || indent == 0, !lines.isEmpty {
        lines[lines.count - 1] += " " + words
      } else {
        lines.append(String(line))
        open = indent == 0 ? 0 : nil
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Spaces before the first word.
  private static func indent(of line: Substring) -> Int { line.prefix { $0 == " " }.count }

  /// The length of the mark with which an item of a list begins (`- `, `* `, `• `, `2. `, `2) `);
  /// nil where none does.
  private static func marker(of words: Substring) -> Int? {
    let digits = words.prefix { ("0"..."9").contains($0) }.count
    let rest = words.dropFirst(digits)
    guard let first = rest.first, rest.dropFirst().first == " ",
      digits == 0 ? "-*•".contains(first) : digits <= 3 && ".)".contains(first)
    else { return nil }
    return digits + 2
  }

  /// Breaks text into lines of at most `width` columns, at spaces where there are any; at most
  /// 2,000 lines. What an item of a list or an indented line has too much stands under its own
  /// text.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = Reader.indent(of: paragraph)
      let words = paragraph.dropFirst(indent)
      // In a narrow box letters matter more than order.
      let isRoomy = (indent + (Reader.marker(of: words) ?? 0)) * 3 <= width
      let hang = isRoomy ? indent + (Reader.marker(of: words) ?? 0) : 0
      var line = String(repeating: " ", count: isRoomy ? indent : 0)
      var used = 0
      var room = width - line.count
      func breakLine() {
        lines.append(line)
        line = String(repeating: " ", count: hang)
        room = width - hang
        used = 0
      }
      for word in words.split(separator: " ") {
        var word = word
        var length = CellText.width(String(word))
        // A long word, or a text that knows no spaces, begins where there is room and is broken
        // where there is none.
        if used > 0, used + 1 + length > room, length <= width - hang || room - used < 8 {
          breakLine()
        }
        while used + (used > 0 ? 1 : 0) + length > room {
          if used > 0 {
            line += " "
            used += 1
          }
          var part = word.prefix(1)
          while part.count < word.count,
            used + CellText.width(String(word.prefix(part.count + 1))) <= room
          {
            part = word.prefix(part.count + 1)
          }
          word = word.dropFirst(part.count)
          length = CellText.width(String(word))
          line += part
          used = room
          if word.isEmpty { break }
          breakLine()
        }
        guard !word.isEmpty else { continue }
        line += (used > 0 ? " " : "") + word
        used += length + (used > 0 ? 1 : 0)
        if lines.count >= 2000 { return lines }
      }
      lines.append(used > 0 ? line : "")
    }
    return lines
  }
}
