import Lanes
import Models
import Terminal
import Training

extension View {
  /// Frequencies: how fast each is learnt, or which ones the units of a first layer are made of.
  package static let frequencies = View(
    name: "frequencies",
    summary:
      "Error at each frequency of the target over steps, or power per frequency of each unit",
    axes: Axes(canBeLogarithmic: true),
    role: .extra,
    holdsAllMoments: FrequencyTrace.suits,
    isLogarithmic: { !FrequenciesView.isOfUnits($0) && ($0.state.logarithmic ?? true) },
    suits: { snapshot in
      guard snapshot.original != nil else { return false }
      if FrequencyTrace.suits(snapshot) { return true }
      guard let network = snapshot.objective.kind.dense else { return false }
      return UnitSpectrum(network, parameters: snapshot.parameters) != nil
    },
    title: { FrequenciesView.isOfUnits($0) ? "frequencies of units" : "error per frequency" },
    readout: FrequenciesView.readout,
    draw: FrequenciesView.draw)
}

private enum FrequenciesView {
  static func isOfUnits(_ scene: Scene) -> Bool { !FrequencyTrace.suits(scene.snapshot) }

  private static func trace(_ scene: Scene) -> FrequencyTrace? {
    let snapshot = scene.snapshot
    let trace: FrequencyTrace?? = scene.probes.carried("frequencies", for: TraceKey(snapshot)) {
      FrequencyTrace.upTo(snapshot, from: $0 ?? nil)
    }
    return trace ?? nil
  }

  private static func spectrum(_ scene: Scene) -> UnitSpectrum? {
    guard let network = scene.network, scene.isHealthy else { return nil }
    let parameters = scene.snapshot.parameters
    return scene.probes.value("unit spectrum", for: TraceKey(scene.snapshot)) {
      UnitSpectrum(network, parameters: parameters)
    }
  }

  static func readout(_ scene: Scene) -> [String] {
    if isOfUnits(scene) {
      guard let spectrum = spectrum(scene), let block = spectrum.blocks.first else { return [] }
      let start = scene.probes.value("unit spectrum at the start", for: scene.snapshot.run) {
        UnitSpectrum.atStart(of: scene.snapshot)
      }
      let level = start?.blocks.first.map {
        ", " + NumberText.fixed($0.medianTopShare, decimals: 2) + " at the start"
      }
      var parts = [
        "median top share " + NumberText.fixed(block.medianTopShare, decimals: 2) + (level ?? ""),
        "\(Set(block.top).count) of \(block.frequencies) in use",
      ]
      if let same = spectrum.sameTop {
        parts.append("same for a and b in " + NumberText.short(same * 100, digits: 3) + " %")
      }
      return parts
    }
    guard let trace = trace(scene), let last = trace.records.last else { return [] }
    return zip(trace.frequencies, last.errors).map {
      "f\($0) " + NumberText.compact($1, digits: 2)
    }
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    if isOfUnits(scene) {
      guard let spectrum = spectrum(scene) else {
        scene.note("units on one-hot numbers are shown here", in: area, into: &canvas)
        return
      }
      drawUnits(scene, spectrum, area, into: &canvas)
      return
    }
    guard let trace = trace(scene), !trace.records.isEmpty else {
      scene.note("runs of up to a million steps are done again here", in: area, into: &canvas)
      return
    }
    drawErrors(scene, trace, area, into: &canvas)
  }

