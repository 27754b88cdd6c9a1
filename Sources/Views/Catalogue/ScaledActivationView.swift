import Lanes
import Models
import Terminal
import Training

extension View {
  /// One activation, stretched, steepened, moved and lifted by four numbers with a slider each.
  package static let scaledActivation = View(
    name: "scaled_activation",
    summary: "One activation scaled and moved, c₁ f(c₂x + c₃) + c₄, with a slider for each number",
    role: .main,
    suits: { ScaledActivation($0.objective) != nil },
    title: ScaledActivationView.title,
    readout: { ["loss " + Scene.number($0.snapshot.loss)] },
    pick: ScaledActivationView.pick,
    handles: { ScaledActivation($0.snapshot.objective)?.constants.count ?? 0 },
    turn: ScaledActivationView.turn,
    draw: ScaledActivationView.draw)
}

private enum ScaledActivationView {
  /// How far sliders reach to both sides of 0.
  private static let reach = 6.0
  /// What one press of an arrow changes.
  private static let stride = 0.1

  static func title(_ scene: Scene) -> String {
    guard let scaled = ScaledActivation(scene.snapshot.objective) else {
      return "scaled activation"
    }
    return "c₁ f(c₂x + c₃) + c₄,  f = " + scaled.network.layers[0].activation.name
  }

  /// The number whose slider the arrows move.
  private static func chosen(_ scene: Scene) -> Int { Scene.wrapped(scene.state.selection, 4) }

  /// Where a slider lies: two beside each other where that leaves them long enough.
  private struct Slider {
    var row: Rect
    var track: Rect

    init(_ index: Int, in area: Rect) {
      let isWide = area.width >= 88
      let width = isWide ? (area.width - 4) / 2 : area.width
      let x = area.x + (isWide && index % 2 == 1 ? width + 4 : 0)
      let y = area.y + (isWide ? index / 2 : index)
      row = Rect(x: x, y: y, width: width, height: 1)
      let before = width >= 34 ? 19 : 4
      let trackWidth = max(0, width - before - 8)
      track = Rect(x: x + before, y: y, width: trackWidth, height: 1)
    }

    /// Rows that all sliders take, the free one below them included; 0 where they do not fit.
    static func rows(in area: Rect) -> Int {
      let rows = area.width >= 88 ? 2 : 4
      return area.height > rows ? rows + (area.height >= rows + 5 ? 1 : 0) : 0
    }

    /// The number that a column of the track stands for.
    func value(at column: Int) -> Double {
      let share = (Double(column - track.x)) / Double(max(1, track.width - 1))
      // Twentieths, so that round numbers can be met with the mouse.
      return ((2 * share - 1) * reach * 20).rounded() / 20
    }

    /// The column of a number.
    func column(of value: Double) -> Int {
      let share = (value / reach + 1) / 2
      return track.x + PlotMath.int(share * Double(track.width - 1), in: 0...(track.width - 1))
    }
  }

  static func pick(_ scene: Scene, _ area: Rect, _ cell: Point) -> View.Pick {
    guard let scaled = ScaledActivation(scene.snapshot.objective), Slider.rows(in: area) > 0 else {
      return .nothing
    }
    for index in scaled.constants.indices {
      let slider = Slider(index, in: area)
      guard slider.track.width >= 3, slider.track.contains(cell) else { continue }
      return .tune([scaled.constants[index].index: slider.value(at: cell.x)], handle: index)
    }
    return .nothing
  }

  static func turn(_ scene: Scene, _ count: Int) -> View.Pick {
    let index = chosen(scene)
    guard let scaled = ScaledActivation(scene.snapshot.objective),
      let values = scaled.values(of: scene.snapshot.parameters), abs(values[index]) < 1e6
    else { return .nothing }
    let value = ((values[index] + Double(count) * stride) * 100).rounded() / 100
    return .tune([scaled.constants[index].index: value], handle: index)
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let scaled = ScaledActivation(scene.snapshot.objective),
      let values = scaled.values(of: scene.snapshot.parameters)
    else {
      scene.note("a net of one hidden unit is shown here", in: area, into: &canvas)
      return
    }
    let rows = Slider.rows(in: area)
    if rows > 0 {
      for index in scaled.constants.indices {
        drawSlider(scene, scaled.constants[index], values[index], index, area, into: &canvas)
      }
    }
    drawCurves(
      scene, scaled, values,
      Rect(x: area.x, y: area.y + rows, width: area.width, height: area.height - rows),
      into: &canvas)
  }

