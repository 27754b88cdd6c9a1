import Doctor
import Foundation
import Lanes
import Models
import Presets
import Terminal
import Testing
import Training

@testable import Explorer

/// What a person presses; a value that is typed counts as one key.
enum Press: Sendable {
  case key(KeyCode)
  case typed(String)

  static func type(_ scalar: Unicode.Scalar) -> Press { .key(.character(scalar)) }

  /// In the manual.
  var text: String {
    switch self {
    case .key(let code): "`\(Key(code).text)`"
    case .typed(let text): "`\(text)`"
    }
  }
}

extension KeySettingTests.Desk {
  /// Presses them, one after the other; what the explorer wants done outside comes back.
  @discardableResult
  mutating func press(_ presses: [Press]) -> [Effect] {
    var all: [Effect] = []
    func keys(_ press: Press) -> [KeyCode] {
      switch press {
      case .key(let code): [code]
      case .typed(let text): text.unicodeScalars.map { .character($0) }
      }
    }
    for code in presses.flatMap(keys) {
      let effects = explorer.handle(.key(Key(code)))
      all += effects
      send(effects)
    }
    return all
  }
}

/// A change that TensorFlow Playground makes with a click or two.
struct EverydayChange: Sendable, CustomTestStringConvertible {
  /// What is changed.
  var name: String
  /// Playground's clicks: a drag of a slider is one, opening a list and choosing two.
  var playground: Int
  /// From the first screen, by the palette or a key.
  var first: [Press]
  /// With the row of the panel in focus, and which row that is.
  var row: (id: String, presses: [Press])
  /// Whether the experiment has it.
  var holds: @Sendable (Experiment, _ before: Experiment) -> Bool

  var testDescription: String { name }

  static func model(_ experiment: Experiment) -> ModelProblem? {
    if case .model(let model) = experiment.problem { model } else { nil }
  }

  /// The generated data set.
  static func data(_ experiment: Experiment) -> Choice? {
    if case .generated(let choice)? = model(experiment)?.data.origin { choice } else { nil }
  }

  private static func palette(_ text: String) -> [Press] {
    [.type(":"), .typed(text), .key(.enter)]
  }

  static let all: [EverydayChange] = [
    EverydayChange(
      name: "data set", playground: 1, first: palette("data spiral"),
      row: ("data", [.key(.enter), .typed("spiral"), .key(.enter)]),
      holds: { data($0)?.name == "spiral" && data($1)?.name != "spiral" }),
    EverydayChange(
      name: "noise", playground: 1, first: palette("data.noise 0.3"),
      row: ("data.noise", [.key(.right)]),
      holds: { data($0)?.settings["noise"] != data($1)?.settings["noise"] }),
    EverydayChange(
      name: "test share", playground: 1, first: palette("data.test_fraction 0.4"),
      row: ("data.test_fraction", [.key(.right)]),
      holds: { model($0)?.data.testFraction != model($1)?.data.testFraction }),
    EverydayChange(
      name: "batch", playground: 1, first: [.type("b")],
      row: ("batch.size", [.key(.right)]), holds: { $0.batching != $1.batching }),
    EverydayChange(
      name: "a feature", playground: 1, first: palette("features x1,x2,x1*x2"),
      row: ("features", [.key(.right), .key(.right), .type(" ")]),
      holds: { model($0)?.features.count == 3 && model($1)?.features.count != 3 }),
    EverydayChange(
      name: "another layer", playground: 1, first: palette("hidden 8,8"),
      row: ("layer.0", [.type("I")]),
      holds: { model($0)?.hidden.count == (model($1)?.hidden.count ?? 0) + 1 }),
    EverydayChange(
      name: "another unit", playground: 1, first: palette("hidden 5"),
      row: ("layer.0", [.key(.right)]),
      holds: { model($0)?.hidden[0].units == (model($1)?.hidden[0].units ?? 0) + 1 }),
    EverydayChange(
      name: "activation", playground: 2, first: [.type("a")],
      row: ("model.activation", [.key(.right)]),
      holds: { model($0)?.hidden[0].activation != model($1)?.hidden[0].activation }),
    EverydayChange(
      name: "rate", playground: 2, first: [.type("+")],
      row: ("learning_rate", [.key(.right)]), holds: { $0.learningRate != $1.learningRate }),
    EverydayChange(
      name: "L2 penalty", playground: 4, first: palette("l2 0.01"),
      row: ("l2", [.key(.enter), .typed("0.01"), .key(.enter)]),
      holds: { experiment, _ in model(experiment)?.l2 == 0.01 }),
    EverydayChange(
      name: "problem: values, not classes", playground: 2,
      first: palette("loss mse") + palette("data playground_plane"),
      row: ("loss", [.key(.enter), .typed("mse"), .key(.enter)]),
      holds: { experiment, _ in model(experiment)?.loss.name == "mse" }),
    EverydayChange(
      name: "new seed", playground: 1, first: [.type("R")],
      row: ("seed", [.key(.right)]), holds: { $0.seed == $1.seed + 1 }),
  ]
}

