import Dispatch
import Foundation
import Lanes
import Synchronization
import Terminal
import Testing
import Views

@testable import Explorer
@testable import Training

@Suite("Pictures of any cost never keep a key waiting")
struct BesideTests {
  /// A picture that is not done before somebody opens the gate, or nobody wants it any more.
  final class Gate: Sendable {
    let open = DispatchSemaphore(value: 0)
    let begun = Atomic<Int>(0)
    let givenUp = Atomic<Int>(0)
    let isOpen = Atomic<Bool>(false)

    func wait() {
      begun.add(1, ordering: .relaxed)
      while !isOpen.load(ordering: .acquiring) {
        if ProbeWork.isCurrentGivenUp {
          givenUp.add(1, ordering: .relaxed)
          open.signal()
          return
        }
        _ = open.wait(timeout: .now() + .milliseconds(1))
      }
    }
  }

  /// The explorer of x sin(x²+1) whose `function` picture waits for the gate in drawing, naming and
  /// meaning.
  private static func loop(_ gate: Gate) -> (ExplorerLoop, MemoryScreen, FakeLearner) {
    var views = FakeViews.catalogue.entries.filter { $0.name != "function" }
    views.append(
      View(
        name: "function", summary: "Takes long", axes: .init(canZoom: true), role: .main,
        suits: { _ in true },
        title: { _ in
          gate.wait()
          return "a curve"
        },
        pick: { _, _, _ in
          gate.wait()
          return .start([1])
        },
        draw: { scene, area, canvas in
          gate.wait()
          canvas.write("drawn", x: area.x, y: area.y, foreground: scene.theme.text)
        }))
    var vocabulary = Fixture.vocabulary
    vocabulary.views = Catalogue(kind: "view", views)
    let screen = MemoryScreen(size: Size(width: 100, height: 30))
    let snapshot = Fixture.snapshot(Fixture.function)
    var explorer = Explorer(
      snapshot: snapshot, vocabulary: vocabulary, presets: Fixture.presets,
      appearance: Appearance(), size: screen.size)
    let waker = screen.waker
    explorer.workers = SideWorkers { waker.wake() }
    let learner = FakeLearner(snapshot, waker: waker)
    var loop = ExplorerLoop(
      explorer: explorer, screen: screen, learner: learner, library: FakeLibrary(),
      save: { _ in .failed(message: "no") })
    loop.start()
    return (loop, screen, learner)
  }

  private static func text(_ screen: MemoryScreen) -> String { screen.canvas?.text ?? "" }

  @Test("The first frame comes without it, keys are answered, and it is shown once it is there")
  func comesLater() {
    let gate = Gate()
    var (loop, screen, _) = Self.loop(gate)
    repeat { _ = loop.turn() } while !Self.text(screen).contains("log own")
    #expect(Self.text(screen).contains("drawing …"), "the other panes are drawn")
    screen.type("?")
    for _ in 0..<3 { _ = loop.turn() }
    #expect(Self.text(screen).contains("type to filter"))
    screen.send([.key(Key(.escape))])
    for _ in 0..<3 { _ = loop.turn() }
    #expect(!Self.text(screen).contains("type to filter"))
    gate.isOpen.store(true, ordering: .releasing)
    while !Self.text(screen).contains("drawn") { _ = loop.turn() }
    #expect(Self.text(screen).contains("a curve"))
    #expect(!Self.text(screen).contains("drawing …"))
  }

  @Test("While the run goes on, one picture at a time is drawn; another setting gives it up")
  func outdated() {
    let gate = Gate()
    var (loop, screen, learner) = Self.loop(gate)
    while gate.begun.load(ordering: .relaxed) == 0 {
      learner.advance()
      _ = loop.turn()
    }
    for _ in 0..<20 {
      learner.advance()
      _ = loop.turn()
    }
    #expect(gate.begun.load(ordering: .relaxed) == 1)
    #expect(gate.givenUp.load(ordering: .relaxed) == 0)
    // Another window is another picture.
    screen.resize(to: Size(width: 120, height: 40))
    for _ in 0..<3 { _ = loop.turn() }
    while gate.givenUp.load(ordering: .relaxed) == 0 { _ = loop.turn() }
    gate.isOpen.store(true, ordering: .releasing)
    while !Self.text(screen).contains("drawn") { _ = loop.turn() }
  }

