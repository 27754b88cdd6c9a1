/// A row of colours for values from 0 to 1, computed once: maps look them up, so that few colours
/// reach the terminal.
package struct Ramp: Equatable, Sendable {
  /// How many steps a map distinguishes.
  package static let levels = 32

  /// The colours, for 0 first.
  package let colors: [Color]

  /// Colours through `anchors`, evenly spaced and mixed in Oklab.
  package init(_ anchors: [Color], levels: Int = Ramp.levels) {
    precondition(anchors.count >= 2 && levels >= 2, "\(anchors.count) anchors, \(levels) levels")
    let points = anchors.map { Oklab($0) }
    colors = (0..<levels).map { level in
      let place = Double(level) / Double(levels - 1) * Double(points.count - 1)
      let left = min(PlotMath.int(place.rounded(.down), in: 0...points.count), points.count - 2)
      return points[left].mixed(with: points[left + 1], place - Double(left)).color
    }
  }

  /// The level of a value; below 0 and NaN count as 0, above 1 as 1.
  package func level(_ value: Double) -> Int {
    PlotMath.int(value * Double(colors.count - 1), in: 0...(colors.count - 1))
  }

  /// The colour of a value.
  package subscript(value: Double) -> Color { colors[level(value)] }
}
