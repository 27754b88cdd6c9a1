import Lanes
import Models
import Terminal
import Training

extension View {
  /// One image on its way through a convolutional net.
  package static let featureMaps = View(
    name: "feature_maps",
    summary: "An image, the kernels that slide over it, their feature maps, and the answer",
    role: .main,
    suits: { $0.objective.kind.convolutional != nil },
    title: { _ in "feature maps" },
    readout: FeatureMapsView.readout,
    draw: FeatureMapsView.draw)
}

private enum FeatureMapsView {
  /// The image that is shown (`scroll`), the kernel and its place (`selection`: places first, then
  /// kernels).
  struct Chosen {
    var sample: Int
    var kernel: Int
    var row: Int
    var column: Int
  }

  static func chosen(_ scene: Scene, _ network: ConvolutionalNetwork) -> Chosen? {
    guard network.train.count > 0 else { return nil }
    let geometry = network.convolution
    let number = Scene.wrapped(scene.state.selection, geometry.outputCount * network.kernels)
    // Counting begins at the middle: the corners of most images are empty.
    let middle = geometry.outputHeight / 2 * geometry.outputWidth + geometry.outputWidth / 2
    let place = (number % geometry.outputCount + middle) % geometry.outputCount
    return Chosen(
      sample: Scene.wrapped(scene.state.scroll, network.train.count),
      kernel: number / geometry.outputCount, row: place / geometry.outputWidth,
      column: place % geometry.outputWidth)
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let network = scene.snapshot.objective.kind.convolutional,
      let chosen = chosen(scene, network)
    else { return [] }
    var parts = ["image \(chosen.sample + 1) of \(network.train.count)"]
    if let accuracy = scene.snapshot.accuracy {
      parts.insert("acc " + NumberText.percent(accuracy), at: 0)
    }
    return parts
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.snapshot.objective.kind.convolutional,
      let chosen = chosen(scene, network), scene.isHealthy
    else {
      scene.note("a convolutional net is shown here", in: area, into: &canvas)
      return
    }
    let image = Array(network.train.input(chosen.sample))
    let trace = network.trace(image, at: scene.snapshot.parameters)
    let words = footer(scene, network, image, chosen, area)
    let heading = area.height >= 12 ? 2 : area.height >= 6 ? 1 : 0
    let picture = area.inset(
      top: heading, bottom: words.isEmpty ? 0 : words.count + (area.height >= 24 ? 1 : 0))
    let stages = ConvolutionStages(network, in: picture, shading: scene.shading)
    drawHeadings(scene, network, stages, area, rows: heading, into: &canvas)
    stages.drawArrows(
      scene, kernel: chosen.kernel, of: network.kernels, within: picture, into: &canvas)
    drawImage(scene, network, image, chosen, stages, picture, into: &canvas)
    drawMaps(scene, network, trace, chosen, stages, picture, into: &canvas)
    drawAnswer(scene, network, trace, chosen, stages, picture, into: &canvas)
    for (line, text) in words.enumerated() {
      canvas.writeCut(
        text, x: area.x, y: area.maxY - words.count + line, limit: area.width, within: area,
        glyphs: scene.glyphs,
        foreground: line < words.count - 1 ? scene.theme.text : scene.theme.muted)
    }
  }

  /// What each stage is, and below it how large; where names would touch, every second one is a row
  /// lower.
  private static func drawHeadings(
    _ scene: Scene, _ network: ConvolutionalNetwork, _ stages: ConvolutionStages, _ area: Rect,
    rows: Int,
    into canvas: inout Canvas
  ) {
    guard rows > 0 else { return }
    let geometry = network.convolution
    let size = "\(geometry.kernel)×\(geometry.kernel)"
    let maps = "\(geometry.outputHeight)×\(geometry.outputWidth)"
    let pooled = "\(network.pooledHeight)×\(network.pooledWidth)"
    let names: [(long: String, short: String, note: String, brief: String)] = [
      ("image", "image", "\(geometry.height)×\(geometry.width)", ""),
      (network.kernels == 1 ? "kernel" : "kernels", "kernel", size, ""),
      (network.kernels == 1 ? "feature map" : "feature maps", "maps", maps + ", ReLU", maps),
      ("pooled", "pooled", pooled + ", greatest of \(network.pool)×\(network.pool)", pooled),
      ("answer", "answer", "p of each class, ✓ true", "✓ true"),
    ]
    let shown = names.indices.filter { stages.widths[$0] > 0 }
    func room(_ index: Int) -> Int {
      let next = shown.first { $0 > index }.map { stages.places[$0] } ?? area.maxX + 1
      return next - stages.places[index] - 1
    }
    func write(_ text: String, _ index: Int, _ row: Int, _ color: Color, _ limit: Int) {
      canvas.writeCut(
        text, x: stages.places[index], y: area.y + row, limit: limit, within: area,
        glyphs: scene.glyphs, foreground: color)
    }
    let isRoomy = shown.allSatisfy { scene.glyphs.width(names[$0].short) <= room($0) }
    for (order, index) in shown.enumerated() {
      let name = names[index]
      if isRoomy {
        write(
          scene.glyphs.width(name.long) <= room(index) ? name.long : name.short, index, 0,
          scene.theme.text, room(index))
        guard rows > 1 else { continue }
        let note = [name.note, name.brief].first { scene.glyphs.width($0) <= room(index) } ?? ""
        write(note, index, 1, scene.theme.muted, room(index))
      } else if rows > 1 {
        // The stage after the next one is the next in this row.
        let after = order + 2 < shown.count ? stages.places[shown[order + 2]] : area.maxX + 1
        write(name.short, index, order % 2, scene.theme.muted, after - stages.places[index] - 1)
      } else if scene.glyphs.width(name.short) <= room(index) {
        write(name.short, index, 0, scene.theme.muted, room(index))
      }
    }
  }

