import Differentiation
import Models
import Presets
import Testing
import Training

@Suite("Conditions of lessons")
struct ConditionTests {
  /// A run of a preset with settings after some steps.
  static func snapshot(_ name: String, _ settings: [Setting] = [], steps: Int) throws -> Snapshot {
    let experiment = try PresetShelf(folder: "/nonexistent").load(name)
    var run = try Run(PresetKeys.apply(settings, to: experiment))
    run.advance(steps)
    return run.snapshot()
  }

  static func holds(_ text: String, _ snapshot: Snapshot) throws -> Bool? {
    try Condition(text, layout: snapshot.objective.layout).holds(in: snapshot)
  }

  @Test(
    "ask for what the run is",
    arguments: [
      ("step == 10", true), ("step >= 11", false), ("step = 3; step", nil),
      ("loss < 0.3 and loss > 0.28", true), ("loss < 0.3 and not (step == 10)", false),
      ("abs(x - 5 * 0.8^10) < 1e-12", true), ("p[0] == x", true), ("norm(p) == |x|", true),
      ("learning_rate == 0.1 and base_rate == 0.1", true), ("lambda_max == 2", true),
      ("lambda_min == 2", true), ("unchanged == 10 and seed == 1", true), ("diverged", false),
      ("not diverged", true), ("accuracy > 0", false), ("optimizer == \"gd\"", true),
      ("optimizer != 'gd' or schedule == \"constant\"", true), ("optimizer == \"adam\"", false),
      ("momentum > 0.5", false), ("step(step - 10) == 1", true),
      ("abs(gradient_norm - 10 * 0.8^10) < 1e-12", true),
    ] as [(String, Bool?)])
  func names(text: String, expected: Bool?) throws {
    let snapshot = try Self.snapshot("notes-gd-x2", steps: 10)
    guard let expected else {
      #expect(throws: FormulaError.self) { try Self.holds(text, snapshot) }
      return
    }
    #expect(try Self.holds(text, snapshot) == expected)
  }

  @Test("know nets, their data and the settings of their optimizer")
  func nets() throws {
    let snapshot = try Self.snapshot("circle", steps: 50)
    for text in [
      "units == 4", "layers == 1", "activation == \"tanh\"", "batch_size == 10",
      "accuracy > 0.3", "test_accuracy > 0.3 and test_loss < 1", "beta1 == 0.9", "epoch >= 3",
    ] {
      #expect(try Self.holds(text, snapshot) == true, "\(text)")
    }
  }

  @Test("tell that a run diverged")
  func diverged() throws {
    let settings = [Setting(key: "learning_rate", value: "40")]
    let snapshot = try Self.snapshot("notes-gd-x2", settings, steps: 1000)
    #expect(try Self.holds("diverged", snapshot) == true)
    #expect(try Self.holds("loss < 1", snapshot) == false)
  }

  @Test("show the values of the names they use")
  func values() throws {
    let snapshot = try Self.snapshot("notes-gd-x2", steps: 10)
    let condition = try Condition(
      "step >= 5 and optimizer == \"gd\" and x < 1 and step < 20",
      layout: snapshot.objective.layout)
    let values = condition.values(in: snapshot)
    #expect(values.map(\.name) == ["step", "optimizer", "x"])
    #expect(values.map(\.value) == [.number(10), .word("gd"), .number(snapshot.parameters[0])])
  }

  @Test(
    "are wrong at a place, with what may have been meant",
    arguments: [
      ("los < 1", 0, "did you mean loss?"), ("step >= 3 and accurcy > 1", 14, "accuracy"),
      ("optimizer == \"adm\"", 13, "did you mean adam?"), ("loss == \"adam\"", 8, "optimizer =="),
      ("optimizer == \"adam", 13, "does not end"), ("optimizer < \"adam\"", 12, "compared"),
      ("loss <", 6, "expected"), ("y > 1", 0, "y"),
    ])
  func mistakes(text: String, column: Int, words: String) throws {
    do {
      _ = try Condition(text, layout: ParameterLayout(variables: ["x"]))
      Issue.record("\(text) was taken")
    } catch {
      #expect(error.position == column, "\(error)")
      #expect(error.explanation.contains(words), "\(error.explanation)")
    }
  }

  @Test("of another problem's parameters answer nothing")
  func otherParameters() throws {
    let snapshot = try Self.snapshot("notes-gd-x2", steps: 1)
    let condition = try Condition("step > 0", layout: ParameterLayout(variables: ["y"]))
    #expect(condition.holds(in: snapshot) == nil)
    #expect(condition.values(in: snapshot).isEmpty)
  }
}
