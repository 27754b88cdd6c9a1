import Lanes
import Models
import Terminal
import Training
import Views

/// What a cursor reads in a pane, or what another pane's cursor marks in it: a line or a spot in
/// the picture, and the words for its border.
///
/// Pictures with readings of their own begin them with `┊`; of all others what they are made of is
/// told (`PictureReader`), or the text that stands there.
struct PaneReading {
  /// For the border, most telling first.
  private(set) var words: [String] = []
  private let theme: Theme
  private let glyphs: GlyphSet

  /// Reads a picture that was drawn with a reader.
  ///
  /// - Parameters:
  ///   - cell: The cell under the pane's own cursor; nil: it has none.
  ///   - tells: Whether the picture itself says what lies there.
  ///   - mark: What another pane's cursor reads.
  init(
    _ scene: Scene, _ area: Rect, cell: Point?, tells: Bool, mark: [String: Double],
    in canvas: inout Canvas
  ) {
    theme = scene.theme
    glyphs = scene.glyphs
    guard let reader = canvas.reader else { return }
    if let cell {
      if !tells { read(cell, area, reader, &canvas) }
    } else if !mark.isEmpty {
      show(PaneReading.places(mark, scene), reader, &canvas)
    }
  }

  /// A mark, and the parameters at its step where the trajectory keeps them: the place of that
  /// moment in pictures over the parameters.
  private static func places(_ mark: [String: Double], _ scene: Scene) -> [String: Double] {
    let trajectory = scene.snapshot.trajectory
    let names = scene.snapshot.objective.parameterNames
    guard let step = mark["step"], trajectory.dimension == names.count,
      let index = trajectory.steps.indices.last(where: { Double(trajectory.steps[$0]) <= step }),
      trajectory.points.count >= (index + 1) * names.count
    else { return mark }
    var places = mark
    for (place, name) in names.enumerated() {
      places[name] = trajectory.points[index * names.count + place]
    }
    return places
  }

  /// The pane's own cursor.
  private mutating func read(
    _ cell: Point, _ area: Rect, _ reader: PictureReader, _ canvas: inout Canvas
  ) {
    words = reader.words(at: cell)
    if let part = reader.part(at: cell) {
      light(part, &canvas)
    } else if let graph = reader.graph(at: cell) {
      if graph.isMap {
        spot(cell, &canvas)
      } else {
        // The same place in the picture's other curves.
        let place = graph.place(at: cell)
        for other in reader.graphs where other.area != graph.area {
          if let found = other.locate(place), found.row == nil {
            line(found.column, other.area, &canvas)
          }
        }
        line(cell.x, graph.area, &canvas)
      }
    } else {
      words = PaneReading.text(at: cell, area, canvas)
      light(Rect(x: area.x, y: cell.y, width: area.width, height: 1), &canvas)
    }
    if let first = words.first { words[0] = "┊ " + first }
  }

  /// The same step, or the same point, as under another pane's cursor.
  private mutating func show(
    _ mark: [String: Double], _ reader: PictureReader, _ canvas: inout Canvas
  ) {
    for graph in reader.graphs {
      guard let (column, row) = graph.locate(mark) else { continue }
      if let row {
        spot(Point(x: column, y: row), &canvas)
      } else {
        line(column, graph.area, &canvas)
      }
      guard words.isEmpty else { continue }
      let names = [graph.x.name] + (row == nil ? [] : [graph.y.name])
      let place = names.map { name in
        let value = mark[name] ?? .nan
        return name == "step"
          ? NumberText.count(PlotMath.int(value.rounded(), in: 0...1_000_000_000_000))
          : "\(name) " + NumberText.compact(value, digits: 3)
      }
      words = ["┊ " + place.joined(separator: ", ")]
      if row == nil { words += reader.curves(of: graph, atColumn: column) }
    }
  }

  private func line(_ column: Int, _ area: Rect, _ canvas: inout Canvas) {
    for row in area.y..<area.maxY {
      canvas.mark(
        glyphs.mark("┊", ascii: "|"), at: Point(x: column, y: row), within: area,
        foreground: theme.focusedBorder)
    }
  }

  private func spot(_ cell: Point, _ canvas: inout Canvas) {
    canvas.mark(
      glyphs.mark("╋", ascii: "+"), at: cell, within: canvas.bounds,
      foreground: theme.focusedBorder, attributes: .bold)
  }

  /// A ground under what is read; without colours, reversed.
  private func light(_ part: Rect, _ canvas: inout Canvas) {
    let shown = part.intersection(canvas.bounds)
    for y in shown.y..<max(shown.y, shown.maxY) {
      for x in shown.x..<max(shown.x, shown.maxX) {
        if theme.isMonochrome {
          canvas[x, y].style.attributes.insert(.reverse)
        } else {
          let ground = canvas[x, y].style.background
          canvas[x, y].style.background = ground.mixed(with: theme.focusedBorder, 0.3)
        }
      }
    }
  }

  /// Cells between a place and the words that still stand there.
  private static let reach = 3

  /// Whether a character is part of a drawing: lines, blocks, Braille.
  private static func isInk(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2500...0x259F, 0x2800...0x28FF, 0x1FB00...0x1FBFF: true
    default: false
    }
  }

  /// The words that stand at a cell: with what stands left of them, where they begin with a number.
  private static func text(at cell: Point, _ area: Rect, _ canvas: Canvas) -> [String] {
    var groups: [(start: Int, end: Int, text: String)] = []
    var text = ""
    var start = area.x
    var blanks = 0
    var isParted = false
    for x in area.x..<area.maxX {
      let scalar = canvas[x, cell.y].scalar
      if scalar == " " || scalar == Cell.rightHalf || isInk(scalar) {
        blanks += 1
        if isInk(scalar) { isParted = true }
        continue
      }
      if blanks > 1 || isParted, !text.isEmpty {
        groups.append((start, x - blanks, text))
        text = ""
      }
      if text.isEmpty { start = x } else if blanks == 1 { text += " " }
      text.unicodeScalars.append(scalar)
      (blanks, isParted) = (0, false)
    }
    if !text.isEmpty { groups.append((start, area.maxX - blanks, text)) }
    groups.removeAll { !$0.text.contains { $0.isLetter || $0.isNumber } }
    guard
      let index = groups.indices.min(by: {
        distance(cell.x, groups[$0]) < distance(cell.x, groups[$1])
      }), distance(cell.x, groups[index]) <= reach
    else { return [] }
    let here = groups[index].text
    let isNumber = here.first.map { $0.isNumber || "−-+.".contains($0) } ?? false
    return index > 0 && isNumber ? [groups[index - 1].text + " " + here] : [here]
  }

  private static func distance(_ x: Int, _ group: (start: Int, end: Int, text: String)) -> Int {
    x < group.start ? group.start - x : max(0, x - group.end + 1)
  }
}