  private static func drawErrors(
    _ scene: Scene, _ trace: FrequencyTrace, _ area: Rect, into canvas: inout Canvas
  ) {
    let records = trace.records
    let isLog = scene.state.logarithmic ?? true
    var picture = CurvePlot()
    picture.isLogarithmicX = isLog
    picture.isLogarithmicY = true
    let steps = records.map { isLog ? max(0.5, Double($0.step)) : Double($0.step) }
    let seen = records.flatMap(\.errors).filter { $0 > 0 && $0.isFinite }
    picture.yRange = max(1e-6, (seen.min() ?? 0.01) / 1.5)...max(1.5, (seen.max() ?? 1) * 1.2)
    picture.levels = [0.5]
    let isPredicted = records.last?.predicted.isEmpty == false
    for (k, frequency) in trace.frequencies.enumerated() {
      let color = scene.theme.series(k)
      picture.curves.append(
        .init(name: "f = \(frequency)", xs: steps, ys: records.map { $0.errors[k] }, color: color))
      guard isPredicted else { continue }
      picture.curves.append(
        .init(
          name: k == 0 ? "linearised at the start" : "", xs: steps,
          ys: records.map { $0.predicted.isEmpty ? .nan : $0.predicted[k] }, color: color,
          isDotted: true))
    }
    picture.words =
      "below ½ at "
      + zip(trace.frequencies, trace.firstBelowHalf).map { f, step in
        "f\(f) " + (step.map { NumberText.count($0) } ?? "—")
      }.joined(separator: ", ")
    picture.draw(scene, area, into: &canvas)
  }

  /// Units from left to right by their strongest frequency, frequencies from top to bottom; each
  /// block of inputs above the next where there is room.
  private static func drawUnits(
    _ scene: Scene, _ spectrum: UnitSpectrum, _ area: Rect, into canvas: inout Canvas
  ) {
    let blocks = area.height >= 16 ? Array(spectrum.blocks.prefix(2)) : [spectrum.blocks[0]]
    let order = unitOrder(spectrum.blocks[0])
    let labels = area.width >= 24 ? 4 : 0
    let height = area.height / blocks.count
    for (number, block) in blocks.enumerated() {
      let top = area.y + number * height
      let head = height >= 6 ? 1 : 0
      if head > 0 {
        let name = blocks.count > 1 ? (number == 0 ? "first number" : "second number") : "units"
        canvas.writeCut(
          name + ", by their strongest frequency →", x: area.x + labels, y: top,
          limit: area.width - labels, within: area, glyphs: scene.glyphs,
          foreground: scene.theme.muted)
      }
      let map = Rect(
        x: area.x + labels, y: top + head, width: area.width - labels,
        height: height - head - (number + 1 < blocks.count ? 1 : 0))
      guard !map.isEmpty else { continue }
      drawMap(scene, block, order, map, into: &canvas)
      guard labels > 0 else { continue }
      for (row, frequency) in [(map.y, 1), (map.maxY - 1, block.frequencies)] {
        canvas.write(
          "\(frequency)", x: area.x + 1, y: row, within: area, glyphs: scene.glyphs,
          foreground: scene.theme.muted)
      }
    }
  }

  private static func unitOrder(_ block: UnitSpectrum.Block) -> [Int] {
    let top = block.top
    return block.shares.indices.sorted { a, b in
      top[a] != top[b]
        ? top[a] < top[b]
        : block.shares[a][top[a]] != block.shares[b][top[b]]
          ? block.shares[a][top[a]] > block.shares[b][top[b]] : a < b
    }
  }

  private static func drawMap(
    _ scene: Scene, _ block: UnitSpectrum.Block, _ order: [Int], _ map: Rect,
    into canvas: inout Canvas
  ) {
    let ramp = scene.theme.landscape
    let (width, height) = (map.width * 2, map.height * 2)
    var levels = [UInt8](repeating: HeatMap.none, count: width * height)
    for y in 0..<height {
      let frequency = min(block.frequencies - 1, y * block.frequencies / height)
      for x in 0..<width {
        let from = x * order.count / width
        let to = max(from + 1, (x + 1) * order.count / width)
        // The mean of the units that a column stands for.
        var sum = 0.0
        for unit in order[from..<min(to, order.count)] { sum += block.shares[unit][frequency] }
        levels[y * width + x] = UInt8(ramp.level(sum / Double(max(1, to - from))))
      }
    }
    HeatMap.draw(
      levels, palette: ramp.colors, blank: scene.theme.pane, shading: scene.shading,
      into: &canvas, area: map)
  }
}
