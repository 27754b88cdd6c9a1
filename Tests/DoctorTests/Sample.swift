import Presets
import Testing
import Training

@testable import Doctor

/// A run to be judged: a preset's text, and the cause that is to be found; nil for a healthy one.
struct Sample: Sendable, CustomTestStringConvertible {
  var cause: String?
  var since: ClosedRange<Int>
  var text: String

  /// A sick run.
  static func sick(_ cause: String, since: ClosedRange<Int> = 0...1, _ text: String) -> Sample {
    Sample(cause: cause, since: since, text: text)
  }
  /// A healthy run, which looks like a sick one.
  static func healthy(_ text: String) -> Sample { Sample(cause: nil, since: 0...0, text: text) }

  var testDescription: String {
    (cause ?? "healthy") + ": "
      + text.split(separator: "\n").prefix(8).joined(separator: "; ")
  }

  /// It as a preset.
  func preset() throws -> Preset {
    try PresetFile.parse("glissade: 1\n" + text, file: "sample", name: "sample")
  }

  /// What the doctor says of it.
  func findings() throws -> [Finding] {
    let experiment = try preset().experiment
    return try Doctor.diagnose(experiment, steps: experiment.steps, proofs: true)
  }

  /// A function with its start.
  static func function(
    _ formula: String, _ start: String, rate: String, optimizer: String = "gd", steps: Int,
    _ more: String = ""
  ) -> String {
    """
    function: {formula: "\(formula)"}
    start: {\(start)}
    optimizer: \(optimizer)
    learning_rate: \(rate)
    steps: \(steps)
    \(more)
    """
  }

  /// A network on a ring.
  static func ring(
    hidden: String = "[8]", activation: String = "tanh", rate: String, optimizer: String = "gd",
    steps: Int, _ more: String = "", data: String = "{name: circle, samples: 120, noise: 0.1}"
  ) -> String {
    """
    model: {kind: mlp, hidden: \(hidden), activation: \(activation)}
    data: \(data)
    optimizer: \(optimizer)
    learning_rate: \(rate)
    seed: 2
    steps: \(steps)
    \(more)
    """
  }

  /// A linear model on rows.
  static func linear(
    _ rows: [[Double]], kind: String = "linear", rate: String, optimizer: String = "gd",
    steps: Int, _ more: String = ""
  ) -> String {
    """
    model: {kind: \(kind)}
    data:
      rows:
    \(rows.map { "  - \($0)" }.joined(separator: "\n"))
    start: {initializer: zeros}
    optimizer: \(optimizer)
    learning_rate: \(rate)
    steps: \(steps)
    \(more)
    """
  }

  /// Rows x, y with y = 1 + 2x (+ a bend), and scatter that no straight line explains.
  static func line(_ count: Int = 40, bend: Double = 0, scatter: Double = 0.3, width: Double = 1)
    -> [[Double]]
  {
    (0..<count).map { index in
      let x = 4 * Double(index) / Double(count - 1) - 2
      let noise = scatter * [1, -1.3, 0.4, -0.2, 0.9, -0.8, -0.6, 0.6][index * 5 % 8]
      return [x * width, 1 + 2 * x + bend * x * x + noise]
    }
  }
}
