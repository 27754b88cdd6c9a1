import Foundation
import Metrics
import Terminal
import Testing
import Training

@testable import Explorer

@Suite("Following metrics")
struct FollowTests {
  /// A follower that has read two files.
  static func follower() throws -> MetricsFollower {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "glissade-follow-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var a = ""
    var b = ""
    for step in 0..<200 {
      let loss = 2 / Double(step + 1)
      a += "{\"step\":\(step),\"loss\":\(loss + Double(step % 7) / 50),\"val_loss\":\(loss * 2)}\n"
      b += "{\"step\":\(step),\"loss\":\(step == 50 ? "NaN" : "\(loss / 2)"),\"acc\":0.5}\n"
    }
    let paths = ["a.jsonl", "b.jsonl"].map { folder.appendingPathComponent($0).path }
    for (path, text) in zip(paths, [a, b]) {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    let follower = MetricsFollower(paths)
    follower.readAll()
    return follower
  }

  static func state(
    _ size: Size = Size(width: 160, height: 48), rules: [FollowPane.Rule] = []
  ) throws -> Follow {
    try Follow(
      frame: follower().latest, rules: rules, title: "2 files", appearance: Appearance(),
      size: size)
  }

  @Test("each series has a pane, patterns put several into one")
  func panes() throws {
    #expect(try Self.state().panes.map(\.name) == ["loss", "val_loss", "acc"])
    let ruled = try Self.state(rules: [FollowPane.Rule("losses=*loss")])
    #expect(ruled.panes.map(\.name) == ["losses", "acc"])
    #expect(ruled.picture().text.contains("losses"))
  }

  @Test(
    "every key works at every size, and nothing is drawn outside",
    arguments: [
      Size(width: 160, height: 48), Size(width: 80, height: 24), Size(width: 40, height: 12),
      Size(width: 10, height: 3),
    ])
  func keys(size: Size) throws {
    var state = try Self.state(size)
    for entry in FollowKey.all {
      for key in entry.keys {
        _ = state.handle(key, at: .zero)
        if state.field != nil { _ = state.handle(Key(.escape), at: .zero) }
        #expect(state.picture().size == size)
      }
    }
  }

  @Test("the list hides runs and series; their curves and panes go")
  func hiding() throws {
    var state = try Self.state()
    _ = state.handle(Key(.enter), at: .zero)
    #expect(state.hiddenRuns == [0])
    for _ in 0..<2 { _ = state.handle(Key(.down), at: .zero) }
    _ = state.handle(Key(.enter), at: .zero)
    #expect(state.panes.map(\.name) == ["val_loss", "acc"])
    _ = state.handle(Key(.enter), at: .zero)
    #expect(state.panes.count == 3)
  }

  @Test("the crosshair reads values, raw and smoothed, and they are copied")
  func crosshair() throws {
    var state = try Self.state()
    for _ in 0..<3 { _ = state.handle(Key(.left), at: .zero) }
    let text = state.picture().text
    #expect(text.contains("smooth") && text.contains("raw") && text.contains("step 19"))
    guard case .copy(let copied) = state.handle(.type("y"), at: .zero) else {
      Issue.record("nothing was copied")
      return
    }
    #expect(copied.hasPrefix("run\tstep\tloss\tval_loss\tacc\na.jsonl\t19"))
  }

  @Test("a held picture stands while reading goes on, and catches up")
  func held() throws {
    var state = try Self.state()
    _ = state.handle(.type(" "), at: .zero)
    var newer = state.frame
    newer.generation += 1
    state.see(newer)
    #expect(state.frame.generation == newer.generation - 1)
    _ = state.handle(.type(" "), at: .zero)
    #expect(state.frame.generation == newer.generation)
  }

  @Test("what is not finite is marked and counted")
  func notFinite() throws {
    let text = try Self.state().picture().text
    #expect(text.contains("×") && text.contains("1 not finite"))
  }

  @Test("before the first row it says what is waited for")
  func waiting() {
    let follower = MetricsFollower(["/nonexistent/x.jsonl"])
    let state = Follow(
      frame: follower.latest, title: "x", appearance: Appearance(),
      size: Size(width: 80, height: 24))
    #expect(state.picture().text.contains("waiting for the first row of /nonexistent/x.jsonl"))
  }

  @Test("it runs in the explorer's loop: q leaves with 0, news are drawn at their pace")
  func loop() throws {
    let screen = MemoryScreen(size: Size(width: 100, height: 30))
    var loop = FollowLoop(
      try Self.state(screen.size), screen: screen, source: try Self.follower(),
      clock: { .zero })
    loop.start()
    #expect(loop.turn() == nil)
    #expect(screen.presentCount == 1)
    screen.waker.wake()
    #expect(loop.turn() == nil)
    screen.send(.key(.type("q")))
    #expect(loop.turn() == 0)
  }
}
