import Lanes
import Models
import Presets
import Terminal
import Training
import Views

/// The choices of a key as an open list: typing filters, Enter takes; data sets are shown as
/// pictures.
struct ChoiceList: Overlay {
  private let key: PresetKey
  private let preset: Preset
  private let now: String
  private let all: [(name: String, summary: String)]
  private var list = FilterList()
  /// What fits the typed text.
  private(set) var names: [String]
  /// The samples of the data set that is chosen, for keys that choose data.
  private var samples: Samples?

  /// The list of a key that has choices; nil for others.
  init?(_ key: PresetKey, in preset: Preset) {
    switch key.form {
    case .word(let words): all = words.map { ($0, "") }
    case .choice(let kind): all = kind.names.map { ($0, kind.summaries[$0] ?? "") }
    case .number, .written: return nil
    }
    self.key = key
    self.preset = preset
    names = all.map(\.name)
    let text = PresetKeys.shown(key, in: preset)
    now = names.contains(text) ? text : names.first { text.contains($0) } ?? ""
    if let place = names.firstIndex(of: now) { list.select(place) }
    look()
  }

  private mutating func search() {
    let query = list.field.text.trimmingSpaces().lowercased()
    let starting = all.filter { $0.name.hasPrefix(query) }
    let others = all.filter {
      !$0.name.hasPrefix(query)
        && ($0.name.contains(query) || $0.summary.lowercased().contains(query))
    }
    names = (starting + others).map(\.name)
  }

  /// Makes the samples of the data set that is chosen.
  private mutating func look() {
    samples = nil
    guard key.heading == .data, names.indices.contains(list.selected) else { return }
    let setting = Setting(key: key.name, value: names[list.selected])
    guard let network = try? SettingEditor(preset).begin([setting]).run.objective.kind.mapping,
      network.inputCount == 2
    else { return }
    samples = network.trainSamples
  }

  private static let pictureWidth = 22
  private static let fewSamples = 40

  func area(in explorer: Explorer) -> Rect {
    let hasPicture = key.heading == .data && explorer.size.width >= 76
    return ListBox.area(
      in: explorer.size, breadth: 64 + (hasPicture ? ChoiceList.pictureWidth : 0),
      lines: all.count + 6)
  }

  private func place(in explorer: Explorer) -> Rect {
    let area = area(in: explorer)
    let hasPicture = key.heading == .data && explorer.size.width >= 76
    return hasPicture
      ? area.inset(left: 0, top: 0, right: ChoiceList.pictureWidth, bottom: 0) : area
  }

  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply {
    let page = ListBox.listArea(in: area(in: explorer), footer: 1).height
    switch list.handle(key, count: names.count, page: page) {
    case .ignored: return .ignored
    case .moved: look()
    case .typed:
      search()
      look()
    case .cancelled: return .close
    case .accepted: return choose()
    }
    return .stay
  }

  private func choose() -> OverlayReply {
    guard names.indices.contains(list.selected) else { return .stay }
    return .closeAnd(.choose(key: key.name, value: names[list.selected]))
  }

  mutating func paste(_ text: String, in explorer: Explorer) {
    list.paste(text)
    search()
    look()
  }

  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply {
    let area = ListBox.listArea(in: self.place(in: explorer), footer: 1)
    guard let item = list.item(atLine: place.y - area.y, rows: rows, height: area.height) else {
      return .stay
    }
    list.select(item)
    return choose()
  }

  mutating func wheel(up: Bool, in explorer: Explorer) {
    list.move(by: up ? -1 : 1, count: names.count)
    look()
  }

  private var rows: [FilterList.Row] {
    let summaries = Dictionary(all.map { ($0.name, $0.summary) }) { first, _ in first }
    return names.map {
      .item(text: $0, note: summaries[$0] ?? "", end: $0 == now ? "now" : "")
    }
  }

  func draw(_ explorer: Explorer, into canvas: inout Canvas) {
    let place = place(in: explorer)
    let appearance = explorer.appearance
    if place != area(in: explorer) {
      appearance.drawBox(area(in: explorer), title: "", into: &canvas)
    }
    ListBox(
      title: key.typed, prompt: key.summary, rows: rows,
      footer: [key.effect.rawValue]
    ).draw(list, in: place, appearance: appearance, into: &canvas)
    guard place != area(in: explorer), let samples else { return }
    draw(
      samples, appearance,
      in: Rect(
        x: place.maxX + 1, y: place.y + 1, width: ChoiceList.pictureWidth - 3,
        height: min(10, place.height - 2)), into: &canvas)
  }

  /// The samples by class over their two inputs.
  private func draw(
    _ samples: Samples, _ appearance: Appearance, in area: Rect, into canvas: inout Canvas
  ) {
    let points = (0..<samples.count).map { Array(samples.input($0)) }
    let x = points.map { $0[0] }
    let y = points.map { $0[1] }
    guard let left = x.min(), let right = x.max(), let low = y.min(), let high = y.max() else {
      return
    }
    var layout = Plot.Layout(
      label: appearance.theme.muted, grid: appearance.theme.grid, glyphs: appearance.glyphs,
      showsGrid: false, isMap: true)
    layout.showsLabels = false
    let margin = (max((right - left) * 0.05, 1e-6), max((high - low) * 0.05, 1e-6))
    var plot = Plot(
      in: area, x: Axis(left - margin.0, right + margin.0),
      y: Axis(low - margin.1, high + margin.1), layout: layout)
    let targets = (0..<samples.count).map { Array(samples.target($0)) }
    let count = max(targets.first?.count ?? 1, 2)
    for index in points.indices {
      // One target is a class from 0, or a sign; several are shares of classes.
      let target = targets[index]
      let best =
        target.count > 1
        ? target.indices.max { target[$0] < target[$1] } ?? 0 : (target.first ?? 0) > 0.5 ? 1 : 0
      let color = appearance.theme.classColor(best, of: count)
      // Few samples are discs, or they would not be seen.
      if points.count <= ChoiceList.fewSamples,
        let cell = plot.cell(points[index][0], points[index][1])
      {
        canvas.mark(
          appearance.glyphs.mark("●", ascii: "o"), at: cell, within: area, foreground: color)
      } else {
        plot.raster.plot(plot.dotX(points[index][0]), plot.dotY(points[index][1]), color: color)
      }
    }
    plot.raster.paint(into: &canvas)
  }

  func hints(in explorer: Explorer) -> [(keys: String, label: String)] {
    [("enter", "take it"), ("up down", "choose"), ("type", "to filter"), ("esc", "back")]
  }
}
