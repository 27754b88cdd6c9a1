import Lanes
import Presets
import Terminal
import Views

extension Explorer {
  /// Takes in what the mouse did.
  mutating func handle(_ mouse: Mouse) -> [Effect] {
    let place = Point(x: mouse.x, y: mouse.y)
    // Where the terminal reports motion, the mouse reads where it acts.
    defer { if mouse.action != .move, panes.hover != nil { panes.hover = hover(at: place) } }
    switch mouse.action {
    case .press where mouse.button == .left: return click(place)
    case .drag where mouse.button == .left: return drag(place)
    case .release:
      if form?.drag != nil { return releaseSlider() }
      return releasePoint(at: place)
    case .move:
      panes.hover = hover(at: place)
      return []
    case .wheelUp: return wheel(place, up: true)
    case .wheelDown: return wheel(place, up: false)
    default: return []
    }
  }

  /// What the mouse reads at a place: a cell of a picture, where no box lies above it.
  func hover(at place: Point) -> Hover? {
    guard overlays.isEmpty, grabbedPoint == nil,
      FormPanel(self).map({ !$0.area.contains(place) }) ?? true,
      let slot = layout.slots.first(where: { $0.area.contains(place) }),
      cover?.hides(slot.name) != true
    else { return nil }
    return Hover(
      view: slot.name, cell: Point(x: place.x - slot.area.x, y: place.y - slot.area.y))
  }

  private mutating func click(_ place: Point) -> [Effect] {
    let layout = layout
    guard !layout.isTooSmall else { return [] }
    if var top = overlays.last {
      let area = top.area(in: self)
      guard area.contains(place) else { return answer(.close) }
      let reply = top.click(place, in: self)
      overlays[overlays.count - 1] = top
      return answer(reply)
    }
    if layout.bar.contains(place) {
      guard let binding = HintBar(self).binding(at: place.x), let key = binding.keys.first else {
        return []
      }
      return binding.act(&self, key)
    }
    if let panel = FormPanel(self), panel.area.contains(place) { return click(place, in: panel) }
    guard let slot = layout.slots.first(where: { $0.frame.contains(place) }),
      let view = vocabulary.views[slot.name]
    else { return [] }
    let isFocused = focusedSlot?.name == slot.name && !isFormFocused
    form?.isFocused = false
    panes.focused = slot.name
    panes.crosshairs[slot.name] = nil
    guard slot.area.contains(place) else { return [] }
    let pick = pick(view, in: slot, at: place)
    grabbedPoint = nil
    // The click that chooses a pane places nothing in it; handles act at once.
    switch pick {
    case .tune, .select, .resize, .addLayer: return apply(pick)
    case .nothing, .start, .startAtRate, .point, .moment, .rate, .run, .leader: break
    }
    guard isFocused else { return [] }
    if pick == .nothing {
      // Arrows go on changing the weight or unit that is chosen.
      guard networkPart == nil else { return [] }
      panes.crosshairs[slot.name] = Point(x: place.x - slot.area.x, y: place.y - slot.area.y)
      return []
    }
    if case .point = pick, let index = addedPoint(view, in: slot, at: place) {
      grab(index, at: place, in: slot)
      return []
    }
    return apply(pick)
  }

  /// A click on a row gives it the cursor; on its signs, on a feature, it acts at once.
  private mutating func click(_ place: Point, in panel: FormPanel) -> [Effect] {
    form?.isFocused = true
    form?.field = nil
    form?.drag = nil
    guard let (row, sign, column) = panel.row(at: place) else { return [] }
    form?.cursor = row.id
    if case .features(let features) = row.kind, let index = panel.feature(at: column, in: features)
    {
      form?.feature = index
      return pressInForm(Key(.character(" "))) ?? []
    }
    if row.isHeading { return pressInForm(Key(.enter)) ?? [] }
    if column == 0, row.isChanged { return putBack([row]) }
    if let slider = panel.slider(of: row), slider.track.contains(place) {
      form?.drag = (row.id, slider.text(at: place.x))
      return []
    }
    return sign == 0 ? [] : step(row, up: sign > 0, isLong: false)
  }

  /// Lets go of a slider: one change, dated now.
  private mutating func releaseSlider() -> [Effect] {
    guard let drag = form?.drag else { return [] }
    form?.drag = nil
    guard let row = formRows.first(where: { $0.id == drag.row }), case .key(let key) = row.kind
    else { return [] }
    return drag.value == row.value ? [] : set(key.name, to: drag.value)
  }

  /// Moves a handle of the focused picture along; other pictures are not dragged.
  private mutating func drag(_ place: Point) -> [Effect] {
    if let drag = form?.drag, let panel = FormPanel(self) {
      if let row = formRows.first(where: { $0.id == drag.row }), let slider = panel.slider(of: row)
      {
        form?.drag = (row.id, slider.text(at: place.x))
      }
      return []
    }
    if let panel = FormPanel(self), panel.area.contains(place) { return [] }
    guard overlays.isEmpty, let slot = focusedSlot, let view = focusedView,
      slot.area.contains(place)
    else { return [] }
    if grabbedPoint != nil {
      dragPoint(to: place, in: slot)
      return []
    }
    let pick = pick(view, in: slot, at: place)
    switch pick {
    case .tune, .moment: return apply(pick)
    default: return []
    }
  }

  private mutating func wheel(_ place: Point, up: Bool) -> [Effect] {
    guard !layout.isTooSmall else { return [] }
    if var top = overlays.last {
      top.wheel(up: up, in: self)
      overlays[overlays.count - 1] = top
      return []
    }
    if let panel = FormPanel(self), panel.area.contains(place) {
      guard let (row, _, _) = panel.row(at: place), !row.isHeading else { return [] }
      form?.cursor = row.id
      return step(row, up: up, isLong: false)
    }
    guard let slot = layout.slots.first(where: { $0.frame.contains(place) }),
      let view = vocabulary.views[slot.name]
    else { return [] }
    if view.axes.canZoom {
      zoom(slot, view: view, by: up ? 1.25 : 1 / 1.25, about: place)
    } else {
      scroll(slot.name, by: up ? -3 : 3)
    }
    return []
  }
}
