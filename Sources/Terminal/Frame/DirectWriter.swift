/// What a frame changes, as bytes for a terminal with direct colour.
///
/// ncurses works every colour out from the terminal's description by a small program, twice a
/// change: of a smooth map of 200×60 that takes 3 to 6 ms, this 0.5 to 1. It says only what differs
/// from the cell before, in numbers from a table.
package struct DirectWriter: Sendable {
  /// How many pairs it keeps.
  package static let pairCapacity = 1 << 16
  /// The bytes of the last frame.
  package private(set) var bytes: [UInt8] = []
  /// Colours by the numbers that the encoder gave them; the first is the terminal's own.
  private var pairs = [ColorSnapper.Pair(foreground: -1, background: -1)]
  private var foreground: Int32 = -1
  private var background: Int32 = -1
  private var attributes: Attributes = []
  /// Whether the cell before is a block whose edge would be seen in its neighbour.
  private var spills = false

  /// A writer for a terminal whose colours and attributes are its own at the beginning of each
  /// frame.
  package init() {}

  /// Works the bytes out. They leave colours and attributes as they were; the cursor stands
  /// anywhere.
  package mutating func encode(_ changes: FrameEncoder.Changes) {
    bytes.removeAll(keepingCapacity: true)
    if changes.startsAnew { pairs.removeSubrange(1...) }
    for (number, pair) in changes.pairs { define(pair, as: Int(number)) }
    var row = -1
    var column = 0
    changes.glyphs.withUnsafeBufferPointer { glyphs in
      for run in changes.runs {
        move(to: run, from: row, column)
        for index in run.start..<run.start + run.count { put(glyphs[index]) }
        row = run.y
        column = run.x + run.count
      }
    }
    select(foreground: -1, background: -1, attributes: [])
  }

  private mutating func define(_ pair: ColorSnapper.Pair, as number: Int) {
    while pairs.count <= number {
      pairs.append(ColorSnapper.Pair(foreground: -1, background: -1))
    }
    pairs[number] = pair
  }

  /// Puts the cursor where a run begins: a few columns on in the same row, or anywhere.
  private mutating func move(to run: FrameEncoder.Run, from row: Int, _ column: Int) {
    bytes.append(0x1B)
    bytes.append(0x5B)
    if run.y == row, run.x > column {
      number(run.x - column)
      bytes.append(0x43)  // CUF
    } else {
      number(run.y + 1)
      bytes.append(0x3B)
      number(run.x + 1)
      bytes.append(0x48)  // CUP
    }
  }

  private mutating func put(_ glyph: FrameEncoder.Glyph) {
    // The second cell of a wide character, which was sent with the first.
    if glyph.scalar == 0 { return }
    let known = Int(glyph.pair) < pairs.count ? Int(glyph.pair) : 0
    let pair = pairs[known]
    let isBlank =
      glyph.scalar == 0x20 && glyph.attributes.isDisjoint(with: [.underline, .reverse])
    // A blank has no foreground, so whatever is set stays; but not together with a block that would
    // run into it.
    let keeps = isBlank && glyph.attributes == attributes && !spills
    spills = Cell.spills(
      glyph.scalar, UInt32(bitPattern: pair.foreground), UInt32(bitPattern: pair.background))
    select(
      foreground: keeps ? foreground : pair.foreground,
      background: pair.background, attributes: glyph.attributes)
    append(glyph.scalar)
    if glyph.mark != 0 { append(glyph.mark & 0xFFFF) }
    if glyph.mark > 0xFFFF { append(glyph.mark >> 16) }
  }

  /// Says what of colours and attributes changes.
  private mutating func select(
    foreground front: Int32, background back: Int32, attributes wanted: Attributes
  ) {
    guard front != foreground || back != background || wanted != attributes else { return }
    bytes.append(0x1B)
    bytes.append(0x5B)
    let start = bytes.count
    if wanted != attributes || (front < 0 && back < 0) {
      // Attributes are only put out all at once; colours go with them.
      bytes.append(0x30)
      foreground = -1
      background = -1
      attributes = wanted
      for (flag, code) in DirectWriter.codes where wanted.contains(flag) {
        bytes.append(0x3B)
        bytes.append(code)
      }
    }
    if front != foreground {
      color(front, base: 0x33, isFirst: bytes.count == start)
      foreground = front
    }
    if back != background {
      color(back, base: 0x34, isFirst: bytes.count == start)
      background = back
    }
    bytes.append(0x6D)
  }

  private static let codes: [(Attributes, UInt8)] = [
    (.bold, 0x31), (.dim, 0x32), (.italic, 0x33), (.underline, 0x34), (.reverse, 0x37),
  ]

  /// `38;2;R;G;B`, or `39` for the terminal's own; `base` is the first digit.
  private mutating func color(_ color: Int32, base: UInt8, isFirst: Bool) {
    if !isFirst { bytes.append(0x3B) }
    bytes.append(base)
    guard color >= 0 else {
      bytes.append(0x39)
      return
    }
    bytes.append(0x38)
    bytes.append(0x3B)
    bytes.append(0x32)
    for shift: Int32 in [16, 8, 0] {
      bytes.append(0x3B)
      number(Int(color >> shift & 0xFF))
    }
  }

  private mutating func number(_ value: Int) {
    if value < DirectWriter.numbers.count {
      bytes.append(contentsOf: DirectWriter.numbers[value])
    } else {
      bytes.append(contentsOf: String(value).utf8)
    }
  }

  /// The digits of small numbers.
  private static let numbers: [[UInt8]] = (0..<512).map { Array(String($0).utf8) }

  /// A scalar in UTF-8.
  private mutating func append(_ scalar: UInt32) {
    if scalar < 0x80 {
      bytes.append(UInt8(scalar))
    } else if scalar < 0x800 {
      bytes.append(UInt8(0xC0 | scalar >> 6))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    } else if scalar < 0x10000 {
      bytes.append(UInt8(0xE0 | scalar >> 12))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    } else {
      bytes.append(UInt8(0xF0 | scalar >> 18 & 0x07))
      bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
