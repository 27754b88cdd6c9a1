import Foundation

/// How a source stands.
package enum SourceState: Sendable, Equatable {
  /// There is no such file yet.
  case missing
  /// It has been read to its end and grows, or may grow.
  case live
  /// Nothing came for a while, in seconds.
  case silent(Double)
  /// It will not grow: the writer closed it, or left it alone for long.
  case ended
  /// It cannot be read: why.
  case failed(String)
}

/// A file or stream of metrics that grows.
///
/// What is read are whole lines, which end with LF, CRLF or CR; the beginning of one waits for its
/// end. A file that becomes
/// shorter was truncated: it is read anew. One that lies under the name instead of it (rotation) is
/// read after it, as its continuation.
struct MetricsSource: Sendable {
  /// As it was named; `-` is the standard input.
  let path: String
  /// Its rows.
  private(set) var lines: MetricsLines
  /// What happened to it last.
  private(set) var event: String?
  /// Bytes that were read.
  private(set) var done = 0
  /// Bytes that it had when it was opened.
  private(set) var size = 0
  /// Whether all that was there has been read.
  private(set) var isCaughtUp = false
  /// Whether the last line has no end yet.
  var hasRest: Bool { !rest.isEmpty }

  /// Open; -1: not.
  private(set) var descriptor: Int32 = -1
  private let isStream: Bool
  private var identity: (device: UInt64, node: UInt64)?
  private var rest: [UInt8] = []
  private var isOverlong = false
  private var isEnded = false
  private var failure: String?
  /// When it grew last, in seconds since 1970; nil: it never did.
  private(set) var lastGrowth: Double?

  /// The longest line that is read.
  private static let longestLine = 1 << 20
  /// Bytes of a read.
  private static let chunk = 1 << 20
  /// Seconds without a byte after which a file is silent, and after which it has ended.
  private static let patience = (silent: 10.0, ended: 600.0)

  /// A source; nothing is opened yet.
  init(path: String, number: Int, name: String) {
    self.path = path
    isStream = path == "-"
    lines = MetricsLines(source: number, name: name)
  }

  /// How it stands.
  func state(at now: Double) -> SourceState {
    if let failure { return .failed(failure) }
    if isEnded { return .ended }
    guard descriptor >= 0 else { return .missing }
    guard let lastGrowth else { return .live }
    let silence = now - lastGrowth
    if isStream { return silence > MetricsSource.patience.silent ? .silent(silence) : .live }
    if silence > MetricsSource.patience.ended { return .ended }
    return silence > MetricsSource.patience.silent ? .silent(silence) : .live
  }

  /// Whether nothing will come any more.
  var isOver: Bool { isEnded || failure != nil }

  /// Reads what has come, up to some megabytes; true when anything did.
  mutating func read(into table: inout MetricsTable, at now: Double) -> Bool {
    guard !isOver, open(at: now) else { return false }
    if !isStream { restartIfTruncated(&table) }
    var isNews = false
    for _ in 0..<4 {
      let count = readChunk(into: &table, at: now)
      if count > 0 {
        isNews = true
        // The age of what was there before is the file's.
        if isCaughtUp || isStream { lastGrowth = now }
      } else {
        isNews = endOfData(count, into: &table, at: now) || isNews
        break
      }
    }
    return isNews
  }

