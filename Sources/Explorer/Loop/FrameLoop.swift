package import Terminal

/// A loop that waits for events and draws when something changed: what the explorer and the
/// follower of metrics have in common.
package protocol FrameLoop {
  /// Where it draws and events come from.
  var screen: any Screen { get }
  /// Takes in the window's size.
  mutating func start()
  /// Draws when the person did something, or when news are due.
  mutating func drawIfDue()
  /// How long to wait for an event: for ever (nil) when nothing is going to change by itself.
  func patience() -> Duration?
  /// Takes in one event; an exit code ends the loop.
  mutating func take(_ event: Event) -> Int32?
}

extension FrameLoop {
  /// One turn: draws what is due, waits for an event, takes in what came; an exit code when
  /// somebody quit.
  package mutating func turn() -> Int32? {
    drawIfDue()
    guard let event = screen.nextEvent(timeout: patience()) else { return nil }
    if let code = take(event) { return code }
    for _ in 1..<FrameBurst.most {
      guard let next = screen.nextEvent(timeout: .zero) else { break }
      if let code = take(next) { return code }
    }
    return nil
  }

  /// Turns until somebody quits; returns the exit code.
  package mutating func turns() -> Int32 {
    while true {
      if let code = turn() { return code }
    }
  }
}

/// Events taken between two frames.
private enum FrameBurst {
  /// At most so many, so that a flood of them cannot freeze the picture.
  static let most = 512
}
