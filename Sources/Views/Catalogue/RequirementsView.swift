import Lanes
import Models
import Terminal
import Training

extension View {
  /// Which activations meet the requirements of the universal approximation theorem.
  package static let requirements = View(
    name: "requirements",
    summary:
      "What universal approximation asks of an activation, ticked off for each, with reasons",
    role: .asked,
    suits: { snapshot in
      guard let network = snapshot.objective.kind.dense else { return false }
      return network.layers.count > 1
    },
    title: { _ in "requirements on activations" },
    readout: { scene in
      guard let used = RequirementsView.used(scene).first else { return [] }
      let check = RequirementsView.check(scene, used.activation, used.setting)
      return [used.activation.name + ": \(RequirementsView.met(check).count { $0 }) of 4"]
    },
    draw: RequirementsView.draw)
}

private enum RequirementsView {
  struct Used: Equatable {
    var activation: Activation
    var setting: Double
    static func == (a: Used, b: Used) -> Bool {
      a.activation.name == b.activation.name && a.setting == b.setting
    }
  }

  private struct Key: Hashable {
    var name: String
    var setting: Double
  }

  /// The activations of hidden layers, each once.
  static func used(_ scene: Scene) -> [Used] {
    guard let network = scene.network else { return [] }
    var used: [Used] = []
    for layer in network.layers.dropLast() {
      let next = Used(activation: layer.activation, setting: layer.setting)
      if !used.contains(next) { used.append(next) }
    }
    return used
  }

  static func check(
    _ scene: Scene, _ activation: Activation, _ setting: Double
  ) -> ActivationCheck {
    scene.probes.value(
      "requirements." + activation.name, for: Key(name: activation.name, setting: setting)
    ) { ActivationCheck(activation, setting: setting) }
  }

  /// The requirements in the notes' order.
  static func met(_ check: ActivationCheck) -> [Bool] {
    let conditions = check.conditions
    return [
      conditions.nonConstant, conditions.bounded, conditions.monotone, conditions.continuous,
    ]
  }

  /// Why a requirement is not met; for one that meets all, how values lie.
  private static func reason(_ check: ActivationCheck) -> String {
    var reasons: [String] = []
    if !check.conditions.nonConstant { reasons.append("always the same") }
    if !check.conditions.bounded { reasons.append("grows without end") }
    if let fall = check.fall {
      reasons.append("falls at " + NumberText.compact(fall, digits: 3))
    }
    if let jump = check.jump {
      reasons.append(
        "jumps by \(NumberText.short(jump.size, digits: 3)) at "
          + NumberText.short(jump.place, digits: 3))
    }
    if !reasons.isEmpty { return reasons.joined(separator: ", ") }
    return "from \(NumberText.short(check.range.lowerBound, digits: 2)) to "
      + NumberText.short(check.range.upperBound, digits: 2)
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let used = used(scene)
    guard !used.isEmpty else {
      scene.note(
        "the activations of a net's hidden layers are judged here", in: area, into: &canvas)
      return
    }
    var entries = used
    for activation in Activation.all.entries
    where !used.contains(where: { $0.activation.name == activation.name }) {
      entries.append(
        Used(
          activation: activation,
          setting: activation.hyperparameters.first?.defaultValue ?? 0))
    }
    let table = Table(scene, area)
    table.drawHead(into: &canvas)
    let footer = area.height >= 16 ? 2 : 0
    let each = max(1, min(4, (area.height - 1 - footer) / entries.count))
    let rows = max(0, (area.height - 1 - footer) / each)
    let first = min(max(0, scene.state.scroll), max(0, entries.count - rows))
    for (index, entry) in entries.dropFirst(first).prefix(rows).enumerated() {
      table.drawRow(
        entry, check(scene, entry.activation, entry.setting), isUsed: first + index < used.count,
        Rect(x: area.x, y: area.y + 1 + index * each, width: area.width, height: each),
        into: &canvas)
    }
    if footer > 0 {
      canvas.writeCut(
        "Enough, not necessary: all but polynomials will do (Leshno et al., 1993).",
        x: area.x, y: area.maxY - 1, limit: area.width, within: area, glyphs: scene.glyphs,
        foreground: scene.theme.muted)
    }
  }

