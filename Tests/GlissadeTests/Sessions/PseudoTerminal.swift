import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A terminal that does nothing but hold bytes until somebody reads them, with the program in it.
final class PseudoTerminal {
  /// The program.
  let process: pid_t
  private let master: Int32
  private let slave: Int32
  /// All that was read so far.
  private(set) var output: [UInt8] = []
  private let folder: URL
  private let isShared: Bool
  private let before: termios

  /// Starts the explorer in a terminal of 200×60 cells, and waits for its first frame.
  ///
  /// - Parameter shared: the folder of configuration and state, which stays; nil: a new one, which
  ///   goes with the terminal.
  init(_ arguments: [String], shared: URL? = nil) throws {
    folder = try shared ?? Program.scratch()
    isShared = shared != nil
    try Program.markStarted(state: folder)
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var unlocked: Int32 = 0
    var number: UInt32 = 0
    // TIOCSPTLCK and TIOCGPTN; the functions for them are not imported.
    guard master >= 0, ioctl(master, 0x4004_5431, &unlocked) == 0,
      ioctl(master, 0x8004_5430, &number) == 0
    else { throw Command.Failure(description: "no pseudo-terminal: errno \(errno)") }
    let path = "/dev/pts/\(number)"
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    var window = winsize(ws_row: 60, ws_col: 200, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &window)
    var modes = termios()
    tcgetattr(slave, &modes)
    before = modes
    process = try Command.spawn(
      [Program.path] + arguments,
      environment: [
        "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
        "HOME": folder.path, "XDG_CONFIG_HOME": folder.path, "XDG_STATE_HOME": folder.path,
      ], input: (path, O_RDWR), output: slave, isSession: true)
    try read(until: { $0.contains("quit") })
  }

  deinit {
    kill(process, SIGKILL)
    var state: Int32 = 0
    waitpid(process, &state, 0)
    close(master)
    close(slave)
    if !isShared { try? FileManager.default.removeItem(at: folder) }
  }

  /// Reads until the text of all output is as wished.
  func read(until isDone: (String) -> Bool) throws {
    let end = ContinuousClock.now + .seconds(30)
    while !isDone(String(decoding: output, as: UTF8.self)) {
      guard ContinuousClock.now < end else {
        throw Command.Failure(description: "waited in vain; \(output.count) bytes came")
      }
      readWhatThereIs(waiting: 100)
    }
  }

  /// Reads what waits to be read; the first of it may need some milliseconds.
  func readWhatThereIs(waiting milliseconds: Int32 = 0) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var wait = milliseconds
    while true {
      var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, wait) > 0 else { return }
      let count = Glibc.read(master, &buffer, buffer.count)
      guard count > 0 else { return }
      output += buffer[0..<count]
      wait = 0
    }
  }

  /// Reads, after the program has ended, until the second screen was left. The kernel hands on what
  /// waits in pieces, one behind the other, so that nothing to read for a moment is not the end.
  func readEnding() {
    let end = ContinuousClock.now + .seconds(5)
    while !ending.contains("[?1049l"), ContinuousClock.now < end {
      readWhatThereIs(waiting: 50)
    }
  }

  /// Types keys.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Has whole frames sent until the terminal is full and the program waits for it.
  func stall() throws {
    let end = ContinuousClock.now + .seconds(30)
    // Full means that for a while nothing more can be added, though there are frames to send.
    while ContinuousClock.now < end {
      type("\u{C}")
      _ = poll(nil, 0, 20)
      var polled = pollfd(fd: slave, events: Int16(POLLOUT), revents: 0)
      if poll(&polled, 1, 100) == 0 { return }
    }
    throw Command.Failure(description: "the terminal never filled")
  }

  /// One of the program's threads besides the one that draws.
  func otherThread() throws -> pid_t {
    let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
    return try #require(threads.compactMap { pid_t($0) }.first { $0 != process })
  }

  /// Sends a signal to the program, or to one thread of it; how long the program took to end, and
  /// by which status, as a shell counts them.
  func end(by signal: Int32, in thread: pid_t? = nil) throws -> (after: Duration, status: Int32) {
    let start = ContinuousClock.now
    if let thread {
      // It is in the C library, but not among what is imported of it.
      typealias Send = @convention(c) (pid_t, pid_t, Int32) -> Int32
      let send = unsafeBitCast(try #require(dlsym(nil, "tgkill")), to: Send.self)
      #expect(send(process, thread, signal) == 0)
    } else {
      kill(process, signal)
    }
    var state: Int32 = 0
    while ContinuousClock.now - start < .seconds(10) {
      if waitpid(process, &state, WNOHANG) == process {
        let number = state & 0x7F
        return (ContinuousClock.now - start, number == 0 ? state >> 8 & 0xFF : 128 + number)
      }
      _ = poll(nil, 0, 2)
    }
    return (ContinuousClock.now - start, -1)
  }

  /// Whether line discipline and modes are what they were.
  var isRestored: Bool {
    var now = termios()
    tcgetattr(slave, &now)
    return now.c_iflag == before.c_iflag && now.c_oflag == before.c_oflag
      && now.c_lflag == before.c_lflag && now.c_cflag == before.c_cflag
  }

  /// The text of the output behind the last frame.
  var ending: String { String(decoding: output.suffix(400), as: UTF8.self) }
}