  private static func drawSlider(
    _ scene: Scene, _ constant: ScaledActivation.Constant, _ value: Double, _ index: Int,
    _ area: Rect, into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let slider = Slider(index, in: area)
    let isChosen = chosen(scene) == index
    if isChosen {
      canvas.mark(
        scene.glyphs.mark("▸", ascii: ">"), at: Point(x: slider.row.x, y: slider.row.y),
        within: area, foreground: theme.focusedBorder, attributes: .bold)
    }
    canvas.write(
      constant.symbol, x: slider.row.x + 1, y: slider.row.y, within: area, glyphs: scene.glyphs,
      foreground: theme.text, attributes: isChosen ? .bold : [])
    if slider.track.x >= slider.row.x + 19 {
      canvas.write(
        constant.action, x: slider.row.x + 4, y: slider.row.y, within: area, glyphs: scene.glyphs,
        foreground: theme.muted)
    }
    let text = NumberText.compact(value, digits: 3)
    canvas.write(
      text, x: slider.row.maxX - scene.glyphs.width(text), y: slider.row.y, within: area,
      glyphs: scene.glyphs, foreground: theme.text)
    guard slider.track.width >= 3 else { return }
    let zero = slider.column(of: 0)
    let place = slider.column(of: value)
    for x in slider.track.x..<slider.track.maxX {
      let isFilled = value.isFinite && x >= min(zero, place) && x <= max(zero, place)
      canvas.mark(
        x == zero
          ? scene.glyphs.mark("┼", ascii: "+")
          : isFilled ? scene.glyphs.mark("━", ascii: "=") : scene.glyphs.mark("─", ascii: "-"),
        at: Point(x: x, y: slider.row.y), within: area,
        foreground: isFilled && x != zero ? theme.series(index) : theme.border)
    }
    guard !value.isNaN else { return }
    let mark: Unicode.Scalar =
      value > reach
      ? scene.glyphs.mark("▶", ascii: ">")
      : value < -reach ? scene.glyphs.mark("◀", ascii: "<") : scene.glyphs.mark("●", ascii: "@")
    canvas.mark(
      mark, at: Point(x: place, y: slider.row.y), within: area, foreground: theme.series(index),
      attributes: .bold)
  }

  /// The scaled curve over the plain one, with the data that it is to meet.
  private static func drawCurves(
    _ scene: Scene, _ scaled: ScaledActivation, _ values: [Double], _ area: Rect,
    into canvas: inout Canvas
  ) {
    guard area.height >= 3, area.width >= 8 else { return }
    let samples = scaled.network.trainSamples
    let inputs = samples.inputs.filter { $0.isFinite && abs($0) < 1e150 }
    let widest = max(4, inputs.reduce(0) { max($0, abs($1)) } * 1.1)
    let targets = samples.targets.filter { $0.isFinite && abs($0) < 1e150 }
    let count = max(2, 2 * area.width * 2)
    let xs = (0..<count).map { -widest + 2 * widest * Double($0) / Double(count - 1) }
    let isHealthy = values.allSatisfy { $0.isFinite && abs($0) < 1e100 }
    let ys = isHealthy ? scaled.curve(values, at: xs) : []
    // Half units, so that the axis stands still while a slider moves a little; far ends leave the
    // picture.
    func bound(_ extreme: Double) -> Double { (min(extreme, 5) * 2.1).rounded(.up) / 2 }
    let low = -bound(max(1, -(targets.min() ?? 0), -(ys.min() ?? 0)))
    let high = bound(max(1, targets.max() ?? 0, ys.max() ?? 0))
    var plot = Plot(
      in: area, x: Axis(-widest, widest).named("x1"), y: Axis(low, high), layout: scene.layout())
    plot.drawAxes(into: &canvas)
    let theme = scene.theme
    plot.curve(
      xs, scaled.curve([1, 1, 0, 0], at: xs), color: scene.faint(theme.muted, 0.25), priority: 1)
    if isHealthy {
      plot.curve(xs, ys, color: theme.series(0), thickness: plot.thickness, priority: 2)
    }
    plot.raster.paint(into: &canvas)
    for sample in 0..<samples.count where samples.targetCount == 1 {
      guard let cell = plot.cell(samples.inputs[sample], samples.targets[sample]) else { continue }
      canvas.mark(
        scene.glyphs.mark("●", ascii: "o"), at: cell, within: plot.area,
        foreground: theme.series(1))
    }
    Legend([
      Legend.Entry(name: "c₁ f(c₂x + c₃) + c₄", color: theme.series(0)),
      Legend.Entry(name: "f(x)", color: scene.faint(theme.muted, 0.25)),
      Legend.Entry(mark: "●", name: "data", color: theme.series(1)),
    ]).draw(in: plot, glyphs: scene.glyphs, text: theme.text, optional: true, into: &canvas)
  }
}
