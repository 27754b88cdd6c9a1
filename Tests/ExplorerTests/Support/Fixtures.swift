import Lanes
import Models
import Terminal
import Views

@testable import Explorer
// Snapshots are made by runs alone; tests of the explorer need them without one.
@testable import Training

/// An objective that knows its shape and nothing else: the explorer asks for no more.
struct ShapeObjective: Objective {
  var parameterCount = 1
  var layout: ParameterLayout {
    ParameterLayout(variables: (0..<parameterCount).map { "x\($0)" })
  }
  var sampleCount = 0
  var testCount = 0
  func scratchCount(batch: Int) -> Int { 0 }
  func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch, gradient: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) -> Double { 0 }
  func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double { 0 }
  func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? { nil }
}

/// Runs as the explorer sees them.
enum Fixture {
  /// x sin(x²+1).
  static var function: Preset {
    var preset = Preset(
      name: "xsin", problem: .function(FunctionProblem(formula: "x sin(x^2 + 1)")))
    preset.title = "x sin(x² + 1)"
    preset.summary = "A curve with many valleys."
    preset.notes = "Eight minima lie between −3 and 3. Where a run ends depends on its start."
    preset.group = "Functions"
    preset.views = ["function", "loss", "parameters"]
    return preset
  }

  /// XOR by a small net.
  static var xor: Preset {
    let model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("xor"))),
      hidden: [LayerSpec(units: 4, activation: Choice("tanh"))])
    var preset = Preset(name: "xor", problem: .model(model))
    preset.title = "XOR decision boundary"
    preset.group = "Gates"
    preset.optimizer = Choice("adam", ["beta1": 0.9])
    preset.learningRate = .value(0.01)
    preset.batching = .shuffled(size: 8)
    preset.views = ["boundary", "loss", "network"]
    return preset
  }

  /// x sin(x²+1) with a lesson: a text, a question with choices, a goal, a question for a number.
  static var taught: Preset {
    var preset = function
    preset.name = "taught"
    var first = LessonStep(text: "A ball rolls down a curve with many valleys.")
    first.view = "loss"
    var second = LessonStep(text: "Now the rate is larger.")
    second.settings = [Setting(key: "learning_rate", value: "0.5")]
    second.advance = 7
    second.question = LessonQuestion(
      text: "Where does it end?", answer: .choice(["left", "right", "nowhere"], right: 2),
      explanation: "It jumps from valley to valley.", hint: "Think of the rate.",
      shown: ["function"])
    var third = LessonStep(text: "Make it stay.")
    third.keys = ["-", "r"]
    third.settings = [Setting(key: "learning_rate", value: "0.2")]
    third.goal = LessonGoal(
      text: "Take a small rate", condition: "learning_rate < 0.1 and step >= 5",
      solution: LessonSolution(
        settings: [Setting(key: "learning_rate", value: "0.05")], steps: 30))
    var fourth = LessonStep(text: "The last step.")
    fourth.question = LessonQuestion(
      text: "What is 2 + 2?", answer: .number(4, tolerance: 0.1), explanation: "It is four.")
    preset.lesson = Lesson(
      title: "Valleys", section: "Functions", order: 2, steps: [first, second, third, fourth])
    return preset
  }

  /// A snapshot of a preset's run.
  static func snapshot(
    _ preset: Preset, step: Int = 120, loss: Double = 0.0011,
    status: Snapshot.Status = .running, generation: UInt64 = 1
  ) -> Snapshot {
    let experiment = preset.experiment
    var rate = 0.01
    if case .value(let value) = experiment.learningRate { rate = value }
    let isModel = if case .model = experiment.problem { true } else { false }
    let count = isModel ? 17 : 1
    return Snapshot(
      experiment: experiment, original: experiment,
      objective: ShapeObjective(parameterCount: count, sampleCount: isModel ? 64 : 0),
      step: step, epoch: isModel ? step / 8 : step,
      parameters: [Double](repeating: 0.25, count: count), loss: loss, testLoss: nil,
      accuracy: isModel ? 0.984 : nil, testAccuracy: nil, gradient: [], learningRate: rate,
      baseRate: rate, optimizerState: [], lastBatch: [], history: History(),
      trajectory: Trajectory(),
      changes: [], status: status, stepsPerSecond: 0, generation: generation)
  }

  /// Presets as lists show them.
  static let presets = [
    PresetEntry(
      name: "xsin", title: "x sin(x² + 1)", summary: "A curve with many valleys.",
      group: "Functions", variants: ["starts at 2", "starts at −2"]),
    PresetEntry(
      name: "parabola", title: "x²", summary: "The simplest valley.", group: "Functions"),
    PresetEntry(
      name: "rosenbrock", title: "Rosenbrock's banana", summary: "A bent ravine.",
      group: "Two variables"),
    PresetEntry(name: "xor", title: "XOR decision boundary", summary: "A gate.", group: "Gates"),
    PresetEntry(name: "or", title: "OR", summary: "An easier gate.", group: "Gates"),
  ]

  /// Names to choose from.
  static let vocabulary = Vocabulary(
    optimizers: Catalogue(
      kind: "optimizer",
      [
        .init(name: "gd", summary: "Straight downhill"),
        .init(
          name: "momentum", summary: "Heavy ball",
          hyperparameters: [
            Hyperparameter("momentum", symbol: "μ", "Memory", default: 0.9, in: 0...1)
          ]),
        .init(
          name: "adam", summary: "Adaptive moments",
          hyperparameters: [
            Hyperparameter("beta1", symbol: "β₁", "First moment", default: 0.9, in: 0...0.9999),
            Hyperparameter("beta2", symbol: "β₂", "Second moment", default: 0.999, in: 0...1),
            Hyperparameter(
              "amsgrad", symbol: "max", "Keep the maximum", default: 0, in: 0...1, scale: .flag),
          ]),
        .init(name: "adamw", summary: "Adam with decoupled decay"),
      ]),
    schedules: Catalogue(
      kind: "schedule",
      [
        .init(name: "constant", summary: "Always 1"),
        .init(
          name: "step", summary: "Falls in steps",
          hyperparameters: [
            Hyperparameter(
              "every", symbol: "k", "Steps between falls", default: 100, in: 1...1e6,
              scale: .integer)
          ]),
      ]),
    activations: Catalogue(
      kind: "activation",
      [
        .init(name: "tanh", summary: "S-shaped, odd"), .init(name: "relu", summary: "Half a line"),
        .init(
          name: "leaky_relu", summary: "A bent line",
          hyperparameters: [
            Hyperparameter("slope", symbol: "α", "Left slope", default: 0.01, in: 0...1)
          ]),
      ]),
    views: FakeViews.catalogue)

  /// An explorer of a preset.
  static func explorer(
    _ preset: Preset = xor, size: Size = Size(width: 80, height: 24),
    status: Snapshot.Status = .running, appearance: Appearance = Appearance()
  ) -> Explorer {
    Explorer(
      snapshot: snapshot(preset, status: status), preset: preset, vocabulary: vocabulary,
      presets: presets,
      appearance: appearance, size: size)
  }
}
