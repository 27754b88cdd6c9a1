import Lanes
import Models
import Terminal
import Training

extension View {
  /// What a Boltzmann machine's hidden units look for, and how probable it thinks the data.
  package static let patterns = View(
    name: "patterns",
    summary:
      "A Boltzmann machine: each hidden unit's weights as an image, and the patterns' chances",
    role: .main,
    suits: { $0.objective is BoltzmannMachine },
    title: { _ in "patterns" },
    readout: PatternsView.readout,
    draw: PatternsView.draw)
}

private enum PatternsView {
  /// The probability of each pattern now; summing over all states is worth keeping.
  static func probabilities(_ scene: Scene, _ machine: BoltzmannMachine) -> [Double] {
    scene.probes.value("patterns.probabilities", for: scene.networkKey()) {
      let parameters = scene.snapshot.parameters
      let logZ = machine.logPartition(at: parameters)
      return (0..<machine.train.count).map {
        Elementary.exp(
          -machine.freeEnergy(Array(machine.train.input($0)), at: parameters) - logZ)
      }
    }
  }

  /// The probability of all the patterns together, each different one counted once.
  static func total(_ machine: BoltzmannMachine, _ probabilities: [Double]) -> Double {
    var seen = Set<[Double]>()
    return probabilities.indices.reduce(0.0) { sum, index in
      seen.insert(Array(machine.train.input(index))).inserted ? sum + probabilities[index] : sum
    }
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let machine = scene.snapshot.objective as? BoltzmannMachine, scene.isHealthy,
      machine.train.count > 0
    else { return [] }
    let sum = total(machine, probabilities(scene, machine))
    return [
      "p(data) " + NumberText.fixed(sum * 100, decimals: 1) + " %",
      "\(machine.visible)·\(machine.hidden)" + (machine.top > 0 ? "·\(machine.top)" : ""),
    ]
  }

  /// Rows and columns of a pattern: a square where it is one, else a row.
  static func shape(_ machine: BoltzmannMachine) -> (rows: Int, columns: Int) {
    let side = (1...max(1, machine.visible)).first { $0 * $0 >= machine.visible } ?? 1
    return side * side == machine.visible ? (side, side) : (1, machine.visible)
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let machine = scene.snapshot.objective as? BoltzmannMachine, scene.isHealthy,
      machine.train.count > 0
    else {
      scene.note("a Boltzmann machine is shown here", in: area, into: &canvas)
      return
    }
    let chosen = Scene.wrapped(scene.state.selection, machine.train.count)
    let pattern = Array(machine.train.input(chosen))
    let (first, second) =
      machine.top > 0
      ? machine.meanField(pattern, at: scene.snapshot.parameters)
      : (machine.hiddenProbabilities(pattern, at: scene.snapshot.parameters), [])
    let upper = area.height >= 8 ? area.height / 2 : 0
    drawUnits(
      scene, machine, first, second, chosen,
      Rect(x: area.x, y: area.y, width: area.width, height: upper), into: &canvas)
    drawPatterns(
      scene, machine, chosen,
      Rect(x: area.x, y: area.y + upper, width: area.width, height: area.height - upper),
      into: &canvas)
  }

  /// Tiles side by side: how many columns each may take, and its pixels' size.
  private static func tiles(
    _ scene: Scene, _ machine: BoltzmannMachine, count: Int, width: Int, height: Int, least: Int
  ) -> (step: Int, unit: Int, shown: Int) {
    let (rows, columns) = shape(machine)
    let step = max(columns + 1, least, width / max(1, count))
    let shown = min(count, max(1, width / step))
    let unit = PixelImage.unit(
      rows: rows, columns: columns, fitting: Size(width: step - 1, height: height),
      shading: scene.shading)
    return (max(least, min(step, columns * max(1, unit) + 3)), unit, shown)
  }

