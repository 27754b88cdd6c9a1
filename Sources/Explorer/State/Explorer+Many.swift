import Lanes
import Presets
import Terminal
import Training
import Views

extension Explorer {
  /// Tries 64 learning rates from where the run is now, and shows what becomes of it.
  mutating func findRates() -> [Effect] {
    if let refused = refuseCovered() { return refused }
    let finder = RateFinder(snapshot)
    many.rates = finder
    if finder.beginsAnew {
      say("no rate shows anything from here: they are tried from the start", .good)
    }
    orderPanes()
    panes.crosshairs[View.rates.name] = nil
    return focusPane(View.rates.name)
  }

  /// Shows the map that the preset names, or that was asked for last; without one says how to ask.
  mutating func showMap() -> [Effect] {
    if let refused = refuseCovered() { return refused }
    if many.map == nil {
      guard !preset.map.isEmpty else {
        say(
          "a map of which settings? in the palette: map learning_rate 1e-3..10, momentum 0..0.99",
          .warning)
        return []
      }
      return map(preset.map)
    }
    return focusPane(View.map.name)
  }

  /// Maps two settings, as they are written in one line.
  mutating func map(_ line: String) -> [Effect] {
    if let refused = refuseCovered() { return refused }
    let base = presetNow
    do {
      many.map = try RunMap(base, line, views: vocabulary.views.names)
    } catch {
      say("no map: " + error.diagnostics.map(\.message).joined(separator: "; "), .bad)
      return []
    }
    mappedPreset = base
    panes.states[View.map.name] = nil
    panes.crosshairs[View.map.name] = nil
    orderPanes()
    return focusPane(View.map.name)
  }

  /// Begins the preset's own map where the preset lists its pane.
  mutating func showWrittenMap() {
    guard many.map == nil, arriving == nil, !preset.map.isEmpty,
      preset.views.contains(View.map.name), snapshot.experiment.name == preset.name
    else { return }
    many.map = try? RunMap(preset, preset.map, views: vocabulary.views.names)
    mappedPreset = preset
  }

  /// Opens the run of a place of the map, as far as the map runs it: to the bit what its pixel is.
  mutating func openRun(of place: [Double]) -> [Effect] {
    guard let map = many.map, let base = mappedPreset, place.count == 2 else { return [] }
    let settings = map.settings(map.x.value(at: place[0]), map.y.value(at: place[1]))
    say(
      settings.map { setting in
        "\(setting.key) = \(Double(setting.value).map(Explorer.text) ?? setting.value)"
      }.joined(separator: ", "))
    return [
      .begin(LessonRun(base: base, settings: settings, beginning: .waiting(after: map.steps)))
    ]
  }

  /// Moves what is shown of the map by an eighth of it.
  mutating func moveMap(dx: Int, dy: Int, _ slot: Layout.Slot) -> [Effect] {
    guard let map = many.map else { return [] }
    var state = panes.states[slot.name] ?? ViewState()
    func middle(_ range: ClosedRange<Double>) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) / 2
    }
    var center = state.center ?? [middle(map.x.places), middle(map.y.places)]
    for (axis, (range, by)) in [(map.x.places, dx), (map.y.places, -dy)].enumerated() {
      center[axis] += Double(by) * (range.upperBound - range.lowerBound) / state.zoom / 8
    }
    state.center = center
    panes.states[slot.name] = state
    return []
  }
}
