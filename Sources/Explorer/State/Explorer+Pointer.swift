import Lanes
import Terminal
import Views

extension Explorer {
  /// Takes in what the mouse did.
  mutating func handle(_ mouse: Mouse) -> [Effect] {
    let place = Point(x: mouse.x, y: mouse.y)
    switch mouse.action {
    case .press where mouse.button == .left: return click(place)
    case .drag where mouse.button == .left: return drag(place)
    case .wheelUp: return wheel(place, up: true)
    case .wheelDown: return wheel(place, up: false)
    default: return []
    }
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
    guard let slot = layout.slots.first(where: { $0.frame.contains(place) }),
      let view = vocabulary.views[slot.name]
    else { return [] }
    panes.focused = slot.name
    panes.crosshairs[slot.name] = nil
    guard slot.area.contains(place) else { return [] }
    return apply(pick(view, in: slot, at: place))
  }

  /// Moves a handle of the focused picture along; other pictures are not dragged.
  private mutating func drag(_ place: Point) -> [Effect] {
    guard overlays.isEmpty, let slot = focusedSlot, let view = focusedView,
      slot.area.contains(place)
    else { return [] }
    let pick = pick(view, in: slot, at: place)
    if case .tune = pick { return apply(pick) }
    return []
  }

  private mutating func wheel(_ place: Point, up: Bool) -> [Effect] {
    guard !layout.isTooSmall else { return [] }
    if var top = overlays.last {
      top.wheel(up: up, in: self)
      overlays[overlays.count - 1] = top
      return []
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
