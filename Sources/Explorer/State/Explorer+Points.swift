import Presets
import Terminal
import Training
import Views

extension Explorer {
  /// The points that were added by hand; what was asked for counts.
  var addedPoints: [AddedPoint] {
    guard case .model(let model) = expected.problem else { return [] }
    return model.data.added
  }

  /// The added point that is drawn in a cell of a picture, the newest of several; nil: none.
  func addedPoint(_ view: View, in slot: Layout.Slot, at place: Point) -> Int? {
    let beside = Point(
      x: place.x + (place.x + 1 < slot.area.maxX ? 1 : -1),
      y: place.y + (place.y + 1 < slot.area.maxY ? 1 : -1))
    guard !addedPoints.isEmpty, case .point(let here) = pick(view, in: slot, at: place),
      case .point(let next) = pick(view, in: slot, at: beside)
    else { return nil }
    return addedPoints.lastIndex { point in
      let values = point.inputs + point.targets
      return values.count >= here.count
        && here.indices.allSatisfy { abs(values[$0] - here[$0]) <= abs(next[$0] - here[$0]) }
    }
  }

  /// Takes the point under the crosshair away, or the one that was added last.
  mutating func takePointAway() -> [Effect] {
    var points = addedPoints
    guard !points.isEmpty else {
      say("no point was added")
      return []
    }
    var index = points.count - 1
    if let slot = focusedSlot, let view = focusedView, let offset = panes.crosshairs[slot.name] {
      guard let found = addedPoint(view, in: slot, at: Explorer.cell(offset, in: slot.area)) else {
        say("no point that was added lies under the crosshair")
        return []
      }
      index = found
    }
    points.remove(at: index)
    say("point taken away; u brings it back")
    return [change(points)]
  }

  /// Grabs an added point, which goes where the mouse lets it go.
  mutating func grab(_ index: Int, at place: Point, in slot: Layout.Slot) {
    grabbedPoint = (index, place)
    dragPoint(to: place, in: slot)
    say("point \(index + 1) of those added: drag it, or `x` takes it away")
  }

  /// Shows where a point that was grabbed would be put.
  mutating func dragPoint(to place: Point, in slot: Layout.Slot) {
    panes.crosshairs[slot.name] = Point(x: place.x - slot.area.x, y: place.y - slot.area.y)
  }

  /// Lets go of a point that was grabbed: it is there now.
  mutating func releasePoint(at place: Point) -> [Effect] {
    guard let (index, start) = grabbedPoint else { return [] }
    grabbedPoint = nil
    guard place != start, let slot = focusedSlot, let view = focusedView else { return [] }
    panes.crosshairs[slot.name] = nil
    var points = addedPoints
    guard slot.area.contains(place), points.indices.contains(index),
      case .point(let inputs) = pick(view, in: slot, at: place), inputs.allSatisfy(\.isFinite)
    else { return [] }
    let count = points[index].inputs.count
    points[index].inputs = Array(inputs.prefix(count))
    if inputs.count > count { points[index].targets = Array(inputs.dropFirst(count)) }
    say("point moved; u puts it back")
    return [change(points)]
  }

  /// Asks for other added points under kept weights.
  private mutating func change(_ points: [AddedPoint]) -> Effect {
    let base = expected
    var experiment = base
    if case .model(var model) = experiment.problem {
      model.data.added = points
      experiment.problem = .model(model)
    }
    let changed = Preset(experiment)
    let text = PresetKeys.row("data.added", of: changed)
      .flatMap { PresetKeys.text(of: $0, in: changed) }
    let setting = Setting(key: "data.added", value: text ?? "[]")
    var change = KeyChange(setting, to: experiment, from: base)
    change.isPartOfOne = false
    return ask(.change(.set(change)))
  }
}
