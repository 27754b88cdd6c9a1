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
    suits: { $0.objective.kind.boltzmann != nil },
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

  /// A probability in per cent, in at most four columns.
  static func percent(_ probability: Double) -> String {
    let value = probability * 100
    guard value < 99.95 else { return value.isNaN ? "NaN" : "100" }
    if value > 0, value < 0.005 { return "<.01" }
    return NumberText.fixed(value, decimals: value < 0.995 ? 2 : 1)
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let machine = scene.snapshot.objective.kind.boltzmann, scene.isHealthy,
      machine.train.count > 0
    else { return [] }
    let sum = total(machine, probabilities(scene, machine))
    return [
      "p(all patterns) " + percent(sum) + " %",
      "\(machine.visible) visible, \(machine.hidden) hidden"
        + (machine.top > 0 ? ", \(machine.top) above" : ""),
    ]
  }

  /// Rows and columns of a pattern: a square where it is one, else a row.
  static func shape(_ machine: BoltzmannMachine) -> (rows: Int, columns: Int) {
    let side = (1...max(1, machine.visible)).first { $0 * $0 >= machine.visible } ?? 1
    return side * side == machine.visible ? (side, side) : (1, machine.visible)
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let machine = scene.snapshot.objective.kind.boltzmann, scene.isHealthy,
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
    let captions = [
      "weights of the hidden units, and how likely each is on for pattern \(chosen + 1)",
      "hidden units: weights, p(on | pattern \(chosen + 1))",
      "weights; p(on | pattern \(chosen + 1))",
    ]
    canvas.writeCut(
      captions.first { scene.glyphs.width($0) <= area.width } ?? captions[2], x: area.x, y: area.y,
      limit: area.width, within: area, glyphs: scene.glyphs, foreground: theme.muted)
    let topRows = machine.top > 0 && area.height >= 6 ? 1 : 0
    // A row for the caption and one of air below.
    let room = area.height - 2 - topRows
    // In as many lines as make the images largest; each has a row for its numbers, and air between
    // lines.
    let lines = (1...3).map { lines in
      let count = (machine.hidden + lines - 1) / lines
      let height = (room - (lines - 1)) / lines
      return (
        count: count, height: height,
        tile: tiles(
          scene, machine, count: count, width: area.width, height: height - 1, least: 6)
      )
    }
    guard
      let best = lines.max(by: { a, b in
        (min(a.tile.shown, a.count) == a.count ? a.tile.unit : 0)
          < (min(b.tile.shown, b.count) == b.count ? b.tile.unit : 0)
      })
    else { return }
    let tile = best.tile
    let across = max(1, min(tile.shown, best.count))
    let imageRows = (rows * tile.unit + 1) / 2
    let down = max(2, min(imageRows + 2, best.height + 1))
    let weights = parameters.prefix(machine.visible * machine.hidden)
    let heaviest = weights.reduce(0) { max($0, abs($1)) }
    for unit in 0..<machine.hidden {
      let top = area.y + 1 + unit / across * down
      guard top + imageRows < area.maxY - topRows else { break }
      let image = PixelImage(
        signed: (0..<machine.visible).map { parameters[$0 * machine.hidden + unit] }, rows: rows,
        columns: columns, most: heaviest, theme: theme)
      let x = area.x + unit % across * tile.step
      image.draw(
        scene, unit: tile.unit, at: Point(x: x, y: top), within: area, into: &canvas)
      let y = top + imageRows
      let color = first[unit] >= 0.5 ? theme.good : theme.muted
      canvas.write(
        NumberText.fixed(first[unit], decimals: 2), x: x, y: y, within: area,
        glyphs: scene.glyphs, foreground: color)
      Bars.row(
        first[unit], x: x + 5, y: y, width: columns * tile.unit - 5, within: area, color: color,
        ground: theme.grid, glyphs: scene.glyphs, into: &canvas)
    }
    guard topRows > 0 else { return }
    canvas.writeCut(
      topText(second, scene, width: area.width), x: area.x, y: area.maxY - 2, limit: area.width,
      within: area, glyphs: scene.glyphs, foreground: theme.text)
  }

  /// How likely the units of the second layer are on, with as many words and digits as fit.
  private static func topText(_ values: [Double], _ scene: Scene, width: Int) -> String {
    func bare(_ decimals: Int) -> [String] {
      values.map { value in
        let text = NumberText.fixed(value, decimals: decimals)
        return text.hasPrefix("0.") ? String(text.dropFirst()) : decimals == 2 ? "1.0" : text
      }
    }
    let full = values.map { NumberText.fixed($0, decimals: 2) }
    let texts = [
      "second layer, how likely each unit is on: " + full.joined(separator: "  "),
      "second layer: " + full.joined(separator: "  "),
      "second layer: " + bare(2).joined(separator: " "),
      "layer 2: " + bare(2).joined(separator: " "), "layer 2: " + bare(1).joined(separator: " "),
    ]
    return texts.first { scene.glyphs.width($0) <= width } ?? texts[4]
  }

  private static func drawPatterns(
    _ scene: Scene, _ machine: BoltzmannMachine, _ chosen: Int, _ area: Rect,
    into canvas: inout Canvas
  ) {
    let theme = scene.theme
    let chances = probabilities(scene, machine)
    let (rows, columns) = shape(machine)
    let count = machine.train.count
    let imageRows = min(max((rows + 1) / 2 * 2, area.height / 4), area.height / 2)
    let tile = tiles(
      scene, machine, count: count, width: area.width, height: max(1, imageRows), least: 5)
    let first = min(max(0, chosen - tile.shown / 2), count - tile.shown)
    let names =
      tile.shown < count
      ? "patterns \(first + 1)–\(first + tile.shown) of \(count), p in %"
      : "how probable the machine thinks each pattern, in %"
    canvas.writeCut(
      scene.glyphs.width(names) <= area.width ? names : "patterns, p in %",
      x: area.x, y: area.y, limit: area.width, within: area, glyphs: scene.glyphs,
      foreground: theme.muted)
    // All the probability evenly over the patterns, and evenly over all states.
    let fair = 1 / Double(count)
    let chance = PlotMath.pow(2, -Double(machine.visible))
    let greatest = chances.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    // The greatest fills the height, but a share that is not far above it is in the picture too.
    let most = max(max(greatest, fair <= greatest * 1.6 ? fair * 1.02 : 0), 1e-300)
    let drawn = max(1, (rows * tile.unit + 1) / 2)
    let header = area.height >= drawn + 7 ? 2 : 1
    let bars = Rect(
      x: area.x, y: area.y + header, width: area.width,
      height: max(0, area.height - drawn - 1 - header))
    let marks: [(name: String, share: Double, color: Color)] = [
      ("fair share", fair, theme.good), ("chance", chance, theme.muted),
    ]
    if header == 2 {
      Legend(
        marks.map { mark in
          let over = mark.share > most ? " ↑" : ""
          let isWide = area.width >= 64 && machine.visible <= 20
          // Where words are few the caption names the unit.
          let number = percent(mark.share) + (isWide ? " %" : "") + over
          let whole = mark.name == "chance" ? 1 << min(20, machine.visible) : count
          return Legend.Entry(
            mark: scene.glyphs == .ascii ? "--" : "┄┄",
            name: isWide
              ? "\(mark.name), 1/\(whole) = \(number)"
              : (mark.name == "chance" ? "chance " : "fair ") + number,
            color: mark.color)
        }
      ).draw(
        x: area.x, y: area.y + 1, within: area, glyphs: scene.glyphs, text: theme.muted,
        into: &canvas)
    }
    for mark in marks where bars.height >= 4 && mark.share <= most {
      let line =
        bars.maxY - 1
        - PlotMath.int(
          (mark.share / most * Double(bars.height) - 0.5).rounded(.down), in: 0...bars.height - 1)
      for x in bars.x..<min(bars.maxX, bars.x + tile.shown * tile.step) {
        canvas.mark(
          scene.glyphs.mark("┄", ascii: "-"), at: Point(x: x, y: line), within: bars,
          foreground: scene.faint(mark.color))
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
        percent(chances[index]), x: x, y: bars.maxY, limit: tile.step - 1, within: area,
        glyphs: scene.glyphs, foreground: isChosen ? theme.warning : theme.text)
    }
  }
}
