import Synchronization

/// A screen in memory: shows what tests ask, and says what tests tell it.
package final class MemoryScreen: Screen {
  /// Its extent now.
  package private(set) var size: Size
  /// What it pretends to show.
  package let capabilities: Capabilities
  /// The last canvas that was presented.
  package private(set) var canvas: Canvas?
  /// How often something was presented.
  package private(set) var presentCount = 0
  /// How often it was suspended.
  package private(set) var suspendCount = 0
  /// How often it was told to forget what it shows.
  package private(set) var redrawCount = 0
  /// What was put on the clipboard.
  package private(set) var copied: [String] = []
  /// Whether the mouse is reported.
  package private(set) var reportsMouse = true
  private var script: [Event] = []
  private var position = 0
  private let awake = WakeFlag()

  /// A screen with a script of events.
  package init(
    size: Size = Size(width: 80, height: 24),
    capabilities: Capabilities = Capabilities(colors: .direct, unicode: true),
    events: [Event] = []
  ) {
    self.size = size
    self.capabilities = capabilities
    script = events
  }

  /// Shows a canvas.
  package func present(_ canvas: Canvas) {
    self.canvas = canvas
    presentCount += 1
  }

  /// The next event of the script, or `.wake` when somebody woke it. An exhausted script is as if
  /// time ran out at once, whatever the timeout, so that a test never hangs.
  package func nextEvent(timeout: Duration?) -> Event? {
    if awake.take() { return .wake }
    guard position < script.count else { return nil }
    let event = script[position]
    position += 1
    if position == script.count {
      script.removeAll(keepingCapacity: true)
      position = 0
    }
    if case .resize(let size) = event { self.size = size }
    return event
  }

  /// Counts; a memory has no terminal to give back.
  package func suspend() { suspendCount += 1 }

  /// Counts; a memory is never written over.
  package func redraw() { redrawCount += 1 }

  /// Keeps the text.
  package func copy(_ text: String) { copied.append(text) }

  /// Keeps what was asked for.
  package func reportMouse(_ isOn: Bool) { reportsMouse = isOn }

  /// Wakes it, from any thread.
  package var waker: Waker {
    let awake = awake
    return Waker { awake.set() }
  }

  /// Adds to the script.
  package func send(_ events: [Event]) { script += events }
  /// Adds to the script.
  package func send(_ events: Event...) { script += events }
  /// Adds characters as keys to the script.
  package func type(_ text: String) {
    for scalar in text.unicodeScalars { script.append(.key(Key(.character(scalar)))) }
  }
  /// Changes the window: `size` at once, the event comes after what is already in the script.
  package func resize(to size: Size) {
    self.size = size
    script.append(.resize(size))
  }
  /// Whether the script is exhausted.
  package var isIdle: Bool { position == script.count }
}

/// Whether somebody woke a screen.
private final class WakeFlag: Sendable {
  private let flag = Atomic<Bool>(false)
  /// Raises it.
  func set() { flag.store(true, ordering: .releasing) }
  /// Lowers it; true when it was up.
  func take() -> Bool { flag.exchange(false, ordering: .acquiring) }
}
