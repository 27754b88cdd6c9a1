import Terminal
import Views

/// A pane's border with its number, title and read-out.
struct PaneFrame {
  /// Where it stands.
  var slot: Layout.Slot
  /// In the border at the left.
  var title: String
  /// In the border at the right, most telling first.
  var readout: [String]
  /// Whether it has the focus.
  var isFocused: Bool
  /// Whether its number helps: there are other panes.
  var isNumbered: Bool
  /// Whether the picture shows a moment of the past.
  var isPast = false

  /// Draws the border around a picture that is there.
  func draw(_ appearance: Appearance, into canvas: inout Canvas) {
    let frame = slot.frame
    let theme = appearance.theme
    let base = isPast ? theme.border.mixed(with: theme.warning, 0.6) : theme.border
    let tint = base.mixed(with: isPast ? theme.warning : theme.focusedBorder, isFocused ? 0.75 : 0)
    appearance.drawBorder(frame, color: tint, into: &canvas)
    guard frame.width >= 12 else { return }
    var x = frame.x + 2
    let end = frame.maxX - 2
    func write(_ text: String, _ color: Color, _ attributes: Attributes = []) {
      x += appearance.write(
        text, at: Point(x: x, y: frame.y), limit: max(0, end - x), color: color,
        attributes: attributes, into: &canvas)
    }
    let bold: Attributes = isFocused && appearance.theme.isMonochrome ? [.bold, .reverse] : .bold
    if isNumbered {
      write(" \(slot.number)", isFocused ? theme.focusedBorder : theme.muted)
    }
    write(" ", theme.text)
    write(title, theme.text, bold)
    write(" ", theme.text)
    drawReadout(after: x, to: end, appearance, into: &canvas)
  }

  /// As many parts as fit, in their order.
  private func drawReadout(
    after left: Int, to end: Int, _ appearance: Appearance, into canvas: inout Canvas
  ) {
    var parts = readout.filter { !$0.isEmpty }
    while !parts.isEmpty,
      appearance.width(parts.joined(separator: "  ")) + 2 > end - left - 1
    {
      parts.removeLast()
    }
    guard !parts.isEmpty else { return }
    let text = " \(parts.joined(separator: "  ")) "
    let width = appearance.width(text)
    appearance.write(
      text, at: Point(x: end - width, y: slot.frame.y), limit: width,
      color: appearance.theme.muted, into: &canvas)
  }
}
