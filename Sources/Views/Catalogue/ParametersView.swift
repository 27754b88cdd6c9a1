import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// How the run stands, in numbers.
  package static let parameters = View(
    name: "parameters",
    summary:
      "Optimizer and settings, rate, step, loss, and each parameter with its gradient and memory",
    rows: ParametersView.rows,
    suits: { _ in true },
    title: { _ in "parameters" },
    readout: {
      [NumberText.count($0.snapshot.objective.parameterCount) + " in all"] + $0.averageNote
    },
    draw: ParametersView.draw)
}

private enum ParametersView {
  /// A line of the upper part.
  private struct Fact {
    var name: String
    var value: String
    var color: Color
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    var facts = facts(scene)
    let columnCount = columnCount(area.width)
    let most = factRows(area.height, parameters: scene.snapshot.parameters.count)
    // Where not all fit, those go first that the line at the top says too.
    for name in ["status", "step", "loss", "optimizer"] where facts.count > most * columnCount {
      facts.removeAll { $0.name == name }
    }
    let needed = (facts.count + columnCount - 1) / columnCount
    let rows = min(needed, most)
    let width = area.width / columnCount
    for (index, fact) in facts.enumerated() {
      let column = index / needed
      let row = index % needed
      guard row < rows else { continue }
      let x = area.x + column * width
      let limit = max(0, width - (column < columnCount - 1 ? 3 : 0))
      let name = scene.glyphs.width(fact.name)
      canvas.writeCut(
        fact.name, x: x, y: area.y + row, limit: limit, within: area, glyphs: scene.glyphs,
        foreground: scene.theme.muted)
      let value = min(scene.glyphs.width(fact.value), max(0, limit - name - 1))
      canvas.writeCut(
        fact.value, x: x + limit - value, y: area.y + row, limit: value, within: area,
        glyphs: scene.glyphs, foreground: fact.color)
    }
    let table = Rect(
      x: area.x, y: area.y + rows + 1, width: area.width, height: area.height - rows - 1)
    if table.height >= 2 { ParameterTable(scene).draw(table, into: &canvas) }
  }

  private static func columnCount(_ width: Int) -> Int { width >= 92 ? 3 : width >= 56 ? 2 : 1 }

  /// Rows for the upper part: half, but a table of few parameters is shown whole.
  private static func factRows(_ height: Int, parameters: Int) -> Int {
    if parameters <= 3, height >= parameters + 5 { return height - 2 - parameters }
    return height >= 10 ? height / 2 : height
  }

  /// Rows that are filled when there are few parameters. The gradient's norm and the marks of a
  /// schedule are counted always, so that panes do not move while a run begins.
  static func rows(_ snapshot: Snapshot, width: Int) -> Int? {
    let count = snapshot.objective.parameterCount
    guard count <= 3 else { return nil }
    var facts = 6 + settings(snapshot).count
    if !Schedule.isConstant(snapshot.experiment.schedule) { facts += 2 }
    if snapshot.objective.sampleCount > 0 { facts += 1 }
    if snapshot.testLoss != nil { facts += 1 }
    if snapshot.accuracy != nil { facts += 1 }
    if snapshot.testAccuracy != nil { facts += 1 }
    if snapshot.objective.kind.function != nil, count <= 2 { facts += 3 }
    let columns = columnCount(width)
    return (facts + columns - 1) / columns + 1 + 1 + count
  }

