import Lanes
import Models
import Terminal
import Training

extension View {
  /// The rate against the limits that the curvature sets.
  package static let spectrum = View(
    name: "spectrum",
    summary:
      "The rate η against 1/λmax and 2/λmax, and what each eigenvalue of the Hessian does to an error",
    role: .extra, suits: { $0.objective.parameterCount <= HessianProbe.limit },
    title: { _ in "curvature" },
    readout: SpectrumView.readout,
    draw: SpectrumView.draw)
}

private enum SpectrumView {
  private struct Key: Hashable {
    var problem: ProblemKey
    var parameters: [Double]
  }

  private static func eigenvalues(_ scene: Scene) -> [Double] {
    guard scene.snapshot.objective.parameterCount <= HessianProbe.limit else { return [] }
    return scene.probes.value(
      "spectrum", for: Key(problem: scene.problemKey, parameters: scene.snapshot.parameters)
    ) { HessianProbe.curvature(of: scene.snapshot)?.eigenvalues ?? [] }
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let greatest = eigenvalues(scene).first, greatest > 0 else { return [] }
    return [
      "λmax = " + NumberText.compact(greatest, digits: 3),
      "2/λmax = " + NumberText.compact(2 / greatest, digits: 3),
    ]
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let values = eigenvalues(scene)
    guard let greatest = values.first else {
      scene.note(
        "no curvature to show: too many parameters, or not finite", in: area, into: &canvas)
      return
    }
    var top = area.y
    if greatest > 0, area.height >= 4 {
      drawGauge(scene, limit: 2 / greatest, area, into: &canvas)
      top += area.height >= 8 ? 4 : 3
    } else if area.height >= 3 {
      canvas.writeCut(
        "the loss bends downwards here: no rate is too small to leave", x: area.x, y: top,
        limit: area.width, within: area, glyphs: scene.glyphs, foreground: scene.theme.warning)
      top += 2
    }
    drawList(
      scene, values, Rect(x: area.x, y: top, width: area.width, height: area.maxY - top),
      into: &canvas)
  }

  /// The rate on a scale from 0, with the best and the greatest rate of plain gradient descent.
  private static func drawGauge(
    _ scene: Scene, limit: Double, _ area: Rect, into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let rate = scene.snapshot.learningRate
    let width = max(8, area.width - 2)
    let full = limit * 1.5
    func column(_ value: Double) -> Int {
      area.x + Numerics.int(value / full * Double(width - 1), in: 0...(width - 1))
    }
    for x in 0..<width {
      let value = full * (Double(x) + 0.5) / Double(width)
      let tone = value < limit / 2 ? theme.good : value < limit ? theme.warning : theme.bad
      canvas.mark(
        scene.glyphs.mark("━", ascii: "="), at: Point(x: area.x + x, y: area.y + 1),
        within: area, foreground: scene.faint(tone, 0.45))
    }
    var labels: [(x: Int, text: String)] = [
      (column(limit / 2), "1/λmax"), (column(limit), "2/λmax"),
    ]
    labels.insert((area.x, "0"), at: 0)
    var free = area.x
    for label in labels {
      let start = max(area.x, label.x - scene.glyphs.width(label.text) / 2)
      guard start >= free else { continue }
      canvas.write(
        label.text, x: start, y: area.y + 2, within: area, glyphs: scene.glyphs,
        foreground: theme.muted)
      canvas.mark(
        scene.glyphs.mark("┃", ascii: "|"), at: Point(x: label.x, y: area.y + 1), within: area,
        foreground: theme.muted)
      free = start + scene.glyphs.width(label.text) + 1
    }
    guard rate.isFinite else { return }
    let isBeyond = rate > full
    let place = isBeyond ? area.x + width - 1 : column(rate)
    let mark: Unicode.Scalar =
      isBeyond ? scene.glyphs.mark("▶", ascii: ">") : scene.glyphs.mark("●", ascii: "@")
    canvas.mark(
      mark, at: Point(x: place, y: area.y + 1), within: area, foreground: theme.ball,
      attributes: .bold)
    let text = "η = " + NumberText.short(rate, digits: 3)
    let textWidth = scene.glyphs.width(text)
    canvas.write(
      text, x: min(max(area.x, place - textWidth / 2), area.maxX - textWidth), y: area.y,
      within: area, glyphs: scene.glyphs, foreground: theme.text)
  }

  /// Each eigenvalue, its size, and the factor by which one step of plain descent changes the error along its direction.
  private static func drawList(
    _ scene: Scene, _ values: [Double], _ area: Rect, into canvas: inout Canvas
  ) {
    guard area.height >= 2 else { return }
    let theme = scene.theme
    let rate = scene.snapshot.learningRate
    let most = values.reduce(0) { max($0, abs($1)) }
    let numberWidth = 11
    let showsFactor = area.width >= 30
    let barX = area.x + 4 + numberWidth + 2
    let barWidth = max(0, min(60, area.maxX - barX - (showsFactor ? 14 : 0)))
    func right(_ text: String, _ edge: Int, _ y: Int, _ color: Color) {
      canvas.write(
        text, x: edge - scene.glyphs.width(text), y: y, within: area, glyphs: scene.glyphs,
        foreground: color)
    }
    right("λ", area.x + 4 + numberWidth, area.y, theme.muted)
    if showsFactor { right("|1 − ηλ|", area.maxX - 2, area.y, theme.muted) }
    let rows = area.height - 1
    let first = min(max(0, scene.state.scroll), max(0, values.count - rows))
    for row in 0..<min(rows, values.count - first) {
      let value = values[first + row]
      let y = area.y + 1 + row
      right("\(first + row + 1)", area.x + 3, y, theme.muted)
      right(NumberText.compact(value, digits: 4), area.x + 4 + numberWidth, y, theme.text)
      if barWidth >= 4, most > 0 {
        // Six powers of ten, so that flat directions are seen beside steep ones.
        let share = 1 + Numerics.log10(max(abs(value) / most, 1e-12)) / 6
        let length = Numerics.int(max(0, share) * Double(barWidth), in: 1...barWidth)
        canvas.write(
          String(repeating: "━", count: length), x: barX, y: y, within: area, glyphs: scene.glyphs,
          foreground: value < 0 ? theme.classes[0] : theme.classes[1])
      }
      if showsFactor {
        let factor = abs(1 - rate * value)
        right(
          factor < 10
            ? NumberText.fixed(factor, decimals: 4) : NumberText.compact(factor, digits: 3),
          area.maxX - 2, y,
          factor > 1 ? theme.bad : factor < 0.999 ? theme.good : theme.muted)
      }
    }
  }
}
