import Testing
import Training

@testable import Presets

@Suite("Dated changes of keys")
struct DatedSettingTests {
  static let plain = """
    glissade: 1
    model: {kind: mlp, hidden: 4}
    data: xor
    optimizer: adam
    learning_rate: 0.05
    steps: 30
    """

  /// A preset from text, with settings.
  static func preset(_ text: String, _ settings: [Setting] = []) throws -> Preset {
    let preset = try PresetFile.parse(text, file: "dated.yaml", name: "dated")
    return settings.isEmpty ? preset : try PresetKeys.apply(settings, to: preset)
  }

  static func end(of preset: Preset) throws -> Snapshot {
    var run = try Run(preset)
    run.advance(preset.steps)
    return run.snapshot()
  }

  @Test(
    "A setting and the same key in the file give the same run, whatever changes on the way",
    arguments: ["hidden=2", "learning_rate=0.01", "seed=2", "l2=0.1", "optimizer=gd", "batch=2"],
    ["data.noise: 0.3", "l1: 0.01", "activation: relu", "hidden: [3, 3]", "loss: mse"])
  func settings(setting: String, change: String) throws {
    let parts = setting.split(separator: "=").map(String.init)
    let dated = Self.plain + "\nchanges: [{step: 8, set: {\(change)}}]\n"
    let written =
      parts[0] == "hidden"
      ? dated.replacing("hidden: 4", with: "hidden: 2")
      : dated.split(separator: "\n").filter { !$0.hasPrefix(parts[0] + ":") }
        .joined(separator: "\n") + "\n\(parts[0]): \(parts[1])\n"
    let set = try Self.end(
      of: Self.preset(dated, [Setting(key: parts[0], value: parts[1])]))
    let file = try Self.end(of: Self.preset(written))
    #expect(set.parameters == file.parameters)
    #expect(set.loss == file.loss)
    #expect(set.experiment == file.experiment)
  }

  @Test(
    "Studies, races and maps end where the runs end", arguments: ["data.noise: 0.9", "hidden: 2"])
  func many(change: String) throws {
    let preset = try Self.preset(
      Self.plain + "\nseed: 2\nchanges: [{step: 8, set: {\(change)}}]\n")
    let rates = ["0.05", "0.06"]
    let runs = try rates.map {
      try Self.end(of: PresetKeys.apply([Setting(key: "learning_rate", value: $0)], to: preset))
    }
    let study = Study(preset, over: [Study.Axis(key: "learning_rate", values: rates)])
    let endings = try study.endings().compactMap { $0 }
    #expect(endings.map(\.loss) == runs.map(\.loss))
    #expect(endings.map(\.parameters) == runs.map(\.parameters))

    var course = try RaceCourse(Race(preset, over: "learning_rate", values: rates))
    course.advance(to: preset.steps)
    #expect(course.standing().runs.map(\.loss) == runs.map(\.loss))
  }

  @Test("What a person changed before a planned change is kept by it")
  func kept() throws {
    let preset = try Self.preset(
      Self.plain + "\nchanges: [{step: 8, set: {data.noise: 0.3}}]\n")
    var run = try Run(preset)
    run.advance(5)
    let change = try SettingEditor(preset).change(Setting(key: "l2", value: "0.25"))
    try run.apply(
      .set(
        KeyChange(
          Setting(key: "l2", value: "0.25"), to: change.experiment, from: preset.experiment)))
    run.advance(10)
    guard case .model(let model) = run.experiment.problem else { return #expect(Bool(false)) }
    #expect(model.l2 == 0.25)
  }

  @Test("A setting that a planned change does not fit is refused at that change")
  func misfit() throws {
    let preset = try Self.preset(
      Self.plain + "\nchanges: [{step: 8, set: {hidden: 2}}]\n")
    #expect(throws: PresetError.self) {
      try PresetKeys.apply([Setting(key: "kind", value: "logistic")], to: preset)
    }
  }
}

@Suite("A saved session has one truth")
struct SessionTruthTests {
  static let session = """
    glissade: 1
    function: x^2
    start: {x: 1}
    optimizer: gd
    learning_rate: 0.1
    changes:
    - step: 3
      learning_rate: 0.2
    branches:
    - id: 1
      steps: 8
      digest: 0123456789abcdef
    - id: 2
      from: 1
      left_at: 5
      shown: true
      changes:
      - step: 3
        learning_rate: 0.2
      steps: 9
      digest: 0123456789abcdef

    """

  @Test("What its writer writes is taken")
  func right() { #expect(ErrorTests.messages(Self.session) == []) }

  @Test(
    "What contradicts itself is told with its place",
    arguments: [
      (
        "- step: 3\n  learning_rate: 0.2\nbranches", "- step: 3\n  learning_rate: 0.5\nbranches",
        "changes are not those of branch 2"
      ),
      ("left_at: 5", "left_at: 9", "branch 1 has only 8 steps"),
      ("- id: 1\n", "- id: 1\n  shown: true\n", "only one branch can be shown"),
      (
        "steps: 8\n  digest: 0123456789abcdef", "steps: 8\n  digest: zzz3456789abcdef",
        "16 hexadecimal digits"
      ),
    ])
  func contradictions(old: String, new: String, words: String) {
    let text = Self.session.replacing(old, with: new)
    #expect(text != Self.session)
    let messages = ErrorTests.messages(text)
    #expect(messages.contains { $0.contains(words) }, "\(messages)")
  }
}
