import Foundation
import Training

extension Specimens {
  /// x sin(x² + 1).
  static let xsin = PlainFunction(
    names: ["x"], value: { $0[0] * sin($0[0] * $0[0] + 1) },
    derivatives: { [sin($0[0] * $0[0] + 1) + 2 * $0[0] * $0[0] * cos($0[0] * $0[0] + 1)] })

  /// Rosenbrock's valley.
  static let rosenbrock = PlainFunction(
    names: ["x", "y"],
    value: { pow(1 - $0[0], 2) + 100 * pow($0[1] - $0[0] * $0[0], 2) },
    derivatives: {
      let t = $0[1] - $0[0] * $0[0]
      return [-2 * (1 - $0[0]) - 400 * $0[0] * t, 200 * t]
    })

  /// Himmelblau's four minima.
  static let himmelblau = PlainFunction(
    names: ["x", "y"],
    value: { pow($0[0] * $0[0] + $0[1] - 11, 2) + pow($0[0] + $0[1] * $0[1] - 7, 2) },
    derivatives: {
      let a = $0[0] * $0[0] + $0[1] - 11
      let b = $0[0] + $0[1] * $0[1] - 7
      return [4 * $0[0] * a + 2 * b, 2 * a + 4 * $0[1] * b]
    })

  /// An experiment on a function.
  static func experiment(
    _ formula: String, x: ClosedRange<Double>, y: ClosedRange<Double> = -5...5
  ) -> Experiment {
    var problem = FunctionProblem(formula: formula)
    problem.xRange = x
    problem.yRange = y
    return Experiment(name: "specimen", problem: .function(problem))
  }

  /// The descents that most tests draw.
  static var sliding: Snapshot {
    descent(
      experiment("x sin(x^2 + 1)", x: -2.5...2.6), xsin, from: [1], rate: 0.01, steps: 120)
  }

  /// A ball that leaps to and fro.
  static var leaping: Snapshot {
    descent(experiment("x sin(x^2 + 1)", x: -5...5), xsin, from: [4], rate: 0.02, steps: 80)
  }

  /// A long way through a valley.
  static var valley: Snapshot {
    descent(
      experiment("(1 - x)^2 + 100 (y - x^2)^2", x: -2...2, y: -1...3), rosenbrock,
      from: [-1.2, 1], rate: 0.0012, steps: 2000)
  }

  /// One of four basins.
  static var basins: Snapshot {
    descent(
      experiment("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", x: -5...5, y: -5...5), himmelblau,
      from: [-0.5, -0.5], rate: 0.012, steps: 60)
  }
}
