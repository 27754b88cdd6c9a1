import Lanes
package import Models
package import Terminal
import Training

/// What a feature, or a unit, makes of the plane of two inputs, as a small map from its least to
/// its greatest value around zero.
package enum FeaturePicture {
  /// Draws a feature over the plane around a network's samples into `area`; nothing where there are
  /// not two inputs.
  package static func draw(
    _ name: String, of network: DenseNetwork, in area: Rect, theme: Theme, glyphs: GlyphSet,
    isOn: Bool, into canvas: inout Canvas
  ) {
    guard network.inputCount == 2, !area.isEmpty else { return }
    var issues: [ProblemIssue] = []
    let features = FeatureMap([name], inputs: 2, ones: false, key: "features", issues: &issues)
    guard issues.isEmpty, !features.columns.isEmpty else { return }
    let (columns, rows) = (area.width * 2, area.height * 2)
    let values = values(
      of: 0, in: features, of: network, InputPlane(around: network), columns: columns, rows: rows)
    let shading: HeatMap.Shading =
      glyphs == .ascii ? .ascii : theme.isMonochrome ? .shades : .quadrants
    draw(values, rows: rows, in: area, theme, shading, isFaint: !isOn, into: &canvas)
  }

  /// A feature's values on a grid of the plane, row by row from above.
  static func values(
    of feature: Int, in features: FeatureMap, of network: DenseNetwork, _ plane: InputPlane,
    columns: Int, rows: Int
  ) -> [Double] {
    (0..<columns * rows).map { index in
      let u = (Double(index % columns) + 0.5) / Double(columns)
      let v = 1 - (Double(index / columns) + 0.5) / Double(rows)
      var sample = [
        plane.x.lowerBound + (plane.x.upperBound - plane.x.lowerBound) * u,
        plane.y.lowerBound + (plane.y.upperBound - plane.y.lowerBound) * v,
      ]
      if let scaling = network.standardization {
        sample = sample.enumerated().map { scaling.apply($0.element, input: $0.offset) }
      }
      return features.value(feature, of: sample)
    }
  }

  /// Draws values, two across and two down a cell; rows that are missing stay empty.
  static func draw(
    _ values: [Double], rows: Int, in area: Rect, _ theme: Theme, _ shading: HeatMap.Shading,
    isFaint: Bool = false, into canvas: inout Canvas
  ) {
    let most = max(values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }, 1e-12)
    let ramp = theme.classes
    var levels = values.map { value in
      value.isNaN ? HeatMap.none : UInt8(ramp.level(0.5 + 0.5 * value / most))
    }
    levels += [UInt8](
      repeating: HeatMap.none, count: area.width * 2 * max(0, area.height * 2 - rows))
    let palette =
      isFaint && !theme.isMonochrome
      ? ramp.colors.map { $0.mixed(with: theme.pane, 0.65) } : ramp.colors
    HeatMap.draw(
      levels, palette: palette, blank: theme.pane, shading: shading, into: &canvas, area: area)
  }
}
