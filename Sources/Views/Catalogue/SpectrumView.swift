import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// The rate against the limits that the curvature sets.
  package static let spectrum = View(
    name: "spectrum",
    summary:
      "The rate η against the optimizer's own limit, and the factor a step of each eigenvalue",
    role: .extra, suits: { $0.objective.parameterCount <= HessianProbe.limit },
    title: { _ in "spectrum: curvature" },
    readout: SpectrumView.readout,
    draw: SpectrumView.draw)
}

private enum SpectrumView {
  private struct Key: Hashable {
    var problem: ObjectiveID
    var parameters: [Double]
    var scaling: [Double]?
    var addedCurvature: Double
  }

  private static func eigenvalues(_ scene: Scene) -> [Double] {
    guard scene.snapshot.objective.parameterCount <= HessianProbe.limit else { return [] }
    // Where the optimizer has no law, or does not know yet what it divides by: the loss's own.
    let snapshot = scene.snapshot
    guard
      let matrix = PreconditionedHessian(snapshot)
        ?? PreconditionedHessian(snapshot.objective, at: snapshot.parameters)
    else { return [] }
    let key = Key(
      problem: snapshot.objectiveID, parameters: matrix.parameters, scaling: matrix.scaling,
      addedCurvature: matrix.addedCurvature)
    return scene.probes.value("spectrum", for: key) { matrix.spectrum()?.eigenvalues ?? [] }
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let greatest = eigenvalues(scene).first, greatest > 0 else { return [] }
    let law = scene.snapshot.stability
    var parts = ["λmax = " + NumberText.compact(greatest, digits: 3)]
    if let limit = law?.rateLimit(eigenvalue: greatest), let formula = scene.rateLimit?.formula {
      parts.append(
        formula.replacing("λ", with: "λmax") + " = " + NumberText.compact(limit, digits: 3))
    }
    if law?.isPreconditioned == true { parts.append("of P⁻¹H") }
    return parts
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
    if greatest > 0, let law = scene.snapshot.stability,
      let limit = law.rateLimit(eigenvalue: greatest), area.height >= 4
    {
      let formula = (scene.rateLimit?.formula ?? "").replacing("λ", with: "λmax")
      drawGauge(scene, law, limit: limit, formula, area, into: &canvas)
      top += area.height >= 8 ? 4 : 3
    } else if let why = scene.missingLimit, area.height >= 3 {
      canvas.writeCut(
        why, x: area.x, y: top, limit: area.width, within: area, glyphs: scene.glyphs,
        foreground: scene.theme.muted)
      top += 2
    } else if area.height >= 3 {
      canvas.writeCut(
        "the loss bends downwards here: no rate is too small to leave", x: area.x, y: top,
        limit: area.width, within: area, glyphs: scene.glyphs, foreground: scene.theme.warning)
      top += 2
    }
    let rest = Rect(x: area.x, y: top, width: area.width, height: max(0, area.maxY - top))
    // Where there is room for both, the list's numbers are drawn as curves too.
    let isWide = rest.width >= 140 && rest.height >= 12
    let isTall = !isWide && rest.height >= values.count + 16 && rest.width >= 40
    let listWidth = isWide ? rest.width / 2 - 2 : rest.width
    let listHeight = isTall ? values.count + 2 : rest.height
    drawList(
      scene, values, Rect(x: rest.x, y: rest.y, width: listWidth, height: listHeight),
      into: &canvas)
    if isWide {
      drawDecay(
        scene, values, rest.inset(left: rest.width / 2 + 2), into: &canvas)
    } else if isTall {
      drawDecay(scene, values, rest.inset(top: listHeight + 1), into: &canvas)
    }
  }

