/// When the next frame may be drawn for a newer snapshot: the explorer takes at most about a tenth of a processor.
///
/// Keys are answered at once; only frames that nobody asked for wait. The least distance between them is 16 ms (60 a second),
/// and ten times what a frame costs, but never so long that the picture seems to stand.
struct FramePacer {
  /// Between two frames at least.
  static let least: Duration = .milliseconds(16)
  /// Between two frames at most.
  static let most: Duration = .milliseconds(250)
  /// Between two frames while the window has not the keyboard.
  static let away: Duration = .milliseconds(100)

  /// What a frame costs, smoothed.
  private var cost: Duration = .zero
  private var last: Duration?
  /// The window has the keyboard.
  var isFocused = true

  /// Takes note of a frame drawn from `start` to `end`.
  mutating func note(from start: Duration, to end: Duration) {
    let taken = max(.zero, end - start)
    cost = last == nil ? taken : (cost * 3 + taken) / 4
    last = start
  }

  /// When the next frame is due.
  var due: Duration {
    guard let last else { return .zero }
    let distance = min(FramePacer.most, max(FramePacer.least, cost * 10))
    return last + (isFocused ? distance : max(distance, FramePacer.away))
  }
}
