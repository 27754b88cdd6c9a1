import Lanes
import Models
import Terminal
import Training

/// Where units stand and how they look.
struct NetworkDiagram {
  /// One drawn unit: its box, and which unit of which column it is.
  struct Node {
    var box: Rect
    var unit: Int
    var middle: (x: Double, y: Double) {
      (Double(box.x) + Double(box.width) / 2, Double(box.y) + Double(box.height) / 2)
    }
  }

  let scene: Scene
  let network: DenseNetwork
  let area: Rect
  private let body: Rect
  /// Columns: the features first, then each layer.
  private(set) var columns: [[Node]] = []
  private var hidden: [Int] = []
  let showsMaps: Bool
  let box: Size
  private let inputNames: [String]
  /// Columns for the names on the left of the inputs.
  private let nameRoom: Int
  /// Points down a unit's map.
  let mapRows: Int

  init(_ scene: Scene, _ network: DenseNetwork, _ area: Rect) {
    self.scene = scene
    self.network = network
    self.area = area
    let sizes = [network.features.columns.count] + network.layers.map(\.units)
    let captions = area.height >= 8 ? 2 : 0
    body = Rect(
      x: area.x, y: area.y + captions / 2, width: area.width, height: area.height - captions)
    let gap = area.width / max(1, sizes.count)
    let most = min(sizes.max() ?? 1, 12)
    // Boxes as large as leaves air around them: as many rows as units and gaps allow.
    let aired = (body.height + 1) / max(1, most) - 1
    let tall = aired >= 2 ? aired : body.height / max(1, most)
    let canShowMaps = network.inputCount == 2 && scene.isHealthy
    let isSpacious = tall >= 2 && gap >= 12 && (sizes.max() ?? 1) <= 12
    let tiles = canShowMaps && !isSpacious ? UnitTiles(sizes, in: body) : nil
    let maps = canShowMaps && tiles == nil && tall >= 2 && gap >= 12
    showsMaps = maps || tiles != nil
    let height = maps ? max(2, min(5, tall, gap / 5)) : 1
    box = tiles?.box ?? Size(width: maps ? height * 2 : 1, height: height)
    mapRows = tiles?.mapRows ?? height * 2
    inputNames = NetworkDiagram.inputNames(network)
    let longest = inputNames.lazy.map { scene.glyphs.width($0) }.max() ?? 0
    nameRoom = max(5, min(longest + 1, 13, gap / 2))
    for (index, count) in sizes.enumerated() {
      columns.append([])
      hidden.append(0)
      if let tiles {
        columns[index] = tiles.boxes(column: index).enumerated().map {
          Node(box: $0.element, unit: $0.offset)
        }
      } else {
        place(
          column: index, of: sizes.count, units: count,
          aired: body.height + 1 >= most * (box.height + 1))
      }
    }
  }

  /// Puts the units of one column in place: all of them, or the first ones and a word about the
  /// rest.
  private mutating func place(column: Int, of count: Int, units: Int, aired: Bool) {
    let air = showsMaps && aired ? 1 : 0
    let tightest = box.height + air
    let fits = max(1, (body.height + air) / tightest)
    let shown = units <= fits ? units : max(1, fits - 1)
    hidden[column] = units - shown
    let pitch =
      showsMaps ? tightest : max(1, min(4, body.height / max(1, units <= fits ? units : shown + 1)))
    let used = (shown - 1) * pitch + box.height
    let top = body.y + max(0, (body.height - used - (units > shown ? 1 : 0)) / 2)
    // Room for names on the left of the inputs and values on the right of the outputs.
    let left = Double(area.x + nameRoom)
    let right = Double(area.maxX) - 8 - Double(box.width)
    let share = count > 1 ? Double(column) / Double(count - 1) : 0.5
    let x = Int((left + max(0, right - left) * share).rounded())
    // Maps that would touch stand in two ranks.
    let isTight = showsMaps && air == 0 && shown > 2 && column > 0
    columns[column] = (0..<shown).map { unit in
      let shift = isTight ? (unit % 2 == 0 ? -(box.width + 1) / 2 : (box.width + 2) / 2) : 0
      return Node(
        box: Rect(
          x: x + shift, y: top + unit * pitch, width: box.width, height: box.height),
        unit: unit)
    }
  }

