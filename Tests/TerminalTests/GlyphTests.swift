import Testing

@testable import Terminal

@Suite("Shapes of block, braille and box drawing scalars")
struct GlyphTests {
  @Test(
    "Quadrants and their complements cover the cell",
    arguments: [
      ("▘", "▟"), ("▝", "▙"), ("▖", "▜"), ("▗", "▛"), ("▚", "▞"), ("▀", "▄"), ("▌", "▐"),
    ] as [(Unicode.Scalar, Unicode.Scalar)])
  func complements(_ a: Unicode.Scalar, _ b: Unicode.Scalar) {
    #expect(abs((Glyph.cover(a) ?? 0) + (Glyph.cover(b) ?? 0) - 1) < 1e-12)
  }

  @Test("Eighths grow by eighths")
  func eighths() {
    for (index, scalar) in "▁▂▃▄▅▆▇█".unicodeScalars.enumerated() {
      #expect(Glyph.cover(scalar) == Double(index + 1) / 8)
    }
    for (index, scalar) in "▏▎▍▌▋▊▉█".unicodeScalars.enumerated() {
      #expect(Glyph.cover(scalar) == Double(index + 1) / 8)
    }
  }

  @Test("The sixty sextants are sixty different shapes without the four that are elsewhere")
  func sextants() {
    var shapes: Set<String> = []
    for value in 0x1FB00...0x1FB3B as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value), case .boxes(let boxes)? = Glyph(scalar) else {
        Issue.record("U+\(value) has no shape")
        continue
      }
      shapes.insert("\(boxes)")
      #expect((1...5).contains(boxes.count))
      let left = boxes.allSatisfy { $0.x == 0 } && boxes.count == 3
      let right = boxes.allSatisfy { $0.x == 0.5 } && boxes.count == 3
      #expect(!left && !right)
    }
    #expect(shapes.count == 60)
    // U+1FB14 follows the gap of the left half (Unicode: BLOCK SEXTANT-235).
    #expect(
      Glyph("\u{1FB14}")
        == .boxes([
          Glyph.Box(x: 0.5, y: 0, width: 0.5, height: 1.0 / 3),
          Glyph.Box(x: 0, y: 1.0 / 3, width: 0.5, height: 1.0 / 3),
          Glyph.Box(x: 0, y: 2.0 / 3, width: 0.5, height: 1.0 / 3),
        ]))
  }

  @Test(
    "Braille dots are in reading order",
    arguments: [
      ("⠁", 1), ("⠂", 4), ("⠄", 16), ("⠈", 2), ("⠐", 8), ("⠠", 32), ("⡀", 64), ("⢀", 128),
      ("⣿", 255),
      ("⠀", 0),
    ] as [(Unicode.Scalar, UInt8)])
  func braille(_ scalar: Unicode.Scalar, _ bits: UInt8) { #expect(Glyph(scalar) == .dots(bits)) }

  @Test(
    "Lines have the arms their names say",
    arguments: [
      ("─", 0, 1, 0, 1, false), ("│", 1, 0, 1, 0, false), ("┌", 0, 1, 1, 0, false),
      ("╯", 1, 0, 0, 1, true), ("╭", 0, 1, 1, 0, true), ("┼", 1, 1, 1, 1, false),
      ("┿", 1, 2, 1, 2, false), ("╋", 2, 2, 2, 2, false), ("╬", 3, 3, 3, 3, false),
      ("╞", 1, 3, 1, 0, false), ("╾", 0, 1, 0, 2, false), ("╷", 0, 0, 1, 0, false),
    ] as [(Unicode.Scalar, UInt8, UInt8, UInt8, UInt8, Bool)])
  func lines(
    _ scalar: Unicode.Scalar, _ up: UInt8, _ right: UInt8, _ down: UInt8, _ left: UInt8,
    _ rounded: Bool
  ) {
    guard case .lines(let arms)? = Glyph(scalar) else {
      Issue.record("\(scalar) has no lines")
      return
    }
    #expect(
      [arms.up, arms.right, arms.down, arms.left].map(\.rawValue) == [up, right, down, left])
    #expect(arms.rounded == rounded)
  }

  @Test("Every box drawing scalar but the diagonals has a shape, letters have none")
  func coverage() {
    for value in 0x2500...0x257F as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect((Glyph(scalar) == nil) == (0x2571...0x2573).contains(value))
    }
    #expect(Glyph("x") == nil && Glyph("●") == nil)
  }
}
