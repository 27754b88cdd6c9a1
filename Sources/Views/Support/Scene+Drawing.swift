import Models
package import Terminal
package import Training

extension Scene {
  /// How plots look in this scene.
  package func layout(
    grid: Bool = true, isMap: Bool = false, header: Int = 0, footer: Int = 0
  ) -> Plot.Layout {
    var layout = Plot.Layout(
      label: theme.muted, grid: theme.grid, glyphs: glyphs, showsGrid: grid, isMap: isMap,
      footer: footer, header: header)
    layout.isBold = theme.isBold
    layout.patterns = theme.patterns
    return layout
  }

  /// How maps are shaded in this scene.
  package var shading: HeatMap.Shading {
    glyphs == .ascii ? .ascii : theme.isMonochrome ? .shades : .quadrants
  }

  /// Half-way between a colour and the pane: for what should step back.
  package func faint(_ color: Color, _ share: Double = 0.5) -> Color {
    theme.isMonochrome ? color : color.mixed(with: theme.pane, share)
  }

  /// The part of `full` that zoom and centre leave, at most as wide as `full` unless zoomed out.
  package func zoomed(_ full: ClosedRange<Double>, axis: Int) -> ClosedRange<Double> {
    let zoom = state.zoom.isFinite && state.zoom > 0 ? min(max(state.zoom, 1e-6), 1e9) : 1
    let span = full.upperBound - full.lowerBound
    guard span.isFinite, span > 0 else { return -1...1 }
    var middle = full.lowerBound + span / 2
    if let center = state.center, center.count > axis, center[axis].isFinite {
      middle = center[axis]
    }
    let half = span / 2 / zoom
    guard middle - half < middle + half else { return full }
    return (middle - half)...(middle + half)
  }

  /// Writes one muted line in the middle of `area`: why there is no picture.
  package func note(_ text: String, in area: Rect, into canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let width = min(glyphs.width(text), area.width)
    canvas.writeCut(
      text, x: area.x + (area.width - width) / 2, y: area.y + (area.height - 1) / 2,
      limit: area.width, within: area, glyphs: glyphs, foreground: theme.muted)
  }

  /// The function problem, if that is what is minimised.
  package var functionProblem: FunctionProblem? {
    if case .function(let problem) = snapshot.experiment.problem { return problem }
    return nil
  }

  /// The part of the plane that a function's picture shows, if a function is minimised.
  package var functionRanges: (x: ClosedRange<Double>, y: ClosedRange<Double>)? {
    // A built-in landscape knows a better window than a problem that names none.
    if let function = snapshot.objective.kind.function {
      return (function.xRange, function.yRange)
    }
    return functionProblem.map { ($0.xRange, $0.yRange) }
  }

  /// The model problem, if that is what is minimised.
  package var modelProblem: ModelProblem? {
    if case .model(let problem) = snapshot.experiment.problem { return problem }
    return nil
  }

  /// The curve that the data scatter about, where the program made them and knows it.
  package var trueCurve: (@Sendable (Double) -> Double)? {
    guard let problem = modelProblem, case .generated(let choice) = problem.data.origin else {
      return nil
    }
    return DataSet.curve(of: choice)
  }

  /// Says so where what is shown is not of the point at which gradients are taken, but of the
  /// average that the optimizer makes.
  var averageNote: [String] { snapshot.gradientPoint == nil ? [] : ["at the average x"] }

  /// A loss as read-outs show it.
  package static func number(_ value: Double) -> String {
    NumberText.compact(value, digits: 3)
  }
}
