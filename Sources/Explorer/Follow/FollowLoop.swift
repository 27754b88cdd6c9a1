package import Metrics
package import Terminal
package import Training

/// Runs `glissade follow`: the explorer's loop around metrics that are read elsewhere.
package struct FollowLoop<Source: FrameSource>: FrameLoop where Source.Frame == MetricsFrame {
  /// The state.
  package private(set) var follow: Follow
  /// Where it draws.
  package let screen: any Screen
  private let source: Source
  private let copy: (String) -> Void
  private let clock: () -> Duration
  private var pacer = FramePacer()
  private var shown: Canvas?
  private var needsFrame = true
  private var hasNews = false
  private var generation = -1

  /// How old the last row is, and who is silent, is told anew so often.
  private static var period: Duration { .seconds(1) }

  /// A loop. `copy` puts text where the system keeps such; `clock` counts from any origin.
  package init(
    _ follow: Follow, screen: any Screen, source: Source,
    copy: @escaping (String) -> Void = { _ in }, clock: (() -> Duration)? = nil
  ) {
    self.follow = follow
    self.screen = screen
    self.source = source
    self.copy = copy
    let start = ContinuousClock.now
    self.clock = clock ?? { ContinuousClock.now - start }
  }

  /// Runs until somebody quits; returns the exit code.
  package mutating func run() -> Int32 {
    start()
    return turns()
  }

  package mutating func start() { follow.size = screen.size }

  package func patience() -> Duration? {
    if needsFrame { return .zero }
    let now = clock()
    var end = isOver ? nil : now + Self.period
    if hasNews { end = min(end ?? pacer.due, pacer.due) }
    if let message = follow.message { end = min(end ?? message.end, message.end) }
    return end.map { max(.zero, $0 - now) }
  }

  /// Whether nothing will ever change by itself.
  private var isOver: Bool {
    follow.frame.sources.allSatisfy { $0.state == .ended && $0.path == "-" }
  }

  package mutating func take(_ event: Event) -> Int32? {
    switch event {
    case .wake:
      hasNews = true
      return nil
    case .focus(let focused):
      pacer.isFocused = focused
      return nil
    case .mouse(let mouse):
      guard mouse.action != .move, mouse.action != .release else { return nil }
      follow.handle(mouse)
    case .key(let key):
      switch follow.handle(key, at: clock()) {
      case .none: break
      case .quit: return key == .control("c") ? 130 : 0
      case .copy(let text):
        screen.copy(text)
        copy(text)
      case .repaint:
        screen.redraw()
        shown = nil
      case .suspend:
        screen.suspend()
        shown = nil
        follow.size = screen.size
      }
    case .paste(let text): follow.field?.insert(text)
    case .resize(let size): follow.size = size
    case .background(let color): follow.appearance.follow(background: color)
    case .end(let code): return code
    }
    needsFrame = true
    return nil
  }

  package mutating func drawIfDue() {
    let now = clock()
    if let message = follow.message, message.end <= now {
      follow.message = nil
      needsFrame = true
    }
    let latest = hasNews && pacer.due <= now || !hasNews && !needsFrame
    guard needsFrame || latest else { return }
    hasNews = false
    needsFrame = false
    let before = ThreadClock.now
    follow.see(source.latest)
    let canvas = follow.picture()
    if canvas != shown {
      screen.present(canvas)
      shown = canvas
    }
    pacer.note(from: now, to: clock(), work: ThreadClock.now - before)
  }
}
