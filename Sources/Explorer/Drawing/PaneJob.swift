import Terminal
import Training
import Views

/// One pane's picture as a piece of work that needs nothing of the explorer but values, so that any
/// thread can do it.
struct PaneJob {
  /// Where it stands.
  let slot: Layout.Slot
  /// What it shows.
  let view: View
  /// Whether it shows a run that is only proposed.
  let isPreview: Bool
  /// What the picture depends on.
  let key: PaneCache.Key
  /// Draws it.
  let paint: @Sendable () -> PaneCache.Painting

  /// The picture of a pane as the explorer stands.
  ///
  /// - Parameters:
  ///   - read: The place that a cursor reads, and in which picture.
  ///   - peek: The run at the step that is read, which pictures show that hold one moment only.
  init(
    _ explorer: Explorer, slot: Layout.Slot, view: View, preview: FormulaPreview?,
    isNumbered: Bool, read: (view: String, place: [String: Double])? = nil, peek: Snapshot? = nil
  ) {
    let isReading = read?.view == slot.name
    let mark = isReading ? [:] : read?.place ?? [:]
    var scene =
      preview.map { explorer.scene(of: view.name, showing: $0.snapshot) }
      ?? explorer.scene(of: slot.name)
    let crosshair = preview == nil ? explorer.panes.reading(slot.name) : nil
    scene.state.mark = crosshair == nil && preview == nil ? mark : [:]
    let holdsAllMoments = view.holdsAllMoments(explorer.snapshot)
    let isPeeking = preview == nil && !isReading && !holdsAllMoments
    let moment = isPeeking ? peek?.step : nil
    if let peek, isPeeking {
      scene.snapshot = peek
      if explorer.hidesGhosts { scene.snapshot.ghosts = [] }
    }
    // Where the trajectory is read, the step is no axis of the picture.
    let readStep = isReading && !holdsAllMoments ? read?.place["step"] : nil
    let shown = scene
    let appearance = explorer.appearance
    self.slot = slot
    self.view = view
    isPreview = preview != nil
    key = PaneCache.Key(
      generation: scene.snapshot.generation, revision: scene.probes.revision,
      moment: moment, problem: scene.snapshot.objectiveID, many: scene.snapshot.many.id,
      preview: preview?.preset.experiment, hidesGhosts: explorer.hidesGhosts, state: scene.state,
      crosshair: crosshair,
      frame: slot.frame, number: slot.number, isNumbered: isNumbered,
      themeName: appearance.theme.name, glyphs: appearance.glyphs)
    // Everything is drawn as if the frame stood in the corner.
    let origin = Point(x: slot.frame.x, y: slot.frame.y)
    let size = Size(width: slot.frame.width, height: slot.frame.height)
    let area = Rect(
      x: slot.area.x - origin.x, y: slot.area.y - origin.y, width: slot.area.width,
      height: slot.area.height)
    let blank = appearance.paneBlank
    paint = {
      let start = ThreadClock.now
      var scene = shown
      if let crosshair {
        scene.state.under = view.pick(scene, area, Explorer.cell(crosshair, in: area))
        scene.state.cursor = scene.state.under.reading
      }
      var canvas = Canvas(size: size, blank: blank)
      let mark = scene.state.mark
      let isRead = crosshair != nil || !mark.isEmpty
      if isRead { canvas.reader = PictureReader() }
      if !area.isEmpty { view.draw(scene, area, &canvas) }
      var readout = view.readout(scene)
      if isRead {
        let reading = PaneReading(
          scene, area, cell: crosshair.map { Explorer.cell($0, in: area) },
          tells: readout.first?.hasPrefix("┊") == true, mark: mark, in: &canvas)
        readout = reading.words + readout
        if let readStep {
          let step = NumberText.count(PlotMath.int(readStep, in: 0...Int.max / 4))
          readout.insert("step " + step, at: min(1, readout.count))
        }
      }
      if let moment { readout.insert("┊ " + NumberText.count(moment), at: 0) }
      return PaneCache.Painting(
        title: view.title(scene), readout: readout, cells: canvas.cells,
        cost: ThreadClock.now - start)
    }
  }
}
