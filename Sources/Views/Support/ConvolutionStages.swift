import Models
import Terminal

/// The stages from left to right: image, kernels, feature maps, pooled maps, answer; where each
/// stands and how large its pixels are.
struct ConvolutionStages {
  /// Left edges.
  var places: [Int] = []
  /// Columns taken; 0 for a stage that is left out.
  var widths: [Int] = []
  /// Pixel sizes of image, kernels, feature maps and pooled maps.
  var units: [Int] = []
  /// Columns between stages.
  var gap = 1
  /// The first row of the image.
  var imageTop = 0
  /// Rows of the image, and of the highest picture in a kernel's band.
  var imageRows = 0
  var bandRows = 1
  /// The first row of the first kernel's band, and from one to the next.
  var bandTop = 0
  var pitch = 1
  /// How many kernels are shown.
  var shown = 1

  init(_ network: ConvolutionalNetwork, in area: Rect, shading: HeatMap.Shading) {
    let geometry = network.convolution
    let shapes = [
      (rows: geometry.height, columns: geometry.width),
      (rows: geometry.kernel, columns: geometry.kernel),
      (rows: geometry.outputHeight, columns: geometry.outputWidth),
      (rows: network.pooledHeight, columns: network.pooledWidth),
    ]
    gap = area.width >= 60 ? 4 : area.width >= 44 ? 2 : 1
    let answer = area.width >= 60 ? 16 : area.width >= 28 ? 8 : 4
    shown = min(network.kernels, max(1, (area.height + 1) / ((shapes[2].rows + 1) / 2 + 1)))
    // Everything at one scale, so that a kernel is as large as its window on the image, and a
    // pooled map as large as the map that it sums up; if that is too wide or too high, pooled maps
    // at the scale of the rest.
    let room = area.width - 4 * gap - answer
    let high = max(1, (area.height + 1) / shown - 1)
    func fits(_ unit: Int, _ pooled: Int) -> Bool {
      let width = unit * (shapes[0].columns + shapes[1].columns + shapes[2].columns)
      return width + pooled * shapes[3].columns <= room
        && unit * shapes[0].rows <= 2 * area.height && unit * shapes[2].rows <= 2 * high
        && pooled * shapes[3].rows <= 2 * high
    }
    let sizes = stride(from: min(24, max(1, room)), through: 1, by: -1).filter {
      $0 == 1 || shading == .quadrants || $0.isMultiple(of: 2)
    }
    if let unit = sizes.first(where: { fits($0, $0 * network.pool) }) {
      units = [unit, unit, unit, unit * network.pool]
      if let larger = sizes.first(where: { fits($0, $0) }), larger > unit {
        units = [larger, larger, larger, larger]
      }
    } else if let unit = sizes.first(where: { fits($0, $0) }) {
      units = [unit, unit, unit, unit]
    } else {
      // A large image: each stage has a share of the width.
      units = zip(shapes, [40, 10, 26, 14]).enumerated().map { index, pair in
        PixelImage.unit(
          rows: pair.0.rows, columns: pair.0.columns,
          fitting: Size(
            width: area.width * pair.1 / 100, height: index == 0 ? area.height : high),
          shading: shading)
      }
    }
    var x = area.x
    for (unit, shape) in zip(units, shapes) {
      places.append(x)
      widths.append(unit * shape.columns)
      if unit > 0 { x += unit * shape.columns + gap }
    }
    places.append(x)
    widths.append(max(0, area.maxX - x))
    imageRows = (units[0] * shapes[0].rows + 1) / 2
    bandRows = (1...3).map { (units[$0] * shapes[$0].rows + 1) / 2 }.max() ?? 1
    bandRows = max(1, bandRows)
    shown = min(shown, max(1, (area.height + 1) / (bandRows + 1)))
    pitch = min(bandRows + 3, max(bandRows, (area.height + 1) / shown))
    let total = (shown - 1) * pitch + bandRows
    // Everything stands around the middle, but not far below the headings.
    bandTop = area.y + min(4, max(0, area.height - total) / 2)
    imageTop = max(area.y, bandTop + (total - imageRows) / 2)
    if imageTop + imageRows > area.maxY { imageTop = area.y }
  }

  /// The middle row of a kernel's band.
  func middle(_ band: Int) -> Int { bandTop + band * pitch + (bandRows - 1) / 2 }
  /// The middle row of all of it.
  var center: Int { imageTop + max(0, imageRows - 1) / 2 }
  /// The row at which a picture of so many rows stands in the middle of a band.
  func top(_ band: Int, rows: Int) -> Int { bandTop + band * pitch + max(0, bandRows - rows) / 2 }

  /// The first kernel that is shown.
  func first(_ chosen: Int, of kernels: Int) -> Int {
    min(max(0, chosen - shown / 2), max(0, kernels - shown))
  }

  /// The ways from stage to stage: one image to every kernel, kernel to map to pooled map, all
  /// pooled maps to one answer.
  func drawArrows(
    _ scene: Scene, kernel: Int, of kernels: Int, within area: Rect, into canvas: inout Canvas
  ) {
    guard area.width >= 24, units.allSatisfy({ $0 > 0 }) else { return }
    let first = first(kernel, of: kernels)
    func mark(_ scalar: Unicode.Scalar, _ ascii: Unicode.Scalar, _ x: Int, _ y: Int, _ color: Color)
    {
      canvas.mark(
        scene.glyphs.mark(scalar, ascii: ascii), at: Point(x: x, y: y), within: area,
        foreground: color)
    }
    func color(_ band: Int) -> Color {
      first + band == kernel ? scene.theme.warning : scene.theme.muted
    }
    let bands = Array(0..<shown)
    for band in bands {
      for stage in [2, 3] {
        mark("→", ">", places[stage] - (gap + 2) / 2, middle(band), color(band))
      }
    }
    guard gap >= 4 else {
      for band in bands {
        mark("→", ">", places[1] - (gap + 2) / 2, middle(band), color(band))
      }
      return
    }
    // A bus of lines that forks from the image, and one that joins before the answer.
    for (stage, joins) in [(1, false), (4, true)] {
      let x = places[stage] - 3
      let rows = bands.map(middle)
      let top = min(center, rows.first ?? center)
      let bottom = max(center, rows.last ?? center)
      for y in top...bottom {
        let isBand = rows.contains(y)
        let isCenter = y == center
        let left = joins ? isBand : isCenter
        let right = joins ? isCenter : isBand
        let scalar: Unicode.Scalar =
          switch (y > top, y < bottom, left, right) {
          case (true, true, true, true): "┼"
          case (true, true, true, false): "┤"
          case (true, true, false, true): "├"
          case (true, true, false, false): "│"
          case (false, true, true, true): "┬"
          case (false, true, true, false): "┐"
          case (false, true, false, _): "┌"
          case (true, false, true, true): "┴"
          case (true, false, true, false): "┘"
          case (true, false, false, _): "└"
          case (false, false, _, _): "─"
          }
        let isPlain = !left && !right
        mark(scalar, isPlain ? "|" : "+", x, y, scene.theme.muted)
        if left { mark("─", "-", x - 1, y, scene.theme.muted) }
        if right { mark("→", ">", x + 1, y, scene.theme.muted) }
      }
      for band in bands where first + band == kernel {
        let y = middle(band)
        mark(
          joins ? "─" : "→", joins ? "-" : ">", joins ? x - 1 : x + 1, y, scene.theme.warning)
      }
    }
  }
}