@Suite("Keys that everyday changes take")
struct EverydayTests {
  typealias Desk = KeySettingTests.Desk

  private static func desk() throws -> Desk {
    var desk = try Desk("circle")
    _ = desk.explorer.handle(.resize(Size(width: 160, height: 48)))
    return desk
  }

  @Test(
    "Any change is made within six keys of the first screen, and within three in its row",
    arguments: EverydayChange.all)
  func changes(_ change: EverydayChange) throws {
    #expect(change.first.count <= 6 && change.row.presses.count <= 3)
    var desk = try Self.desk()
    let before = desk.explorer.snapshot.experiment
    desk.press(change.first)
    #expect(
      change.holds(desk.explorer.snapshot.experiment, before),
      "\(desk.explorer.toast?.text ?? "")")
    desk = try Self.desk()
    desk.press([.type("e")])
    try FormTests.go(&desk, to: change.row.id)
    desk.press(change.row.presses)
    #expect(
      change.holds(desk.explorer.snapshot.experiment, before),
      "\(desk.explorer.toast?.text ?? "")")
  }

  @Test("One click changes a row of the panel that has signs, a feature, a unit")
  func clicks() throws {
    for id in ["data.noise", "data.test_fraction", "batch.size", "learning_rate", "l2", "layer.0"] {
      var desk = try Self.desk()
      desk.press([.type("e")])
      let panel = try #require(FormPanel(desk.explorer))
      let place = try #require(
        (panel.area.y..<panel.area.maxY).lazy.map { Point(x: panel.area.maxX - 3, y: $0) }
          .first { panel.row(at: $0)?.row.id == id })
      let before = desk.explorer.snapshot.experiment
      desk.mouse(.press, place)
      #expect(desk.explorer.snapshot.experiment != before, "\(id)")
    }
  }

  /// The table of the manual.
  static var table: String {
    "| change | Playground | from the first screen | in its row of the panel |\n|---|---|---|---|\n"
      + EverydayChange.all.map { change in
        func told(_ presses: [Press]) -> String {
          "\(presses.count): " + presses.map(\.text).joined(separator: " ")
        }
        return "| \(change.name) | \(change.playground) | \(told(change.first)) | "
          + "\(told(change.row.presses)) |\n"
      }.joined()
      + "\n| task | keys | which |\n|---|---|---|\n"
      + EverydayTask.all.map { task in
        "| \(task.name) | \(task.presses.count) | "
          + task.presses.map(\.text).joined(separator: " ") + " |\n"
      }.joined()
  }

  @Test("The manual's tables of keys are those that were pressed here")
  func manual() throws {
    let article = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/glissade/Glissade.docc/Keys.md")
    let page = try String(contentsOf: article, encoding: .utf8)
    let begin = "<!-- BEGIN measured: keys -->\n"
    let parts = page.components(separatedBy: begin)
    try #require(parts.count == 2)
    let end = try #require(parts[1].range(of: "<!-- END -->"))
    if ProcessInfo.processInfo.environment["GLISSADE_UPDATE_DOCS"] == "1" {
      try (parts[0] + begin + Self.table + parts[1][end.lowerBound...])
        .write(to: article, atomically: true, encoding: .utf8)
      return
    }
    #expect(parts[1][..<end.lowerBound] == Self.table, "Keys.md is stale: GLISSADE_UPDATE_DOCS=1")
  }

  @Test("The twelve tasks are done with their keys", arguments: EverydayTask.all)
  func tasks(_ task: EverydayTask) throws {
    var desk = try Desk(task.preset, steps: 150)
    _ = desk.explorer.handle(.resize(Size(width: 120, height: 36)))
    let before = desk.explorer.snapshot
    let effects = desk.press(task.presses)
    #expect(
      task.isDone(desk, before, effects),
      "\(desk.explorer.toast?.text ?? "")\n\(desk.explorer.text)")
  }
}

