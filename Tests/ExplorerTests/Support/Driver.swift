import Terminal
import Training
import Views

@testable import Explorer

/// Presses keys on an explorer.
extension Explorer {
  /// Types characters.
  @discardableResult
  mutating func type(_ text: String) -> [Effect] {
    text.unicodeScalars.flatMap { handle(.key(Key(.character($0)))) }.withoutTickets
  }
  /// Presses keys.
  @discardableResult
  mutating func press(_ codes: KeyCode...) -> [Effect] {
    codes.flatMap { handle(.key(Key($0))) }.withoutTickets
  }
  /// Clicks a cell.
  @discardableResult
  mutating func click(_ x: Int, _ y: Int) -> [Effect] {
    handle(.mouse(Mouse(.press, x: x, y: y))).withoutTickets
  }
  /// What is on the screen.
  var text: String { frame().text }
  /// The row at the bottom.
  var bottom: String {
    text.split(separator: "\n", omittingEmptySubsequences: false).last.map(String.init) ?? ""
  }
  /// The row above, in which messages stand.
  var message: String {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().last.map(String.init)
      ?? ""
  }
  /// The row at the top.
  var top: String {
    text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
  }
}

extension Effect {
  /// Something asked of the learner, whatever its ticket.
  static func control(_ control: Control) -> Effect {
    .request(Request(ticket: 0, control: control))
  }
  /// What is asked of the learner.
  var control: Control? {
    if case .request(let request) = self { return request.control }
    return nil
  }
}

extension [Effect] {
  /// The same without tickets, to be compared.
  var withoutTickets: [Effect] { map { effect in effect.control.map(Effect.control) ?? effect } }
}

/// A library of the fixtures.
struct FakeLibrary: PresetLibrary {
  func load(_ name: String, variant: String?) throws(PresetFailure) -> Preset {
    switch name {
    case "xsin": return Fixture.function
    case "xor": return Fixture.xor
    case "parabola": throw PresetFailure("parabola.yaml:3:7: `adm`: did you mean adam?")
    case "taught": return Fixture.taught
    default: throw PresetFailure("\(name).yaml has two errors\n3:7: one\n4:1: another")
    }
  }
  func apply(
    _ settings: [Setting], to preset: Preset
  ) throws(PresetFailure) -> Preset {
    var changed = preset
    for setting in settings {
      guard setting.key == "learning_rate", let rate = Double(setting.value) else {
        throw PresetFailure("no key \(setting.key)")
      }
      changed.learningRate = .value(rate)
    }
    return changed
  }
}

/// Keeps what is taken out of the explorer.
final class FakeTakeHome: TakeHome {
  var copied: [String] = []
  var written: [String] = []

  func copy(_ text: String) -> String? {
    copied.append(text)
    return "wl-copy"
  }
  func export(_ format: ExportFormat, _ snapshot: Snapshot, session: Preset) -> SaveOutcome {
    written.append("\(session.experiment.name).\(format.ending)")
    return .saved(path: written[written.count - 1])
  }
  func picture(_ format: PictureFormat, _ canvas: Canvas, of snapshot: Snapshot) -> SaveOutcome {
    written.append("\(canvas.size.width)x\(canvas.size.height).\(format.rawValue)")
    return .saved(path: written[written.count - 1])
  }
}

/// A loop on a screen in memory with a clock that tests move.
final class Stage {
  let screen: MemoryScreen
  let learner: FakeLearner
  var loop: ExplorerLoop
  private let time: Time

  final class Time {
    var now: Duration = .zero
  }

  init(
    _ preset: Preset = Fixture.xor, size: Size = Size(width: 80, height: 24),
    save: @escaping (SaveRequest) -> SaveOutcome = { _ in .saved(path: "x.yaml") },
    presets: [PresetEntry] = Fixture.presets, lessonMarks: [String: LessonMark] = [:],
    remember: @escaping (LessonMark) -> String? = { _ in nil },
    library: any PresetLibrary = FakeLibrary(), takeHome: (any TakeHome)? = nil
  ) {
    screen = MemoryScreen(size: size)
    let time = Time()
    self.time = time
    let snapshot = Fixture.snapshot(preset)
    learner = FakeLearner(snapshot, waker: screen.waker)
    loop = ExplorerLoop(
      explorer: Explorer(
        snapshot: snapshot, preset: preset, vocabulary: Fixture.vocabulary, presets: presets,
        appearance: Appearance(), size: size, lessonMarks: lessonMarks),
      screen: screen, learner: learner, library: library, save: save, remember: remember,
      takeHome: takeHome,
      clock: { time.now }, loadingTime: .seconds(60))
    loop.start()
  }

  /// Lets time pass.
  func wait(_ duration: Duration) { time.now += duration }

  /// Turns until nothing is left to do now; an exit code when somebody quit.
  @discardableResult
  func settle() -> Int32? {
    for _ in 0..<10_000 {
      if let code = loop.turn() { return code }
      if screen.isIdle {
        guard let patience = loop.patience(), patience < .seconds(1) else {
          // One more turn takes a wake that came meanwhile.
          if let code = loop.turn() { return code }
          if screen.isIdle, loop.patience().map({ $0 >= .seconds(1) }) ?? true { return nil }
          continue
        }
        wait(patience)
      }
    }
    return nil
  }

  /// What the same state looks like when nothing is remembered.
  var fresh: Canvas {
    var explorer = loop.explorer
    explorer.probes = .init()
    return explorer.frame()
  }
}