  /// The rate on a scale from 0, with the optimizer's own limit, and for plain descent the best
  /// rate.
  private static func drawGauge(
    _ scene: Scene, _ law: LinearStability, limit: Double, _ formula: String, _ area: Rect,
    into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let rate = scene.snapshot.learningRate
    let width = max(8, area.width - 2)
    let full = limit * 1.5
    func column(_ value: Double) -> Int {
      area.x + PlotMath.int(value / full * Double(width - 1), in: 0...(width - 1))
    }
    for x in 0..<width {
      let value = full * (Double(x) + 0.5) / Double(width)
      let tone = value < limit / 2 ? theme.good : value < limit ? theme.warning : theme.bad
      canvas.mark(
        scene.glyphs.mark("━", ascii: "="), at: Point(x: area.x + x, y: area.y + 1),
        within: area, foreground: scene.faint(tone, 0.45))
    }
    let isWide = area.width >= 130
    var labels: [(x: Int, text: String)] = [(area.x, "0")]
    if law.isMemoryless {
      labels.append(
        (
          column(limit / 2),
          formula.replacing("2/", with: "1/")
            + (isWide ? ": the steepest direction is solved in one step" : "")
        ))
    }
    labels.append((column(limit), formula + (isWide ? ": beyond it, steps grow" : "")))
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

  /// What one step leaves of an error along a direction. Close to 1 only the difference tells
  /// anything: 1 − 1.3e−5 and 1 + 1.3e−5 are rest and ruin.
  private static func factorText(_ decrement: Double) -> String {
    guard abs(decrement) < 0.01, decrement != 0 else {
      let factor = 1 - decrement
      return factor < 10
        ? NumberText.fixed(factor, decimals: 4) : NumberText.compact(factor, digits: 3)
    }
    return (decrement > 0 ? "1 − " : "1 + ") + NumberText.compact(abs(decrement), digits: 2)
  }

  /// The steps in which an error halves, or doubles (`grows`); nil where it does neither.
  private static func halving(_ decrement: Double) -> (steps: Double, grows: Bool)? {
    // log1p keeps what 1 − δ would round away.
    let change =
      abs(decrement) < 1e-4
      ? -decrement - decrement * decrement / 2 : PlotMath.log(abs(1 - decrement))
    guard !change.isNaN, change != 0 else { return nil }
    return (0.6931471805599453 / abs(change), change > 0)
  }

  /// How an error oscillates: the steps in which it turns round once; nothing where it does not.
  private static func oscillation(
    _ law: LinearStability, rate: Double, eigenvalue: Double
  ) -> String {
    if let period = law.period(rate: rate, eigenvalue: eigenvalue) {
      return "turns in " + NumberText.compact(period, digits: 3)
    }
    return law.trace(rate: rate, eigenvalue: eigenvalue) < 0 ? "turns in 2" : ""
  }

  private static func stepsText(_ decrement: Double) -> String {
    guard let (steps, grows) = halving(decrement) else { return "never" }
    let number =
      steps < 1
      ? "1"
      : steps < 99.5
        ? NumberText.compact(steps, digits: 2)
        : steps < 1e6
          ? NumberText.count(PlotMath.int(steps, in: 0...1_000_000))
          : NumberText.compact(steps, digits: 2)
    return (grows ? "doubles " : "") + number
  }

  /// Each eigenvalue, its size, the factor by which a step changes the error along its direction,
  /// and the steps that halve it.
  private static func drawList(
    _ scene: Scene, _ values: [Double], _ area: Rect, into canvas: inout Canvas
  ) {
    guard area.height >= 2 else { return }
    let theme = scene.theme
    let rate = scene.snapshot.learningRate
    let most = values.reduce(0) { max($0, abs($1)) }
    let numberWidth = 11
    let law = scene.snapshot.stability
    let showsFactor = law != nil && area.width >= 30
    let showsSteps = law != nil && area.width >= 64
    let showsTurns = law != nil && area.width >= 84
    let turnsWidth = showsTurns ? 17 : 0
    let factorEnd = area.maxX - (showsSteps ? 17 : 2) - turnsWidth
    let barX = area.x + 4 + numberWidth + 2
    let barWidth = max(0, min(100, factorEnd - barX - (showsFactor ? 13 : -2)))
    func right(_ text: String, _ edge: Int, _ y: Int, _ color: Color) {
      canvas.write(
        text, x: edge - scene.glyphs.width(text), y: y, within: area, glyphs: scene.glyphs,
        foreground: color)
    }
    right("λ", area.x + 4 + numberWidth, area.y, theme.muted)
    if showsFactor { right(scene.factorName, factorEnd, area.y, theme.muted) }
    if showsSteps { right("steps to halve", area.maxX - 1 - turnsWidth, area.y, theme.muted) }
    if showsTurns { right("oscillates", area.maxX - 1, area.y, theme.muted) }
    if barWidth >= 24 {
      canvas.write(
        "curvature, logarithmic", x: barX, y: area.y, within: area, glyphs: scene.glyphs,
        foreground: theme.muted)
    }
    let rows = area.height - 1
    let first = min(max(0, scene.state.scroll), max(0, values.count - rows))
    // Up to five rows each where there are few; bars are one row less high.
    let pitch = max(1, min(5, rows / max(1, values.count)))
    let left = values.count - first
    let shown = left <= rows / pitch ? left : max(1, rows / pitch - 1)
    if shown < left, rows >= 2 {
      canvas.write(
        "… \(left - shown) more, \(values.suffix(left - shown).count { $0 < 0 }) of them negative",
        x: area.x + 2, y: area.maxY - 1, within: area, glyphs: scene.glyphs,
        foreground: theme.muted)
    }
    for row in 0..<shown {
      let value = values[first + row]
      let bar = area.y + 1 + row * pitch
      let y = bar + (max(1, pitch - 1) - 1) / 2
      right("\(first + row + 1)", area.x + 3, y, theme.muted)
      right(NumberText.compact(value, digits: 4), area.x + 4 + numberWidth, y, theme.text)
      if barWidth >= 4, most > 0 {
        // Six powers of ten, so that flat directions are seen beside steep ones.
        let share = 1 + PlotMath.log10(max(abs(value) / most, 1e-12)) / 6
        let length = PlotMath.int(max(0, share) * Double(barWidth), in: 1...barWidth)
        let mark = pitch == 1 ? "━" : "█"
        for line in 0..<max(1, pitch - 1) {
          canvas.write(
            String(repeating: mark, count: length), x: barX, y: bar + line, within: area,
            glyphs: scene.glyphs,
            foreground: value < 0 ? theme.classes[0] : theme.classes[1])
        }
      }
      guard showsFactor, let law else { continue }
      let decrement = law.decrement(rate: rate, eigenvalue: value)
      let grows = halving(decrement)?.grows ?? false
      let color =
        grows || !decrement.isFinite
        ? theme.bad : decrement > 0.001 ? theme.good : theme.muted
      right(factorText(decrement), factorEnd, y, color)
      if showsSteps { right(stepsText(decrement), area.maxX - 1 - turnsWidth, y, color) }
      if showsTurns {
        right(oscillation(law, rate: rate, eigenvalue: value), area.maxX - 1, y, theme.muted)
      }
    }
  }

  /// What the optimizer at this rate leaves, in the long run, of an error along the steepest, a
  /// middling and the flattest direction.
  private static func drawDecay(
    _ scene: Scene, _ values: [Double], _ area: Rect, into canvas: inout Canvas
  ) {
    guard area.height >= 8, area.width >= 24 else { return }
    let rate = scene.snapshot.learningRate
    let theme = scene.theme
    let positive = values.indices.filter { values[$0] > 0 }
    guard let law = scene.snapshot.stability, let steepest = positive.first,
      let flattest = positive.last, rate.isFinite, rate > 0
    else { return }
    func decrement(_ index: Int) -> Double { law.decrement(rate: rate, eigenvalue: values[index]) }
    var chosen = [steepest]
    for index in [positive[positive.count / 2], flattest, values.count - 1]
    where !chosen.contains(index) { chosen.append(index) }
    canvas.writeCut(
      "share of an error that is left after so many steps, at the factor of each", x: area.x,
      y: area.y, limit: area.width, within: area, glyphs: scene.glyphs, foreground: theme.muted)
    // From one step to where the flattest direction is nearly done.
    let slowest = chosen.compactMap { halving(decrement($0))?.steps }.reduce(10) {
      max($0, $1)
    }
    var plot = Plot(
      in: area.inset(top: 1),
      x: Axis(1, min(slowest * 5, 1e12), scale: .logarithmic).named("steps from now"),
      y: Axis(0, 1.2), layout: scene.layout(footer: 1))
    plot.drawAxes(into: &canvas)
    let steps = (0..<max(2, plot.raster.width)).map { plot.valueX(atDot: $0) }
    var entries: [Legend.Entry] = []
    for (place, index) in chosen.enumerated() {
      let change =
        halving(decrement(index)).map { ($0.grows ? 1 : -1) * 0.6931471805599453 / $0.steps } ?? 0
      let color = theme.series(place)
      plot.curve(
        steps, steps.map { min(2, PlotMath.exp(change * $0)) }, color: color,
        thickness: plot.thickness, priority: UInt8(2 + 2 * place))
      entries.append(
        Legend.Entry(
          name: "λ\(index + 1) = " + NumberText.compact(values[index], digits: 2), color: color))
    }
    plot.raster.paint(into: &canvas)
    Legend(entries).draw(
      x: plot.area.x, y: area.maxY - 1, within: area, glyphs: scene.glyphs, text: theme.muted,
      into: &canvas)
  }
}
