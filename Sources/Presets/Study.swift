package import Training

/// Many runs of one preset, numbered: each combination of the values of some settings.
///
/// Number i counts the values of the last axis fastest. What a run is depends on its number alone, so that studies may be cut
/// anywhere.
package struct Study: Sendable {
  /// A setting and its values, as text for `--set`.
  package struct Axis: Sendable, Equatable {
    /// The key.
    package var key: String
    /// The values.
    package var values: [String]

    /// A setting that is varied.
    package init(key: String, values: [String]) {
      self.key = key
      self.values = values
    }
  }

  /// What is varied, the outermost first.
  package let axes: [Axis]
  /// The number of runs.
  package let count: Int
  private let editor: SettingEditor

  /// Runs that begin together; a multiple of what shares lanes.
  private static let share = 256

  /// A study of a preset.
  ///
  /// - Parameter views: the views that exist; nil when they are not to be checked.
  package init(_ preset: Preset, over axes: [Axis], views: [String]? = nil) {
    self.axes = axes
    count = axes.reduce(1) { $0 * $1.values.count }
    editor = SettingEditor(preset, views: views)
  }

  /// The values of a run, in the order of the axes.
  package func values(_ number: Int) -> [String] {
    var rest = number
    var values: [String] = []
    for axis in axes.reversed() {
      values.append(axis.values[rest % axis.values.count])
      rest /= axis.values.count
    }
    return values.reversed()
  }

  /// A run at its beginning, and the preset that it is of.
  ///
  /// - Throws: `PresetError` where settings do not fit.
  package func begin(_ number: Int) throws(PresetError) -> (preset: Preset, run: Run) {
    try editor.begin(zip(axes, values(number)).map { Setting(key: $0.key, value: $1) })
  }

  /// Trains all runs to their end on up to `threads` threads (the caller waits).
  ///
  /// - Parameters:
  ///   - steps: the length of all runs; nil: what each preset says.
  ///   - isCancelled: asked now and then; runs that have not ended by then are nil.
  /// - Throws: `PresetError` of the first run whose settings do not fit.
  package func endings(
    steps: Int? = nil, threads: Int = 1,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> [RunEnding?] {
    let shares = (count + Self.share - 1) / Self.share
    // Small studies are shared out too.
    let size = max(1, min(Self.share, ((count + threads - 1) / threads + 7) / 8 * 8))
    let pieces = size == Self.share ? shares : (count + size - 1) / size
    let results = Parallel.map(count: pieces, threads: threads) { piece in
      Result<[RunEnding?], any Error> {
        let numbers = piece * size..<min((piece + 1) * size, count)
        if isCancelled() { return numbers.map { _ in nil } }
        let begun = try numbers.map { try begin($0) }
        let endings = RunEnding.endings(
          of: begun.map(\.run), steps: begun.map { steps ?? $0.preset.steps },
          isCancelled: isCancelled)
        return endings ?? numbers.map { _ in nil }
      }
    }
    return try results.flatMap { try $0.get() }
  }
}
