import Foundation
import Testing

/// A key, something typed, or what is waited for before the next of them.
enum Touch: Sendable {
  case key(String)
  case typed(String)
  case shown(String)
}

/// Something that a new user wants, with the keys that it takes in the real program; a value that
/// is typed counts as one. `Keys.md` has the table.
struct NewUserTask: Sendable, CustomTestStringConvertible {
  var name: String
  var opened: String
  /// Steps before the first key.
  var steps: Double = 3
  var isPaused = true
  var touches: [Touch]
  var isDone: @Sendable (ShownRun, _ before: ShownRun) -> Bool

  var testDescription: String { name }

  private static func palette(_ text: String) -> [Touch] {
    [.key(":"), .typed(text), .key("Enter")]
  }

  static let all: [NewUserTask] = [
    NewUserTask(
      name: "pause", opened: "xsin", isPaused: false, touches: [.key("Space")],
      isDone: { now, _ in now.isPaused }),
    NewUserTask(
      name: "η = 0.05", opened: "xsin",
      touches: [.key("="), .typed("0.05"), .key("Enter")],
      isDone: { now, before in now.rate == 0.05 && now.step == before.step }),
    NewUserTask(
      name: "the largest rate that still converges", opened: "parabola", touches: [.key("F")],
      isDone: { now, _ in now.screen.contains("largest") && now.screen.contains("still converges") }
    ),
    NewUserTask(
      name: "Adam on XOR, weights kept", opened: "xor --set optimizer=gd --set learning_rate=1",
      touches: palette("optimizer adam"),
      isDone: { now, before in now.optimizer == "adam" && now.loss == before.loss }),
    NewUserTask(
      name: "an own function from x = 2", opened: "xsin",
      touches: [.key("f"), .typed("x^2 + cos(3 x)"), .key("Enter"), .key("Space")]
        + palette("start.x 2"),
      isDone: { now, _ in now.x == 2 && now.screen.contains("cos(3") }),
    NewUserTask(
      name: "why logistic regression fails on XOR", opened: "xor-logistic", steps: 150,
      touches: [.key("!")],
      isDone: { now, _ in now.screen.contains("The model cannot do it") }),
    NewUserTask(
      name: "an own table", opened: "xor", touches: palette("open points.csv") + [.key("Enter")],
      isDone: { now, _ in
        now.screen.contains("points") && now.loss != nil && !now.screen.contains("40 rows")
      }),
    NewUserTask(
      name: "save and open again", opened: "xor",
      touches: [
        .key("w"), .typed("mine"), .key("Enter"), .key("p"), .typed("mine"),
        // The list of presets is read beside.
        .shown("mine: ReLU"), .key("Enter"),
      ],
      isDone: { now, before in
        now.screen.split(separator: "\n").first?.contains(" mine ") == true
          && now.step != before.step
      }),
    NewUserTask(
      name: "compare two optimizers", opened: "xor", touches: palette("race optimizer gd, adam"),
      isDone: { now, _ in now.screen.contains("ranking") && now.screen.contains("1 ▸") }),
    NewUserTask(
      name: "100 steps back, and another rate", opened: "xor", steps: 120,
      touches: palette("back 100") + [.key("="), .typed("0.02"), .key("Enter")],
      isDone: { now, before in now.step == (before.step ?? 0) - 100 && now.rate == 0.02 }),
    NewUserTask(
      name: "grow the net", opened: "xor", touches: palette("hidden 8,8"),
      isDone: { now, before in now.screen.contains("2·8·8·1") && now.step == before.step }),
    NewUserTask(
      name: "change the noise", opened: "circle", touches: palette("data.noise 0.3"),
      isDone: { now, before in now.loss != before.loss && now.step == before.step }),
  ]
}

extension Sessions {
  /// The twelve tasks, each in the real program.
  @Suite("The twelve tasks of a new user")
  struct TwelveTasksTests {
    /// Presses what opens a box or a line, types into it, and closes it, each once the one before
    /// was taken in.
    private func touch(_ touch: Touch, _ terminal: TerminalSession) throws {
      switch touch {
      case .typed(let text):
        try terminal.type(text)
        try terminal.wait(for: "what was typed") {
          $0.contains(text) && !$0.contains("nothing fits")
        }
      case .shown(let text):
        try terminal.wait(for: text) { $0.contains(text) }
      case .key("Enter"):
        let before = try terminal.screen()
        try terminal.press("Enter")
        try terminal.wait(for: "what was taken") { $0 != before }
      case .key(let key):
        let before = try terminal.screen()
        try terminal.press(key)
        try terminal.wait(for: "an answer to \(key)") { $0 != before }
      }
    }

    @Test("are done by their keys", arguments: NewUserTask.all)
    func tasks(task: NewUserTask) throws {
      try TerminalSession.run(width: 160, height: 48) { terminal in
        let rows = (0..<40).map { "\(Double($0) / 10),\(Double($0 * $0) / 100)" }
        try Data(("a,b\n" + rows.joined(separator: "\n") + "\n").utf8).write(
          to: terminal.folder.appendingPathComponent("points.csv"))
        try terminal.explore(task.opened)
        var before = try terminal.waitRun(for: "some steps") { ($0.step ?? 0) >= task.steps }
        if task.isPaused {
          try terminal.press("Space")
          before = try terminal.waitRun(for: "a pause") { $0.isPaused && $0.loss != nil }
        }
        for touch in task.touches { try self.touch(touch, terminal) }
        try terminal.waitRun(for: task.name) { task.isDone($0, before) }
      }
    }
  }
}
