import Dispatch
import Lanes
import Terminal
import Training
import Views

extension Explorer {
  /// The scene of a pane, without a crosshair; of a proposed run, the whole picture.
  func scene(of name: String, showing proposal: Snapshot? = nil) -> Scene {
    var shown = proposal ?? snapshot
    if hidesGhosts { shown.ghosts = [] }
    var state = (proposal == nil ? panes.states[name] : nil) ?? ViewState()
    state.hidesUnits = cover?.hidesUnits ?? false
    var scene = Scene(
      snapshot: shown, state: state, theme: appearance.theme,
      glyphs: appearance.glyphs,
      probes: probes)
    if name == View.loss.name, !shown.ghosts.isEmpty { scene.branchNames = ghostNames }
    return scene
  }

  /// What ghosts differ by, as the list of branches has it, or what they are called.
  private var ghostNames: [Branch.ID: String] {
    let differences = differences.all(in: self)
    var names: [Branch.ID: String] = [:]
    for row in snapshot.session.rows {
      let difference = differences[row.id]?.text(within: 28, appearance) ?? ""
      names[row.id] = difference.isEmpty ? row.name : difference
    }
    return names
  }

  /// The scene with the parameters that were asked for and that no snapshot shows yet: presses
  /// count on from there.
  private func sceneAsAsked(of name: String) -> Scene {
    var scene = scene(of: name)
    for (place, value) in pending.entries where scene.snapshot.parameters.indices.contains(place) {
      scene.snapshot.parameters[place] = value
    }
    return scene
  }

  /// What a place in a picture means; nothing while the picture is still being drawn.
  ///
  /// Pictures work out what they mean from what they show; where that takes long, no key waits for
  /// it.
  func pick(
    _ view: View, in slot: Layout.Slot, at place: Point, waiting limit: Int = Explorer.keyTime
  ) -> View.Pick {
    let scene = scene(of: slot.name)
    let area = slot.area
    return ask(slot.name, else: .nothing, waiting: limit) { view.pick(scene, area, place) }
  }

  /// Milliseconds that a key waits for what a picture answers.
  static let keyTime = 20
  /// Milliseconds that each of a frame's hints waits.
  static let hintTime = 3

  /// An answer that a picture gives; `fallback` while the picture is still being drawn, or where
  /// the answer takes long.
  func ask<Answer: Sendable>(
    _ name: String, else fallback: Answer, waiting limit: Int = Explorer.keyTime,
    _ answer: @escaping @Sendable () -> Answer
  ) -> Answer {
    guard let workers else { return answer() }
    guard !unfinishedPanes.contains(name) else { return fallback }
    if let quick = quickPanes[name], quick == self.quick(name) { return answer() }
    let job = workers.begin(answer)
    if let value = workers.wait(for: job, until: .now() + .milliseconds(limit)) { return value }
    job.giveUp()
    return fallback
  }

  /// What a pane's picture would be made of now; nil: it has no place.
  private func quick(_ name: String) -> PaneCache.Quick? {
    layout.slots.first { $0.name == name }.map {
      PaneCache.Quick(
        problem: snapshot.objectiveID, state: scene(of: name).state, frame: $0.frame)
    }
  }

  /// The slot of the focused pane.
  var focusedSlot: Layout.Slot? {
    let name = focusedView?.name
    return layout.slots.first { $0.name == name }
  }

  /// What the crosshair's Enter would do, in a word or two; nil where there is no crosshair.
  var crosshairOffer: String? {
    switch pickAtCrosshair(waiting: Explorer.hintTime) {
    case .start, .startAtRate: "start here"
    case .point: "add " + PointClasses(snapshot).phrase(pointClass)
    case .moment(let step): "go to step \(NumberText.count(step))"
    case .rate: "take this rate"
    case .leader: "show"
    case .run: "open this run"
    case .nothing: readMoment().map { "go to step \(NumberText.count($0))" }
    case .tune, .select, .resize, .addLayer: nil
    }
  }

  /// Whether the focused picture takes points of a class.
  var takesClasses: Bool { sampleCount > 0 && PointClasses(snapshot).count > 0 && takesPoints }

  /// Whether the focused picture takes points.
  var takesPoints: Bool {
    if case .point = pickAtCenter(waiting: Explorer.hintTime) { return true }
    return false
  }

  /// What Enter means: the place of the crosshair; on the way of the descent the moment read there,
  /// where it is not the present one.
  private func pickAtCrosshair(waiting limit: Int = Explorer.keyTime) -> View.Pick {
    guard let slot = focusedSlot, let view = focusedView, let offset = panes.crosshairs[slot.name]
    else { return .nothing }
    let pick = pick(view, in: slot, at: Explorer.cell(offset, in: slot.area), waiting: limit)
    if case .start = pick, let step = readMoment(waiting: limit), step != snapshot.step {
      return .moment(step)
    }
    return pick
  }

