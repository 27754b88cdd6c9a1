import Lanes
import Models
import Terminal
import Training

extension View {
  /// Which rows mini-batches take, and how much of the data an epoch sees.
  package static let batches = View(
    name: "batches",
    summary: "Rows of the latest mini-batches, and how much of the data each epoch has seen",
    role: .extra,
    suits: { $0.objective.sampleCount > 0 && $0.experiment.batching != .full },
    title: { "batches: " + BatchesView.order($0.snapshot.experiment.batching) },
    readout: BatchesView.readout,
    draw: BatchesView.draw)
}

private enum BatchesView {
  private struct Key: Hashable {
    var problem: ObjectiveID
    var step: Int
    var seed: UInt64
    var batching: String
    var changes: Int
    var recent: Int
  }

  static func order(_ batching: Batching) -> String {
    switch batching {
    case .full: "all samples"
    case .sequential: "in order"
    case .carried: "in order, carried on"
    case .shuffled: "shuffled each epoch"
    case .withReplacement: "with replacement"
    case .blocks: "random blocks"
    case .numpyBlocks: "numpy's blocks"
    case .blockSequence: "a list of blocks"
    case .explicit: "a list of rows"
    }
  }

  private static func trace(_ scene: Scene, recent: Int) -> BatchTrace? {
    let snapshot = scene.snapshot
    let key = Key(
      problem: scene.snapshot.objectiveID, step: snapshot.step, seed: snapshot.experiment.seed,
      batching: "\(snapshot.experiment.batching)", changes: snapshot.changes.count, recent: recent)
    return scene.probes.value("batches", for: key) { BatchTrace(snapshot, recent: recent) }
  }

  /// As many batches as any pane can show rows of.
  private static let recent = 64

  static func readout(_ scene: Scene) -> [String] {
    guard let trace = trace(scene, recent: recent) else { return [] }
    let unit = trace.unitSize > 1 ? "blocks" : "rows"
    return ["\(trace.distinctNow) of \(trace.unitCount) \(unit)", "epoch \(scene.snapshot.epoch)"]
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let trace = trace(scene, recent: recent) else {
      scene.note("every step takes all samples", in: area, into: &canvas)
      return
    }
    var y = area.y
    if area.height >= 5 {
      drawCaption(scene, trace, Rect(x: area.x, y: y, width: area.width, height: 1), into: &canvas)
      y += 1
    }
    // An epoch's counts below, the batches one by one above.
    let below = area.maxY - y >= 9 ? max(4, (area.maxY - y) / 3) : 0
    let upper = Rect(x: area.x, y: y, width: area.width, height: area.maxY - y - below)
    drawBatches(scene, trace, upper, into: &canvas)
    if below > 0 {
      drawCoverage(
        scene, trace,
        Rect(x: area.x, y: upper.maxY, width: area.width, height: below), into: &canvas)
    }
  }

  private static func drawCaption(
    _ scene: Scene, _ trace: BatchTrace, _ line: Rect, into canvas: inout Canvas
  ) {
    let unit = trace.unitSize > 1 ? "blocks" : "rows"
    var parts = ["step \(trace.position) of \(trace.stepsPerEpoch)"]
    if let mean = trace.meanDistinct {
      parts.append(
        "\(NumberText.fixed(mean, decimals: 2)) of \(trace.unitCount) \(unit) an epoch")
    }
    if let expected = trace.expectedDistinct(scene.snapshot.experiment.batching) {
      parts.append("\(NumberText.fixed(expected, decimals: 2)) expected")
    }
    canvas.writeCut(
      parts.joined(separator: " · "), x: line.x, y: line.y, limit: line.width, within: line,
      glyphs: scene.glyphs, foreground: scene.theme.muted)
  }