/// Something that a new user wants.
struct EverydayTask: Sendable, CustomTestStringConvertible {
  var name: String
  /// Where it begins.
  var preset: String
  var presses: [Press]
  var isDone: @Sendable (KeySettingTests.Desk, _ before: Snapshot, [Effect]) -> Bool

  var testDescription: String { name }

  private static func palette(_ text: String) -> [Press] {
    [.type(":"), .typed(text), .key(.enter)]
  }

  static let all: [EverydayTask] = [
    EverydayTask(
      name: "pause", preset: "xsin", presses: [.type(" ")],
      isDone: { desk, _, _ in desk.explorer.snapshot.status == .paused }),
    EverydayTask(
      name: "η = 0.05", preset: "xsin", presses: [.type("="), .typed("0.05"), .key(.enter)],
      isDone: { desk, _, _ in desk.explorer.snapshot.baseRate == 0.05 }),
    EverydayTask(
      name: "the largest rate that still converges", preset: "parabola",
      presses: palette("view parameters"),
      isDone: { desk, _, _ in desk.explorer.text.contains("settles for η <") }),
    EverydayTask(
      name: "Adam on XOR, weights kept", preset: "xor", presses: palette("optimizer adam"),
      isDone: { desk, before, _ in
        desk.explorer.snapshot.experiment.optimizer.name == "adam"
          && desk.explorer.snapshot.parameters == before.parameters
      }),
    EverydayTask(
      name: "an own function from x = 2", preset: "xsin",
      presses: [.type("f"), .typed("x^2 + cos(3 x)"), .key(.enter)] + palette("start.x 2"),
      isDone: { desk, _, _ in
        desk.explorer.snapshot.experiment.start.parameters == [2]
          && desk.explorer.snapshot.parameters.count == 1
      }),
    EverydayTask(
      name: "why logistic regression fails on XOR", preset: "xor-logistic",
      presses: palette("steps 3000") + [.type("!")],
      isDone: { desk, _, _ in desk.explorer.findings.first?.cause == "underfitting" }),
    EverydayTask(
      name: "an own table", preset: "xor",
      presses: palette("open points.csv") + [.key(.enter)],
      isDone: { _, _, effects in
        effects.contains {
          if case .openTable(path: "points.csv", _, _, _) = $0 { true } else { false }
        }
      }),
    EverydayTask(
      name: "save and open again", preset: "xor",
      presses: [
        .type("w"), .typed("-mine"), .key(.enter), .type("p"), .typed("mine"), .key(.enter),
      ],
      isDone: { _, _, effects in
        effects.contains { if case .save = $0 { true } else { false } }
      }),
    EverydayTask(
      name: "compare two optimizers", preset: "xor",
      presses: [.key(.home)] + palette("optimizer adam") + [.type(" ")],
      isDone: { desk, _, _ in
        desk.trainer.advance(steps: 50)
        return !desk.trainer.latest.ghosts.isEmpty
          && desk.trainer.latest.experiment.optimizer.name == "adam"
      }),
    EverydayTask(
      name: "100 steps back, and another rate", preset: "xor",
      presses: palette("back 100") + [.type("="), .typed("0.02"), .key(.enter)],
      isDone: { desk, before, _ in
        desk.explorer.snapshot.step == before.step - 100
          && desk.explorer.snapshot.baseRate == 0.02
          && desk.explorer.snapshot.session.rows.count == 2
      }),
    EverydayTask(
      name: "grow the net", preset: "xor", presses: palette("hidden 8,8"),
      isDone: { desk, _, _ in FormTests.units(desk) == [8, 8] }),
    EverydayTask(
      name: "change the noise", preset: "circle", presses: palette("data.noise 0.3"),
      isDone: { desk, _, _ in
        EverydayChange.data(desk.explorer.snapshot.experiment)?.settings["noise"] == 0.3
      }),
  ]
}
