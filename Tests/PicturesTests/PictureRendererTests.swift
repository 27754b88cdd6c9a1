import CFreeType
import Foundation
import Terminal
import Testing

@testable import Pictures

@Suite("Canvases become PNG pictures")
struct PictureRendererTests {
  static let front = Color(0xFF8000)
  static let back = Color(0x102030)

  /// A row of scalars, front on back.
  private func canvas(_ rows: String...) -> Canvas {
    var canvas = Canvas(
      size: Size(width: rows.map(\.unicodeScalars.count).max() ?? 0, height: rows.count),
      blank: Cell(" ", style: Style(foreground: Self.front, background: Self.back)))
    for (y, row) in rows.enumerated() {
      for (x, scalar) in row.unicodeScalars.enumerated() { canvas[x, y].scalar = scalar }
    }
    return canvas
  }

  @Test("The file is a PNG of the drawn pixels, and always the same bytes", arguments: [1, 2, 3])
  func file(_ scale: Int) throws {
    let renderer = try PictureRenderer(scale: scale)
    let canvas = canvas("Loss ╭─╮▀", "η=0.01⣿▚")
    let png = try renderer.png(canvas)
    #expect(try PictureRenderer(scale: scale).png(canvas) == png)
    var width: Int32 = 0
    var height: Int32 = 0
    var bytes = [UInt8](repeating: 0, count: 9 * 8 * scale * 2 * 17 * scale * 3)
    #expect(glissade_png_read(png, png.count, &width, &height, &bytes, bytes.count) == 1)
    #expect(Int(width) == 9 * 8 * scale && Int(height) == 2 * 17 * scale)
    #expect(Pixels(width: Int(width), height: Int(height), bytes: bytes) == renderer.draw(canvas))
  }

  @Test("Blocks fill exactly their part, at every scale", arguments: [1, 2, 3])
  func blocks(_ scale: Int) throws {
    let renderer = try PictureRenderer(scale: scale)
    let pixels = renderer.draw(canvas("█▀▄▌▐ "))
    let (w, h) = (renderer.cellWidth, renderer.cellHeight)
    for y in 0..<h {
      let upper = y < Int((Double(h) / 2).rounded())
      for x in 0..<w {
        let left = x < w / 2
        let expected = [true, upper, !upper, left, !left, false]
        for (cell, filled) in expected.enumerated() {
          #expect(pixels[cell * w + x, y] == (filled ? Self.front : Self.back))
        }
      }
    }
  }

  @Test("Quadrants, sextants and their parts tile the cell without seams")
  func tiles() throws {
    let renderer = try PictureRenderer()
    // Front and back swapped, a quadrant and its complement are the same picture.
    for (a, b) in [("▘", "▟"), ("▚", "▞"), ("▖", "▜"), ("▀", "▄")] {
      var swapped = canvas(b)
      swapped[0, 0].style = Style(foreground: Self.back, background: Self.front)
      #expect(renderer.draw(canvas(a)) == renderer.draw(swapped))
    }
    let rows = renderer.draw(canvas("\u{1FB02}\u{1FB0B}\u{1FB39}"))
    #expect((0..<17).allSatisfy { y in (0..<24).contains { rows[$0, y] == Self.front } })
  }

  @Test("A drawn frame is closed: the line can be followed all around")
  func frame() throws {
    for text in [["╭──╮", "│  │", "╰──╯"], ["┏━━┓", "┃  ┃", "┗━━┛"], ["┌┬─┐", "├┼─┤", "└┴─┘"]] {
      let pixels = try PictureRenderer().draw(canvas(text[0], text[1], text[2]))
      // Flood the background from outside: the middle of the frame must stay dry.
      var wet: Set<Int> = [0]
      var queue = [0]
      while let place = queue.popLast() {
        let (x, y) = (place % pixels.width, place / pixels.width)
        for (nx, ny) in [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
        where nx >= 0 && ny >= 0 && nx < pixels.width && ny < pixels.height {
          let next = ny * pixels.width + nx
          if pixels[nx, ny] == Self.back, wet.insert(next).inserted { queue.append(next) }
        }
      }
      #expect(!wet.contains(26 * pixels.width + 20), "\(text)")
      #expect(wet.contains(pixels.width * pixels.height - 1))
    }
  }

  @Test("Eight braille dots are eight equal spots")
  func braille() throws {
    let pixels = try PictureRenderer().draw(canvas("⣿"))
    var seen: Set<Int> = []
    var areas: [Int] = []
    for start in 0..<(8 * 17)
    where pixels[start % 8, start / 8] != Self.back && !seen.contains(start) {
      var area = 0
      var queue = [start]
      seen.insert(start)
      while let place = queue.popLast() {
        area += 1
        for next in [place - 1, place + 1, place - 8, place + 8]
        where next >= 0 && next < 8 * 17 && abs(next % 8 - place % 8) <= 1
          && pixels[next % 8, next / 8] == Self.front && seen.insert(next).inserted
        {
          queue.append(next)
        }
      }
      areas.append(area)
    }
    #expect(areas.filter { $0 > 1 }.count == 8 || Set(areas).count == 1, "\(areas)")
  }

  @Test(
    "Letters, bold letters, reversed and underlined ones are different pictures within their cell")
  func letters() throws {
    let renderer = try PictureRenderer()
    var pictures: [Pixels] = []
    for attributes in [[], .bold, .italic, .underline, .reverse, .dim] as [Attributes] {
      var one = canvas(" R ")
      one[1, 0].style.attributes = attributes
      let pixels = renderer.draw(one)
      #expect(!pictures.contains(pixels))
      pictures.append(pixels)
      let inked = (8..<16).flatMap { x in (0..<17).map { (x, $0) } }
        .filter { pixels[$0.0, $0.1] != Self.back }
      #expect(inked.count > 15)
    }
  }

  @Test("The terminal's default colours are the renderer's")
  func defaults() throws {
    let renderer = try PictureRenderer()
    renderer.background = Color(0x445566)
    renderer.foreground = Color(0x778899)
    let pixels = renderer.draw(Canvas(size: Size(width: 1, height: 1), blank: Cell("▀")))
    #expect(pixels[0, 0] == Color(0x778899) && pixels[0, 16] == Color(0x445566))
  }

  @Test("A missing or broken font and an empty canvas are errors that say so")
  func errors() throws {
    #expect(throws: PictureError.noFont(["/nowhere/font.ttf"])) {
      _ = try PictureRenderer(fontPath: "/nowhere/font.ttf")
    }
    #expect(throws: PictureError.noFont(["/nowhere/else.ttf"])) {
      _ = try PictureRenderer(environment: ["GLISSADE_FONT": "/nowhere/else.ttf"])
    }
    let broken = FileManager.default.temporaryDirectory.appending(path: "glissade-\(UUID()).ttf")
    try Data("not a font".utf8).write(to: broken)
    defer { try? FileManager.default.removeItem(at: broken) }
    #expect(throws: PictureError.self) { _ = try PictureRenderer(fontPath: broken.path) }
    #expect(throws: PictureError.encoding(width: 0, height: 0)) {
      _ = try PictureRenderer().png(Canvas(size: Size(width: 0, height: 0)))
    }
    #expect(throws: PictureError.self) {
      _ = try PictureRenderer(scale: 8).png(Canvas(size: Size(width: 1_000, height: 1)))
    }
  }
}
