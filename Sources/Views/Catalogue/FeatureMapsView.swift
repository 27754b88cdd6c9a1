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
    suits: { $0.objective is ConvolutionalNetwork },
    title: { _ in "feature maps" },
    readout: FeatureMapsView.readout,
    draw: FeatureMapsView.draw)
}

private enum FeatureMapsView {
  /// The image that is shown (`scroll`), the kernel and its place (`selection`: places first, then kernels).
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
    guard let network = scene.snapshot.objective as? ConvolutionalNetwork,
      let chosen = chosen(scene, network)
    else { return [] }
    var parts = ["image \(chosen.sample + 1) of \(network.train.count)"]
    if let accuracy = scene.snapshot.accuracy {
      parts.insert("acc " + NumberText.short(accuracy * 100, digits: 3) + " %", at: 0)
    }
    return parts
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let network = scene.snapshot.objective as? ConvolutionalNetwork,
      let chosen = chosen(scene, network), scene.isHealthy
    else {
      scene.note("a convolutional net is shown here", in: area, into: &canvas)
      return
    }
    let image = Array(network.train.input(chosen.sample))
    let trace = network.trace(image, at: scene.snapshot.parameters)
    let footer = area.height >= 9 ? 3 : 0
    let picture = area.inset(top: area.height >= 4 ? 1 : 0, bottom: footer)
    let columns = Columns(network, in: picture, shading: scene.shading)
    let labels = [
      "image", network.kernels == 1 ? "kernel" : "kernels", "feature maps", "pooled", "answer",
    ]
    let short = ["img", "ker", "maps", "max", "p"]
    if picture.y > area.y {
      for (index, label) in labels.enumerated() where columns.widths[index] > 0 {
        let next = columns.places[(index + 1)...].first { $0 > columns.places[index] } ?? area.maxX
        let room = next - columns.places[index] - 1
        canvas.writeCut(
          scene.glyphs.width(label) <= room ? label : short[index], x: columns.places[index],
          y: area.y, limit: room,
          within: area, glyphs: scene.glyphs, foreground: scene.theme.muted)
      }
    }
    drawImage(scene, network, image, chosen, columns, picture, into: &canvas)
    drawMaps(scene, network, trace, chosen, columns, picture, into: &canvas)
    drawAnswer(scene, network, trace, chosen, columns, picture, into: &canvas)
    if footer > 0 {
      drawFooter(
        scene, network, image, chosen,
        Rect(x: area.x, y: area.maxY - 2, width: area.width, height: 2),
        into: &canvas)
    }
  }

  /// Where the five columns stand, how wide they are and how large their pixels.
  struct Columns {
    var places: [Int] = []
    var widths: [Int] = []
    /// Pixel sizes of image, kernels, feature maps and pooled maps.
    var units: [Int] = []
    /// Rows that a kernel's band has.
    var band = 0
    /// How many kernels are shown.
    var shown = 0

    init(_ network: ConvolutionalNetwork, in area: Rect, shading: HeatMap.Shading) {
      let geometry = network.convolution
      shown = min(network.kernels, max(1, area.height / 3))
      band = max(1, area.height / shown)
      let tall = max(1, band - (band >= 4 ? 1 : 0))
      let shapes = [
        (geometry.height, geometry.width, area.height), (geometry.kernel, geometry.kernel, tall),
        (geometry.outputHeight, geometry.outputWidth, tall),
        (network.pooledHeight, network.pooledWidth, tall),
      ]
      // Shares of the width; what a column does not need is the answer's.
      var x = area.x
      for (index, share) in [32, 12, 22, 14].enumerated() {
        let (rows, columns, height) = shapes[index]
        let room = max(area.width * share / 100, min(columns, area.width / 4))
        let unit = PixelImage.unit(
          rows: rows, columns: columns, fitting: Size(width: room, height: height),
          shading: shading)
        units.append(unit)
        widths.append(unit * columns)
        places.append(x)
        x +=
          unit > 0 ? max(unit * columns, area.width >= 60 ? 7 : 0) + (area.width >= 60 ? 3 : 1) : 0
      }
      places.append(x)
      widths.append(max(0, area.maxX - x))
    }
  }

  private static func drawImage(
    _ scene: Scene, _ network: ConvolutionalNetwork, _ image: [Double], _ chosen: Chosen,
    _ columns: Columns, _ area: Rect, into canvas: inout Canvas
  ) {
    let geometry = network.convolution
    let unit = columns.units[0]
    let place = Point(x: columns.places[0], y: area.y)
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
    PixelImage.outline(
      Rect(
        x: upper.x, y: upper.y, width: lower.maxX - upper.x, height: lower.maxY - upper.y), scene,
      within: area, into: &canvas)
  }

  private static func drawMaps(
    _ scene: Scene, _ network: ConvolutionalNetwork, _ trace: ConvolutionalNetwork.Trace,
    _ chosen: Chosen, _ columns: Columns, _ area: Rect, into canvas: inout Canvas
  ) {
    let geometry = network.convolution
    let theme = scene.theme
    let size = geometry.sharedWeights
    let parameters = scene.snapshot.parameters
    let heaviest = parameters.prefix(network.kernels * size).reduce(0) { max($0, abs($1)) }
    let brightest = trace.maps.joined().reduce(0) { max($0, $1) }
    let first = min(
      max(0, chosen.kernel - columns.shown / 2), network.kernels - columns.shown)
    for kernel in first..<first + columns.shown {
      let y = area.y + (kernel - first) * columns.band
      let isChosen = kernel == chosen.kernel
      PixelImage(
        signed: Array(parameters[kernel * size..<(kernel + 1) * size]), rows: geometry.kernel,
        columns: geometry.kernel, most: heaviest, theme: theme
      ).draw(
        scene, unit: columns.units[1], at: Point(x: columns.places[1], y: y), within: area,
        into: &canvas)
      let mapPlace = Point(x: columns.places[2], y: y)
      PixelImage(
        ink: trace.maps[kernel], rows: geometry.outputHeight, columns: geometry.outputWidth,
        most: brightest, theme: theme
      ).draw(scene, unit: columns.units[2], at: mapPlace, within: area, into: &canvas)
      PixelImage(
        ink: trace.pooled[kernel], rows: network.pooledHeight, columns: network.pooledWidth,
        most: brightest, theme: theme
      ).draw(
        scene, unit: columns.units[3], at: Point(x: columns.places[3], y: y), within: area,
        into: &canvas)
      guard isChosen else { continue }
      if columns.units[2] > 0 {
        PixelImage.outline(
          PixelImage.cells(
            row: chosen.row, column: chosen.column, span: 1, unit: columns.units[2], at: mapPlace),
          scene, within: area, into: &canvas)
      }
      if columns.units[1] > 0, columns.places[1] > area.x {
        canvas.mark(
          scene.glyphs.mark("▸", ascii: ">"), at: Point(x: columns.places[1] - 1, y: y),
          within: area, foreground: theme.warning, attributes: .bold)
      }
    }
  }

  private static func drawAnswer(
    _ scene: Scene, _ network: ConvolutionalNetwork, _ trace: ConvolutionalNetwork.Trace,
    _ chosen: Chosen, _ columns: Columns, _ area: Rect, into canvas: inout Canvas
  ) {
    let x = columns.places[4]
    let width = area.maxX - x
    guard width >= 4 else { return }
    let target = network.train.target(chosen.sample).first ?? .nan
    let top = trace.probabilities.indices.max {
      trace.probabilities[$0] < trace.probabilities[$1]
    }
    for (index, probability) in trace.probabilities.enumerated() {
      let y = area.y + index
      guard y < area.maxY else { break }
      let isTrue = Double(index) == target
      let color =
        isTrue ? scene.theme.good : index == top ? scene.theme.bad : scene.theme.series(0)
      let name = String(index) + (isTrue ? "*" : " ")
      let used = canvas.write(
        name, x: x, y: y, within: area, glyphs: scene.glyphs,
        foreground: isTrue ? scene.theme.good : scene.theme.text)
      let number = width >= 18 ? NumberText.fixed(probability, decimals: 3) : ""
      let room = width - used - 1 - (number.isEmpty ? 0 : 6)
      Bars.row(
        probability, x: x + used + 1, y: y, width: min(room, 40), within: area, color: color,
        ground: scene.theme.grid, glyphs: scene.glyphs, into: &canvas)
      canvas.write(
        number, x: x + used + 2 + min(room, 40), y: y, within: area, glyphs: scene.glyphs,
        foreground: scene.theme.muted)
    }
  }

  /// What the kernel finds at its place, and how many weights sharing saves.
  private static func drawFooter(
    _ scene: Scene, _ network: ConvolutionalNetwork, _ image: [Double], _ chosen: Chosen,
    _ area: Rect, into canvas: inout Canvas
  ) {
    let geometry = network.convolution
    let size = geometry.sharedWeights
    let parameters = scene.snapshot.parameters
    let kernel = Array(parameters[chosen.kernel * size..<(chosen.kernel + 1) * size])
    let sum = geometry(image, kernel)[chosen.row * geometry.outputWidth + chosen.column]
    let bias = parameters[network.kernels * size + chosen.kernel]
    let answer = NumberText.fixed(max(0, sum + bias), decimals: 2)
    let signedBias =
      (bias < 0 ? " − " : " + ") + NumberText.fixed(abs(bias), decimals: 2)
    let found = NumberText.fixed(sum, decimals: 2)
    let isWide = area.width >= 78
    canvas.writeCut(
      isWide
        ? "kernel \(chosen.kernel + 1) at row \(chosen.row + 1), column \(chosen.column + 1): "
          + "Σ patch·kernel = \(found), ReLU(Σ\(signedBias)) = \(answer)"
        : "k\(chosen.kernel + 1) \(chosen.row + 1),\(chosen.column + 1): "
          + "ReLU(\(found)\(signedBias)) = \(answer)",
      x: area.x, y: area.y, limit: area.width, within: area, glyphs: scene.glyphs,
      foreground: scene.theme.text)
    let local = NumberText.count(geometry.locallyConnectedWeights)
    let full = NumberText.count(geometry.fullyConnectedWeights)
    canvas.writeCut(
      isWide
        ? "weights a map: \(size) shared, \(local) locally connected, \(full) fully connected"
        : "\(size) shared, \(local) local, \(full) full",
      x: area.x, y: area.y + 1, limit: area.width, within: area, glyphs: scene.glyphs,
      foreground: scene.theme.muted)
  }
}
