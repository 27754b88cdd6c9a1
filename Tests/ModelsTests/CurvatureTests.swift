import Lanes
import Testing

@testable import Models

@Suite struct CurvatureTests {
  @Test(
    "Hessian products are differences of gradients, for every smooth activation and loss",
    arguments: GradientTests.smooth, ["mse", "huber", "bce", "softmax_ce"])
  func products(activation: String, loss: String) throws {
    // No sample may lie so near to Huber's kink that the differences reach over it.
    let net = try RandomNet(
      seed: loss == "huber" ? 12 : 9, samples: 21, activation: Choice(activation),
      loss: Choice(loss), classes: loss == "softmax_ce" ? 3 : 2, l2: 0.1)
    let stream = RandomStream(seed: 2, stream: 5)
    let direction = net.parameters.indices.map { stream.normal(at: UInt64($0)) }
    let product = net.network.hessianProduct(at: net.parameters, times: direction)
    func gradient(_ h: Double) -> [Double] {
      net.network.lossAndGradient(at: zip(net.parameters, direction).map { $0 + h * $1 }).gradient
    }
    let (a, b, c, d) = (gradient(1e-3), gradient(-1e-3), gradient(5e-4), gradient(-5e-4))
    for i in product.indices {
      let derivative = (4 * (c[i] - d[i]) / 1e-3 - (a[i] - b[i]) / 2e-3) / 3
      #expect(abs(product[i] - derivative) <= 1e-7 * max(1, abs(derivative)), "parameter \(i)")
    }
  }

  @Test("an explicit output activation takes part in curvature")
  func outputActivation() throws {
    let net = try RandomNet(
      seed: 4, activation: Choice("tanh"), loss: Choice("mse"), output: Choice("sigmoid"))
    let hessian = try #require(net.network.hessian(at: net.parameters))
    let n = net.parameters.count
    for column in [0, n / 2, n - 1] {
      var ahead = net.parameters
      var behind = net.parameters
      ahead[column] += 1e-4
      behind[column] -= 1e-4
      let a = net.network.lossAndGradient(at: ahead).gradient
      let b = net.network.lossAndGradient(at: behind).gradient
      for row in 0..<n {
        #expect(abs(hessian[row * n + column] - (a[row] - b[row]) / 2e-4) < 1e-7)
      }
    }
  }

  @Test("the Hessian of least squares is 2 XᵀX / n")
  func leastSquares() throws {
    let x = [0.1, 0.5, 0.9, 1.7, 2.0]
    let samples = Samples(inputCount: 1, inputs: x, targets: [1, 2, 3, 4, 5])
    let network = try DenseNetwork(NetworkPlan(.linear, train: samples, loss: Choice("mse")))
    let hessian = try #require(network.hessian(at: [3, -4]))
    let (s, q) = (x.reduce(0, +), x.reduce(0) { $0 + $1 * $1 })
    for (a, b) in zip(hessian, [2, 0.4 * s, 0.4 * s, 0.4 * q]) { #expect(abs(a - b) < 1e-14) }
  }

  /// x² + 3xy + 2y⁴ without a Hessian of its own: takes the protocol's.
  private struct Plain: Objective {
    var parameterCount: Int { 2 }
    var layout: ParameterLayout { ParameterLayout(variables: ["x", "y"]) }
    var sampleCount: Int { 0 }
    var testCount: Int { 0 }
    func scratchCount(batch: Int) -> Int { 0 }
    func lossAndGradient(
      at p: UnsafePointer<Double>, batch: Batch, gradient: UnsafeMutablePointer<Double>,
      scratch: UnsafeMutablePointer<Double>
    ) -> Double {
      for i in 0..<8 { gradient[i] = 0 }
      gradient[0] = 2 * p[0] + 3 * p[1]
      gradient[1] = 3 * p[0] + 8 * p[1] * p[1] * p[1]
      return p[0] * p[0] + 3 * p[0] * p[1] + 2 * p[1] * p[1] * p[1] * p[1]
    }
    func loss(
      at p: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
    ) -> Double { p[0] }
    func accuracy(
      at p: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
    ) -> Double? { nil }
  }

  @Test("the protocol's own Hessian product is a good difference")
  func fallback() {
    let product = Plain().hessianProduct(at: [1, 2], times: [0.5, -1])
    #expect(abs(product[0] - (1 - 3)) < 1e-8)
    #expect(abs(product[1] - (1.5 - 96)) < 1e-7)
    #expect(Plain().hessianProduct(at: [1, 2], times: [0, 0]) == [0, 0])
  }
}
