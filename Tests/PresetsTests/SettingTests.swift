import Lanes
import Models
import Presets
import Testing
import Training

@Suite("Settings have the keys and the checks of preset files")
struct SettingTests {
  static let shelf = PresetShelf(folder: "/nonexistent")

  static func apply(_ settings: [String], to preset: String = "xor") throws -> Preset {
    try PresetKeys.apply(settings.map { try PresetKeys.parse($0) }, to: shelf.load(preset))
  }

  static func message(_ settings: [String], to preset: String = "xor") -> String {
    do {
      _ = try apply(settings, to: preset)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("Top-level keys, inner keys and short names")
  func keys() throws {
    let experiment = try Self.apply([
      "learning_rate=0.2", "optimizer=momentum", "momentum=0.7", "hidden=8,6", "activation=relu",
      "data.noise=0.1", "steps=1e3", "seed=7", "batch=2", "l2=0.01", "title=a: b, c",
    ])
    #expect(experiment.learningRate == .value(0.2))
    #expect(experiment.optimizer == Choice("momentum", ["momentum": 0.7]))
    #expect(experiment.steps == 1000 && experiment.seed == 7 && experiment.title == "a: b, c")
    #expect(experiment.batching == .shuffled(size: 2))
    guard case .model(let model) = experiment.problem else {
      Issue.record("not a model")
      return
    }
    #expect(model.hidden.map { $0.units } == [8, 6])
    #expect(model.hidden.allSatisfy { $0.activation == Choice("relu") })
    #expect(model.data.origin == .generated(Choice("xor", ["noise": 0.1])))
    #expect(model.l2 == 0.01)
  }

  @Test("A start by name, by list, and by initialiser replace one another")
  func start() throws {
    let moved = try Self.apply(["start.x=4"], to: "rosenbrock")
    #expect(moved.start.parameters == [4, 1])
    let listed = try Self.apply(["start=0.5,0.25", "start.y=2"], to: "rosenbrock")
    #expect(listed.start.parameters == [0.5, 2])
    let drawn = try Self.apply(["start=1,2", "initializer=zeros"], to: "rosenbrock")
    #expect(drawn.start == Start(initializer: Choice("zeros")))
  }

  @Test("Another name drops the settings of the one before")
  func otherName() throws {
    let experiment = try Self.apply([
      "optimizer={name: adam, beta1: 0.5}", "optimizer.name=rmsprop", "rho=0.8",
    ])
    #expect(experiment.optimizer == Choice("rmsprop", ["rho": 0.8]))
  }

  @Test("Mistakes are told with the setting and what may have been meant")
  func mistakes() {
    #expect(
      Self.message(["optimizer=adm"])
        == "optimizer=adm: there is no optimizer \"adm\"; did you mean adam?")
    #expect(Self.message(["learning_rat=1"]).contains("did you mean learning_rate?"))
    #expect(Self.message(["beta1=x"]).contains("beta1 must be a number"))
    #expect(Self.message(["data.noise=-1"]).contains("noise must be"))
    #expect(Self.message(["start.z=1"], to: "rosenbrock").contains("no key \"z\""))
    #expect(Self.message(["hidden=[4"]).contains("whole number"))
    #expect(Self.message(["variants=[]"]).contains("only be given in a preset file"))
    #expect(Self.message(["=1"]).contains("key=value"))
    #expect(Self.message(["a..b=1"]).contains("no key"))
    #expect(Self.message(["optimizer.beta1.x=1"]).contains("no key \"optimizer.beta1.x\""))
  }

  @Test("Settings follow what they belong to, in whatever order they are given")
  func order() throws {
    let experiment = try Self.apply(["momentum=0.8", "optimizer=momentum"])
    #expect(experiment.optimizer == Choice("momentum", ["momentum": 0.8]))
    #expect(Self.message(["momentum=0.8"], to: "xsin").contains("optimizers momentum, nesterov"))
    #expect(Self.message(["nonsense_key=1"]).contains("glissade list settings"))
  }

  @Test(
    "Another function is drawn where it is interesting, not where the one before was",
    arguments: ["function=(x-30)^2", "function.formula=(x-30)^2", "landscape=rosenbrock"])
  func windowOfAFunction(text: String) throws {
    func window(_ settings: [String]) throws -> ClosedRange<Double>? {
      let preset = try Self.apply(settings + ["start="], to: "xsin")
      guard case .function(let problem) = preset.problem else { return nil }
      return problem.xRange
    }
    let drawn = "x_range=-1, 40"
    #expect(try window([drawn]) == -1...40)
    #expect(try window([drawn, "function=x sin(x^2 + 1)"]) == -1...40)
    let usual = Landscape.all["rosenbrock"]?.xRange
    #expect(try window([text]) == (text.hasPrefix("landscape") ? usual : -5...5))
    #expect(try window([text, drawn]) == -1...40)
  }

  @Test("A number beyond its range is told which bound it broke")
  func bounds() {
    #expect(Self.message(["learning_rate=1e308"]).contains("to 1e+300"))
    #expect(Self.message(["learning_rate=1e999"]).contains("a double can hold"))
    #expect(Self.message(["hidden=20000"]).contains("1 to 16384"))
  }

  @Test("A schedule takes any number of milestones, one by one or as a list")
  func milestones() throws {
    let listed = try Self.apply(["schedule={name: multi_step, milestones: [30, 60, 90, 99, 120]}"])
    var expected: [String: Double] = [:]
    for (index, time) in [30.0, 60, 90, 99, 120].enumerated() {
      expected["milestone\(index + 1)"] = time
    }
    #expect(listed.schedule == Choice("multi_step", expected))
    // Of a short list, the defaults of those beyond do not come in.
    let short = try Self.apply(["schedule={name: multi_step, milestones: 40}"])
    #expect(short.schedule.settings["milestone2"] == 0)
    let single = try Self.apply(["schedule=multi_step", "schedule.milestone7=70"])
    #expect(single.schedule.settings["milestone7"] == 70)
    let list = try Self.apply(["schedule=multi_step", "milestones=30, 60, 90, 99"])
    #expect(list.schedule.settings["milestone4"] == 99)
    #expect(Self.message(["schedule={name: multi_step, milestone07: 3}"]).contains("milestone07"))
    #expect(Self.message(["schedule={name: step, milestones: [3]}"]).contains("milestones"))
  }
}
