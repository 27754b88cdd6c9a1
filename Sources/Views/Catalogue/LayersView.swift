import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// What goes on inside each layer over steps.
  package static let layers = View(
    name: "layers",
    summary:
      "Each layer over steps: norms of weights, gradients, updates; silent or saturated units",
    axes: Axes(canZoom: true),
    role: .extra,
    holdsAllMoments: { _ in true },
    suits: { $0.original != nil && !$0.objective.layout.layers.isEmpty },
    title: { _ in "layers" },
    readout: LayersView.readout,
    draw: LayersView.draw)
}

private enum LayersView {
  private struct Key: Hashable {
    var run: RunID
    var step: Int
    var changes: Int
  }

  /// One quantity that every layer has.
  private struct Measure: Sendable {
    var name: String
    /// Whether it is drawn on a logarithmic axis: it spans powers of ten.
    var isLogarithmic: Bool
    var color: Int
    var value: @Sendable (LayerTrace.Layer) -> Double
    /// Whether dead units are counted beside it.
    var countsDead = false
    /// The number as it is read.
    var text: @Sendable (Double) -> String = { NumberText.compact($0, digits: 3) }
  }

  private static let measures = [
    Measure(name: "‖weights‖", isLogarithmic: false, color: 0) { $0.weights },
    Measure(name: "‖gradient‖", isLogarithmic: true, color: 1) { $0.gradient },
    Measure(name: "‖Δw‖/‖w‖", isLogarithmic: true, color: 2) { $0.relativeUpdate },
    Measure(
      name: "flat units", isLogarithmic: false, color: 3, value: { $0.flat }, countsDead: true,
      text: { NumberText.fixed($0 * 100, decimals: 0) + " %" }),
    Measure(name: "spread", isLogarithmic: false, color: 4) { $0.spread },
  ]

  private static func trace(_ scene: Scene) -> LayerTrace? {
    let snapshot = scene.snapshot
    let key = Key(run: snapshot.run, step: snapshot.step, changes: snapshot.changes.count)
    let trace: LayerTrace?? = scene.probes.carried("layers", for: key) { before in
      LayerTrace.upTo(snapshot, from: before ?? nil)
    }
    return trace ?? nil
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let last = trace(scene)?.records.last else { return [] }
    let dead = last.layers.reduce(0) { $0 + $1.dead }
    return [
      "\(last.layers.count) layer\(last.layers.count == 1 ? "" : "s"), "
        + NumberText.count(scene.snapshot.objective.parameterCount)
        + " parameters", dead > 0 ? "\(dead) units dead" : "one scale a column",
    ]
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let trace = trace(scene), let last = trace.records.last, !last.layers.isEmpty else {
      scene.note("runs of up to a million steps are done again here", in: area, into: &canvas)
      return
    }
    let nameWidth = nameWidth(scene, area)
    // A measure's column: its number and factor at the left, its curve beside them.
    let columns = max(1, min(measures.count, (area.width - nameWidth) / 24))
    let width = (area.width - nameWidth) / columns
    let count = last.layers.count
    let header = area.height >= 4 ? 1 : 0
    let footer = area.height >= 3 + 2 * count ? 1 : 0
    let room = area.height - header - footer
    let pitch = max(1, min(14, room / max(1, count)))
    let shown = min(count, max(1, room / pitch))
    let first = min(max(0, scene.state.scroll), max(0, count - shown))
    for row in 0..<shown {
      let y = area.y + header + row * pitch
      drawName(
        scene, first + row, of: count, x: area.x, y: y, width: nameWidth, pitch: pitch, area,
        into: &canvas)
    }
    let offset = Scene.wrapped(scene.state.selection, measures.count)
    for column in 0..<columns {
      // Where not all fit, the selection chooses the first.
      let measure = measures[
        columns == measures.count ? column : (column + offset) % measures.count]
      let place = Rect(
        x: area.x + nameWidth + column * width, y: area.y, width: width, height: area.height)
      Column(scene: scene, trace: trace, measure: measure, place: place)
        .draw(layers: first..<first + shown, header: header, pitch: pitch, into: &canvas)
      guard footer > 0 else { continue }
      drawSteps(
        scene, last.step,
        Rect(
          x: place.x + Column.numbers, y: area.y + header + shown * pitch,
          width: max(0, width - Column.numbers - 1),
          height: 1), into: &canvas)
    }
  }

  /// The columns that layers' names take: room for the longest activation where that costs no
  /// column of numbers, else for the layers' numbers.
  private static func nameWidth(_ scene: Scene, _ area: Rect) -> Int {
    guard area.width >= 30 else { return 0 }
    let names = scene.network?.layers.indices.map { scene.glyphs.width(activation(scene, $0)) }
    let whole = max(4, (names?.max() ?? 0) + 1)
    return (area.width - whole) / 24 >= min(measures.count, (area.width - 4) / 24) ? whole : 4
  }

  private static func activation(_ scene: Scene, _ layer: Int) -> String {
    guard let network = scene.network, network.layers.indices.contains(layer) else { return "" }
    let activation = network.layers[layer].activation
    return activation.isIdentity ? "linear" : activation.name
  }

