import Lanes
import Terminal
import Testing
import Training

@testable import Explorer

/// SplitMix64 (Steele, Lea, Flood 2014): the same events every time.
private struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Storms of events")
struct StormTests {
  private static let codes: [KeyCode] = [
    .enter, .escape, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left,
    .right, .home, .end, .pageUp, .pageDown, .function(1), .function(12),
  ]
  private static let texts = [
    "learning_rate 0.05", "beta1 0.8", "\u{1B}[2J", "日本語", "", "\n", "seed 7", "-1e999", "🙂",
    "schedule step", "every 3", "xsin",
  ]

  private static func event(_ dice: inout Dice, _ size: Size) -> Event {
    switch Int.random(in: 0..<100, using: &dice) {
    case 0..<45:
      let scalar = Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &dice))
      return .key(Key(.character(scalar)))
    case 45..<50:
      let scalar = Unicode.Scalar(UInt8.random(in: 0x61...0x7A, using: &dice))
      return .key(Key(.character(scalar), control: true))
    case 50..<75:
      let code = codes.randomElement(using: &dice) ?? .enter
      return .key(Key(code, alt: Bool.random(using: &dice), shift: Bool.random(using: &dice)))
    case 75..<95:
      let actions: [Mouse.Action] = [.press, .press, .release, .drag, .move, .wheelUp, .wheelDown]
      return .mouse(
        Mouse(
          actions.randomElement(using: &dice) ?? .press,
          x: Int.random(in: -3...(size.width + 3), using: &dice),
          y: Int.random(in: -3...(size.height + 3), using: &dice)))
    case 95..<98: return .paste(texts.randomElement(using: &dice) ?? "")
    case 98: return .focus(Bool.random(using: &dice))
    default: return .wake
    }
  }

  private static func size(_ dice: inout Dice) -> Size {
    Int.random(in: 0..<4, using: &dice) == 0
      ? Size(
        width: Int.random(in: 0...45, using: &dice), height: Int.random(in: 0...14, using: &dice))
      : Size(
        width: Int.random(in: 40...160, using: &dice), height: Int.random(in: 12...50, using: &dice)
      )
  }

  private static let statuses: [Snapshot.Status] = [
    .running, .paused, .finished, .diverged(step: 37, parameter: "x"),
    .diverged(step: Int.max, parameter: nil),
  ]

  @Test(
    "100,000 keys and mouse events: still answering, and the screen is a fresh draw of the state",
    arguments: [Fixture.xor, Fixture.taught])
  func events(preset: Preset) {
    let stage = Stage(
      preset, save: { $0.overwrite ? .saved(path: $0.target) : .exists(path: $0.target) },
      presets: LessonTests.presets)
    if preset.lesson != nil { stage.screen.type("L") }
    var dice = Dice(state: 5)
    var size = Size(width: 80, height: 24)
    for round in 0..<200 {
      if round % 4 == 0 {
        size = Self.size(&dice)
        stage.screen.resize(to: size)
      }
      for _ in 0..<500 { stage.screen.send(Self.event(&dice, size)) }
      if round % 7 == 0 {
        let status = Self.statuses.randomElement(using: &dice) ?? .running
        stage.learner.change { snapshot in
          snapshot.status = status
          snapshot.loss = round % 2 == 0 ? .nan : 1e300
          snapshot.stepsPerSecond = round % 3 == 0 ? .infinity : 1e18
        }
      }
      // Quitting does not stop the trial: the rest of the script is taken in the next turn.
      while !stage.screen.isIdle { _ = stage.loop.turn() }
      stage.settle()
      #expect(stage.screen.canvas == stage.fresh, "round \(round)")
      #expect(stage.loop.explorer.overlays.count <= Explorer.overlayLimit)
    }
    // Still answering: all boxes close, the pause key pauses.
    stage.screen.resize(to: Size(width: 80, height: 24))
    for _ in 0..<12 { stage.screen.send(.key(Key(.escape))) }
    stage.learner.change { $0.status = .running }
    stage.settle()
    #expect(stage.loop.explorer.overlays.isEmpty)
    let before = stage.loop.explorer.isRunning
    stage.screen.type(" ")
    stage.settle()
    #expect(stage.loop.explorer.isRunning != before)
    #expect(stage.screen.canvas == stage.fresh)
  }

  @Test("1,000 resizes with boxes open: the screen is a fresh draw of the state")
  func resizes() {
    let stage = Stage()
    var dice = Dice(state: 11)
    for round in 0..<1000 {
      if round % 10 == 0 {
        stage.screen.send(.key(Key(.escape)), .key(Key(.escape)))
        stage.screen.type(["", "p", ":", "?", "=", "w", "z", "4", "v", ">"][round / 10 % 10])
      }
      stage.screen.resize(to: Self.size(&dice))
      stage.settle()
      #expect(stage.screen.canvas?.size == stage.screen.size)
      if round % 5 == 0 { #expect(stage.screen.canvas == stage.fresh, "round \(round)") }
    }
  }
}
