/// Takes down what a picture is made of while it is drawn, so that a cursor can read any cell of
/// it: axes and curves, parts with words of their own, and where there is neither, the text that
/// stands there.
package struct PictureReader: Sendable {
  /// Curves, or a map, in their axes.
  package struct Graph: Sendable {
    /// The cells within the axes.
    package let area: Rect
    /// The horizontal axis.
    package let x: Axis
    /// The vertical axis, upwards.
    package let y: Axis
    /// Whether bounds lie on the outer edges and each cell is a place of its own; else curves.
    package let isMap: Bool
    fileprivate let glyphs: DotGlyphs
    /// The curves' dots.
    fileprivate var rasters: [DotRaster] = []
  }

  /// A part of the picture with words for it.
  private struct Part: Sendable {
    var area: Rect
    var words: [String]
  }

  /// Pictures with axes, in the order in which they were drawn.
  package private(set) var graphs: [Graph] = []
  private var parts: [Part] = []
  private var names: [(color: Color, name: String)] = []
  /// What the picture's legends explain, entry by entry.
  package private(set) var explained: [Legend.Entry] = []

  /// Curves that are told at most.
  private static let curveLimit = 6

  /// Nothing yet.
  package init() {}

  // MARK: What is drawn

  mutating func add(_ plot: Plot) {
    graphs.append(
      Graph(
        area: plot.area, x: plot.x, y: plot.y, isMap: plot.isMap, glyphs: plot.raster.glyphs))
  }

  /// Curves of one colour that are drawn without a plot's axes.
  package mutating func add(
    _ raster: DotRaster, x: Axis, y: Axis, name: String, color: Color
  ) {
    graphs.append(Graph(area: raster.area, x: x, y: y, isMap: false, glyphs: raster.glyphs))
    if !names.contains(where: { $0.color == color && $0.name == name }) {
      names.append((color, name))
    }
  }

  /// A map that is drawn without a plot's axes.
  package mutating func add(mapIn area: Rect, x: Axis, y: Axis, glyphs: GlyphSet) {
    graphs.append(Graph(area: area, x: x, y: y, isMap: true, glyphs: DotGlyphs(glyphs)))
  }

  mutating func add(_ raster: DotRaster) {
    guard let index = graphs.lastIndex(where: { $0.area == raster.area }) else { return }
    graphs[index].rasters.append(raster)
  }

  mutating func add(_ legend: Legend) {
    explained += legend.entries
    for entry in legend.entries where !entry.name.isEmpty {
      names.append((entry.color, entry.name))
    }
  }

  /// Words for a part of the picture: what lies there, most telling first.
  package mutating func add(_ words: [String], in area: Rect) {
    parts.append(Part(area: area, words: words))
  }

  // MARK: What lies at a cell

  /// The axes around a cell.
  package func graph(at cell: Point) -> Graph? {
    graphs.last { $0.area.contains(cell) }
  }

  /// The part with words around a cell, the one that was drawn last.
  package func part(at cell: Point) -> Rect? { parts.last { $0.area.contains(cell) }?.area }

  /// What lies at a cell, most telling first; empty where nothing has a meaning.
  package func words(at cell: Point) -> [String] {
    if let part = parts.last(where: { $0.area.contains(cell) }) { return part.words }
    guard let graph = graph(at: cell) else { return [] }
    return graph.words(at: cell, names)
  }

  /// What curves say at a column of a graph.
  package func curves(of graph: Graph, atColumn column: Int) -> [String] {
    Array(graph.curves(atColumn: column, names).prefix(PictureReader.curveLimit))
  }
}

extension PictureReader.Graph {
  private var dotColumns: Int { max(1, area.width * glyphs.columns) }
  private var dotRows: Int { max(1, area.height * glyphs.rows) }

  /// Named values at a cell by which other pictures find the same place: both coordinates of a map,
  /// the one across of curves. Axes without a name give none.
  package func place(at cell: Point) -> [String: Double] {
    var place: [String: Double] = [:]
    if !x.name.isEmpty { place[x.name] = x(atColumn: cell.x) }
    if isMap, !y.name.isEmpty { place[y.name] = y(atRow: cell.y) }
    return place
  }

  /// Where a named place lies: the column, and in a map the row; nil where it is another quantity,
  /// or outside.
  package func locate(_ place: [String: Double]) -> (column: Int, row: Int?)? {
    guard !x.name.isEmpty, let across = place[x.name],
      let column = PictureReader.Graph.cell(
        x.position(across), area.width, dotColumns, isMap: isMap)
    else { return nil }
    guard isMap, let up = place[y.name] else { return (area.x + column, nil) }
    guard let row = PictureReader.Graph.cell(1 - y.position(up), area.height, dotRows, isMap: true)
    else { return nil }
    return (area.x + column, area.y + row)
  }

  private func x(atColumn column: Int) -> Double {
    x.value(at: (Double(column - area.x) + 0.5) / Double(max(1, area.width)))
  }

  private func y(atRow row: Int) -> Double {
    y.value(at: 1 - (Double(row - area.y) + 0.5) / Double(max(1, area.height)))
  }

  /// The cell of a share of an axis; nil outside.
  private static func cell(_ share: Double, _ cells: Int, _ dots: Int, isMap: Bool) -> Int? {
    let place =
      isMap
      ? share * Double(cells) : (0.5 + share * Double(dots - 1)) * Double(cells) / Double(dots)
    return place >= 0 && place < Double(cells) ? Int(place) : nil
  }

  fileprivate func words(
    at cell: Point, _ names: [(color: Color, name: String)]
  ) -> [String] {
    let across =
      (x.name.isEmpty ? "x" : x.name) + " "
      + PictureReader.Graph.text(x(atColumn: cell.x), on: x, dots: dotColumns)
    let up =
      (y.name.isEmpty ? "y" : y.name) + " "
      + PictureReader.Graph.text(y(atRow: cell.y), on: y, dots: dotRows)
    if isMap { return [across, up] }
    let curves = curves(atColumn: cell.x, names)
    return [across] + (curves.isEmpty ? [up] : curves)
  }

  /// The named curves' values in a column, as exactly as their dots tell.
  fileprivate func curves(
    atColumn column: Int, _ names: [(color: Color, name: String)]
  ) -> [String] {
    var heights: [Color: Double] = [:]
    for raster in rasters {
      heights.merge(raster.heights(atColumn: column - area.x)) { $1 }
    }
    var seen: Set<String> = []
    return names.compactMap { color, name in
      guard let dot = heights[color], seen.insert(name).inserted else { return nil }
      let value = y.value(at: 1 - dot / Double(max(1, dotRows - 1)))
      return "\(name) ≈ " + PictureReader.Graph.text(value, on: y, dots: dotRows)
    }
  }

  /// A value with as many digits as an axis of so many dots can tell.
  private static func text(_ value: Double, on axis: Axis, dots: Int) -> String {
    if axis.isWhole || axis.name == "step" {
      return NumberText.count(PlotMath.int(value.rounded(), in: -1_000_000_000...1_000_000_000))
    }
    let stride = (axis.upper - axis.lower) / Double(dots)
    guard axis.scale == .linear, stride > 0, stride.isFinite else {
      return NumberText.compact(value, digits: 2)
    }
    let unit = PlotMath.pow(10, PlotMath.log10(stride).rounded(.down))
    let rounded = (value / unit).rounded() * unit
    return NumberText.compact(rounded == 0 ? 0 : rounded, digits: 4)
  }
}
