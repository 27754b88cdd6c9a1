import Foundation
import Terminal

/// Draws the glyphs that must be exact, pixel by pixel, within a cell.
struct GlyphPainter {
  /// The cell's left edge in pixels.
  var x: Int
  /// The cell's top edge.
  var y: Int
  /// The cell's width.
  var width: Int
  /// The cell's height.
  var height: Int
  /// A line's thickness.
  var thickness: Int
  /// The colour.
  var color: Color

  /// Draws a shape.
  func paint(_ glyph: Glyph, on pixels: inout Pixels) {
    switch glyph {
    case .boxes(let boxes):
      for box in boxes {
        // Edges are rounded, not extents, so that neighbours neither overlap nor part.
        let left = Int((box.x * Double(width)).rounded())
        let right = Int(((box.x + box.width) * Double(width)).rounded())
        let top = Int((box.y * Double(height)).rounded())
        let bottom = Int(((box.y + box.height) * Double(height)).rounded())
        pixels.fill(x: x + left, y: y + top, width: right - left, height: bottom - top, color)
      }
    case .shade(let opacity):
      for row in 0..<height {
        for column in 0..<width {
          pixels.blend(x: x + column, y: y + row, color, alpha: Int(opacity * 255))
        }
      }
    case .dots(let bits):
      for place in 0..<8 where bits & (1 << UInt8(place)) != 0 { dot(place, on: &pixels) }
    case .lines(let arms):
      if arms.rounded { arc(arms, on: &pixels) } else { lines(arms, on: &pixels) }
    case .dashes(let count, let horizontal, let heavy):
      let length = horizontal ? width : height
      for index in 0..<count {
        let start = length * index / count
        let end = max(start + 1, length * (index + 1) / count - max(1, length / count / 3))
        let thick = heavy ? thickness * 2 : thickness
        if horizontal {
          pixels.fill(
            x: x + start, y: y + (height - thick) / 2, width: end - start, height: thick, color)
        } else {
          pixels.fill(
            x: x + (width - thick) / 2, y: y + start, width: thick, height: end - start, color)
        }
      }
    }
  }

  /// One of the eight braille dots: round, a little larger than in most fonts.
  private func dot(_ place: Int, on pixels: inout Pixels) {
    let radius = Double(width) * 0.155
    // Rows are placed on whole pixels, so that all dots look alike.
    let row = (Double(place / 2) * 2 + 1) * Double(height) / 8
    let centreX = Double(place % 2 * 2 + 1) * Double(width) / 4
    disc(centreX, (row - 0.5).rounded() + (width < 16 ? 0 : 0.5), radius, on: &pixels)
  }

  /// A disc with smooth edges, by 4×4 samples a pixel.
  private func disc(
    _ centreX: Double, _ centreY: Double, _ radius: Double, on pixels: inout Pixels
  ) {
    for row in Int(centreY - radius) - 1...Int(centreY + radius) + 1 {
      for column in Int(centreX - radius) - 1...Int(centreX + radius) + 1 {
        var inside = 0
        for sample in 0..<16 {
          let dx = Double(column) + (Double(sample % 4) + 0.5) / 4 - centreX
          let dy = Double(row) + (Double(sample / 4) + 0.5) / 4 - centreY
          if dx * dx + dy * dy <= radius * radius { inside += 1 }
        }
        pixels.blend(x: x + column, y: y + row, color, alpha: inside * 255 / 16)
      }
    }
  }

  private func lines(_ arms: Glyph.Arms, on pixels: inout Pixels) {
    let gap = thickness * 2
    func thick(_ arm: Glyph.Arm) -> Int { arm == .heavy ? thickness * 2 : thickness }
    // How far an arm reaches past the centre: to the far edge of what crosses it.
    let crossing = max(
      arms.up == .none ? 0 : thick(arms.up), arms.down == .none ? 0 : thick(arms.down))
    let lying = max(
      arms.left == .none ? 0 : thick(arms.left), arms.right == .none ? 0 : thick(arms.right))
    func shifts(_ arm: Glyph.Arm) -> [Int] { arm == .double ? [-gap / 2, gap / 2] : [0] }
    let isDouble = [arms.up, arms.right, arms.down, arms.left].contains(.double)
    func horizontal(_ arm: Glyph.Arm, left: Bool) {
      guard arm != .none else { return }
      let reach = max(crossing, thickness) + (isDouble ? gap : 0)
      for shift in shifts(arm) {
        let top = y + (height - thick(arm)) / 2 + shift
        let end = (width - reach) / 2
        if left {
          pixels.fill(x: x, y: top, width: end + reach, height: thick(arm), color)
        } else {
          pixels.fill(x: x + end, y: top, width: width - end, height: thick(arm), color)
        }
      }
    }
    func vertical(_ arm: Glyph.Arm, up: Bool) {
      guard arm != .none else { return }
      let reach = max(lying, thickness) + (isDouble ? gap : 0)
      for shift in shifts(arm) {
        let left = x + (width - thick(arm)) / 2 + shift
        let end = (height - reach) / 2
        if up {
          pixels.fill(x: left, y: y, width: thick(arm), height: end + reach, color)
        } else {
          pixels.fill(x: left, y: y + end, width: thick(arm), height: height - end, color)
        }
      }
    }
    horizontal(arms.left, left: true)
    horizontal(arms.right, left: false)
    vertical(arms.up, up: true)
    vertical(arms.down, up: false)
  }

  /// A rounded corner: a quarter circle between two straight ends, with smooth edges.
  private func arc(_ arms: Glyph.Arms, on pixels: inout Pixels) {
    let lineX = Double((width - thickness) / 2) + Double(thickness) / 2
    let lineY = Double((height - thickness) / 2) + Double(thickness) / 2
    let right = arms.right != .none
    let down = arms.down != .none
    let radius = min(Double(width) / 2, right ? Double(width) - lineX : lineX)
    let centreX = right ? lineX + radius : lineX - radius
    let centreY = down ? lineY + radius : lineY - radius
    let half = Double(thickness) / 2
    for row in 0..<height {
      for column in 0..<width {
        var inside = 0
        for sample in 0..<16 {
          let px = Double(column) + (Double(sample % 4) + 0.5) / 4
          let py = Double(row) + (Double(sample / 4) + 0.5) / 4
          let beyondX = right ? px >= centreX : px <= centreX
          let beyondY = down ? py >= centreY : py <= centreY
          let distance: Double
          if beyondY, !beyondX {
            distance = abs(px - lineX)
          } else if beyondX, !beyondY {
            distance = abs(py - lineY)
          } else if !beyondX, !beyondY {
            distance = abs(hypot(px - centreX, py - centreY) - radius)
          } else {
            continue
          }
          if distance <= half { inside += 1 }
        }
        pixels.blend(x: x + column, y: y + row, color, alpha: inside * 255 / 16)
      }
    }
  }
}