  private mutating func open(at now: Double) -> Bool {
    if descriptor >= 0 { return true }
    if isStream {
      descriptor = STDIN_FILENO
      return true
    }
    let opened = Foundation.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard opened >= 0 else {
      if errno != ENOENT { failure = String(cString: strerror(errno)) }
      isCaughtUp = true
      return false
    }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      failure = "is a folder"
      close(opened)
      return false
    }
    // Terminals and pipes have lines; other devices have none, or never end.
    guard status.st_mode & S_IFMT != S_IFCHR || isatty(opened) == 1 else {
      failure = "is a device"
      close(opened)
      return false
    }
    descriptor = opened
    identity = (UInt64(status.st_dev), UInt64(status.st_ino))
    size += max(0, Int(status.st_size))
    lastGrowth = Double(status.st_mtim.tv_sec)
    isCaughtUp = false
    return true
  }

  private mutating func restartIfTruncated(_ table: inout MetricsTable) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) < Int(lseek(descriptor, 0, SEEK_CUR))
    else { return }
    lseek(descriptor, 0, SEEK_SET)
    for run in lines.ownRuns { table.clear(run: run) }
    lines.restart()
    rest.removeAll()
    isOverlong = false
    event = "truncated, read anew"
  }

  private mutating func readChunk(into table: inout MetricsTable, at now: Double) -> Int {
    let old = rest
    let before = old.count
    rest = []
    let descriptor = descriptor
    let isStream = isStream
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: before + MetricsSource.chunk) { target, used in
      used = before
      guard let base = target.baseAddress else { return }
      old.withUnsafeBufferPointer { old in
        if let first = old.baseAddress { base.update(from: first, count: before) }
      }
      // A stream is not made non-blocking: others may share it.
      if isStream {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, 0) > 0 else {
          count = -1
          return
        }
      }
      repeat {
        count = Foundation.read(descriptor, base + before, MetricsSource.chunk)
      } while count < 0 && errno == EINTR
      if count > 0 { used = before + count }
      if count < 0, errno != EAGAIN, errno != EWOULDBLOCK { count = -2 }
    }
    guard count > 0 else {
      rest = bytes
      return count
    }
    done += count
    if done == count, bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      failure = "is text in UTF-16; UTF-8 is read (iconv -f UTF-16 -t UTF-8)"
      return count
    }
    var start = 0
    bytes.withUnsafeBufferPointer { all in
      while let end = MetricsSource.end(of: 0x0A, in: all, from: start) {
        takeLine(all[start..<end], into: &table, at: now)
        start = end + 1
      }
      // What has no LF yet may have ends of the other kind.
      while let end = MetricsSource.end(of: 0x0D, in: all, from: start) {
        takeLine(all[start..<end], into: &table, at: now)
        start = end + 1
      }
    }
    if bytes.count - start > MetricsSource.longestLine {
      isOverlong = true
    } else {
      rest = Array(bytes[start...])
    }
    return count
  }

  private static func end(
    of byte: UInt8, in all: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    guard start < all.count, let base = all.baseAddress,
      let found = memchr(base + start, Int32(byte), all.count - start)
    else { return nil }
    return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
  }

  /// Takes in what lies before an LF: a line, or several that end with CR.
  private mutating func takeLine(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, into table: inout MetricsTable, at now: Double
  ) {
    if isOverlong {
      isOverlong = false
      lines.passOver()
      return
    }
    let text = UnsafeBufferPointer(rebasing: text)
    var start = 0
    while let end = MetricsSource.end(of: 0x0D, in: text, from: start) {
      lines.take(
        UnsafeBufferPointer(rebasing: text[start..<end]), into: &table, arrival: now)
      start = end + 1
    }
    lines.take(UnsafeBufferPointer(rebasing: text[start...]), into: &table, arrival: now)
  }

  /// There is nothing more for now: for ever, or under another file by this name.
  private mutating func endOfData(
    _ count: Int, into table: inout MetricsTable, at now: Double
  ) -> Bool {
    if count == -2 {
      failure = String(cString: strerror(errno))
      return true
    }
    if isStream {
      guard count == 0 else {
        isCaughtUp = true
        return false
      }
      takeRest(into: &table, at: now)
      isEnded = true
      isCaughtUp = true
      return true
    }
    let wasCaughtUp = isCaughtUp
    isCaughtUp = true
    var status = stat()
    guard stat(path, &status) == 0, let identity,
      identity != (UInt64(status.st_dev), UInt64(status.st_ino))
    else { return !wasCaughtUp }
    takeRest(into: &table, at: now)
    close(descriptor)
    descriptor = -1
    lines.restart()
    event = "rotated"
    return true
  }

  /// Takes the last line in as it is: its end will not come.
  mutating func takeRest(into table: inout MetricsTable, at now: Double) {
    guard !rest.isEmpty, !isOverlong else { return }
    let last = rest
    rest = []
    last.withUnsafeBufferPointer { lines.take($0, into: &table, arrival: now) }
  }
}