  /// Columns: mark and name, the curve, four ticks, the reason.
  private struct Table {
    let scene: Scene
    let area: Rect
    let curve: Int
    let tick: Int
    let heads: [String]

    init(_ scene: Scene, _ area: Rect) {
      self.scene = scene
      self.area = area
      curve = area.width >= 110 ? 26 : area.width >= 64 ? 12 : 0
      let isWide = area.width >= 84
      heads =
        isWide
        ? ["non-constant", "bounded", "rising", "continuous"]
        : area.width >= 50
          ? ["varies", "bound", "rises", "cont."] : ["vary", "bnd.", "rise", "cont"]
      tick = isWide ? 14 : area.width >= 50 ? 7 : area.width >= 32 ? 5 : 3
    }

    private let nameWidth = 12
    private var ticksX: Int { area.x + nameWidth + (curve > 0 ? curve + 2 : 0) }
    private var reasonX: Int { ticksX + 4 * tick + 1 }

    func drawHead(into canvas: inout Canvas) {
      for (index, head) in heads.enumerated() {
        canvas.writeCut(
          head, x: ticksX + index * tick, y: area.y, limit: max(1, tick - 1), within: area,
          glyphs: scene.glyphs, foreground: scene.theme.muted)
      }
    }

    func drawRow(
      _ entry: Used, _ check: ActivationCheck, isUsed: Bool, _ row: Rect,
      into canvas: inout Canvas
    ) {
      let theme = scene.theme
      let y = row.y + (row.height - 1) / 2
      if isUsed {
        canvas.mark(
          scene.glyphs.mark("▸", ascii: ">"), at: Point(x: area.x, y: y), within: area,
          foreground: theme.series(0))
      }
      canvas.writeCut(
        entry.activation.name, x: area.x + 1, y: y, limit: nameWidth - 1, within: area,
        glyphs: scene.glyphs, foreground: theme.text, attributes: isUsed ? .bold : [])
      if curve > 0 { drawCurve(entry, row, into: &canvas) }
      for (index, isMet) in RequirementsView.met(check).enumerated() {
        canvas.mark(
          isMet ? scene.glyphs.mark("✓", ascii: "+") : scene.glyphs.mark("✗", ascii: "x"),
          at: Point(x: ticksX + index * tick, y: y), within: area,
          foreground: isMet ? theme.good : theme.bad, attributes: .bold)
        // Level stretches are allowed by the notes' wording, but people ask.
        if index == 2, isMet, !check.conditions.strictlyMonotone, tick >= 10 {
          canvas.write(
            "level too", x: ticksX + index * tick + 2, y: y, within: area, glyphs: scene.glyphs,
            foreground: theme.muted)
        }
      }
      guard area.maxX - reasonX >= 12 else { return }
      canvas.writeCut(
        RequirementsView.reason(check), x: reasonX, y: y, limit: area.maxX - reasonX, within: area,
        glyphs: scene.glyphs,
        foreground: RequirementsView.met(check).allSatisfy { $0 } ? theme.muted : theme.text)
    }

    /// A thumbnail from −5 to 5; what leaves it above is cut.
    private func drawCurve(_ entry: Used, _ row: Rect, into canvas: inout Canvas) {
      let box = Rect(
        x: area.x + nameWidth, y: row.y, width: curve, height: max(1, row.height - 1))
      var raster = DotRaster(area: box, glyphs: DotGlyphs(scene.glyphs))
      guard raster.width > 1, raster.height > 1 else { return }
      let xs = (0..<raster.width * 2).map {
        -5 + 10 * Double($0) / Double(raster.width * 2 - 1)
      }
      let heights = entry.activation.table(xs, setting: entry.setting).map(\.value)
      let low = min(-0.1, heights.min() ?? 0, -0.1)
      let high = min(2.5, max(1.1, heights.max() ?? 1))
      let floor = max(low, -1.5)
      raster.polyline(
        xs.map { ($0 + 5) / 10 * Double(raster.width - 1) + 0.5 },
        heights.map { (high - $0) / (high - floor) * Double(raster.height - 1) + 0.5 },
        color: scene.theme.series(0))
      raster.paint(into: &canvas)
    }
  }
}
