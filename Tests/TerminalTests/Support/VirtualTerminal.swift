import Terminal

/// A terminal small enough to trust: text, line feeds, two movements of the cursor, and SGR with
/// 16, 256 and 24-bit colours.
struct VirtualTerminal {
  private(set) var canvas: Canvas
  private var x = 0
  private var y = 0
  private var style = Style()

  init(size: Size) { canvas = Canvas(size: size) }

  /// Shows text; nil when it holds a sequence that it does not know.
  mutating func show(_ text: String) -> Bool {
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\n": (x, y) = (0, y + 1)
      case "\u{1B}":
        guard scalars.popFirst() == "[",
          let end = scalars.firstIndex(where: { "mHC".unicodeScalars.contains($0) })
        else { return false }
        let codes = String(String.UnicodeScalarView(scalars[..<end])).split(separator: ";").map {
          Int($0) ?? -1
        }
        switch scalars[end] {
        case "H":
          guard codes.count == 2 else { return false }
          (x, y) = (codes[1] - 1, codes[0] - 1)
        case "C": x += codes.first ?? 1
        default: guard select(codes) else { return false }
        }
        scalars = scalars[(end + 1)...]
      default:
        put(scalar)
      }
    }
    return true
  }

  /// Writes over what is there; half a wide character that is left over becomes a blank.
  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = ScalarWidth.width(scalar)
    for column in x..<x + max(1, width) {
      if canvas[column, y].isRightHalf { canvas[column - 1, y].scalar = " " }
      if canvas[column + 1, y].isRightHalf { canvas[column + 1, y].scalar = " " }
    }
    canvas[x, y] = Cell(scalar, style: style)
    if width == 2 { canvas[x + 1, y] = Cell(Cell.rightHalf, style: style) }
    x += max(1, width)
  }

  private mutating func select(_ codes: [Int]) -> Bool {
    var rest = codes[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: style = Style()
      case 1: style.attributes.insert(.bold)
      case 2: style.attributes.insert(.dim)
      case 3: style.attributes.insert(.italic)
      case 4: style.attributes.insert(.underline)
      case 7: style.attributes.insert(.reverse)
      case 30...37: style.foreground = XtermPalette.colors[code - 30]
      case 40...47: style.background = XtermPalette.colors[code - 40]
      case 90...97: style.foreground = XtermPalette.colors[code - 82]
      case 100...107: style.background = XtermPalette.colors[code - 92]
      case 39: style.foreground = .terminalDefault
      case 49: style.background = .terminalDefault
      case 38, 48:
        let color: Color
        switch rest.popFirst() {
        case 5:
          guard let index = rest.popFirst(), (0..<256).contains(index) else { return false }
          color = XtermPalette.colors[index]
        case 2:
          guard rest.count >= 3 else { return false }
          let channels = rest.prefix(3)
          rest = rest.dropFirst(3)
          guard channels.allSatisfy({ (0..<256).contains($0) }) else { return false }
          color = Color(channels.reduce(0) { $0 << 8 | UInt32($1) })
        default: return false
        }
        if code == 38 { style.foreground = color } else { style.background = color }
      default: return false
      }
    }
    return true
  }
}