  private static func drawName(
    _ scene: Scene, _ layer: Int, of count: Int, x: Int, y: Int, width: Int, pitch: Int,
    _ area: Rect, into canvas: inout Canvas
  ) {
    guard width > 0 else { return }
    let name = layer == count - 1 ? "out" : "\(layer + 1)"
    canvas.writeCut(
      name, x: x, y: y, limit: width - 1, within: area, glyphs: scene.glyphs,
      foreground: scene.theme.text, attributes: .bold)
    // A name that is cut says less than none.
    let activation = activation(scene, layer)
    guard pitch >= 2, scene.glyphs.width(activation) < width else { return }
    canvas.write(
      activation, x: x, y: y + 1, within: area, glyphs: scene.glyphs,
      foreground: scene.theme.muted)
  }

  private static func drawSteps(
    _ scene: Scene, _ step: Int, _ row: Rect, into canvas: inout Canvas
  ) {
    guard row.width >= 8 else { return }
    canvas.write(
      "0", x: row.x, y: row.y, within: row, glyphs: scene.glyphs, foreground: scene.theme.muted)
    let text = NumberText.count(step)
    canvas.write(
      text, x: row.maxX - scene.glyphs.width(text), y: row.y, within: row, glyphs: scene.glyphs,
      foreground: scene.theme.muted)
  }

  /// One measure of all layers, on one scale.
  private struct Column {
    /// Columns that the number and the factor take.
    static let numbers = 10

    var scene: Scene
    var trace: LayerTrace
    var measure: Measure
    var place: Rect

    func draw(layers: Range<Int>, header: Int, pitch: Int, into canvas: inout Canvas) {
      let all = trace.records.flatMap { $0.layers.map(measure.value) }
        .filter { $0.isFinite && abs($0) < 1e100 && (!measure.isLogarithmic || $0 > 0) }
      let (low, high) = (all.min() ?? 0, all.max() ?? 1)
      let axis =
        measure.isLogarithmic
        ? Axis(max(low, high * 1e-12) / 1.2, high * 1.2, scale: .logarithmic)
        : Axis(min(0, low), high > 0 ? high * 1.05 : 1)
      if header > 0 {
        canvas.writeCut(
          measure.name, x: place.x, y: place.y, limit: place.width - 1, within: place,
          glyphs: scene.glyphs, foreground: scene.theme.text, attributes: .underline)
        let used = scene.glyphs.width(measure.name) + 1
        let scale =
          NumberText.compact(axis.lower, digits: 2) + "…"
          + NumberText.compact(axis.upper, digits: 2)
        if place.width > used + scene.glyphs.width(scale) + 1 {
          canvas.write(
            scale, x: place.x + used, y: place.y, within: place, glyphs: scene.glyphs,
            foreground: scene.theme.muted)
        }
      }
      for (row, layer) in layers.enumerated() {
        let top = place.y + header + row * pitch
        let values = trace.records.map { record in
          record.layers.indices.contains(layer) ? measure.value(record.layers[layer]) : .nan
        }
        drawNumbers(values, layer, y: top, pitch: pitch, into: &canvas)
        let picture = Rect(
          x: place.x + Column.numbers, y: top,
          width: max(0, place.width - Column.numbers - 1),
          height: max(1, pitch - (pitch > 2 ? 1 : 0)))
        drawCurve(values, axis, picture.intersection(place), into: &canvas)
      }
    }

    private func drawNumbers(
      _ values: [Double], _ layer: Int, y: Int, pitch: Int, into canvas: inout Canvas
    ) {
      let theme = scene.theme
      func right(_ text: String, _ y: Int, _ color: Color) {
        canvas.write(
          text, x: place.x + Column.numbers - 1 - scene.glyphs.width(text), y: y, within: place,
          glyphs: scene.glyphs, foreground: color)
      }
      let now = values.last ?? .nan
      right(now.isNaN ? "—" : measure.text(now), y, now.isNaN ? theme.muted : theme.text)
      guard pitch >= 2, !now.isNaN else { return }
      let dead = trace.records.last?.layers[layer].dead ?? 0
      if measure.countsDead {
        right("\(dead) dead", y + 1, dead > 0 ? theme.warning : theme.muted)
      } else if let first = values.first(where: { $0.isFinite && $0 != 0 }) {
        right("×" + NumberText.compact(now / first, digits: 2), y + 1, theme.muted)
      }
    }

    private func drawCurve(
      _ values: [Double], _ axis: Axis, _ picture: Rect, into canvas: inout Canvas
    ) {
      guard picture.width >= 4, !picture.isEmpty, let last = trace.records.last else { return }
      var raster = DotRaster(area: picture, glyphs: DotGlyphs(scene.glyphs))
      let zoom = scene.state.zoom.isFinite ? max(1, scene.state.zoom) : 1
      let end = Double(max(last.step, 1))
      let steps = Axis(zoom > 1 ? end - end / zoom : 0, end).named("step")
      let color = scene.theme.series(measure.color)
      var before: (x: Double, y: Double)?
      for (record, value) in zip(trace.records, values) {
        guard value.isFinite, !measure.isLogarithmic || value > 0 else {
          before = nil
          continue
        }
        let x = steps.position(Double(record.step)) * Double(raster.width - 1)
        let y = (1 - axis.position(value)) * Double(raster.height - 1)
        guard x.isFinite, y.isFinite, x >= 0 else { continue }
        if let before {
          raster.line(before.x, before.y, x, y, color: color, priority: 2)
        } else {
          raster.plot(x, y, color: color, priority: 2)
        }
        before = (x, y)
      }
      canvas.reader?.add(raster, x: steps, y: axis, name: measure.name, color: color)
      raster.paint(into: &canvas)
    }
  }
}
