import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// What the optimizer remembers of each parameter, and how far it moves each.
  package static let optimizer = View(
    name: "optimizer",
    summary: "The optimizer's memory per parameter (velocity, m, v) and the rate each one gets",
    role: .extra, suits: { _ in true },
    title: { "optimizer: " + (optimizers[$0.snapshot.experiment.optimizer.name]?.title ?? "") },
    readout: { scene in
      [optimizers[scene.snapshot.experiment.optimizer.name]?.formula ?? ""].filter { !$0.isEmpty }
    },
    draw: OptimizerView.draw)
}

private enum OptimizerView {
  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let snapshot = scene.snapshot
    guard !snapshot.gradient.isEmpty else {
      scene.note("no step yet", in: area, into: &canvas)
      return
    }
    let theme = scene.theme
    var rows: [(name: String, values: [Double])] = [("gradient", snapshot.gradient)]
    rows += snapshot.optimizerState.map { ($0.name, $0.values) }
    // Each quantity gets a band of its own, with as many parameters side by side as there are columns.
    let bandHeight = max(2, min(8, area.height / max(1, rows.count)))
    let count = snapshot.parameters.count
    let nameWidth = area.width >= 40 ? 16 : 0
    let plotWidth = max(1, area.width - nameWidth)
    let each = max(1, min(8, plotWidth / max(1, count)))
    let shown = min(count, plotWidth / each)
    let first = min(max(0, scene.state.scroll), max(0, count - shown))
    for (index, row) in rows.enumerated() {
      let band = Rect(
        x: area.x + nameWidth, y: area.y + index * bandHeight, width: plotWidth,
        height: bandHeight - (bandHeight >= 3 ? 1 : 0))
      guard band.maxY <= area.maxY else { break }
      let finite = row.values.filter(\.isFinite)
      let most = finite.reduce(0) { max($0, abs($1)) }
      if nameWidth > 0 {
        canvas.writeCut(
          row.name, x: area.x, y: band.y, limit: nameWidth - 1, within: area,
          glyphs: scene.glyphs, foreground: theme.text)
        if band.height >= 2 {
          canvas.writeCut(
            "max " + NumberText.compact(most, digits: 2), x: area.x, y: band.y + 1,
            limit: nameWidth - 1, within: area, glyphs: scene.glyphs, foreground: theme.muted)
        }
      }
      for x in band.x..<band.maxX {
        canvas.mark(
          scene.glyphs.mark("─", ascii: "-"), at: Point(x: x, y: band.maxY - 1), within: area,
          foreground: theme.grid)
      }
      guard most > 0 else { continue }
      for place in 0..<shown where first + place < row.values.count {
        let value = row.values[first + place]
        guard value.isFinite else { continue }
        let color = theme.classes[value < 0 ? 0 : 1]
        for column in 0..<max(1, each - (each > 2 ? 1 : 0)) {
          Bars.column(
            abs(value) / most, x: band.x + place * each + column, area: band, color: color,
            glyphs: scene.glyphs, into: &canvas)
        }
      }
    }
    let legendRow = area.y + rows.count * bandHeight
    if legendRow < area.maxY {
      Legend([
        Legend.Entry(mark: "██", name: "positive", color: theme.classes[1]),
        Legend.Entry(mark: "██", name: "negative", color: theme.classes[0]),
      ]).draw(
        x: area.x + nameWidth, y: legendRow, within: area, glyphs: scene.glyphs,
        text: theme.muted, into: &canvas)
    }
  }
}
