/// When the next frame may be drawn for a newer snapshot: the explorer takes at most about a
/// fifteenth of a processor.
///
/// Keys are answered at once; only frames that nobody asked for wait. The least distance between
/// them is 16 ms (60 a second), fifteen times the processor time of a frame, and twice what it
/// takes by the clock (a slow terminal, a busy machine); but never so long that the picture seems
/// to stand.
struct FramePacer {
  /// Between two frames at least.
  static let least: Duration = .milliseconds(16)
  /// Between two frames at most.
  static let most: Duration = .milliseconds(250)
  /// Between two frames while the window has not the keyboard.
  static let away: Duration = .milliseconds(100)

  /// Processor time of a frame, smoothed.
  private var cost: Duration = .zero
  /// What a frame takes by the clock, smoothed.
  private var span: Duration = .zero
  private var last: Duration?
  /// The window has the keyboard.
  var isFocused = true

  /// Takes note of a frame drawn from `start` to `end` with `work` of processor time.
  mutating func note(from start: Duration, to end: Duration, work: Duration) {
    func smooth(_ old: Duration, _ new: Duration) -> Duration {
      last == nil ? max(.zero, new) : (old * 3 + max(.zero, new)) / 4
    }
    cost = smooth(cost, work)
    span = smooth(span, end - start)
    last = start
  }

  /// When the next frame is due.
  var due: Duration {
    guard let last else { return .zero }
    let distance = min(FramePacer.most, max(FramePacer.least, cost * 15, span * 2))
    return last + (isFocused ? distance : max(distance, FramePacer.away))
  }
}
