import Foundation
import Lanes
import Terminal
import Testing
import Training

@testable import Explorer

@Suite("The loop")
struct LoopTests {
  @Test("paused and idle it waits for ever and draws nothing")
  func idle() {
    let stage = Stage()
    stage.screen.type(" ")
    stage.settle()
    stage.wait(.seconds(10))
    stage.settle()
    #expect(stage.loop.patience() == nil)
    let count = stage.screen.presentCount
    stage.wait(.seconds(60))
    for _ in 0..<10 { _ = stage.loop.turn() }
    #expect(stage.screen.presentCount == count)
    #expect(stage.loop.patience() == nil)
  }

  @Test("many wakes are one frame, not before its time; the last is never lost")
  func coalescing() {
    let stage = Stage()
    stage.settle()
    let count = stage.screen.presentCount
    for _ in 0..<100 {
      stage.learner.advance()
      _ = stage.loop.turn()
    }
    #expect(stage.screen.presentCount == count)
    #expect(stage.loop.patience() ?? .zero <= FramePacer.most)
    stage.settle()
    #expect(stage.screen.presentCount <= count + 2)
    #expect(stage.screen.canvas?.text.contains("step 220") == true)
    #expect(stage.screen.canvas == stage.fresh)
  }

  @Test("the learner's answer to a key is shown at once, whatever the pace of frames")
  func answersAreQuick() {
    let stage = Stage()
    stage.settle()
    stage.screen.type(" ")
    // The key's own frame, and the answer's; no time passes.
    for _ in 0..<3 { _ = stage.loop.turn() }
    #expect(stage.loop.explorer.snapshot.status == .paused)
    #expect(stage.screen.canvas == stage.fresh)
    // News that nobody asked for wait for their turn again.
    let count = stage.screen.presentCount
    stage.learner.advance()
    for _ in 0..<3 { _ = stage.loop.turn() }
    #expect(stage.screen.presentCount == count)
  }

  @Test("a wake without news draws nothing")
  func emptyWake() {
    let stage = Stage()
    stage.settle()
    let count = stage.screen.presentCount
    for _ in 0..<20 {
      stage.screen.waker.wake()
      stage.settle()
      stage.wait(.seconds(1))
    }
    #expect(stage.screen.presentCount == count)
  }

  @Test("a key is answered in the same turn, whatever the pace of frames")
  func keysAreQuick() {
    let stage = Stage()
    stage.settle()
    stage.learner.advance()
    _ = stage.loop.turn()
    stage.screen.type("?")
    _ = stage.loop.turn()
    _ = stage.loop.turn()
    #expect(stage.screen.canvas?.text.contains("pause, or go on") == true)
  }

  @Test("a message goes by itself, and then nothing is awaited")
  func toasts() {
    let stage = Stage()
    stage.screen.type("C")
    stage.settle()
    #expect(stage.screen.canvas?.text.contains("takes over") == true)
    #expect(stage.loop.patience() != nil)
    stage.wait(.seconds(5))
    stage.settle()
    #expect(stage.screen.canvas?.text.contains("takes over") == false)
    #expect(stage.loop.patience() == nil)
  }

  @Test("quitting by key and by signal gives the exit code", arguments: [Int32(0), 130, 143])
  func quitting(code: Int32) {
    let stage = Stage()
    if code == 0 { stage.screen.type("q") } else { stage.screen.send(.end(code: code)) }
    #expect(stage.loop.run() == code)
  }

  @Test("suspending gives the terminal back, and the screen is drawn again afterwards")
  func suspending() {
    let stage = Stage()
    stage.settle()
    let count = stage.screen.presentCount
    stage.screen.send(.key(.control("z")))
    stage.settle()
    #expect(stage.screen.suspendCount == 1)
    #expect(stage.screen.presentCount == count + 1)
  }

  @Test("a preset is loaded with its pace, and runs")
  func loading() {
    let stage = Stage()
    stage.screen.type("p")
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(
      stage.learner.sent == [.load(Fixture.function.experiment, pace: 60), .resume])
    #expect(stage.screen.canvas?.text.contains("x sin(x² + 1)") == true)
    #expect(stage.screen.canvas?.text.contains("1 function") == true)
  }

  @Test("a preset with errors says them, one in the bar, several in a box; the run goes on")
  func failing() {
    let stage = Stage(size: Size(width: 120, height: 30))
    stage.screen.type("pparabola")
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(stage.screen.canvas?.text.contains("parabola.yaml:3:7: `adm`") == true)
    stage.screen.type("prosen")
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(stage.screen.canvas?.text.contains("4:1: another") == true)
    #expect(stage.learner.sent.isEmpty)
  }

  @Test("saving never writes over a file without asking")
  func saving() {
    final class Log { var requests: [SaveRequest] = [] }
    let log = Log()
    let stage = Stage(save: { request in
      log.requests.append(request)
      return request.overwrite ? .saved(path: "/x/a.yaml") : .exists(path: "/x/a.yaml")
    })
    stage.screen.type("wa")
    stage.screen.send(.key(Key(.enter)))
    stage.settle()
    #expect(log.requests.map(\.overwrite) == [false])
    stage.screen.type("n")
    stage.settle()
    #expect(log.requests.count == 1)
    stage.screen.type("wa")
    stage.screen.send(.key(Key(.enter)))
    stage.screen.type("y")
    stage.settle()
    #expect(log.requests.map(\.overwrite) == [false, false, true])
    #expect(log.requests.allSatisfy { $0.target == "a" })
    #expect(stage.screen.canvas?.text.contains("saved as /x/a.yaml") == true)
  }

