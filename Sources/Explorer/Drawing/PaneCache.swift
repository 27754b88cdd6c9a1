import Terminal
import Training
import Views

/// What panes looked like, so that those that did not change are copied and not drawn. Where only the focus moved, the
/// picture is copied and its border drawn anew.
///
/// The loop may ask that a pane whose picture changes in most of its cells (a heat map) keeps its last picture for a while;
/// what is kept so is named in `late`, and drawn when its time has come.
package final class PaneCache {
  /// What stands in a pane's border.
  struct Labels {
    var title: String
    var readout: [String]
  }

  /// All that a pane's picture depends on.
  struct Key: Equatable {
    var generation: UInt64
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
    var labels: Labels
    var isFocused: Bool
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
  ///
  /// - Parameters:
  ///   - labels: what the border says.
  ///   - border: draws the border over what is there.
  ///   - picture: draws the inside and whatever is behind it.
  func draw(
    _ name: String, key: Key, isFocused: Bool, at now: Duration, into canvas: inout Canvas,
    labels: () -> Labels, border: (Labels, inout Canvas) -> Void, picture: (inout Canvas) -> Void
  ) {
    if let entry = entries[name] {
      var sameButOlder = entry.key
      sameButOlder.generation = key.generation
      let isKeptBack =
        entry.key != key && entry.isBusy && sameButOlder == key && now < entry.drawn + rest
      if isKeptBack { late = min(late ?? .seconds(3600), entry.drawn + rest) }
      if isKeptBack || entry.key == key {
        paste(entry.cells, key.frame, into: &canvas)
        if entry.isFocused != isFocused {
          border(entry.labels, &canvas)
          entries[name]?.isFocused = isFocused
          entries[name]?.cells = copy(key.frame, of: canvas)
        }
        return
      }
    }
    let labels = labels()
    picture(&canvas)
    border(labels, &canvas)
    drawCount += 1
    let cells = copy(key.frame, of: canvas)
    var isBusy = false
    if let before = entries[name], before.cells.count == cells.count {
      isBusy = PaneCache.differences(before.cells, cells) * 4 > cells.count
    }
    entries[name] = Entry(
      key: key, labels: labels, isFocused: isFocused, cells: cells, drawn: now, isBusy: isBusy)
  }

  /// How many cells differ.
  private static func differences(_ a: [Cell], _ b: [Cell]) -> Int {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        var count = 0
        for index in 0..<min(a.count, b.count) where a[index] != b[index] { count += 1 }
        return count
      }
    }
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
    guard cells.count == area.width * area.height, !area.isEmpty else { return }
    let width = canvas.size.width
    cells.withUnsafeBufferPointer { cells in
      canvas.cells.withUnsafeMutableBufferPointer { target in
        for row in 0..<area.height {
          let start = (area.y + row) * width + area.x
          _ = UnsafeMutableBufferPointer(rebasing: target[start..<start + area.width]).update(
            fromContentsOf: cells[row * area.width..<(row + 1) * area.width])
        }
      }
    }
  }
}
