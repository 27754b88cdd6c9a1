/// Maps styles to what a terminal can show, before anything is compared: unchanged looks are then
/// never sent again.
package struct ColorSnapper: Sendable {
  /// Kinds of palettes.
  package enum Palette: Equatable, Sendable {
    /// Attributes alone.
    case mono
    /// ANSI's 8 colours.
    case ansi8
    /// ANSI's 16 colours.
    case ansi16
    /// The cube and greys of 256 colours.
    case indexed
    /// Entries of our own.
    case own(Range<Int>)
    /// 24 bits.
    case direct

    /// Whether its entries are redefined.
    package var isOwn: Bool { if case .own = self { true } else { false } }
  }
  /// Colours as the terminal numbers them: -1 is its default; otherwise an index, or `0xRRGGBB` for
  /// direct colour.
  package struct Pair: Hashable, Sendable {
    /// Of the character.
    package var foreground: Int32
    /// Behind it.
    package var background: Int32
    /// A pair.
    package init(foreground: Int32, background: Int32) {
      self.foreground = foreground
      self.background = background
    }
  }

  /// What it maps to.
  package let palette: Palette
  /// The entries of our own, where there are any.
  package private(set) var own: DynamicPalette?
  /// With direct colour: how many more colours are kept exactly.
  private var exactLeft = ColorSnapper.exactColors
  private var exact: Set<UInt32> = []
  /// A direct-mapped cache of colours.
  private var keys = [UInt32](repeating: .max - 1, count: ColorSnapper.slots)
  private var values = [Int32](repeating: 0, count: ColorSnapper.slots)

  private static let slots = 4096
  /// With direct colour this many colours are kept exactly (themes, ramps of a few levels); of the
  /// rest 6 bits a channel, which nobody sees, and which keeps colour pairs and bytes few.
  private static let exactColors = 256

  /// Colours of less chroma are greys: among few colours the nearest one would be cyan.
  private static let neutral = 0.045
  /// Colours of more chroma than this say what they mean by their hue: they never become greys.
  private static let vivid = 0.09

  /// A snapper for a palette.
  package init(_ palette: Palette) {
    self.palette = palette
    if case .own(let range) = palette { own = DynamicPalette(range: range) }
  }

  /// Forgets the entries of our own; everything on the screen must be drawn anew.
  package mutating func reset() { self = ColorSnapper(palette) }

  /// The number of a colour.
  package mutating func index(of color: Color) -> Int32 {
    let rgb = color.rgb
    if rgb == .max { return -1 }
    let slot = Int((rgb &* 0x9E37_79B1) >> 20)
    if keys[slot] == rgb { return values[slot] }
    let value = find(color)
    keys[slot] = rgb
    values[slot] = value
    return value
  }

  /// The number of a colour that the cache does not hold.
  private mutating func find(_ color: Color) -> Int32 {
    switch palette {
    case .mono: return -1
    case .ansi8:
      let point = Oklab(color)
      if point.chroma < ColorSnapper.neutral { return point.lightness < 0.4 ? 0 : 7 }
      return Int32(
        XtermPalette.nearest(
          to: color, in: point.chroma < ColorSnapper.vivid ? 0..<8 : 1..<7, hueWeight: 1.3))
    case .ansi16:
      let point = Oklab(color)
      if point.chroma < ColorSnapper.neutral {
        let light = point.lightness
        return light < 0.25 ? 0 : light < 0.66 ? 8 : light < 0.93 ? 7 : 15
      }
      if point.chroma < ColorSnapper.vivid {
        return Int32(XtermPalette.nearest(to: color, in: 0..<16, hueWeight: 1.3))
      }
      // Dark and bright ones of a hue; greys would say that it is no class.
      let dark = XtermPalette.nearest(to: color, in: 1..<7, hueWeight: 1.3)
      let bright = XtermPalette.nearest(to: color, in: 9..<15, hueWeight: 1.3)
      func distance(_ index: Int) -> Double {
        point.squaredDistance(to: Oklab(XtermPalette.colors[index]), chromaWeight: 1.3)
      }
      return Int32(distance(bright) < distance(dark) ? bright : dark)
    case .indexed:
      return Int32(
        IndexedRamps.pick(for: color) ?? XtermPalette.nearest(to: color, in: XtermPalette.fixed))
    case .own: return Int32(own?.index(of: color) ?? 0)
    case .direct:
      let rgb = color.rgb & 0xFF_FFFF
      if exact.contains(rgb) { return Int32(rgb) }
      if exactLeft > 0 {
        exactLeft -= 1
        exact.insert(rgb)
        return Int32(rgb)
      }
      let coarse = (rgb >> 2) & 0x3F3F3F
      return Int32(coarse << 2 | (coarse >> 4) & 0x030303)
    }
  }

  /// How a cell is shown: its colours, its character and its attributes. A block of one colour
  /// becomes a blank. Where few colours would make a character vanish in its background, it takes
  /// the next best one.
  package mutating func look(of cell: Cell) -> Look {
    let style = cell.style
    var look = Look(
      pair: Pair(
        foreground: index(of: style.foreground), background: index(of: style.background)),
      scalar: cell.scalar, mark: cell.mark, attributes: style.attributes)
    if look.pair.foreground == look.pair.background, look.pair.foreground >= 0,
      Glyph.isBlock(cell.scalar)
    {
      look.scalar = " "
    }
    if palette == .ansi8 || palette == .ansi16 { coarsen(&look, style) }
    return look
  }

  /// What few colours need besides.
  private func coarsen(_ look: inout Look, _ style: Style) {
    if palette == .ansi8 {
      // 64 pairs have room for 8×8 combinations, not for defaults too.
      if look.pair.foreground < 0 { look.pair.foreground = 7 }
      if look.pair.background < 0 { look.pair.background = 0 }
    }
    if look.pair.foreground == look.pair.background,
      style.foreground != style.background || palette == .ansi8
    {
      let grey: Int32 = palette == .ansi16 ? 8 : 7
      look.pair.foreground = look.pair.background == grey ? 0 : grey
      if style.foreground == style.background { look.scalar = " " }
    }
    // Eight colours have one grey: lines and labels that should stay behind are dim.
    if palette == .ansi8, look.pair.foreground == 7, look.pair.background == 0,
      style.foreground != .terminalDefault, look.scalar != " ",
      Oklab(style.foreground).lightness < 0.7
    {
      look.attributes.insert(.dim)
    }
  }

  /// How a cell is shown.
  package struct Look: Equatable, Sendable {
    /// Its colours.
    package var pair: Pair
    /// Its character.
    package var scalar: Unicode.Scalar
    /// The accent over it.
    package var mark = CombiningMark.none
    /// Its attributes.
    package var attributes: Attributes

    /// Whether nothing of the foreground is seen.
    var hidesForeground: Bool {
      scalar == " " && attributes.isDisjoint(with: [.underline, .reverse])
    }
  }
}