  private static func drawImage(
    _ scene: Scene, _ network: ConvolutionalNetwork, _ image: [Double], _ chosen: Chosen,
    _ stages: ConvolutionStages, _ area: Rect, into canvas: inout Canvas
  ) {
    let geometry = network.convolution
    let unit = stages.units[0]
    let place = Point(x: stages.places[0], y: stages.imageTop)
    PixelImage(ink: image, rows: geometry.height, columns: geometry.width, theme: scene.theme)
      .draw(scene, unit: unit, at: place, within: area, into: &canvas)
    // The part of the patch that lies on the image: padding has no pixels.
    let top = max(0, chosen.row * geometry.stride - geometry.padding)
    let left = max(0, chosen.column * geometry.stride - geometry.padding)
    let bottom = min(
      geometry.height, chosen.row * geometry.stride - geometry.padding + geometry.kernel)
    let right = min(
      geometry.width, chosen.column * geometry.stride - geometry.padding + geometry.kernel)
    guard unit > 0, bottom > top, right > left else { return }
    let upper = PixelImage.cells(row: top, column: left, span: 1, unit: unit, at: place)
    let lower = PixelImage.cells(row: bottom - 1, column: right - 1, span: 1, unit: unit, at: place)
    frame(
      Rect(
        x: upper.x, y: upper.y, width: lower.maxX - upper.x, height: lower.maxY - upper.y), scene,
      within: area, into: &canvas)
  }

  /// A box on the edge of a block of cells; around it where the block is too small for a box.
  private static func frame(
    _ block: Rect, _ scene: Scene, within area: Rect, into canvas: inout Canvas
  ) {
    let isLow = block.height == 1 && block.width >= 2
    PixelImage.outline(
      isLow
        ? Rect(x: block.x - 1, y: block.y - 1, width: block.width + 2, height: block.height + 2)
        : block, scene, within: area, into: &canvas)
  }

  private static func drawMaps(
    _ scene: Scene, _ network: ConvolutionalNetwork, _ trace: ConvolutionalNetwork.Trace,
    _ chosen: Chosen, _ stages: ConvolutionStages, _ area: Rect, into canvas: inout Canvas
  ) {
    let geometry = network.convolution
    let theme = scene.theme
    let size = geometry.sharedWeights
    let parameters = scene.snapshot.parameters
    let heaviest = parameters.prefix(network.kernels * size).reduce(0) { max($0, abs($1)) }
    let brightest = trace.maps.joined().reduce(0) { max($0, $1) }
    let first = stages.first(chosen.kernel, of: network.kernels)
    for kernel in first..<min(network.kernels, first + stages.shown) {
      let band = kernel - first
      let images = [
        PixelImage(
          signed: Array(parameters[kernel * size..<(kernel + 1) * size]), rows: geometry.kernel,
          columns: geometry.kernel, most: heaviest, theme: theme),
        PixelImage(
          ink: trace.maps[kernel], rows: geometry.outputHeight, columns: geometry.outputWidth,
          most: brightest, theme: theme),
        PixelImage(
          ink: trace.pooled[kernel], rows: network.pooledHeight, columns: network.pooledWidth,
          most: brightest, theme: theme),
      ]
      for (stage, image) in zip(1..., images) {
        let unit = stages.units[stage]
        let place = Point(
          x: stages.places[stage], y: stages.top(band, rows: image.size(unit: unit).height))
        image.draw(scene, unit: unit, at: place, within: area, into: &canvas)
        guard kernel == chosen.kernel, unit > 0, stage > 1 else { continue }
        // Where the kernel's finding goes: its pixel on the map, and the one that sums up its
        // neighbourhood.
        let row = stage == 2 ? chosen.row : chosen.row / network.pool
        let column = stage == 2 ? chosen.column : chosen.column / network.pool
        guard row < image.rows, column < image.columns else { continue }
        frame(
          PixelImage.cells(row: row, column: column, span: 1, unit: unit, at: place), scene,
          within: area, into: &canvas)
      }
    }
  }

