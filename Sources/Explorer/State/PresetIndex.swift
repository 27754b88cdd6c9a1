import Training

/// The presets as lists show them, read on another thread while the explorer goes on.
///
/// Whoever asks gets what is known by then and never waits: the built-in presets are there within
/// milliseconds, a folder of thousands of files comes piece by piece, and lists that are open grow.
package final class PresetIndex: Sendable {
  /// Takes in presets as they are read.
  package typealias Publish = (_ entries: [PresetEntry], _ place: Place) -> Void

  /// Where presets stand in lists.
  package enum Place: Sendable {
    /// Before the built-in ones: those of the user.
    case own
    /// After the user's own.
    case builtIn
  }

  private struct Pieces: Sendable {
    var own: [PresetLine] = []
    var builtIn: [PresetLine] = []
    /// Both, in the order of lists.
    var all: [PresetLine] = []
    var generation = 0
  }

  private struct State: Sendable {
    var pieces = Pieces()
    var hasBegun = false
    var isReading = false
    /// Whether they are to be read once more: something was saved.
    var isStale = false
  }

  private let state: Locked<State>
  private let read: (@Sendable (Publish) -> Void)?
  private let start: @Sendable (@escaping @Sendable () -> Void) -> Void
  private let changed: @Sendable () -> Void

  /// An index that knows its entries.
  package init(_ entries: [PresetEntry]) {
    var pieces = Pieces()
    pieces.all = entries.flatMap(PresetLine.lines)
    state = Locked(State(pieces: pieces, hasBegun: true))
    read = nil
    start = { _ in }
    changed = {}
  }

  /// An index that reads its entries when they are first asked for.
  ///
  /// - Parameters:
  ///   - start: Runs the reading, on a thread of its own.
  ///   - changed: Called on that thread whenever more is known.
  package init(
    start: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void,
    changed: @escaping @Sendable () -> Void = {},
    reading read: @escaping @Sendable (Publish) -> Void
  ) {
    state = Locked(State())
    self.read = read
    self.start = start
    self.changed = changed
  }

  /// All presets that are known by now, in teaching order; those of a group stand together.
  package var entries: [PresetEntry] {
    lines.filter { $0.variant == nil }.map(\.preset)
  }

  /// The same with their variants, one line each.
  var lines: [PresetLine] {
    begin()
    return state.withLock { $0.pieces.all }
  }

  /// Grows by one whenever more is known.
  var generation: Int { state.withLock { $0.pieces.generation } }

  /// Begins to read, unless that was done.
  package func begin() {
    let isFirst = state.withLock { state in
      defer { state.hasBegun = true }
      return !state.hasBegun
    }
    if isFirst { readOnce(showsPieces: true) }
  }

  /// Lets the entries be read anew: a preset was saved, or files may have changed since they were
  /// read. Until they are, the old ones are shown.
  func refresh() {
    guard read != nil else { return }
    let (isFirst, isReading) = state.withLock { state in
      defer { state.hasBegun = true }
      state.isStale = state.isReading
      return (!state.hasBegun, state.isReading)
    }
    if !isReading { readOnce(showsPieces: isFirst) }
  }

  private func readOnce(showsPieces: Bool) {
    guard let read else { return }
    state.withLock { $0.isReading = true }
    start { [self] in
      var pieces = Pieces()
      read { entries, place in
        let lines = entries.flatMap(PresetLine.lines)
        switch place {
        case .own: pieces.own += lines
        case .builtIn: pieces.builtIn += lines
        }
        if showsPieces { show(pieces) }
      }
      show(pieces)
      let isStale = state.withLock { state in
        defer { state.isStale = false }
        state.isReading = state.isStale
        return state.isStale
      }
      if isStale { readOnce(showsPieces: false) }
    }
  }

  private func show(_ pieces: Pieces) {
    let all = pieces.own + pieces.builtIn
    state.withLock { state in
      state.pieces.all = all
      state.pieces.generation += 1
    }
    changed()
  }
}

/// A line of the list of presets: a preset or one of its variants, prepared for searching.
struct PresetLine: Sendable {
  /// The preset.
  let preset: PresetEntry
  /// The variant; nil: the preset itself.
  let variant: String?
  /// Its lesson's title, where that is another than the preset's.
  let lessonTitle: String?
  /// Under what the picker finds it.
  let target: FuzzyMatch.Target
  /// What the palette shows of it, and under what it is found there.
  let item: PaletteItem
  let itemTargets: [FuzzyMatch.Target]

  private init(_ preset: PresetEntry, _ variant: String?) {
    self.preset = preset
    self.variant = variant
    let hasLesson = preset.lesson != nil && variant == nil
    let own = hasLesson ? preset.lesson?.title : nil
    lessonTitle = own == preset.title ? nil : own
    target = FuzzyMatch.Target(
      preset.name + (variant.map { " " + $0 } ?? ""),
      keywords: "\(preset.title) \(preset.group) \(preset.section) \(preset.summary)"
        + (hasLesson ? " lesson \(lessonTitle ?? "")" : ""))
    item = PaletteItem(
      title: "preset \(preset.name)" + (variant.map { ": " + $0 } ?? ""),
      bareName: variant ?? preset.name, summary: preset.title, end: "p",
      action: .load(preset: preset.name, variant: variant), heading: .presets)
    itemTargets = item.targets
  }

  /// The preset, then its variants.
  static func lines(_ preset: PresetEntry) -> [PresetLine] {
    [PresetLine(preset, nil)] + preset.variants.map { PresetLine(preset, $0) }
  }
}