  /// What a click in the middle of the focused picture would mean.
  private func pickAtCenter(
    waiting limit: Int = Explorer.keyTime, withMoments: Bool = false
  ) -> View.Pick {
    guard let slot = focusedSlot, let view = focusedView else { return .nothing }
    let pick = pick(view, in: slot, at: Explorer.center(of: slot.area), waiting: limit)
    switch pick {
    case .leader: return .nothing
    case .moment where !withMoments: return .nothing
    default: return pick
    }
  }

  /// The middle cell.
  static func center(of area: Rect) -> Point {
    Point(x: area.x + area.width / 2, y: area.y + area.height / 2)
  }

  /// A crosshair's cell, kept inside.
  static func cell(_ offset: Point, in area: Rect) -> Point {
    Point(
      x: area.x + max(0, min(offset.x, area.width - 1)),
      y: area.y + max(0, min(offset.y, area.height - 1)))
  }

  /// Arrows: the crosshair where the picture takes places, else the selection and the scroll.
  mutating func move(_ key: Key) -> [Effect] {
    let reach = key.shift ? 5 : 1
    let dx = key.code == .left ? -reach : key.code == .right ? reach : 0
    let dy = key.code == .up ? -reach : key.code == .down ? reach : 0
    guard let slot = focusedSlot, !slot.area.isEmpty else { return [] }
    if isRankingFocused { return changeLeader(by: dy) }
    if key.shift, focusedView?.name == View.map.name, many.map != nil {
      return moveMap(dx: dx.signum(), dy: dy.signum(), slot)
    }
    if let offset = panes.crosshairs[slot.name] {
      moveCursor(offset, by: dx, dy, in: slot)
      return []
    }
    let scene = sceneAsAsked(of: slot.name)
    if let view = focusedView {
      let walk = ask(slot.name, else: .nothing) { view.walk(scene, dx, dy) }
      if walk != .nothing { return apply(walk) }
      let handles = ask(slot.name, else: 0) { view.handles(scene) }
      if handles > 0 {
        return dx == 0
          ? chooseHandle(slot.name, by: dy.signum(), of: handles)
          : apply(ask(slot.name, else: .nothing) { view.turn(scene, dx) })
      }
    }
    let isMoment = if case .moment = pickAtCenter(withMoments: true) { true } else { false }
    if isMoment || pickAtCenter() != .nothing {
      let middle = Point(x: slot.area.width / 2, y: slot.area.height / 2)
      moveCursor(middle, by: dx, dy, in: slot)
      return []
    }
    var state = panes.states[slot.name] ?? ViewState()
    state.selection = max(0, min(state.selection + dx, 1_000_000))
    state.scroll = max(0, min(state.scroll + dy, 1_000_000))
    panes.states[slot.name] = state
    return []
  }

  /// The next (1) or previous (−1) handle of a picture, round and round.
  private mutating func chooseHandle(_ name: String, by places: Int, of count: Int) -> [Effect] {
    var state = panes.states[name] ?? ViewState()
    state.selection = ((state.selection + places) % count + count) % count
    panes.states[name] = state
    return []
  }

  /// The next (1) or previous (−1) detail that the focused picture singles out: a unit, a tangent,
  /// a stage.
  mutating func changeSelection(by places: Int) -> [Effect] {
    guard let name = focusedView?.name else { return [] }
    var state = panes.states[name] ?? ViewState()
    state.selection = max(0, min(state.selection + places, 1_000_000))
    state.detail = 0
    panes.states[name] = state
    return []
  }

  /// A page up (−1) or down (1).
  mutating func scrollPage(_ direction: Int) -> [Effect] {
    guard let slot = focusedSlot else { return [] }
    scroll(slot.name, by: direction * max(1, slot.area.height - 1))
    return []
  }

  /// Rows down (or up, negative).
  mutating func scroll(_ name: String, by rows: Int) {
    var state = panes.states[name] ?? ViewState()
    state.scroll = max(0, min(state.scroll + rows, 1_000_000))
    panes.states[name] = state
  }

  /// Enter with a crosshair.
  mutating func placeCrosshair() -> [Effect] {
    let pick = pickAtCrosshair()
    guard pick == .nothing else { return apply(pick) }
    return readMoment(waiting: Explorer.keyTime).map { seek(step: $0) } ?? []
  }

