import Lanes
import Models
import Terminal
import Training

extension View {
  /// Every input of a finite map, right or wrong.
  package static let table = View(
    name: "table",
    summary: "Every input of a finite map (pairs of numbers, gates) by right or wrong, filling in",
    role: .extra,
    suits: { snapshot in
      guard let network = snapshot.objective.kind.dense, network.classCount != nil else {
        return false
      }
      return FiniteMap(network) != nil
    },
    title: { _ in "table" },
    readout: TableView.readout,
    draw: TableView.draw)
}

private enum TableView {
  private struct Key: Hashable {
    var problem: ObjectiveID
    var run: RunID
    var step: Int
    var changes: Int
  }

  private static func table(_ scene: Scene) -> FiniteTable? {
    guard let network = scene.network, scene.isHealthy else { return nil }
    let snapshot = scene.snapshot
    let map = scene.probes.value("table map", for: snapshot.objectiveID) { FiniteMap(network) }
    guard let map else { return nil }
    let key = Key(
      problem: snapshot.objectiveID, run: snapshot.run, step: snapshot.step,
      changes: snapshot.changes.count)
    return scene.probes.value("table", for: key) {
      FiniteTable(network, parameters: snapshot.parameters, map: map)
    }
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let table = table(scene) else { return [] }
    func count(_ wanted: FiniteTable.Cell) -> Int { table.cells.count { $0 == wanted } }
    let train = (count(.train(isRight: true)), count(.train(isRight: false)))
    let test = (count(.test(isRight: true)), count(.test(isRight: false)))
    var parts = ["train \(train.0) of \(train.0 + train.1)"]
    if test.0 + test.1 > 0 { parts.append("test \(test.0) of \(test.0 + test.1)") }
    return parts
  }

  /// How cells of a kind look: their colour, and their character where colours do not do.
  private static func look(_ cell: FiniteTable.Cell, _ scene: Scene) -> (Color, Unicode.Scalar) {
    let theme = scene.theme
    switch cell {
    case .train(isRight: true): return (scene.faint(theme.series(0), 0.55), "+")
    case .train(isRight: false): return (theme.bad, "X")
    case .test(isRight: true): return (theme.good, "#")
    case .test(isRight: false): return (scene.faint(theme.bad, 0.62), "x")
    case .unseen: return (theme.grid, ".")
    }
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let table = table(scene) else {
      scene.note("a classifier of finitely many inputs is shown here", in: area, into: &canvas)
      return
    }
    let footer = area.height >= 6 ? 1 : 0
    let room = Rect(x: area.x, y: area.y, width: area.width, height: area.height - footer)
    let isPlain = scene.glyphs == .ascii || scene.theme.isMonochrome
    if isPlain {
      drawCharacters(scene, table, room, into: &canvas)
    } else {
      drawBlocks(scene, table, room, into: &canvas)
    }
    guard footer > 0 else { return }
    let kinds: [(FiniteTable.Cell, String)] = [
      (.train(isRight: true), "train"), (.train(isRight: false), "train, wrong"),
      (.test(isRight: true), "test"), (.test(isRight: false), "test, wrong"),
      (.unseen, "never asked"),
    ]
    let legend = Legend(
      kinds.filter { kind in table.cells.contains(kind.0) }.map { kind, name in
        let (color, mark) = look(kind, scene)
        return Legend.Entry(mark: isPlain ? String(mark) : "██", name: name, color: color)
      })
    let (rows, _) = shape(table, room)
    let shown = isPlain ? room.height : 2 * room.height
    legend.draw(
      x: area.x, y: room.maxY, within: area, glyphs: scene.glyphs, text: scene.theme.muted,
      into: &canvas)
    guard rows > shown else { return }
    // A count beside a name would be read as the name's: it stands apart, or not at all.
    let free = area.width - min(area.width, legend.width(scene.glyphs)) - 5
    let notes = ["(the first \(shown) of \(rows) rows)", "(\(shown) of \(rows) rows)"]
    guard let note = notes.first(where: { scene.glyphs.width($0) <= free }) else { return }
    canvas.write(
      note, x: area.maxX - scene.glyphs.width(note), y: room.maxY, within: area,
      glyphs: scene.glyphs, foreground: scene.theme.muted)
  }

  /// Two rows of the table in a row of cells, as half blocks, each as large as fits.
  private static func drawBlocks(
    _ scene: Scene, _ table: FiniteTable, _ room: Rect, into canvas: inout Canvas
  ) {
    // A map of one axis fills the picture line by line.
    let (rows, columns) = shape(table, room)
    let tall = max(1, min(room.width / max(1, columns), 2 * room.height / max(1, rows)))
    let unit = max(1, tall)
    let left = room.x + max(0, (room.width - columns * unit) / 2)
    let top = room.y + max(0, (2 * room.height - rows * unit) / 4)
    let first = firstRow(scene, rows: rows, shown: 2 * room.height / unit)
    func color(_ halfRow: Int, _ x: Int) -> Color {
      let (row, column) = (first + halfRow / unit, x / unit)
      guard row < rows, column < columns, row * columns + column < table.cells.count else {
        return scene.theme.pane
      }
      return look(table.cells[row * columns + column], scene).0
    }
    for y in 0..<(rows * unit + 1) / 2 {
      for x in 0..<columns * unit {
        let at = Point(x: left + x, y: top + y)
        guard room.intersection(canvas.bounds).contains(at) else { continue }
        canvas[at.x, at.y] = Cell(
          "▀", style: Style(foreground: color(2 * y, x), background: color(2 * y + 1, x)))
      }
    }
  }

  private static func drawCharacters(
    _ scene: Scene, _ table: FiniteTable, _ room: Rect, into canvas: inout Canvas
  ) {
    let (rows, columns) = shape(table, room)
    let spread = columns * 2 <= room.width ? 2 : 1
    let first = firstRow(scene, rows: rows, shown: room.height)
    for row in 0..<min(rows - first, room.height) {
      for column in 0..<columns where (first + row) * columns + column < table.cells.count {
        let (color, mark) = look(table.cells[(first + row) * columns + column], scene)
        canvas.mark(
          mark, at: Point(x: room.x + column * spread, y: room.y + row), within: room,
          foreground: color)
      }
    }
  }

  /// The first row that is drawn, where not all have room: scrolled to.
  private static func firstRow(_ scene: Scene, rows: Int, shown: Int) -> Int {
    min(max(0, scene.state.scroll), max(0, rows - shown))
  }

  private static func shape(_ table: FiniteTable, _ room: Rect) -> (rows: Int, columns: Int) {
    guard table.rows == 1, table.columns > 8 else { return (table.rows, table.columns) }
    var columns = 1
    while columns * columns < table.columns * 2 { columns += 1 }
    return ((table.columns + columns - 1) / columns, columns)
  }
}
