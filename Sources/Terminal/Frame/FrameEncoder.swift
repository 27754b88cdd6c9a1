/// Finds what a frame changes: snaps each cell to what the terminal can show, compares it with what
/// was sent, and numbers colour pairs. Knows no terminal; the screen carries out what it says.
///
/// Changing colours is what costs most, in ncurses and in the terminal. So a cell takes over its
/// left neighbour's pair wherever it looks the same with it: a blank whose background fits, a block
/// whose two colours are exchanged. Not so after a block of strong contrast: terminals draw
/// neighbours of one look together, and fonts let blocks run over their edge.
package struct FrameEncoder: Sendable {
  /// A cell as it is sent.
  package struct Glyph: Equatable, Sendable {
    /// The character; 0 for the second cell of a wide one, for which nothing is sent.
    package var scalar: UInt32
    /// The accents over it, `CombiningMark.packed`; 0 for none.
    package var mark: UInt32 = 0
    /// The pair of colours.
    package var pair: Int32
    /// The attributes.
    package var attributes: Attributes
  }
  /// Neighbouring cells of a row that change.
  package struct Run: Equatable, Sendable {
    /// The row.
    package var y: Int
    /// The first column.
    package var x: Int
    /// Where its glyphs begin in `Changes.glyphs`.
    package var start: Int
    /// How many.
    package var count: Int
  }
  /// What to do to show a frame.
  package struct Changes: Equatable, Sendable {
    /// All pairs and own colours are void: forget them, and draw the whole screen anew.
    package var startsAnew = false
    /// Colours to define before drawing: number and colour.
    package var colors: [(number: Int, color: Color)] = []
    /// Pairs to define before drawing.
    package var pairs: [(number: Int32, pair: ColorSnapper.Pair)] = []
    /// What to draw.
    package var runs: [Run] = []
    /// The cells of all runs.
    package var glyphs: [Glyph] = []

    package static func == (a: Changes, b: Changes) -> Bool {
      a.startsAnew == b.startsAnew && a.runs == b.runs && a.glyphs == b.glyphs
        && a.colors.elementsEqual(b.colors) { $0 == $1 }
        && a.pairs.elementsEqual(b.pairs) { $0 == $1 }
    }

    /// Empties it, keeping its memory.
    fileprivate mutating func clear() {
      startsAnew = false
      colors.removeAll(keepingCapacity: true)
      pairs.removeAll(keepingCapacity: true)
      runs.removeAll(keepingCapacity: true)
      glyphs.removeAll(keepingCapacity: true)
    }
  }

  /// The extent of the screen.
  package private(set) var size: Size
  /// What the last frame changed.
  package private(set) var changes = Changes()
  private let unicode: Bool
  private let combines: Bool
  private var snapper: ColorSnapper
  private var pairs: PairTable
  /// The cells of the last canvas, and how they were sent; empty when nothing is known.
  private var cells: [Cell] = []
  private var sent: [ColorSnapper.Look] = []
  /// The pair of the cell before, and its number.
  private var current: (pair: ColorSnapper.Pair, number: Int32)?
  /// Whether the cell before is a block whose edge would be seen in its neighbour.
  private var spills = false
  private var colorsDefined = 0
  /// Frames until strained colours may start anew again: one frame may hold more colours than the
  /// terminal.
  private var patience = 0
  /// So many frames at least lie between two new starts for better colours.
  private static let restartInterval = 120

  /// An encoder for a screen of which nothing is known. A terminal that does not combine accents
  /// with letters, as the linux console, is sent letters alone.
  package init(
    size: Size, palette: ColorSnapper.Palette, unicode: Bool, combines: Bool = true,
    pairCapacity: Int
  ) {
    self.size = size
    self.unicode = unicode
    self.combines = combines
    snapper = ColorSnapper(palette)
    pairs = PairTable(capacity: pairCapacity)
  }

  /// Forgets what is on the screen; the next frame is drawn whole. Pairs and colours keep their
  /// numbers.
  package mutating func invalidate(size: Size? = nil) {
    if let size { self.size = size }
    cells.removeAll(keepingCapacity: true)
    sent.removeAll(keepingCapacity: true)
  }

  /// Forgets everything, colours too.
  private mutating func startAnew() {
    invalidate()
    pairs.reset()
    snapper.reset()
    colorsDefined = 0
    changes.clear()
    changes.startsAnew = true
  }

  /// Works out what `canvas` changes, into `changes`. What lies outside the screen is cut; what the
  /// canvas does not cover is blank.
  package mutating func encode(_ canvas: Canvas) {
    changes.clear()
    let canvas = canvas.presentable
    if patience > 0 { patience -= 1 }
    if encode(canvas, strict: true) { return }
    startAnew()
    patience = FrameEncoder.restartInterval
    _ = encode(canvas, strict: false)
  }

  /// One attempt; false when the pairs or colours ran out and `strict` forbids to make do.
  private mutating func encode(_ canvas: Canvas, strict: Bool) -> Bool {
    let width = max(0, size.width)
    let height = max(0, size.height)
    let known = sent.count == width * height && cells.count == sent.count
    if !known {
      cells = [Cell](repeating: Cell(), count: width * height)
      sent = [ColorSnapper.Look](
        repeating: ColorSnapper.Look(
          pair: ColorSnapper.Pair(foreground: -1, background: -1), scalar: " ", attributes: []),
        count: width * height)
    }
    current = nil
    spills = false
    let fits = canvas.size == size
    for y in 0..<height {
      var previous = -2
      for x in 0..<width {
        let place = y * width + x
        let cell = fits ? canvas.cells[place] : canvas[x, y]
        // A wide character is sent whole: its second cell follows the first.
        let isSecond = cell.isRightHalf && previous == x - 1 && changes.glyphs.last?.scalar != 0
        let isFirst =
          x + 1 < width && (fits ? canvas.cells[place + 1] : canvas[x + 1, y]).isRightHalf
        let isRightNew = isFirst && (!known || !cells[place + 1].isRightHalf)
        if known, cells[place] == cell, !isSecond, !isRightNew { continue }
        let look = look(of: cell)
        if known, sent[place] == look, !isSecond, !isRightNew {
          cells[place] = cell
          continue
        }
        let isStrong = cell.spills
        guard let glyph = glyph(for: look, isStrong: isStrong, strict: strict) else { return false }
        spills = isStrong
        cells[place] = cell
        sent[place] = look
        if previous == x - 1 {
          changes.runs[changes.runs.count - 1].count += 1
        } else {
          changes.runs.append(Run(y: y, x: x, start: changes.glyphs.count, count: 1))
        }
        changes.glyphs.append(glyph)
        previous = x
      }
    }
    if let own = snapper.own {
      if own.isStrained, strict, patience == 0 { return false }
      for index in colorsDefined..<own.colors.count {
        changes.colors.append((own.range.lowerBound + index, own.colors[index]))
      }
      colorsDefined = own.colors.count
    }
    return true
  }

  /// How a cell looks; equal looks cannot be told apart on the screen.
  private mutating func look(of cell: Cell) -> ColorSnapper.Look {
    var cell = cell
    let isSecond = cell.isRightHalf
    if isSecond { cell.scalar = " " }
    if snapper.palette == .mono { cell = MonoMapping.map(cell, unicode: unicode) }
    if !unicode { cell.scalar = AsciiFallback.scalar(for: cell.scalar) }
    if !combines { cell.mark = .none }
    var look = snapper.look(of: cell)
    if isSecond, unicode { look.scalar = Cell.rightHalf }
    if look.hidesForeground { look.pair.foreground = look.pair.background }
    return look
  }

  /// A look as it is sent; nil when there is no pair left for it. Blocks of strong contrast keep
  /// their colours as they are.
  private mutating func glyph(
    for look: ColorSnapper.Look, isStrong: Bool, strict: Bool
  ) -> Glyph? {
    if let current, !spills {
      if look.hidesForeground, look.pair.background == current.pair.background {
        return Glyph(
          scalar: look.scalar.value, pair: current.number, attributes: look.attributes)
      }
      if !isStrong, look.pair.foreground == current.pair.background,
        look.pair.background == current.pair.foreground, look.pair.foreground >= 0,
        look.pair.background >= 0, let inverse = DotGlyphs.inverseQuadrant(of: look.scalar)
      {
        return Glyph(
          scalar: inverse.value, pair: current.number, attributes: look.attributes)
      }
    }
    guard let (number, isNew) = pairs.number(look.pair) else {
      return strict ? nil : Glyph(scalar: look.scalar.value, pair: 0, attributes: look.attributes)
    }
    if isNew { changes.pairs.append((number, look.pair)) }
    current = (look.pair, number)
    return Glyph(
      scalar: look.scalar.value, mark: look.mark.packed, pair: number,
      attributes: look.attributes)
  }
}

extension Cell {
  /// Whether it is a block that differs so much from what is behind it that a pixel of it beside
  /// the cell would be seen.
  fileprivate var spills: Bool {
    Cell.spills(scalar.value, style.foreground.rgb, style.background.rgb)
  }

  /// The same of its parts.
  static func spills(_ scalar: UInt32, _ foreground: UInt32, _ background: UInt32) -> Bool {
    guard scalar >= 0x2580, scalar <= 0x259F, foreground != background else { return false }
    if foreground > 0xFF_FFFF || background > 0xFF_FFFF { return true }
    var most = 0
    for shift: UInt32 in [16, 8, 0] {
      most = max(most, abs(Int(foreground >> shift & 0xFF) - Int(background >> shift & 0xFF)))
    }
    return most > 32
  }
}