  private static func drawUnits(
    _ scene: Scene, _ machine: BoltzmannMachine, _ first: [Double], _ second: [Double],
    _ chosen: Int, _ area: Rect, into canvas: inout Canvas
  ) {
    guard !area.isEmpty else { return }
    let theme = scene.theme
    let parameters = scene.snapshot.parameters
    let (rows, columns) = shape(machine)
    canvas.writeCut(
      area.width >= 70
        ? "weights of the hidden units, and how likely each is on for pattern \(chosen + 1)"
        : "hidden units, for pattern \(chosen + 1)",
      x: area.x, y: area.y, limit: area.width, within: area, glyphs: scene.glyphs,
      foreground: theme.muted)
    let topRows = machine.top > 0 && area.height >= 6 ? 1 : 0
    let room = area.height - 2 - topRows
    // In as many lines as make the images largest.
    let lines = (1...3).map { lines in
      let count = (machine.hidden + lines - 1) / lines
      return (
        count: count,
        tile: tiles(
          scene, machine, count: count, width: area.width, height: room / lines - 2, least: 6)
      )
    }
    guard
      let best = lines.max(by: { a, b in
        (min(a.tile.shown, a.count) == a.count ? a.tile.unit : 0)
          < (min(b.tile.shown, b.count) == b.count ? b.tile.unit : 0)
      })
    else { return }
    let tile = best.tile
    let across = max(1, tile.shown)
    let down = max(2, (rows * tile.unit + 1) / 2 + 2)
    let weights = parameters.prefix(machine.visible * machine.hidden)
    let heaviest = weights.reduce(0) { max($0, abs($1)) }
    for unit in 0..<machine.hidden {
      let top = area.y + 1 + unit / across * down
      guard top + 1 < area.maxY - topRows else { break }
      let image = PixelImage(
        signed: (0..<machine.visible).map { parameters[$0 * machine.hidden + unit] }, rows: rows,
        columns: columns, most: heaviest, theme: theme)
      let x = area.x + unit % across * tile.step
      image.draw(
        scene, unit: tile.unit, at: Point(x: x, y: top), within: area, into: &canvas)
      let y = top + image.size(unit: tile.unit).height
      canvas.write(
        NumberText.fixed(first[unit], decimals: 2), x: x, y: y, within: area,
        glyphs: scene.glyphs, foreground: first[unit] >= 0.5 ? theme.good : theme.muted)
    }
    guard topRows > 0 else { return }
    let numbers = second.map { NumberText.fixed($0, decimals: 2) }.joined(separator: "  ")
    canvas.writeCut(
      "second layer: " + numbers, x: area.x, y: area.maxY - 2, limit: area.width, within: area,
      glyphs: scene.glyphs, foreground: theme.text)
  }

  private static func drawPatterns(
    _ scene: Scene, _ machine: BoltzmannMachine, _ chosen: Int, _ area: Rect,
    into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let chances = probabilities(scene, machine)
    let (rows, columns) = shape(machine)
    let imageRows = min(max(1, (rows + 1) / 2 * 2), area.height / 2)
    let tile = tiles(
      scene, machine, count: machine.train.count, width: area.width, height: imageRows, least: 5)
    let first = min(max(0, chosen - tile.shown / 2), machine.train.count - tile.shown)
    let fair = 1 / Double(machine.train.count)
    // The bars' full height: twice a fair share, or the most probable pattern.
    let most = max(2 * fair, chances.reduce(0) { max($0, $1) })
    let drawn = max(1, (rows * tile.unit + 1) / 2)
    let bars = Rect(
      x: area.x, y: area.y + 1, width: area.width, height: max(0, area.height - drawn - 2))
    canvas.writeCut(
      (area.width >= 70 ? "patterns and their probabilities; a fair share is " : "p, fair share ")
        + NumberText.compact(fair, digits: 2),
      x: area.x, y: area.y, limit: area.width, within: area, glyphs: scene.glyphs,
      foreground: theme.muted)
    let line = bars.maxY - 1 - Numerics.int(fair / most * Double(bars.height), in: 0...10_000)
    if bars.height >= 4 {
      for x in bars.x..<min(bars.maxX, bars.x + tile.shown * tile.step) {
        canvas.mark(
          scene.glyphs.mark("┄", ascii: "-"), at: Point(x: x, y: line), within: bars,
          foreground: theme.grid)
      }
    }
    for index in first..<first + tile.shown {
      let x = area.x + (index - first) * tile.step
      let isChosen = index == chosen
      let width = max(1, min(tile.step - 1, columns * max(1, tile.unit)))
      for column in x..<x + width {
        Bars.column(
          chances[index] / most, x: column, area: bars,
          color: isChosen ? theme.warning : theme.series(0), glyphs: scene.glyphs, into: &canvas)
      }
      let image = PixelImage(
        ink: Array(machine.train.input(index)), rows: rows, columns: columns, theme: theme)
      image.draw(
        scene, unit: tile.unit, at: Point(x: x, y: bars.maxY + 1), within: area, into: &canvas)
      canvas.writeCut(
        NumberText.fixed(chances[index], decimals: tile.step > 5 ? 3 : 2), x: x, y: bars.maxY,
        limit: tile.step - 1, within: area, glyphs: scene.glyphs,
        foreground: isChosen ? theme.warning : theme.muted)
    }
  }
}