  /// Does what a place in a picture means: start there, or a point there.
  mutating func apply(_ pick: View.Pick) -> [Effect] {
    switch pick {
    case .nothing: return []
    case .start(let parameters):
      guard parameters.count == snapshot.parameters.count, parameters.allSatisfy(\.isFinite) else {
        return []
      }
      say("start at \(parameters.map(Explorer.text).joined(separator: ", "))")
      switch standing {
      case .diverged, .finished:
        return [
          ask(.restart(seed: nil)), ask(.change(.parameters(parameters))), setRunning(true),
        ]
      case .running, .paused: return [ask(.change(.parameters(parameters)))]
      }
    case .startAtRate(let parameters, let rate):
      guard rate.isFinite, Explorer.rates.contains(rate) else { return [] }
      let change = setLearningRate(rounded(rate))
      let move = apply(.start(parameters))
      let place = parameters.map(Explorer.text).joined(separator: ", ")
      say("start at \(place), η = \(Explorer.text(rounded(rate)))")
      return change + move
    case .point(let inputs):
      guard inputs.allSatisfy(\.isFinite) else { return [] }
      let classes = PointClasses(snapshot)
      guard let point = classes.point(at: inputs, class: pointClass) else { return [] }
      say(classes.count == 0 ? "point added" : "point of \(classes.phrase(pointClass)) added")
      return [ask(.change(.addPoint(point)))]
    case .moment(let step): return seek(step: step)
    case .leader(let number): return lead(number)
    case .run(let place): return openRun(of: place)
    case .rate(let rate):
      guard rate.isFinite, Explorer.rates.contains(rate) else { return [] }
      return setLearningRate(rounded(rate))
    case .tune(let values, let handle):
      guard values.keys.allSatisfy(snapshot.parameters.indices.contains),
        values.values.allSatisfy(\.isFinite)
      else { return [] }
      if let name = focusedView?.name {
        panes.states[name, default: ViewState()].selection = handle
      }
      return [ask(.change(.entries(values)))]
    case .select(let selection, let detail):
      if let name = focusedView?.name {
        panes.states[name, default: ViewState()].selection = selection
        panes.states[name, default: ViewState()].detail = detail
      }
      return []
    case .resize(let layer, let count): return resize(layer, by: count)
    case .addLayer(let index): return addLayer(after: index)
    }
  }

  /// The next class for points that are added.
  mutating func cycleClass() -> [Effect] {
    let classes = PointClasses(snapshot)
    let count = classes.count
    guard takesPoints, count > 0 else {
      say("this picture takes no points of classes", .warning)
      return []
    }
    pointClass = (pointClass + 1) % count
    say("clicks add points of \(classes.phrase(pointClass))")
    return []
  }

  /// The pane whose axis `l` switches: the focused one, or the first that can.
  var logarithmicPane: View? {
    if let view = focusedView, view.axes.canBeLogarithmic { return view }
    return layout.slots.lazy.compactMap { vocabulary.views[$0.name] }
      .first { $0.axes.canBeLogarithmic }
  }

  /// Linear to logarithmic and back.
  mutating func toggleLogarithmic() -> [Effect] {
    guard let view = logarithmicPane else {
      say("no axis here can be logarithmic", .warning)
      return []
    }
    var state = panes.states[view.name] ?? ViewState()
    let scene = scene(of: view.name)
    let next = !ask(view.name, else: false) { view.isLogarithmic(scene) }
    state.logarithmic = next
    var asked = scene
    asked.state = state
    let wanted = asked
    guard ask(view.name, else: next, { view.isLogarithmic(wanted) }) == next else {
      say(
        "the \(view.name.replacing("_", with: " ")) axis stays linear: it has values of 0 or "
          + "below, which have no logarithm", .warning)
      return []
    }
    panes.states[view.name] = state
    return []
  }

  /// Whether the focused picture shows less than the whole.
  var isPictureZoomed: Bool {
    guard let name = focusedView?.name, let state = panes.states[name] else { return false }
    return state.zoom != 1
  }

  /// Zooms the focused picture about its crosshair or its middle.
  mutating func zoomPicture(by factor: Double) -> [Effect] {
    guard let slot = focusedSlot, let view = focusedView, view.axes.canZoom else {
      say("this picture has no zoom", .warning)
      return []
    }
    let place =
      panes.crosshairs[slot.name].map { Explorer.cell($0, in: slot.area) }
      ?? Explorer.center(of: slot.area)
    zoom(slot, view: view, by: factor, about: place)
    return []
  }

  /// Zooms a picture so that what is at `place` stays there.
  mutating func zoom(_ slot: Layout.Slot, view: View, by factor: Double, about place: Point) {
    var state = panes.states[slot.name] ?? ViewState()
    let zoom = max(1.0 / 64, min(state.zoom * factor, 4096))
    let fixed = pick(view, in: slot, at: place).place
    let middle = state.center ?? pick(view, in: slot, at: Explorer.center(of: slot.area)).place
    if let fixed, let middle, fixed.count == middle.count {
      let shrink = state.zoom / zoom
      state.center = zip(fixed, middle).map { $0 + ($1 - $0) * shrink }
    }
    // Going out and in again ends at 1 and not beside it.
    state.zoom = abs(zoom - 1) < 1e-9 ? 1 : zoom
    panes.states[slot.name] = state
  }

  /// The whole picture again.
  mutating func resetPicture() -> [Effect] {
    guard let name = focusedView?.name else { return [] }
    panes.states[name]?.zoom = 1
    panes.states[name]?.center = nil
    panes.states[name]?.scroll = 0
    return []
  }
}

extension View.Pick {
  /// What a cursor there reads: a place, or a moment by its step.
  var reading: [Double]? {
    if case .moment(let step) = self { [Double(step)] } else { place }
  }

  /// The place in data units, whatever it means.
  var place: [Double]? {
    switch self {
    case .nothing, .tune, .moment, .leader, .select, .resize, .addLayer: nil
    case .rate(let rate): [rate]
    case .run(let place): place
    case .start(let place), .point(let place): place
    case .startAtRate(let place, let rate): place + [rate]
    }
  }
}
