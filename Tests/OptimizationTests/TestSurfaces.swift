import Lanes
import Optimization

/// A function of a few variables with its gradient, for the tests of optimizers.
final class TestSurface: LossSurface {
  let function: ([Double]) -> (Double, [Double])
  let count: Int

  init(count: Int, _ function: @escaping ([Double]) -> (Double, [Double])) {
    self.count = count
    self.function = function
  }

  func lossAndGradient(
    at parameters: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let (loss, derivatives) = function((0..<count).map { parameters[$0] })
    for index in 0..<count { gradient[index] = derivatives[index] }
    return loss
  }

  func hessian(
    at parameters: UnsafePointer<Double>, into rows: UnsafeMutablePointer<Double>
  ) -> Bool { false }

  /// `(1 − x)² + 100 (y − x²)²`.
  static let rosenbrock = { @Sendable (p: [Double]) -> (Double, [Double]) in
    let (x, y) = (p[0], p[1])
    let d = y - x * x
    return ((1 - x) * (1 - x) + 100 * d * d, [-2 * (1 - x) - 400 * x * d, 200 * d])
  }

  /// `½ Σ i xᵢ²`.
  static let bowl = { @Sendable (p: [Double]) -> (Double, [Double]) in
    var loss = 0.0
    var derivatives: [Double] = []
    for (index, x) in p.enumerated() {
      let curvature = Double(index + 1)
      loss += curvature * x * x / 2
      derivatives.append(curvature * x)
    }
    return (loss, derivatives)
  }
}

/// Steps an optimizer by hand.
struct Walker {
  var chain: OptimizerChain
  var parameters: Vector
  let surface: TestSurface
  var rate: Double
  var stepsPerEpoch = 1
  var steps = 0

  init(
    _ choice: Choice, from start: [Double], rate: Double,
    _ function: @escaping ([Double]) -> (Double, [Double])
  ) throws {
    chain = try OptimizerChain(choice, parameterCount: start.count)
    parameters = Vector(start)
    surface = TestSurface(count: start.count, function)
    self.rate = rate
  }

  mutating func step(gradient given: [Double]? = nil) {
    var gradient = Vector(zeros: parameters.count)
    let paddedCount = parameters.paddedCount
    let surface = surface
    let loss = parameters.withUnsafePointer { p in
      gradient.withUnsafeMutablePointer { surface.lossAndGradient(at: p, gradient: $0) }
    }
    if let given { gradient = Vector(given) }
    var context = StepContext(
      step: 0, learningRate: rate, epoch: steps / stepsPerEpoch,
      beginsEpoch: steps % stepsPerEpoch == 0, loss: loss, surface: surface)
    parameters.withUnsafePointer { p in
      gradient.withUnsafeMutablePointer { g in
        chain.update(gradient: g, parameters: p, paddedCount: paddedCount, context: &context)
      }
    }
    for index in parameters.lanes.indices { parameters.lanes[index] -= gradient.lanes[index] }
    steps += 1
  }
}