  /// One row a batch, the newest at the bottom: where its samples stand among all; below it, how
  /// often each was taken.
  private static func drawBatches(
    _ scene: Scene, _ trace: BatchTrace, _ area: Rect, into canvas: inout Canvas
  ) {
    guard area.height >= 2, area.width >= 8 else { return }
    let theme = scene.theme
    let field = Field(trace, width: area.width - 2)
    let rows = area.height - 1
    let shown = trace.batches.suffix(rows)
    let first = area.y + rows - shown.count
    for (index, batch) in shown.enumerated() {
      let y = first + index
      let isNewest = index == shown.count - 1
      let step = scene.snapshot.step - (shown.count - 1 - index)
      canvas.reader?.add(
        [
          "step \(NumberText.count(step))",
          batch.count <= 6
            ? "rows " + batch.map(String.init).joined(separator: ", ") : "\(batch.count) rows",
        ], in: Rect(x: area.x, y: y, width: area.width, height: 1))
      for column in 0..<field.columns {
        canvas.mark(
          scene.glyphs.mark("·", ascii: "."), at: Point(x: area.x + 2 + column, y: y),
          within: area, foreground: theme.grid)
      }
      if isNewest {
        canvas.mark(
          scene.glyphs.mark("▸", ascii: ">"), at: Point(x: area.x, y: y), within: area,
          foreground: theme.ball)
      }
      let age = Double(index + 1) / Double(max(1, shown.count))
      for column in field.touched(by: batch) {
        canvas.mark(
          scene.glyphs.mark("█", ascii: "#"), at: Point(x: area.x + 2 + column, y: y),
          within: area, foreground: isNewest ? theme.ball : theme.way[age * age])
      }
    }
    let caption = field.caption
    let row = area.maxY - 1
    canvas.write(
      "0", x: area.x + 2, y: row, within: area, glyphs: scene.glyphs, foreground: theme.muted)
    let end = "\(trace.sampleCount - 1)"
    let edge = area.x + 2 + field.columns
    canvas.write(
      end, x: max(area.x + 4, edge - end.count), y: row, within: area, glyphs: scene.glyphs,
      foreground: theme.muted)
    let width = scene.glyphs.width(caption)
    if field.columns > width + end.count + 6 {
      canvas.write(
        caption, x: area.x + 2 + (field.columns - width) / 2, y: row, within: area,
        glyphs: scene.glyphs, foreground: theme.muted)
    }
  }

  /// How often each unit was taken in this epoch, as columns; what nobody took stays empty.
  private static func drawCoverage(
    _ scene: Scene, _ trace: BatchTrace, _ area: Rect, into canvas: inout Canvas
  ) {
    guard area.height >= 3, area.width >= 8 else { return }
    let theme = scene.theme
    let field = Field(trace, width: area.width - 2)
    let counts = field.visits(trace.visits)
    let most = max(1, counts.max() ?? 1)
    let unit = trace.unitSize > 1 ? "blocks" : "rows"
    let text =
      "this epoch: \(trace.distinctNow) of \(trace.unitCount) \(unit) seen, "
      + "\(trace.unitCount - trace.distinctNow) not; most often \(most)×"
    canvas.writeCut(
      text, x: area.x, y: area.y, limit: area.width, within: area, glyphs: scene.glyphs,
      foreground: theme.text)
    let bars = Rect(
      x: area.x + 2, y: area.y + 1, width: field.columns, height: area.height - 1)
    for (column, count) in counts.enumerated() {
      canvas.reader?.add(
        [field.rows(column), "taken \(count)×"],
        in: Rect(x: bars.x + column, y: bars.y, width: 1, height: bars.height))
      if count == 0 {
        canvas.mark(
          scene.glyphs.mark("▁", ascii: "_"), at: Point(x: bars.x + column, y: bars.maxY - 1),
          within: bars, foreground: theme.border)
      }
      Bars.column(
        Double(count) / Double(most), x: bars.x + column, area: bars,
        color: theme.series(2), glyphs: scene.glyphs, into: &canvas)
    }
  }
}

/// Samples laid out over all columns: several columns a sample, or several samples a column.
private struct Field {
  /// Columns that are used.
  let columns: Int
  private let samples: Int

  init(_ trace: BatchTrace, width: Int) {
    samples = max(1, trace.sampleCount)
    columns = max(1, width)
  }

  /// What a column stands for.
  var caption: String { samples <= columns ? "row of the data" : "rows of the data" }

  private func span(_ sample: Int) -> Range<Int> {
    guard sample >= 0, sample < samples else { return 0..<0 }
    let first = sample * columns / samples
    return first..<max(first + 1, (sample + 1) * columns / samples)
  }

  /// The samples of a column, in words.
  func rows(_ column: Int) -> String {
    let own = (0..<samples).filter { span($0).contains(column) }
    guard let first = own.first, let last = own.last else { return "no row" }
    return first == last ? "row \(first)" : "rows \(first)–\(last)"
  }

  /// The columns of a batch's samples.
  func touched(by batch: [Int]) -> Set<Int> { Set(batch.flatMap(span)) }

  /// The greatest count of each column's samples.
  func visits(_ visits: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: columns)
    for (sample, count) in visits.enumerated() {
      for column in span(sample) where column < columns {
        counts[column] = max(counts[column], count)
      }
    }
    return counts
  }
}
