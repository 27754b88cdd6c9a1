package import Training

/// Many runs of one preset, numbered: each combination of the values of some settings.
///
/// Number i counts the values of the last axis fastest. What a run is depends on its number alone,
/// so that studies may be cut anywhere.
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
  package func values(_ number: Int) -> [String] { Self.values(number, over: axes) }

  /// The values of a run of a study over some axes.
  package static func values(_ number: Int, over axes: [Axis]) -> [String] {
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

  /// The values of the last axis as learning rates, where they are such and change nothing else of
  /// a preset; else nil.
  private func rates() -> [Double]? {
    guard let values = axes.last?.values, values.count > 1, count > values.count else { return nil }
    var first: Preset?
    var rates: [Double] = []
    // The first runs have all other settings in common.
    for number in values.indices {
      guard let preset = try? begin(number).preset,
        case .value(let rate) = preset.experiment.learningRate
      else { return nil }
      var other = first ?? preset
      other.experiment.learningRate = preset.experiment.learningRate
      guard other == preset else { return nil }
      first = other
      rates.append(rate)
    }
    return rates
  }

  /// Trains runs to their end on up to `threads` threads (the caller waits).
  ///
  /// - Parameters:
  ///   - numbers: which runs; nil: all.
  ///   - steps: the length of all runs; nil: what each preset says.
  ///   - watchesLosses: whether the losses of all steps are counted.
  ///   - isCancelled: asked now and then; runs that have not ended by then are nil.
  ///   - progress: told how many runs have ended since it was told last, from any thread.
  /// - Throws: `PresetError` of the first run whose settings do not fit.
  package func endings(
    of numbers: Range<Int>? = nil, steps: Int? = nil, threads: Int = 1,
    watchesLosses: Bool = false, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> [RunEnding?] {
    let all = numbers ?? 0..<count
    // Not for pieces of a row: finding out begins every run of one.
    let rates = all.count > (axes.last?.values.count ?? 0) ? rates() : nil
    // Several pieces a thread, since some runs end early; not so small that lanes stay empty.
    let eighth = (all.count / (8 * threads) + 7) / 8 * 8
    let half = ((all.count + threads - 1) / threads + 7) / 8 * 8
    let size = threads == 1 ? Self.share : max(1, min(Self.share, max(eighth, min(32, half))))
    let pieces = (all.count + size - 1) / size
    let results = Parallel.map(count: pieces, threads: threads) { piece in
      Result<[RunEnding?], any Error> {
        let first = all.lowerBound + piece * size
        let numbers = first..<min(first + size, all.upperBound)
        if isCancelled() { return numbers.map { _ in nil } }
        var runs: [Run] = []
        var lengths: [Int] = []
        runs.reserveCapacity(numbers.count)
        for number in numbers {
          // Runs that differ in their rate alone begin as copies.
          if let rates, let last = runs.last, number % rates.count > 0 {
            runs.append(last.begun(atRate: rates[number % rates.count]))
            lengths.append(lengths[lengths.count - 1])
            continue
          }
          let (preset, run) = try begin(number)
          runs.append(run)
          lengths.append(steps ?? preset.steps)
        }
        let endings = RunEnding.endings(
          of: runs, steps: lengths, watchesLosses: watchesLosses, isCancelled: isCancelled)
        if endings != nil { progress(numbers.count) }
        return endings ?? numbers.map { _ in nil }
      }
    }
    return try results.flatMap { try $0.get() }
  }
}
