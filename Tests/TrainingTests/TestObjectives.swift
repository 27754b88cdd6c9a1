import Lanes
import Models
import Training

/// `½ Σ cᵢ (xᵢ − mᵢ)²`, a bowl without samples.
struct Bowl: Objective {
  var curvatures: [Double]
  var minimum: [Double]
  var knowsHessian = true

  var parameterCount: Int { curvatures.count }
  var layout: ParameterLayout {
    ParameterLayout(variables: curvatures.indices.map { "x\($0 + 1)" })
  }
  var sampleCount: Int { 0 }
  var testCount: Int { 0 }
  func scratchCount(batch: Int) -> Int { 0 }

  func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    var loss = 0.0
    for index in curvatures.indices {
      let offset = parameters[index] - minimum[index]
      gradient[index] = curvatures[index] * offset
      loss += curvatures[index] * offset * offset / 2
    }
    return loss
  }

  func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    curvatures.indices.reduce(0) {
      let offset = parameters[$1] - minimum[$1]
      return $0 + curvatures[$1] * offset * offset / 2
    }
  }

  func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? { nil }

  var hessianScratchCount: Int? { knowsHessian ? 0 : nil }

  func hessian(
    at parameters: UnsafePointer<Double>, into rows: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    let n = curvatures.count
    for index in 0..<n * n { rows[index] = index / n == index % n ? curvatures[index / n] : 0 }
  }
}

/// A straight line through points by least squares: `mean (θ₀ + θ₁ x − y)²`.
struct Line: Objective {
  var xs: [Double]
  var ys: [Double]
  var testXs: [Double] = []
  var testYs: [Double] = []

  var parameterCount: Int { 2 }
  var layout: ParameterLayout { ParameterLayout(variables: ["θ0", "θ1"]) }
  var sampleCount: Int { xs.count }
  var testCount: Int { testXs.count }
  func scratchCount(batch: Int) -> Int { 8 }

  func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    var loss = 0.0
    var gradient0 = 0.0
    var gradient1 = 0.0
    func add(_ row: Int) {
      let error = parameters[0] + parameters[1] * xs[row] - ys[row]
      loss += error * error
      gradient0 += error
      gradient1 += error * xs[row]
    }
    let count: Int
    switch batch {
    case .all:
      for row in xs.indices { add(row) }
      count = xs.count
    case .rows(let rows):
      for row in rows { add(Int(row)) }
      count = rows.count
    }
    gradient[0] = 2 * gradient0 / Double(count)
    gradient[1] = 2 * gradient1 / Double(count)
    return loss / Double(count)
  }

  func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let (xs, ys) = split == .train ? (xs, ys) : (testXs, testYs)
    var sum = 0.0
    for (x, y) in zip(xs, ys) {
      let error = parameters[0] + parameters[1] * x - y
      sum += error * error
    }
    return sum / Double(xs.count)
  }

  func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? { nil }

  /// Twenty-odd points near `y = 4 + 3x`.
  static func sample(_ count: Int = 23, tests: Int = 0) -> Line {
    let stream = RandomStream(seed: 7, stream: 99)
    func y(_ x: Double, _ index: Int) -> Double {
      4 + 3 * x + stream.uniform(at: UInt64(1000 + index)) - 0.5
    }
    let xs = (0..<count + tests).map { 2 * stream.uniform(at: UInt64($0)) }
    let ys = xs.indices.map { y(xs[$0], $0) }
    return Line(
      xs: Array(xs[..<count]), ys: Array(ys[..<count]), testXs: Array(xs[count...]),
      testYs: Array(ys[count...]))
  }
}

/// An experiment around an objective of the tests; its problem is never looked at.
func experiment(
  _ optimizer: Choice = Choice("gd"), rate: Double = 0.1, batching: Batching = .full
) -> Experiment {
  var experiment = Experiment(name: "test", problem: .function(FunctionProblem(formula: "x^2")))
  experiment.optimizer = optimizer
  experiment.learningRate = .value(rate)
  experiment.batching = batching
  return experiment
}
