import Lanes
import Models
import Terminal
import Training
import Views

extension Explorer {
  /// What is read: a view and a cell of its picture, by the focused picture's crosshair or by the
  /// mouse.
  var readCell: Hover? {
    if let name = focusedView?.name, let cell = panes.crosshairs[name] {
      return Hover(view: name, cell: cell)
    }
    return panes.hover
  }

  /// The place that is read, by the names of axes that other pictures may share (`step`, `x1`), and
  /// the picture in which it is read.
  var readPlace: (view: String, place: [String: Double])? {
    guard let read = readCell, let slot = layout.slots.first(where: { $0.name == read.view }),
      let view = vocabulary.views[read.view], cover?.hides(read.view) != true
    else { return nil }
    let place = place(view, in: slot, at: Explorer.cell(read.cell, in: slot.area))
    return place.isEmpty ? nil : (read.view, place)
  }

  /// A cell's place by the names of the axes around it; empty where there are none, or the picture
  /// takes too long.
  func place(
    _ view: View, in slot: Layout.Slot, at cell: Point, waiting limit: Int = Explorer.hintTime
  ) -> [String: Double] {
    let scene = scene(of: slot.name)
    let area = slot.area
    return ask(slot.name, else: [:], waiting: limit) {
      var canvas = Canvas(size: Size(width: area.maxX, height: area.maxY))
      canvas.reader = PictureReader()
      view.draw(scene, area, &canvas)
      guard let graph = canvas.reader?.graph(at: cell) else { return [:] }
      var place = graph.place(at: cell)
      // Whole steps, the one to which Enter goes.
      if case .moment(let step) = view.pick(scene, area, cell) {
        place["step"] = Double(step)
      } else if let step = Explorer.step(at: cell, in: graph, scene.snapshot) {
        place["step"] = Double(step)
      }
      return place
    }
  }

  /// The last step at which the trajectory went through a cell of a map of the parameters.
  private static func step(
    at cell: Point, in graph: PictureReader.Graph, _ snapshot: Snapshot
  ) -> Int? {
    let trajectory = snapshot.trajectory
    let names = snapshot.objective.parameterNames
    guard graph.isMap, trajectory.dimension == 2, names.count == 2 else { return nil }
    let index = trajectory.steps.indices.last { index in
      let (x, y) = (trajectory.points[2 * index], trajectory.points[2 * index + 1])
      guard let (column, row) = graph.locate([names[0]: x, names[1]: y]) else { return false }
      return column == cell.x && row == cell.y
    }
    return index.map { trajectory.steps[$0] }
  }

  /// The run as it was at the step of a place that a cursor reads; nil where it has none, or it is
  /// the present one.
  func peek(at place: [String: Double]?) -> Snapshot? {
    guard cover == nil, let step = place?["step"], step.isFinite, abs(step) < 9e15
    else { return nil }
    return peeked.snapshot(after: max(0, Int(step.rounded())), of: snapshot, at: readCell, workers)
  }

  /// Whether Enter takes out a cursor in the focused picture: it has none, and no part of a network
  /// is chosen in it.
  var offersCursor: Bool {
    guard let view = focusedView, panes.crosshairs[view.name] == nil else { return false }
    return !isFormFocused && networkPart == nil && cover?.hides(view.name) != true
  }

  /// Takes out a cursor in the middle of the focused picture.
  mutating func takeOutCursor() -> [Effect] {
    guard let slot = focusedSlot, !slot.area.isEmpty else { return [] }
    panes.crosshairs[slot.name] = Point(x: slot.area.width / 2, y: slot.area.height / 2)
    return []
  }

  /// Moves the focused picture's cursor; at the edge of a list, the list.
  mutating func moveCursor(_ offset: Point, by dx: Int, _ dy: Int, in slot: Layout.Slot) {
    let (x, y) = (offset.x + dx, offset.y + dy)
    let inside = Point(
      x: max(0, min(x, slot.area.width - 1)), y: max(0, min(y, slot.area.height - 1)))
    panes.crosshairs[slot.name] = inside
    if y != inside.y, focusedView?.axes.canZoom == false { scroll(slot.name, by: y - inside.y) }
  }

  /// The moment of the run under the focused picture's cursor, where steps are laid across it, or
  /// its trajectory went there.
  func readMoment(waiting limit: Int = Explorer.hintTime) -> Int? {
    guard snapshot.timeline != nil, let slot = focusedSlot, let view = focusedView,
      let offset = panes.crosshairs[slot.name],
      let step = place(
        view, in: slot, at: Explorer.cell(offset, in: slot.area), waiting: limit)["step"],
      step.isFinite, abs(step) < 9e15
    else { return nil }
    return max(0, Int(step.rounded()))
  }
}
