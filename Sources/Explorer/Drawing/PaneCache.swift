import Terminal
import Training
import Views

/// What panes looked like, so that those that did not change are copied and not drawn.
///
/// The loop may ask that a pane whose picture changes in most of its cells (a heat map) keeps its last picture for a while;
/// what is kept so is named in `late`, and drawn when its time has come.
package final class PaneCache {
  /// All that a pane's picture depends on.
  struct Key: Equatable {
    var generation: UInt64
    /// How often pictures that take long have become finer.
    var revision: Int
    /// The run that is only proposed.
    var preview: Experiment?
    var state: ViewState
    var frame: Rect
    var number: Int
    var isNumbered: Bool
    var themeName: String
    var glyphs: GlyphSet
  }

  private struct Entry {
    var key: Key
    var cells: [Cell]
    var drawn: Duration
    /// Most of its cells changed when it was last drawn for a newer snapshot.
    var isBusy: Bool
  }

  private var entries: [String: Entry] = [:]
  /// How long a busy pane keeps its picture while snapshots go by: 20 pictures a second.
  private let rest: Duration = .milliseconds(50)
  /// When the first pane that was kept back is due; nil: all are up to date.
  private(set) var late: Duration?
  /// Panes drawn anew since the cache was made.
  package private(set) var drawCount = 0

  /// An empty cache.
  package init() {}

  /// Begins a frame.
  func beginFrame() { late = nil }

  /// Draws a pane, or copies what it looked like.
  func draw(
    _ name: String, key: Key, at now: Duration, into canvas: inout Canvas,
    drawing: (inout Canvas) -> Void
  ) {
    if let entry = entries[name] {
      if entry.key == key {
        paste(entry.cells, key.frame, into: &canvas)
        return
      }
      var sameButOlder = entry.key
      sameButOlder.generation = key.generation
      if entry.isBusy, sameButOlder == key, now < entry.drawn + rest {
        late = min(late ?? .seconds(3600), entry.drawn + rest)
        paste(entry.cells, key.frame, into: &canvas)
        return
      }
    }
    drawing(&canvas)
    drawCount += 1
    let cells = copy(key.frame, of: canvas)
    var isBusy = false
    if let before = entries[name], before.cells.count == cells.count {
      let changed = zip(before.cells, cells).count { $0 != $1 }
      isBusy = changed * 4 > cells.count
    }
    entries[name] = Entry(key: key, cells: cells, drawn: now, isBusy: isBusy)
  }

  /// Forgets panes that are not among `names`.
  func keep(only names: [String]) {
    entries = entries.filter { names.contains($0.key) }
  }

  private func copy(_ frame: Rect, of canvas: Canvas) -> [Cell] {
    let area = frame.intersection(canvas.bounds)
    var cells: [Cell] = []
    cells.reserveCapacity(area.width * area.height)
    for y in area.y..<area.maxY {
      let row = y * canvas.size.width
      cells.append(contentsOf: canvas.cells[(row + area.x)..<(row + area.maxX)])
    }
    return cells
  }

  private func paste(_ cells: [Cell], _ frame: Rect, into canvas: inout Canvas) {
    let area = frame.intersection(canvas.bounds)
    guard cells.count == area.width * area.height else { return }
    var next = 0
    for y in area.y..<area.maxY {
      let row = y * canvas.size.width
      for x in area.x..<area.maxX {
        canvas.cells[row + x] = cells[next]
        next += 1
      }
    }
  }
}