  /// Weights between drawn units: orange for positive, blue for negative, the stronger the brighter
  /// and thicker.
  func drawEdges(into canvas: inout Canvas) {
    guard scene.isHealthy else { return }
    var raster = DotRaster(area: area, glyphs: DotGlyphs(scene.glyphs))
    let across = Double(raster.glyphs.columns)
    let down = Double(raster.glyphs.rows)
    let parameters = scene.snapshot.parameters
    // Where hundreds of weights cross, only the strongest are drawn, as many as the gap has room
    // for: whole lines tell more than fragments of all.
    let most = max(20, body.height * 5 / 4)
    for (index, layer) in network.layers.enumerated() {
      var edges: [(weight: Double, from: Node, to: Node)] = []
      for to in columns[index + 1] {
        for from in columns[index] {
          let weight = parameters[layer.weights + to.unit * layer.inputs + from.unit]
          edges.append((weight, from, to))
        }
      }
      // The strongest last, so that they give the colour where lines meet.
      edges.sort { abs($0.weight) < abs($1.weight) }
      guard let strongest = edges.last.map({ abs($0.weight) }), strongest > 0 else { continue }
      for edge in edges.suffix(most) {
        let strength = abs(edge.weight) / strongest
        guard strength > 0.015 else { continue }
        let tone = scene.theme.classes[edge.weight < 0 ? 0 : 1]
        let color = scene.faint(tone, 0.9 - 0.9 * min(1, 0.12 + strength.squareRoot() * 0.95))
        let from = edge.from.middle
        let to = edge.to.middle
        if scene.glyphs == .block {
          // Lines of blocks would bury the maps.
          drawDots(from, to, color: color, into: &canvas)
          continue
        }
        raster.line(
          (from.x + Double(box.width) / 2 - Double(area.x)) * across,
          (from.y - Double(area.y)) * down,
          (to.x - Double(box.width) / 2 - Double(area.x)) * across, (to.y - Double(area.y)) * down,
          color: color, thickness: strength > 0.66 && edges.count <= most && showsMaps ? 2 : 1)
      }
    }
    raster.paint(into: &canvas)
  }

