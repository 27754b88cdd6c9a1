/// A canvas as text with escape sequences, for `cat` in a terminal.
package enum AnsiRenderer {
  /// Rows ended by a reset and a line feed; colours and attributes only where they change. In 256
  /// colours all are the fixed ones; `mono` uses attributes alone.
  package static func render(_ canvas: Canvas, colors: Capabilities.ColorDepth = .direct) -> String
  {
    var snapper = ColorSnapper(palette(colors))
    let canvas = canvas.presentable
    var text = ""
    text.reserveCapacity(canvas.cells.count * 8)
    for y in 0..<canvas.size.height {
      var current: Look?
      for x in 0..<canvas.size.width {
        var cell = canvas[x, y]
        if cell.isRightHalf { continue }
        if colors == .mono { cell = MonoMapping.map(cell, unicode: true) }
        let look: Look
        if colors == .direct {
          look = Look(pair: exact(cell.style), attributes: cell.style.attributes)
        } else {
          let snapped = snapper.look(of: cell)
          // A block that became a blank bears no accent.
          if cell.scalar != snapped.scalar { cell.scalar = snapped.scalar }
          look = Look(pair: snapped.pair, attributes: snapped.attributes)
        }
        if look != current {
          text += look.sequence(after: current, direct: colors == .direct)
          current = look
        }
        text.unicodeScalars.append(cell.scalar)
        text.unicodeScalars.append(contentsOf: cell.mark.scalars)
      }
      text += "\u{1B}[0m\n"
    }
    return text
  }

  /// A file has room for exact colours.
  private static func exact(_ style: Style) -> ColorSnapper.Pair {
    func number(_ color: Color) -> Int32 {
      color == .terminalDefault ? -1 : Int32(color.rgb & 0xFF_FFFF)
    }
    return ColorSnapper.Pair(
      foreground: number(style.foreground), background: number(style.background))
  }

  private static func palette(_ colors: Capabilities.ColorDepth) -> ColorSnapper.Palette {
    switch colors {
    case .mono: .mono
    case .ansi8: .ansi8
    case .ansi16: .ansi16
    case .indexed256: .indexed
    case .direct: .direct
    }
  }

  /// Colours and attributes that are set.
  private struct Look: Equatable {
    var pair: ColorSnapper.Pair
    var attributes: Attributes

    /// The sequence that goes from one look to this one.
    func sequence(after old: Look?, direct: Bool) -> String {
      var codes: [String] = []
      var base = old
      if old == nil || old?.attributes != attributes {
        codes.append("0")
        base = nil
        for (attribute, code) in Look.attributeCodes where attributes.contains(attribute) {
          codes.append(code)
        }
      }
      if pair.foreground != base?.pair.foreground ?? -1 {
        codes.append(Look.code(pair.foreground, 30, direct))
      }
      if pair.background != base?.pair.background ?? -1 {
        codes.append(Look.code(pair.background, 40, direct))
      }
      return "\u{1B}[\(codes.joined(separator: ";"))m"
    }

    private static let attributeCodes: [(Attributes, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ]

    private static func code(_ number: Int32, _ base: Int32, _ direct: Bool) -> String {
      if number < 0 { return "\(base + 9)" }
      if direct {
        return "\(base + 8);2;\(number >> 16 & 0xFF);\(number >> 8 & 0xFF);\(number & 0xFF)"
      }
      if number < 8 { return "\(base + number)" }
      if number < 16 { return "\(base + 60 + number - 8)" }
      return "\(base + 8);5;\(number)"
    }
  }
}
