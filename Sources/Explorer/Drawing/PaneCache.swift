import Dispatch
import Terminal
package import Training
import Views

/// What panes looked like, so that those that did not change are copied and not drawn.
///
/// With workers, pictures are drawn beside the loop, which waits for them only for part of a frame:
/// a picture of any cost never keeps a key waiting. Until a picture is done the pane keeps the last
/// one; a picture that nobody wants any more is given up. Without workers they are drawn at once,
/// and so are those that took little the last time: they are done before another thread would be
/// awake.
///
/// The loop may ask that a pane whose picture changes in most of its cells (a heat map) keeps its
/// last picture for a while; what is kept so is named in `late`, and drawn when its time has come.
package final class PaneCache {
  /// A pane's inside, and what stands in its border.
  struct Painting: Sendable {
    var title: String
    var readout: [String]
    /// The cells of the whole frame, without the border.
    var cells: [Cell]
    /// Processor time that it took.
    var cost: Duration
  }

  /// All that a pane's picture depends on.
  struct Key: Equatable {
    var generation: UInt64
    /// How often pictures that take long have become finer.
    var revision: Int
    /// The step that is shown where it is not the run's own: a cursor reads it elsewhere.
    var moment: Int?
    /// What is minimised.
    var problem: ObjectiveID
    /// Which other runs are looked at.
    var many: RunID
    /// The run that is only proposed.
    var preview: Experiment?
    var hidesGhosts = false
    var state: ViewState
    /// Where the keyboard's crosshair stands in the picture.
    var crosshair: Point?
    var frame: Rect
    var number: Int
    var isNumbered: Bool
    var themeName: String
    var glyphs: GlyphSet

    /// Whether a picture for `self` still serves where one for `newer` is wanted: the run only went
    /// on.
    func leads(to newer: Key) -> Bool {
      var same = self
      same.generation = newer.generation
      same.revision = newer.revision
      return same == newer
    }
  }

  private struct Entry {
    var key: Key
    var painting: Painting
    var drawn: Duration
    /// Most of its cells changed when it was last drawn for a newer snapshot.
    var isBusy: Bool
  }

  private struct Pending {
    var key: Key
    var job: SideWorkers.Job<Painting>
  }

  private let workers: SideWorkers?
  private var entries: [String: Entry] = [:]
  private var pending: [String: Pending] = [:]
  /// How long a busy pane keeps its picture while snapshots go by: 20 pictures a second.
  private let rest: Duration = .milliseconds(50)
  /// A frame waits so long at most for the pictures that are begun in it.
  private static let patience = DispatchTimeInterval.milliseconds(16)
  /// And so long for each, so that one that takes long does not make all others late.
  private static let share = DispatchTimeInterval.milliseconds(5)
  private var end = DispatchTime.now()
  /// When the first pane that was kept back is due; nil: all are up to date.
  private(set) var late: Duration?
  /// Panes drawn anew since the cache was made.
  package private(set) var drawCount = 0
  /// Processor time of the pictures that came from workers since the frame began.
  private(set) var cost: Duration = .zero
  /// Processor time of the pictures that were drawn at once since the frame began.
  private var ownCost: Duration = .zero
  /// A picture is drawn at once if the last of its kind took no longer, while all of a frame took
  /// no longer than the second.
  private static let (shortTime, ownTime): (Duration, Duration) = (
    .milliseconds(1), .milliseconds(3)
  )

  /// An empty cache; with `workers`, pictures are drawn beside.
  package init(workers: SideWorkers? = nil) { self.workers = workers }

  /// Panes that have shown no picture of their problem in their present size yet.
  var unfinished: Set<String> {
    Set(
      pending.filter { name, begun in
        guard let shown = entries[name]?.key else { return true }
        return shown.problem != begun.key.problem || shown.preview != begun.key.preview
          || shown.frame != begun.key.frame
      }.keys)
  }

  /// What a picture that took little was made of: what another of the same means is known sooner
  /// than another thread would be awake.
  struct Quick: Equatable {
    var problem: ObjectiveID
    var state: ViewState
    var frame: Rect
  }

  /// Panes whose pictures take little.
  var quick: [String: Quick] {
    entries.filter { pending[$0.key] == nil && $0.value.painting.cost < PaneCache.shortTime }
      .mapValues { entry in
        var state = entry.key.state
        state.mark = [:]
        return Quick(problem: entry.key.problem, state: state, frame: entry.key.frame)
      }
  }

  /// Whether a picture that was waited for in vain has come since.
  var hasNews: Bool { pending.values.contains { $0.job.value != nil } }

  /// Begins a frame.
  func beginFrame() {
    late = nil
    cost = .zero
    ownCost = .zero
    end = .now() + PaneCache.patience
  }

  /// Has a pane's picture drawn, where it is not what it should be.
  func prepare(
    _ name: String, key: Key, at now: Duration, paint: @escaping @Sendable () -> Painting
  ) {
    collect(name, at: now)
    if let entry = entries[name] {
      if entry.key == key { return }
      var sameButOlder = entry.key
      sameButOlder.generation = key.generation
      if entry.isBusy, sameButOlder == key, now < entry.drawn + rest {
        late = min(late ?? .seconds(3600), entry.drawn + rest)
        return
      }
    }
    guard let workers, !isShort(name, key) else {
      let painting = paint()
      ownCost += painting.cost
      return keep(painting, key: key, of: name, at: now)
    }
    if let begun = pending[name] {
      if begun.key.leads(to: key) { return }
      begun.job.giveUp()
    }
    pending[name] = Pending(key: key, job: workers.begin(paint))
    wanted.insert(name)
  }

  /// Whether a picture is the last one for a newer moment, and the last one took little.
  private func isShort(_ name: String, _ key: Key) -> Bool {
    guard pending[name] == nil, ownCost < PaneCache.ownTime, let entry = entries[name],
      entry.painting.cost < PaneCache.shortTime
    else { return false }
    var same = entry.key
    same.moment = key.moment
    return same.leads(to: key)
  }

  /// Panes whose pictures were begun in this frame.
  private var wanted: Set<String> = []

  /// The pane's picture into `canvas`: the one that was prepared, or the last there was; what is in
  /// its border comes back. Nil where there is none yet.
  func draw(
    _ name: String, frame: Rect, at now: Duration, into canvas: inout Canvas
  ) -> (title: String, readout: [String])? {
    if wanted.remove(name) != nil, let begun = pending[name],
      let painting = workers?.wait(for: begun.job, until: max(end, .now() + PaneCache.share))
    {
      pending[name] = nil
      cost += painting.cost
      keep(painting, key: begun.key, of: name, at: now)
    }
    guard let entry = entries[name], entry.key.frame.width == frame.width,
      entry.key.frame.height == frame.height
    else { return nil }
    paste(entry.painting.cells, frame, into: &canvas)
    return (entry.painting.title, entry.painting.readout)
  }

  /// Takes in a picture that came late.
  private func collect(_ name: String, at now: Duration) {
    guard let begun = pending[name], let painting = begun.job.value else { return }
    pending[name] = nil
    cost += painting.cost
    keep(painting, key: begun.key, of: name, at: now)
  }

  private func keep(_ painting: Painting, key: Key, of name: String, at now: Duration) {
    drawCount += 1
    var isBusy = false
    if let before = entries[name], before.painting.cells.count == painting.cells.count {
      isBusy = Cell.differences(before.painting.cells, painting.cells) * 4 > painting.cells.count
    }
    entries[name] = Entry(key: key, painting: painting, drawn: now, isBusy: isBusy)
  }

  /// Forgets panes that are not among `names`, and gives up their pictures.
  func keep(only names: [String]) {
    entries = entries.filter { names.contains($0.key) }
    for (name, begun) in pending where !names.contains(name) {
      begun.job.giveUp()
      pending[name] = nil
    }
  }

  private func paste(_ cells: [Cell], _ frame: Rect, into canvas: inout Canvas) {
    let area = frame.intersection(canvas.bounds)
    guard area == frame, cells.count == area.width * area.height, !area.isEmpty else { return }
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
