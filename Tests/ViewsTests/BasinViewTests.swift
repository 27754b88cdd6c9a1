import Lanes
import Models
import Synchronization
import Terminal
import Testing
import Views

@testable import Training

@Suite("Basin maps")
struct BasinViewTests {
  private func survey(steps: Int = 5000, optimizer: Choice = Choice("gd")) throws -> BasinSurvey {
    let snapshot = try #require(Specimens.zoo["hopping"])
    let function = try #require(snapshot.objective as? any FunctionObjective)
    let minima = FunctionProbe.minima(of: snapshot, over: -5...5)
    return try #require(
      BasinSurvey(
        function, optimizer: optimizer, schedule: Choice("constant"), minima: minima.map { [$0.x] },
        x: -5...5, y: 0.01...0.0100001, rate: 1, steps: steps))
  }

  private func fate(
    from start: Double, rate: Double, optimizer: Choice = Choice("gd")
  ) throws -> BasinMap.Fate {
    let snapshot = try #require(Specimens.zoo["hopping"])
    let function = try #require(snapshot.objective as? any FunctionObjective)
    let minima = FunctionProbe.minima(of: snapshot, over: -5...5)
    // One field, whose middle is the start.
    let survey = BasinSurvey(
      function, optimizer: optimizer, schedule: Choice("constant"), minima: minima.map { [$0.x] },
      x: (start - 5)...(start + 5), y: (rate * (1 - 1e-12))...(rate * (1 + 1e-12)), rate: 1,
      steps: 5000)
    return try #require(survey).map(columns: 1, rows: 1).fate(0, 0)
  }

  @Test(
    "Known fates on x sin(x² + 1)",
    arguments: [
      (4.0, 0.001, 4.0385), (4, 0.005, 4.0385), (1.01, 0.01, -1.0123), (1.02, 0.01, 1.9601),
    ])
  func known(start: Double, rate: Double, end: Double) throws {
    let snapshot = try #require(Specimens.zoo["hopping"])
    let minima = FunctionProbe.minima(of: snapshot, over: -5...5)
    guard case .minimum(let index) = try fate(from: start, rate: rate) else {
      Issue.record("no minimum from \(start) at \(rate)")
      return
    }
    #expect(abs(minima[index].x - end) < 1e-3)
  }

  @Test(
    "From 4 at 0.01 and 0.02 the ball hops between two places for ever", arguments: [0.01, 0.02])
  func cycles(rate: Double) throws {
    #expect(try fate(from: 4, rate: rate) == .cycle)
  }

  @Test("At η = 0.01 about 23 % of the starts never settle")
  func restless() throws {
    let map = try survey().map(columns: 800, rows: 1)
    #expect(abs(map.restlessShare - 0.23) < 0.03, "\(map.restlessShare)")
  }

  @Test("The map does not depend on the number of threads, and a memory changes it")
  func threads() throws {
    let one = try survey(steps: 300).map(columns: 200, rows: 6)
    #expect(try survey(steps: 300).map(columns: 200, rows: 6, threads: 3) == one)
    let heavy = try survey(steps: 300, optimizer: Choice("momentum")).map(columns: 200, rows: 6)
    #expect(heavy != one)
  }

  @Test("A click sets start and rate")
  func pick() throws {
    let view = try #require(views["basin"])
    let scene = ViewLawTests.scene(try #require(Specimens.zoo["hopping"]))
    let area = Rect(x: 0, y: 0, width: 80, height: 22)
    guard case .startAtRate(let start, let rate) = view.pick(scene, area, Point(x: 40, y: 10))
    else {
      Issue.record("a click is no start")
      return
    }
    #expect(start.count == 1 && abs(start[0]) < 1)
    #expect(rate > 1e-3 && rate < 1)
  }

  @Test(
    "Slow pictures come coarse first, wake the screen each time, and are forgotten for newer wishes"
  )
  func slow() {
    let wakes = Atomic<Int>(0)
    let slow = SlowProbes { wakes.add(1, ordering: .relaxed) }
    let cache = ProbeCache(slow: slow)
    // The finest stage waits until the coarse one was seen.
    let isSeen = Atomic<Bool>(false)
    func ask(_ key: Int) -> Int? {
      cache.refined(
        "slot", for: key,
        stages: [
          { key * 10 },
          {
            while !isSeen.load(ordering: .acquiring) {}
            return key * 10 + 1
          },
        ])
    }
    var seen: [Int] = []
    while seen.last != 11 {
      if let value = ask(1), value != seen.last { seen.append(value) }
      if seen == [10] { isSeen.store(true, ordering: .releasing) }
    }
    #expect(seen == [10, 11])
    // What is made is counted, and told, after it can be seen.
    while !slow.isIdle || slow.revision == 0 || wakes.load(ordering: .relaxed) != slow.revision {}
    #expect((1...2).contains(slow.revision))
    while ask(2) != 21 {}
    #expect(ProbeCache().refined("slot", for: 3, stages: [{ 1 }, { 2 }]) == 2)
  }
}