  private static func facts(_ scene: Scene) -> [Fact] {
    let snapshot = scene.snapshot
    let theme = scene.theme
    func fact(_ name: String, _ value: String, _ color: Color? = nil) -> Fact {
      Fact(name: name, value: value, color: color ?? theme.text)
    }
    var facts = [
      fact(
        "optimizer",
        optimizers[snapshot.experiment.optimizer.name]?.title ?? snapshot.experiment.optimizer.name)
    ]
    facts.append(fact("rate η", NumberText.short(snapshot.baseRate, digits: 4)))
    if !Schedule.isConstant(snapshot.experiment.schedule) {
      facts.append(fact("schedule", snapshot.experiment.schedule.name))
      let factor = snapshot.baseRate == 0 ? .nan : snapshot.learningRate / snapshot.baseRate
      facts.append(
        fact(
          "η now",
          NumberText.compact(snapshot.learningRate, digits: 3) + "  ×"
            + NumberText.compact(factor, digits: 2)))
    }
    for (name, value) in settings(snapshot) { facts.append(fact(name, value)) }
    facts.append(fact("step", NumberText.count(snapshot.step)))
    if snapshot.objective.sampleCount > 0 {
      facts.append(fact("epoch", NumberText.count(snapshot.epoch)))
    }
    facts.append(
      fact(
        "loss", NumberText.compact(snapshot.loss, digits: 5),
        snapshot.loss.isFinite ? nil : theme.bad))
    if let test = snapshot.testLoss {
      facts.append(fact("test loss", NumberText.compact(test, digits: 5)))
    }
    if let accuracy = snapshot.accuracy {
      facts.append(fact("accuracy", NumberText.percent(accuracy, decimals: 2)))
    }
    if let accuracy = snapshot.testAccuracy {
      facts.append(fact("test accuracy", NumberText.percent(accuracy, decimals: 2)))
    }
    let gradient = scene.gradient
    if !gradient.values.isEmpty {
      let norm = gradient.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      facts.append(
        fact(
          gradient.isPresent ? "‖gradient‖" : "‖last gradient‖",
          NumberText.compact(norm, digits: 3)))
    }
    for (name, value, isBad) in nearest(scene) {
      facts.append(fact(name, value, isBad ? theme.warning : nil))
    }
    facts.append(status(snapshot, theme))
    return facts
  }

  /// A distance from a minimum; minima are found to about 1e-12 of their size: what is nearer is at
  /// it.
  static func distanceText(_ distance: Double, from place: [Double]) -> String {
    let size = place.reduce(1) { max($0, abs($1)) }
    return distance <= 1e-12 * size
      ? "0 to rounding" : NumberText.compact(distance, digits: 3)
  }

  /// Of functions of one or two variables: the minimum downhill of the run (or the nearest one,
  /// where none is), how far it is, and with which rates the optimizer in force settles there,
  /// where its curvature tells.
  private static func nearest(_ scene: Scene) -> [(String, String, Bool)] {
    let snapshot = scene.snapshot
    let now = snapshot.parameters
    func distance(_ place: [Double]) -> Double {
      zip(place, now).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
    let downhill = scene.valley
    guard now.allSatisfy(\.isFinite),
      let minimum = downhill
        ?? scene.minima.min(by: { distance($0.place) < distance($1.place) })
    else { return [] }
    // Minima are found to about 1e-12: what is below is rounding.
    let place = minimum.place.map { NumberText.compact(abs($0) < 1e-12 ? 0 : $0, digits: 4) }
      .joined(separator: ", ")
    var facts = [
      (
        downhill == nil ? "nearest minimum" : "minimum downhill",
        minimum.place.count > 1 ? "(\(place))" : place, false
      ),
      ("distance to it", distanceText(distance(minimum.place), from: minimum.place), false),
    ]
    if let limit = scene.rateLimit(curvature: minimum.curvature) {
      facts.append(
        (
          "settles for η <", NumberText.compact(limit, digits: 3),
          snapshot.learningRate >= limit
        ))
    }
    return facts
  }

  private static func status(_ snapshot: Snapshot, _ theme: Theme) -> Fact {
    switch snapshot.status {
    case .running: Fact(name: "status", value: "running", color: theme.good)
    case .paused: Fact(name: "status", value: "paused", color: theme.warning)
    case .finished: Fact(name: "status", value: "finished", color: theme.good)
    case .diverged(let step, let parameter):
      Fact(
        name: "diverged",
        value: "step \(NumberText.count(step))" + (parameter.map { ", \($0)" } ?? ""),
        color: theme.bad)
    }
  }

  /// The optimizer's settings by symbol: those that were set, and its own numbers.
  private static func settings(_ snapshot: Snapshot) -> [(String, String)] {
    let choice = snapshot.experiment.optimizer
    guard let optimizer = optimizers[choice.name] else { return [] }
    return optimizer.hyperparameters.compactMap { parameter in
      let given = choice.settings[parameter.name]
      let value = given ?? parameter.defaultValue
      let isOff = value == 0 && given == nil
      guard !isOff else { return nil }
      return (
        parameter.symbol,
        parameter.scale == .flag ? (value == 0 ? "no" : "yes") : NumberText.short(value, digits: 4)
      )
    }
  }
}

/// One row a parameter: name, value, gradient, and what the optimizer remembers of it.
private struct ParameterTable {
  private let scene: Scene