  /// A line of single dots between the boxes of two units, in every second column.
  private func drawDots(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), color: Color,
    into canvas: inout Canvas
  ) {
    let first = Int(from.x + Double(box.width) / 2) + 1
    let last = Int(to.x - Double(box.width) / 2)
    guard last > first else { return }
    for x in stride(from: first, to: last, by: 2) {
      let y = from.y + (to.y - from.y) * Double(x - first) / Double(last - first)
      canvas.mark("·", at: Point(x: x, y: Int(y)), within: area, foreground: color)
    }
  }

  func drawUnits(into canvas: inout Canvas) {
    let pass = scene.isHealthy && !scene.state.hidesUnits ? maps() : nil
    for (column, nodes) in columns.enumerated() {
      for node in nodes {
        let isChosen = column > 0 && chosen.map { $0 == (column, node.unit) } ?? false
        if showsMaps, let pass {
          drawMap(node, column: column, pass: pass, into: &canvas)
        } else {
          canvas.mark(
            scene.glyphs.mark("●", ascii: "o"),
            at: Point(x: node.box.x + node.box.width / 2, y: node.box.y + node.box.height / 2),
            within: area, foreground: isChosen ? scene.theme.warning : scene.theme.text)
        }
        if isChosen { drawChosen(node, column: column, into: &canvas) }
      }
      if hidden[column] > 0, let last = nodes.last {
        let text = "… \(NumberText.count(hidden[column])) more"
        let x = min(
          last.box.x - (scene.glyphs.width(text) - box.width) / 2,
          area.maxX - scene.glyphs.width(text))
        canvas.write(
          text, x: max(area.x, x), y: last.box.maxY, within: area, glyphs: scene.glyphs,
          foreground: scene.theme.muted)
      }
    }
    drawEnds(into: &canvas)
  }

  /// The column and the number of the unit that is singled out.
  private var chosen: (Int, Int)? {
    NetworkChoice(scene, network).map { ($0.layer + 1, $0.unit) }
  }

  /// Weights and bias of the chosen unit, written beside its inputs.
  private func drawChosen(_ node: Node, column: Int, into canvas: inout Canvas) {
    guard scene.isHealthy else { return }
    let layer = network.layers[column - 1]
    let parameters = scene.snapshot.parameters
    for from in columns[column - 1] {
      let weight = parameters[layer.weights + node.unit * layer.inputs + from.unit]
      canvas.write(
        NumberText.compact(weight, digits: 2), x: from.box.maxX + 1,
        y: from.box.y + from.box.height / 2, within: area, glyphs: scene.glyphs,
        foreground: scene.theme.text)
    }
    if layer.hasBias {
      canvas.write(
        "b " + NumberText.compact(parameters[layer.biases + node.unit], digits: 2),
        x: node.box.x, y: node.box.maxY, within: area, glyphs: scene.glyphs,
        foreground: scene.theme.text)
    }
    for y in node.box.y..<node.box.maxY {
      canvas.mark(
        scene.glyphs.mark("▐", ascii: "["), at: Point(x: node.box.x - 1, y: y), within: area,
        foreground: scene.theme.warning)
    }
  }

  /// Names beside the inputs.
  private func drawEnds(into canvas: inout Canvas) {
    for node in columns[0] where node.unit < inputNames.count {
      let name = inputNames[node.unit]
      let width = min(scene.glyphs.width(name), max(0, node.box.x - area.x - 1))
      canvas.writeCut(
        name, x: node.box.x - 1 - width, y: node.box.y + node.box.height / 2, limit: width,
        within: area, glyphs: scene.glyphs, foreground: scene.theme.muted)
    }
    guard let outputs = columns.last else { return }
    for node in outputs {
      canvas.writeCut(
        outputName(node.unit, of: outputs.count), x: node.box.maxX + 1,
        y: node.box.y + node.box.height / 2, limit: area.maxX - node.box.maxX - 1, within: area,
        glyphs: scene.glyphs, foreground: scene.theme.muted)
    }
  }

  /// The features' names: where one is an input as it comes, the name of the data's column.
  private static func inputNames(_ network: DenseNetwork) -> [String] {
    zip(network.features.columns, network.features.names).map { column, name in
      guard case .product(let factors) = column, factors.count == 1, factors[0].power == 1,
        !network.trainSamples.inputNames.isEmpty
      else { return Formula.pretty(name) }
      return network.trainSamples.inputName(factors[0].input)
    }
  }

  /// What an output says: the class whose probability it is, by its name if the data give one.
  private func outputName(_ unit: Int, of count: Int) -> String {
    let samples = network.trainSamples
    guard network.classCount != nil else { return "ŷ" }
    if count == 1 { return samples.classLabels.isEmpty ? "p" : samples.className(1) }
    return samples.classLabels.isEmpty ? "p\(unit)" : samples.className(unit)
  }

  /// Layer sizes above, activations below; the signs that change them.
  func drawCaptions(into canvas: inout Canvas) {
    guard area.height >= 8 else { return }
    for column in columns.indices {
      guard let middle = middle(of: column) else { continue }
      let isOutput = column == columns.count - 1
      if column == 0 || isOutput || !isEditable {
        let above =
          column == 0
          ? "inputs" : isOutput ? "output" : "\(network.layers[column - 1].units) units"
        caption(above, middle: middle, y: area.y, into: &canvas)
      }
      if let below = captionBelow(column) {
        canvas.write(
          below.text, x: below.start, y: area.maxY - 1, within: area, glyphs: scene.glyphs,
          foreground: scene.theme.muted)
      }
    }
    for chip in chips {
      canvas.write(
        chip.text, x: chip.place.x, y: chip.place.y, within: area, glyphs: scene.glyphs,
        foreground: chip.isNumber ? scene.theme.text : scene.theme.series(0))
    }
  }

  private func middle(of column: Int) -> Int? {
    guard let first = columns[column].map(\.box.x).min(),
      let last = columns[column].map(\.box.x).max()
    else { return nil }
    return (first + last + box.width) / 2
  }

  private func caption(_ text: String, middle: Int, y: Int, into canvas: inout Canvas) {
    guard let start = captionStart(text, middle: middle) else { return }
    canvas.write(
      text, x: start, y: y, within: area, glyphs: scene.glyphs, foreground: scene.theme.muted)
  }

  /// Where a caption begins that stands around a column; nil where it has no room.
  private func captionStart(_ text: String, middle: Int) -> Int? {
    let width = scene.glyphs.width(text)
    guard columns.count < 2 || width + 1 < area.width / columns.count else { return nil }
    return min(max(area.x, middle - width / 2), area.maxX - width)
  }

  /// The activation below a column, and where it begins; nil where it has none or no room.
  private func captionBelow(_ column: Int) -> (text: String, start: Int)? {
    guard column > 0, let middle = middle(of: column) else { return nil }
    let isOutput = column == columns.count - 1
    let text = isOutput ? network.outputCaption : network.layers[column - 1].activation.name
    return captionStart(text, middle: middle).map { (text, $0) }
  }

  // MARK: What the mouse finds

  /// A sign that changes the network.
  struct Chip {
    var text: String
    var place: Rect
    /// What it does; nothing for the number between two signs.
    var pick: View.Pick
    var isNumber = false
  }

  /// Whether units and layers can be added and taken away.
  private var isEditable: Bool {
    guard case .model(let model) = scene.snapshot.experiment.problem else { return false }
    return model.kind == .mlp && model.hidden.count == network.layers.count - 1
  }

  /// `− 8 +` above each hidden layer, `+ layer` between layers, where there is room.
  var chips: [Chip] {
    guard isEditable, area.height >= 8 else { return [] }
    let gap = area.width / max(1, columns.count)
    var chips: [Chip] = []
    func add(_ text: String, _ x: Int, _ y: Int, _ pick: View.Pick, isNumber: Bool = false) {
      let width = scene.glyphs.width(text)
      chips.append(
        Chip(
          text: text, place: Rect(x: x, y: y, width: width, height: 1), pick: pick,
          isNumber: isNumber))
    }
    for layer in 0..<max(0, network.layers.count - 1) {
      guard let middle = middle(of: layer + 1) else { continue }
      let count = "\(network.layers[layer].units)"
      let number = gap > count.count + 12 ? "\(count) units" : count
      let width = number.count + 4
      guard width < gap else { continue }
      let x = max(area.x, min(middle - width / 2, area.maxX - width))
      add(scene.glyphs == .ascii ? "-" : "−", x, area.y, .resize(layer: layer, by: -1))
      add(number, x + 2, area.y, .nothing, isNumber: true)
      add("+", x + width - 1, area.y, .resize(layer: layer, by: 1))
    }
    for column in 0..<max(0, columns.count - 1) {
      guard let left = middle(of: column), let right = middle(of: column + 1), right - left >= 14
      else { continue }
      // Between the captions of the two columns.
      let start = captionBelow(column).map { $0.start + scene.glyphs.width($0.text) + 1 } ?? left
      let end = captionBelow(column + 1).map { $0.start - 1 } ?? right
      guard let text = ["+ layer", "+"].first(where: { $0.count <= end - start }) else { continue }
      let x = min(max(start, (left + right - text.count) / 2), end - text.count)
      add(text, x, area.maxY - 1, .addLayer(after: column - 1))
    }
    return chips
  }

  /// What a click at a cell means: a sign, a unit, or the weight whose line passes there.
  func pick(at place: Point) -> View.Pick {
    if let chip = chips.first(where: { $0.place.contains(place) }) { return chip.pick }
    for column in columns.indices.dropFirst() {
      for node in columns[column] {
        let box = Rect(
          x: node.box.x - (box.width == 1 ? 1 : 0), y: node.box.y,
          width: node.box.width + (box.width == 1 ? 2 : 0), height: node.box.height)
        if box.contains(place) {
          return .select(
            NetworkChoice.selection(layer: column - 1, unit: node.unit, in: network), detail: 0)
        }
      }
    }
    return nearestWeight(to: place)
  }

  /// The weight whose line passes nearest to a cell, if it passes through its neighbourhood.
  private func nearestWeight(to place: Point) -> View.Pick {
    var best: (distance: Double, pick: View.Pick) = (0.9, .nothing)
    let x = Double(place.x) + 0.5
    let y = Double(place.y) + 0.5
    for column in columns.indices.dropFirst() {
      for to in columns[column] {
        for from in columns[column - 1] {
          let left = from.middle.x + Double(box.width) / 2
          let right = to.middle.x - Double(box.width) / 2
          guard x >= left, x <= right, right > left else { continue }
          let share = (x - left) / (right - left)
          let height = from.middle.y + (to.middle.y - from.middle.y) * share
          guard abs(height - y) < best.distance else { continue }
          best = (
            abs(height - y),
            .select(
              NetworkChoice.selection(layer: column - 1, unit: to.unit, in: network),
              detail: from.unit + 1)
          )
        }
      }
    }
    return best.pick
  }
}
