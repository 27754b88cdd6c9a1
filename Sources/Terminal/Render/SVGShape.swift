import Foundation

/// Draws one glyph's shape as SVG.
struct SVGShape {
  /// The cell's left edge.
  var x: Double
  /// The cell's top edge.
  var y: Double
  /// The cell's width.
  var width: Double
  /// The cell's height.
  var height: Double
  /// `#rrggbb`.
  var color: String

  /// At most three decimals, without trailing zeros; no locale.
  static func number(_ value: Double) -> String {
    let rounded = (value * 1000).rounded() / 1000
    let whole = rounded.rounded()
    guard whole != rounded, abs(rounded) < 1e9 else {
      return abs(whole) < 1e15 ? "\(Int(whole))" : "0"
    }
    return "\(rounded)"
  }

  private func n(_ value: Double) -> String { SVGShape.number(value) }

  /// The element, ended by a line feed; empty for a blank.
  func element(_ glyph: Glyph) -> String {
    switch glyph {
    case .boxes(let boxes):
      let path = boxes.map { box in
        "M\(n(x + box.x * width)) \(n(y + box.y * height))h\(n(box.width * width))"
          + "v\(n(box.height * height))h\(n(-box.width * width))z"
      }.joined()
      return path.isEmpty
        ? "" : "<path d=\"\(path)\" fill=\"\(color)\" shape-rendering=\"crispEdges\"/>\n"
    case .shade(let opacity):
      return "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" "
        + "fill=\"\(color)\" fill-opacity=\"\(n(opacity))\"/>\n"
    case .dots(let bits): return dots(bits)
    case .lines(let arms): return lines(arms)
    case .dashes(let count, let horizontal, let heavy):
      let middle = horizontal ? y + height / 2 : x + width / 2
      let start = horizontal ? x : y
      let step = (horizontal ? width : height) / Double(count)
      let path = (0..<count).map { index in
        let from = start + (Double(index) + 0.2) * step
        return horizontal
          ? "M\(n(from)) \(n(middle))h\(n(step * 0.6))"
          : "M\(n(middle)) \(n(from))v\(n(step * 0.6))"
      }.joined()
      return stroke(path, heavy ? 2 : 1)
    }
  }

  private func dots(_ bits: UInt8) -> String {
    guard bits != 0 else { return "" }
    // A round stroke of no length is a dot.
    let path = (0..<8).filter { bits & (1 << UInt8($0)) != 0 }.map { place in
      "M\(n(x + (Double(place % 2) * 2 + 1) * width / 4))"
        + " \(n(y + (Double(place / 2) * 2 + 1) * height / 8))h0"
    }.joined()
    return
      "<path d=\"\(path)\" stroke=\"\(color)\" stroke-width=\"\(n(width * 0.29))\" "
      + "stroke-linecap=\"round\"/>\n"
  }

  private func stroke(_ path: String, _ thickness: Double) -> String {
    path.isEmpty
      ? ""
      : "<path d=\"\(path)\" stroke=\"\(color)\" stroke-width=\"\(n(thickness * width / 8))\" "
        + "fill=\"none\"/>\n"
  }

  private func lines(_ arms: Glyph.Arms) -> String {
    let centre = (x: x + width / 2, y: y + height / 2)
    if arms.rounded {
      let radius = width / 2
      let vertical = arms.up != .none ? y : y + height
      let bend = arms.up != .none ? centre.y - radius : centre.y + radius
      let side = arms.left != .none ? x : x + width
      return stroke(
        "M\(n(centre.x)) \(n(vertical))V\(n(bend))Q\(n(centre.x)) \(n(centre.y)) \(n(side)) "
          + "\(n(centre.y))",
        1)
    }
    var light = ""
    var heavy = ""
    let gap = width / 8
    // Lines run a little past the centre, so that corners close.
    func arm(_ arm: Glyph.Arm, horizontal: Bool, edge: Double) {
      guard arm != .none else { return }
      let middle = horizontal ? centre.x : centre.y
      let past = middle + (edge < middle ? 0.5 : -0.5) * width / 8
      for shift in arm == .double ? [-gap, gap] : [0] {
        let path =
          horizontal
          ? "M\(n(edge)) \(n(centre.y + shift))H\(n(past))"
          : "M\(n(centre.x + shift)) \(n(edge))V\(n(past))"
        if arm == .heavy { heavy += path } else { light += path }
      }
    }
    arm(arms.up, horizontal: false, edge: y)
    arm(arms.down, horizontal: false, edge: y + height)
    arm(arms.left, horizontal: true, edge: x)
    arm(arms.right, horizontal: true, edge: x + width)
    return stroke(light, 1) + stroke(heavy, 2)
  }
}