  init(_ scene: Scene) { self.scene = scene }

  func draw(_ area: Rect, into canvas: inout Canvas) {
    let snapshot = scene.snapshot
    let names = snapshot.objective.parameterNames
    let nameWidth = min(max(9, names.prefix(2000).map { scene.glyphs.width($0) }.max() ?? 1), 14)
    let numberWidth = 11
    var columns: [(title: String, values: [Double], color: Color)] = [
      ("value", snapshot.parameters, scene.theme.text)
    ]
    let gradient = scene.gradient
    if !gradient.values.isEmpty {
      columns.append(
        (
          gradient.isPresent ? "gradient" : "last grad.", gradient.values, scene.theme.series(1)
        ))
      // Few parameters leave room for what plain descent makes of the gradient in the next step.
      if gradient.isPresent, snapshot.parameters.count <= 3 {
        columns.append(
          ("η·g", gradient.values.map { $0 * snapshot.learningRate }, scene.theme.text))
      }
    }
    for memory in snapshot.optimizerState {
      columns.append(
        (memory.name.replacing("effective", with: "eff."), memory.values, scene.theme.muted))
    }
    let room = max(1, (area.width - nameWidth) / numberWidth)
    columns = Array(columns.prefix(room))
    let barX = area.x + nameWidth + columns.count * numberWidth + 2
    let barWidth = min(41, area.maxX - barX)

    header("parameter", x: area.x, right: nil, y: area.y, area, into: &canvas)
    for (index, column) in columns.enumerated() {
      header(
        column.title, x: 0, right: area.x + nameWidth + (index + 1) * numberWidth, y: area.y, area,
        into: &canvas)
    }
    let rows = area.height - 1
    let count = snapshot.parameters.count
    let first = min(max(0, scene.state.scroll), max(0, count - rows))
    var most = 0.0
    for row in 0..<max(0, min(rows, count - first)) {
      let value = abs(snapshot.parameters[first + row])
      if value.isFinite { most = max(most, value) }
    }
    for row in 0..<max(0, min(rows, count - first)) {
      let index = first + row
      let y = area.y + 1 + row
      // The last line says how many are below, when there are.
      if row == rows - 1, index < count - 1 {
        canvas.writeCut(
          "… \(NumberText.count(count - index)) more", x: area.x, y: y, limit: area.width,
          within: area, glyphs: scene.glyphs, foreground: scene.theme.muted)
        break
      }
      canvas.reader?.add(
        [index < names.count ? names[index] : "\(index)"]
          + columns.filter { index < $0.values.count }.map {
            $0.title + " " + NumberText.compact($0.values[index], digits: 5)
          }, in: Rect(x: area.x, y: y, width: area.width, height: 1))
      canvas.writeCut(
        index < names.count ? names[index] : "\(index)", x: area.x, y: y,
        limit: min(nameWidth, area.width), within: area, glyphs: scene.glyphs,
        foreground: scene.theme.muted)
      for (place, column) in columns.enumerated() where index < column.values.count {
        let value = column.values[index]
        let text = NumberText.compact(value, digits: 4)
        canvas.write(
          text,
          x: area.x + nameWidth + (place + 1) * numberWidth - scene.glyphs.width(text), y: y,
          within: area, glyphs: scene.glyphs,
          foreground: value.isFinite ? column.color : scene.theme.bad)
      }
      if barWidth >= 9, most > 0, index < count {
        Bars.signed(
          snapshot.parameters[index] / most, x: barX, y: y, width: barWidth, within: area,
          negative: scene.theme.classes[0], positive: scene.theme.classes[1],
          track: scene.theme.grid, glyphs: scene.glyphs, into: &canvas)
      }
    }
  }

  private func header(
    _ text: String, x: Int, right: Int?, y: Int, _ area: Rect, into canvas: inout Canvas
  ) {
    canvas.write(
      text, x: right.map { $0 - scene.glyphs.width(text) } ?? x, y: y, within: area,
      glyphs: scene.glyphs, foreground: scene.theme.muted, attributes: .underline)
  }
}