  @Test("presets are read once, when they are first needed; other work waits for the first picture")
  func presetIndex() {
    final class Count: Sendable {
      let readings = Locked(0)
      var value: Int { readings.withLock { $0 } }
      func add() { readings.withLock { $0 += 1 } }
    }
    let count = Count()
    let index = PresetIndex(start: { $0() }) { publish in
      count.add()
      publish(Fixture.presets, .builtIn)
    }
    let snapshot = Fixture.snapshot(Fixture.xor)
    var explorer = Explorer(
      snapshot: snapshot, vocabulary: Fixture.vocabulary, presetIndex: index,
      appearance: Appearance(), size: Size(width: 80, height: 24))
    _ = explorer.frame()
    #expect(count.value == 0)
    explorer.type("p")
    #expect(explorer.text.contains(Fixture.presets[0].title))
    explorer.type("x")
    #expect(count.value == 1)
    let screen = MemoryScreen(size: Size(width: 80, height: 24))
    final class Log { var counts: [Int] = [] }
    let log = Log()
    var loop = ExplorerLoop(
      explorer: explorer, screen: screen, learner: FakeLearner(snapshot, waker: screen.waker),
      library: FakeLibrary(), save: { _ in .failed(message: "no") },
      afterFirstFrame: { log.counts.append(screen.presentCount) })
    loop.start()
    screen.type("lll")
    for _ in 0..<3 { _ = loop.turn() }
    #expect(log.counts == [1])
  }

  @Test("a preset that takes long to read keeps no key waiting, and comes when it is read")
  func slowPreset() {
    struct SlowLibrary: PresetLibrary {
      let gate: DispatchSemaphore
      func load(_ name: String, variant: String?) throws(PresetFailure) -> Preset {
        gate.wait()
        return try FakeLibrary().load(name, variant: variant)
      }
      func apply(_ settings: [Setting], to preset: Preset) throws(PresetFailure) -> Preset {
        preset
      }
    }
    let gate = DispatchSemaphore(value: 0)
    let snapshot = Fixture.snapshot(Fixture.xor)
    let screen = MemoryScreen(size: Size(width: 80, height: 24))
    let learner = FakeLearner(snapshot, waker: screen.waker)
    var loop = ExplorerLoop(
      explorer: Explorer(
        snapshot: snapshot, vocabulary: Fixture.vocabulary, presets: Fixture.presets,
        appearance: Appearance(), size: screen.size),
      screen: screen, learner: learner, library: SlowLibrary(gate: gate),
      save: { _ in .failed(message: "no") }, loadingTime: .zero)
    loop.start()
    loop.perform([.load(preset: "parabola", variant: nil)])
    _ = loop.turn()
    #expect(screen.canvas?.text.contains("reading parabola") == true)
    screen.type("?")
    _ = loop.turn()
    _ = loop.turn()
    #expect(loop.explorer.overlays.count == 1)
    gate.signal()
    var turns = 0
    while loop.explorer.toast?.text.contains("adm") != true, turns < 10_000_000 {
      turns += 1
      _ = loop.turn()
      sched_yield()
    }
    #expect(loop.explorer.toast?.text.contains("did you mean adam?") == true)
  }

  @Test("panes that did not change are not drawn again")
  func paneCache() {
    let cache = PaneCache()
    var explorer = Fixture.explorer()
    let first = explorer.frame(cache: cache)
    #expect(cache.drawCount == 3)
    #expect(explorer.frame(cache: cache) == first && cache.drawCount == 3)
    explorer.type("l")
    #expect(explorer.frame(cache: cache) == explorer.frame() && cache.drawCount == 4)
    explorer.type("?")
    #expect(explorer.frame(cache: cache) == explorer.frame() && cache.drawCount == 4)
    // The focus is told by borders alone: no picture is drawn for it.
    for _ in 0..<4 {
      explorer.press(.escape, .tab)
      #expect(explorer.frame(cache: cache) == explorer.frame() && cache.drawCount == 4)
    }
  }

  @Test("frames take a fifteenth of the time at most, and never seem to stand")
  func pacing() {
    var pacer = FramePacer()
    #expect(pacer.due == .zero)
    func note(_ start: Duration, span: Duration, work: Duration, times: Int = 50) {
      for _ in 0..<times { pacer.note(from: start, to: start + span, work: work) }
    }
    note(.seconds(1), span: .microseconds(200), work: .microseconds(200), times: 1)
    #expect(pacer.due == .seconds(1) + .milliseconds(16))
    note(.seconds(2), span: .milliseconds(6), work: .milliseconds(5))
    #expect(pacer.due > .seconds(2) + .milliseconds(70))
    #expect(pacer.due <= .seconds(2) + .milliseconds(75))
    // A busy machine: the frame waits long for a processor and uses little of it.
    note(.seconds(3), span: .milliseconds(30), work: .milliseconds(2))
    #expect(pacer.due > .seconds(3) + .milliseconds(55))
    #expect(pacer.due <= .seconds(3) + .milliseconds(61))
    note(.seconds(4), span: .seconds(1), work: .seconds(1))
    #expect(pacer.due == .seconds(4) + FramePacer.most)
    pacer = FramePacer()
    pacer.isFocused = false
    pacer.note(from: .seconds(1), to: .seconds(1), work: .zero)
    #expect(pacer.due == .seconds(1) + FramePacer.away)
  }

  @Test("a shot of a step is the same every time, whatever speed was measured")
  func shot() {
    var snapshot = Fixture.snapshot(Fixture.xor)
    let size = Size(width: 160, height: 48)
    let first = ExplorerShot.frame(of: snapshot, vocabulary: Fixture.vocabulary, size: size)
    snapshot.stepsPerSecond = 1234
    #expect(
      ExplorerShot.frame(of: snapshot, vocabulary: Fixture.vocabulary, size: size) == first)
    #expect(first.text.contains("step 120"))
  }
}
