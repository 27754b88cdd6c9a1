import Foundation
import Training

/// A picture of what is followed, at one moment.
package struct MetricsFrame: Sendable {
  /// A file or stream.
  package struct Source: Sendable {
    /// As it was named; `-` is the standard input.
    package var path: String
    /// How it stands.
    package var state: SourceState
    /// What happened to it last: truncated, rotated.
    package var event: String?
    /// Whether its last line has no end yet.
    package var hasRest: Bool
    /// Lines that were no rows.
    package var passedOver: Int
  }

  /// What was read.
  package var table: MetricsTable
  /// Where from.
  package var sources: [Source]
  /// Which part of what was there has been read, 0 to 1; nil: all.
  package var progress: Double?
  /// Seconds since the last row came; nil: none did.
  package var age: Double?
  /// Counts frames that differ.
  package var generation: Int
  /// Files that were left out: there are too many.
  package var lostFiles: Int
}

/// Follows files and streams of metrics on a thread of its own.
///
/// Streams are waited for; files are looked at many times a second, which costs a call each. What
/// comes is taken in in batches, so that a thousand rows a second wake nobody a thousand times.
package final class MetricsFollower: FrameSource {
  private struct State: Sendable {
    var table: MetricsTable
    var sources: [MetricsSource] = []
    var generation = 0
    var lostFiles = 0
    var isStopped = false
  }

  private let state: Locked<State>
  private let patterns: [String]
  private let finished = DispatchSemaphore(value: 0)

  /// Batches are so far apart at least, in microseconds.
  private static let pause: UInt32 = 15_000
  /// Files are looked at so often while nothing comes, in milliseconds.
  private static let interval: Int32 = 30
  /// Files that are followed.
  package static let mostFiles = MetricsTable.mostRuns

  /// Follows paths (`-`: the standard input); patterns like `runs/*.jsonl` are looked at again and
  /// again, for new files.
  package init(_ paths: [String], step: String? = nil, clock: String? = nil) {
    patterns = paths.filter {
      GlobPattern.isPattern($0) && access($0, F_OK) != 0
    }
    var first = State(table: MetricsTable(step: step, clock: clock))
    for path in paths where !patterns.contains(path) { MetricsFollower.add(path, to: &first) }
    state = Locked(first)
    lookForFiles()
  }

  private static func now() -> Double { Date().timeIntervalSince1970 }

  private static func add(_ path: String, to state: inout State) {
    guard !state.sources.contains(where: { $0.path == path }) else { return }
    guard state.sources.count < mostFiles else {
      state.lostFiles += 1
      return
    }
    let parts = path.split(separator: "/")
    var name = parts.last.map(String.init) ?? path
    // Files of one name are told apart by their folders.
    if state.sources.contains(where: { ($0.path as NSString).lastPathComponent == name }) {
      name = parts.suffix(2).joined(separator: "/")
    }
    state.sources.append(
      MetricsSource(path: path, number: state.sources.count, name: path == "-" ? "-" : name))
    state.generation += 1
  }

  private func lookForFiles() {
    for pattern in patterns {
      var found = glob_t()
      defer { globfree(&found) }
      guard glob(pattern, 0, nil, &found) == 0 else { continue }
      let paths = (0..<Int(found.gl_pathc)).compactMap {
        found.gl_pathv[$0].map { String(cString: $0) }
      }
      state.withLock { state in
        for path in paths { MetricsFollower.add(path, to: &state) }
      }
    }
  }

  /// Reads all that comes until it is stopped; `changed` is called when there is something new.
  package func start(changed: @escaping @Sendable () -> Void) {
    Thread.detachNewThread { [self] in
      var turns = 0
      while true {
        let turn = self.turn()
        if turn.isStopped { break }
        if turn.isNews { changed() }
        turns += 1
        if !turn.isBehind {
          self.wait(for: turn.stream, isNews: turn.isNews)
          if turns % 32 == 0 { lookForFiles() }
        }
      }
      finished.signal()
    }
  }

  /// Ends the thread, and waits for that.
  package func stop() {
    state.withLock { $0.isStopped = true }
    finished.wait()
  }

  private func wait(for stream: Int32?, isNews: Bool) {
    if isNews { usleep(MetricsFollower.pause) }
    if let stream {
      var wanted = pollfd(fd: stream, events: Int16(POLLIN), revents: 0)
      _ = poll(&wanted, 1, MetricsFollower.interval)
    } else {
      usleep(UInt32(MetricsFollower.interval) * 1000)
    }
  }

  /// One look at every source.
  private func turn() -> (isStopped: Bool, isNews: Bool, isBehind: Bool, stream: Int32?) {
    let now = MetricsFollower.now()
    return state.withLock { state in
      guard !state.isStopped else { return (true, false, false, nil) }
      var isNews = false
      for index in state.sources.indices {
        isNews = state.sources[index].read(into: &state.table, at: now) || isNews
      }
      if isNews { state.generation += 1 }
      let isBehind = state.sources.contains { !$0.isCaughtUp && !$0.isOver && $0.path != "-" }
      let stream = state.sources.first { $0.path == "-" && !$0.isOver }
      return (false, isNews, isBehind, stream.map { _ in STDIN_FILENO })
    }
  }

  /// Reads files to their present ends and streams to their end, in this thread.
  ///
  /// - Parameter isInterrupted: Ends it early where it says so.
  package func readAll(isInterrupted: () -> Bool = { false }) {
    while !isInterrupted() {
      let turn = turn()
      if turn.isNews || turn.isBehind { continue }
      guard let stream = turn.stream else { break }
      var wanted = pollfd(fd: stream, events: Int16(POLLIN), revents: 0)
      _ = poll(&wanted, 1, 200)
    }
    let now = MetricsFollower.now()
    state.withLock { state in
      for index in state.sources.indices {
        state.sources[index].takeRest(into: &state.table, at: now)
      }
    }
  }

  /// What was read so far.
  package var latest: MetricsFrame {
    let now = MetricsFollower.now()
    return state.withLock { state in
      state.table.settle()
      let behind = state.sources.filter { !$0.isCaughtUp && !$0.isOver && $0.path != "-" }
      let size = state.sources.reduce(0) { $0 + $1.size }
      let done = state.sources.reduce(0) { $0 + ($1.path == "-" ? 0 : $1.done) }
      return MetricsFrame(
        table: state.table,
        sources: state.sources.map {
          MetricsFrame.Source(
            path: $0.path, state: $0.state(at: now), event: $0.event, hasRest: $0.hasRest,
            passedOver: $0.lines.passedOver)
        },
        progress: behind.isEmpty || size == 0 ? nil : min(1, Double(done) / Double(size)),
        age: state.table.rows > 0
          ? state.sources.compactMap(\.lastGrowth).max().map { now - $0 } : nil,
        generation: state.generation,
        lostFiles: state.lostFiles)
    }
  }
}