  @Test("Clicks, arrows and hints on a picture that is not there yet mean nothing, at once")
  func meaning() {
    let gate = Gate()
    var (loop, screen, learner) = Self.loop(gate)
    _ = loop.turn()
    screen.send([
      .mouse(Mouse(.press, x: 70, y: 6)), .key(Key(.right)), .key(Key(.enter)),
      .mouse(Mouse(.wheelUp, button: .none, x: 70, y: 6)),
    ])
    for _ in 0..<6 { _ = loop.turn() }
    let moves = learner.sent.filter { if case .change = $0 { true } else { false } }
    #expect(moves.isEmpty)
    gate.isOpen.store(true, ordering: .releasing)
    while !Self.text(screen).contains("drawn") { _ = loop.turn() }
    while !loop.explorer.unfinishedPanes.isEmpty { _ = loop.turn() }
    // On a busy machine a picture's meaning may take longer than a press waits for.
    let end = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < end,
      !learner.sent.contains(where: { if case .change = $0 { true } else { false } })
    {
      screen.send([.mouse(Mouse(.press, x: 70, y: 6))])
      for _ in 0..<3 { _ = loop.turn() }
    }
    #expect(
      learner.sent.contains { if case .change = $0 { true } else { false } },
      "\(Self.text(screen))")
  }

  /// How often a picture was asked in the loop's own thread.
  final class Counts: Sendable {
    let here = Atomic<Int>(0)
  }

  @Test("What a picture means is known without another thread where the picture takes little")
  func quickMeaning() {
    let main = ObjectIdentifier(Thread.current)
    let counts = Counts()
    var views = FakeViews.catalogue.entries.filter { $0.name != "function" }
    views.append(
      View(
        name: "function", summary: "Takes little", axes: .init(canZoom: true), role: .main,
        suits: { _ in true }, title: { _ in "a curve" },
        pick: { _, _, _ in
          if ObjectIdentifier(Thread.current) == main { counts.here.add(1, ordering: .relaxed) }
          return .point([0, 0])
        }, draw: { _, _, _ in }))
    var vocabulary = Fixture.vocabulary
    vocabulary.views = Catalogue(kind: "view", views)
    let screen = MemoryScreen(size: Size(width: 100, height: 30))
    let snapshot = Fixture.snapshot(Fixture.function)
    var explorer = Explorer(
      snapshot: snapshot, vocabulary: vocabulary, presets: Fixture.presets,
      appearance: Appearance(), size: screen.size)
    explorer.workers = SideWorkers()
    let learner = FakeLearner(snapshot, waker: screen.waker)
    var loop = ExplorerLoop(
      explorer: explorer, screen: screen, learner: learner, library: FakeLibrary(),
      save: { _ in .failed(message: "no") })
    loop.start()
    // On a busy machine the first picture may come late, and a short one take long.
    let end = ContinuousClock.now + .seconds(30)
    while counts.here.load(ordering: .relaxed) == 0, ContinuousClock.now < end {
      screen.send([.key(Key(.right))])
      _ = loop.turn()
    }
    #expect(counts.here.load(ordering: .relaxed) > 0)
  }

  @Test(
    "Of a thousand keys one at most waits longer than 50 ms",
    .enabled(if: ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == "1"))
  func latency() {
    let gate = Gate()
    var (loop, screen, learner) = Self.loop(gate)
    _ = loop.turn()
    var times: [Duration] = []
    for index in 0..<2_000 {
      learner.advance()
      // Help opens and closes; zooming makes another picture, which begins anew.
      let code: KeyCode =
        index % 3 == 0 ? .character("?") : index % 3 == 1 ? .escape : .character("z")
      screen.send([.key(Key(code))])
      let count = screen.presentCount
      let start = ContinuousClock.now
      var turns = 0
      while screen.presentCount == count, turns < 10 {
        _ = loop.turn()
        turns += 1
      }
      times.append(ContinuousClock.now - start)
    }
    times.sort()
    #expect(times[times.count * 999 / 1000] < .milliseconds(50), "\(times.suffix(5))")
    gate.isOpen.store(true, ordering: .releasing)
  }

  @Test("Work that is given up takes no more values of functions")
  func givenUp() {
    let workers = SideWorkers()
    let begun = DispatchSemaphore(value: 0)
    let job = workers.begin { () -> Int in
      let evaluator = Evaluator(ShapeObjective(parameterCount: 2))
      begun.signal()
      var count = 0
      while !evaluator.loss(at: [0, 0]).isNaN { count += 1 }
      #expect(evaluator.lossAndGradient(at: [0, 0]).loss.isNaN)
      #expect(evaluator.value(0, 0).isNaN && evaluator.derivative(at: 0).value.isNaN)
      return count
    }
    begun.wait()
    #expect(workers.wait(for: job, until: .now() + .milliseconds(5)) == nil)
    job.giveUp()
    while job.value == nil {}
    #expect(ProbeWork.current == nil)
  }

  @Test("Short work is not held up by long work")
  func overtakes() {
    let workers = SideWorkers()
    let gate = Gate()
    let long = workers.begin { gate.wait() }
    let short = workers.begin { 7 }
    #expect(workers.wait(for: short, until: .now() + .seconds(30)) == 7)
    gate.isOpen.store(true, ordering: .releasing)
    while long.value == nil {}
  }

  @Test("What was computed by work that was given up is not kept")
  func nothingHalfDone() {
    let cache = ProbeCache()
    let work = ProbeWork()
    let wrong = work.perform {
      cache.value("slot", for: 1) { () -> Int in
        work.giveUp()
        return 13
      }
    }
    #expect(wrong == 13)
    #expect(cache.value("slot", for: 1) { 1 } == 1)
  }
}
