import Terminal
import Views

/// A question that `y` answers with an action and anything else with none.
struct Confirm: Overlay {
  /// One sentence.
  let question: String
  /// What yes does.
  let action: Action

  func area(in explorer: Explorer) -> Rect {
    let width = min(explorer.appearance.width(question) + 6, explorer.size.width - 2)
    return Rect(
      x: (explorer.size.width - width) / 2, y: (explorer.size.height - 5) / 2, width: width,
      height: 5)
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    if key.control { return .ignored }
    switch key.code {
    case .character("y"), .character("Y"): return .closeAnd(action)
    case .character("n"), .character("N"), .escape, .enter: return .close
    default: return .stay
    }
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let area = area(in: explorer)
    let appearance = explorer.appearance
    appearance.drawBox(area, title: "sure?", into: &canvas)
    // A long path is cut at its front: the question's end and the file's name matter.
    let room = area.width - 6
    var shown = appearance.glyphs.spell(question)
    if CellText.width(shown) > room, room > 1 {
      var rest = CellText.cells(of: shown)[...]
      while rest.reduce(0, { $0 + $1.width }) > room - 1 { rest.removeFirst() }
      var text = String.UnicodeScalarView([appearance.glyphs.mark("…", ascii: "~")])
      for character in rest {
        text.append(character.scalar)
        text.append(contentsOf: character.mark.scalars)
      }
      shown = String(text)
    }
    appearance.write(
      shown, at: Point(x: area.x + 3, y: area.y + 1), limit: room,
      color: appearance.theme.text, into: &canvas)
    appearance.write(
      "y yes   n no", at: Point(x: area.x + 3, y: area.y + 3), limit: room,
      color: appearance.theme.muted, into: &canvas)
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [("y", "yes"), ("n", "no")]
  }
}
