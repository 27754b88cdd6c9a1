/// The way to a moment of the past: so many steps from one that is kept, under the settings that are
/// in force already.
struct ReplayWay: Equatable, Sendable {
  /// A stretch of a course between two changes, along which all steps cost the same.
  struct Stretch: Equatable, Sendable {
    /// The course.
    var run: RunID
    /// The changes before it.
    var changes: Int
  }

  /// Where it is.
  var stretch: Stretch
  /// Steps that are replayed.
  var steps: Int
}

/// How far replays reach that take little, as those before have shown.
struct NearReplays: Sendable {
  private var stretch: ReplayWay.Stretch?
  /// Steps that were replayed in little time; nil: even none took long.
  private var reach: Int?

  /// Little time.
  static let limit = Duration.milliseconds(1)

  /// Whether a replay takes about as little.
  func covers(_ way: ReplayWay) -> Bool {
    guard stretch == way.stretch, let reach else { return false }
    return way.steps <= 2 * reach
  }

  /// Hears what a replay took.
  mutating func note(_ way: ReplayWay, took time: Duration) {
    if stretch != way.stretch {
      stretch = way.stretch
      reach = nil
    }
    if time < NearReplays.limit {
      reach = max(reach ?? 0, min(way.steps, 1 << 40))
    } else if let known = reach, way.steps <= 2 * known {
      reach = way.steps > 0 ? way.steps / 4 : nil
    }
  }
}
