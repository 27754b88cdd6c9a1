import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Waits for bytes of the terminal and for wake-ups, and parses.
struct TerminalInput {
  /// How waiting ended.
  enum Outcome { case ready, woken, timedOut, gone }

  private let terminal: Int32
  private let pipe: WakePipe
  private var parser = InputParser()
  private var events: [Event] = []
  private var taken = 0
  private var lastByte = ContinuousClock.now
  private var buffer = [UInt8](repeating: 0, count: 4096)

  /// Input from a terminal and a pipe.
  init(terminal: Int32, pipe: WakePipe) {
    self.terminal = terminal
    self.pipe = pipe
  }

  /// The next event that is already here.
  mutating func next() -> Event? {
    guard taken < events.count else { return nil }
    defer {
      taken += 1
      if taken == events.count {
        events.removeAll(keepingCapacity: true)
        taken = 0
      }
    }
    return events[taken]
  }

  /// Waits until something came, at most `timeout` (nil: for ever).
  mutating func wait(_ timeout: Duration?) -> Outcome {
    var limit = timeout
    var decides = false
    if let patience = parser.patience {
      let left = max(.zero, patience - (ContinuousClock.now - lastByte))
      if limit.map({ left <= $0 }) ?? true { (limit, decides) = (left, true) }
    }
    var polled = [
      pollfd(fd: terminal, events: Int16(POLLIN), revents: 0),
      pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&polled, 2, TerminalInput.milliseconds(limit))
    if count < 0 { return .ready }  // A signal; its handler has left a note.
    if count == 0 {
      guard decides else { return .timedOut }
      events += parser.flush()
      return .ready
    }
    // Keys first: they were there when a wake-up came.
    if polled[0].revents != 0 {
      let got = read(terminal, &buffer, buffer.count)
      if got > 0 {
        lastByte = .now
        events += parser.feed(buffer[0..<got])
        return .ready
      }
      if got == 0 || (errno != EINTR && errno != EAGAIN) { return .gone }
    }
    return polled[1].revents != 0 && pipe.take() ? .woken : .ready
  }

  /// For poll: rounded up, so that it never spins just before the end; -1 for ever.
  private static func milliseconds(_ duration: Duration?) -> Int32 {
    guard let duration else { return -1 }
    let parts = duration.components
    guard parts.seconds < 1_000_000 else { return 1_000_000_000 }
    let micro = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    return Int32(max(0, (micro + 999) / 1000))
  }
}