  private static func drawAnswer(
    _ scene: Scene, _ network: ConvolutionalNetwork, _ trace: ConvolutionalNetwork.Trace,
    _ chosen: Chosen, _ stages: ConvolutionStages, _ area: Rect, into canvas: inout Canvas
  ) {
    let x = stages.places[4]
    let width = area.maxX - x
    guard width >= 4 else { return }
    let theme = scene.theme
    let target = network.train.target(chosen.sample).first ?? .nan
    let count = trace.probabilities.count
    let top = trace.probabilities.indices.max {
      trace.probabilities[$0] < trace.probabilities[$1]
    }
    // As far apart as the bands are high, around the same middle.
    let bands = (stages.shown - 1) * stages.pitch + stages.bandRows
    let pitch = max(1, min(3, bands / max(1, count)))
    let total = (count - 1) * pitch + 1
    let first = max(area.y, min(stages.center - (total - 1) / 2, area.maxY - total))
    let numberWidth = width >= 16 ? 6 : 0
    let nameWidth = String(max(0, count - 1)).count
    let room = width - nameWidth - 3 - numberWidth
    for (index, probability) in trace.probabilities.enumerated() {
      let y = first + index * pitch
      guard y < area.maxY else { break }
      let isTrue = Double(index) == target
      // The true class is green, and a wrong first choice red.
      let color = isTrue ? theme.good : index == top ? theme.bad : theme.series(0)
      let name = String(index)
      canvas.write(
        name, x: x + nameWidth - name.count, y: y, within: area, glyphs: scene.glyphs,
        foreground: isTrue ? theme.good : theme.text, attributes: isTrue ? .bold : [])
      if isTrue {
        canvas.mark(
          scene.glyphs.mark("✓", ascii: "+"), at: Point(x: x + nameWidth, y: y), within: area,
          foreground: theme.good, attributes: .bold)
      }
      Bars.row(
        probability, x: x + nameWidth + 2, y: y, width: min(room, 40), within: area, color: color,
        ground: theme.grid, glyphs: scene.glyphs, into: &canvas)
      if numberWidth > 0 {
        canvas.write(
          NumberText.fixed(probability, decimals: 3), x: x + nameWidth + 3 + min(room, 40), y: y,
          within: area, glyphs: scene.glyphs, foreground: theme.muted)
      }
    }
  }

  /// What the kernel finds at its place, and how many weights sharing saves: as many words as the
  /// width allows.
  private static func footer(
    _ scene: Scene, _ network: ConvolutionalNetwork, _ image: [Double], _ chosen: Chosen,
    _ area: Rect
  ) -> [String] {
    guard area.height >= 10 else { return [] }
    let geometry = network.convolution
    let size = geometry.sharedWeights
    let parameters = scene.snapshot.parameters
    let kernel = Array(parameters[chosen.kernel * size..<(chosen.kernel + 1) * size])
    let sum = geometry(image, kernel)[chosen.row * geometry.outputWidth + chosen.column]
    let bias = parameters[network.kernels * size + chosen.kernel]
    let answer = NumberText.fixed(max(0, sum + bias), decimals: 2)
    let added = NumberText.fixed(bias, decimals: 2)
    let found = NumberText.fixed(sum, decimals: 2)
    let place = "kernel \(chosen.kernel + 1) at row \(chosen.row + 1), column \(chosen.column + 1)"
    let local = NumberText.count(geometry.locallyConnectedWeights)
    let full = NumberText.count(geometry.fullyConnectedWeights)
    func fits(_ texts: [String]) -> String {
      texts.first { scene.glyphs.width($0) <= area.width } ?? texts[texts.count - 1]
    }
    let sums = [
      "sum of window × kernel \(found), plus bias \(added), through ReLU: \(answer)",
      "window × kernel \(found), bias \(added), ReLU: \(answer)",
      "sum \(found), bias \(added), ReLU: \(answer)", "\(found), \(added): \(answer)",
    ]
    let weights = [
      "weights for one map: \(size), shared by all places; \(local) if each place had its own; "
        + "\(full) fully connected",
      "\(size) shared weights a map; \(local) unshared, \(full) dense",
      "\(size) weights a map; dense: \(full)", "\(size) weights a map",
    ]
    let whole = place + ": " + sums[0]
    if scene.glyphs.width(whole) <= area.width { return [whole, fits(weights)] }
    return [place + ":", fits(sums), fits(weights)]
  }
}
