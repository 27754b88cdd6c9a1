import Lanes
import Testing

@testable import Models

@Suite struct GradientTests {
  /// Those whose derivative has a derivative everywhere.
  static let smooth = [
    "identity", "sigmoid", "tanh", "arctan", "sine", "gaussian", "softplus", "silu", "gelu",
    "gelu_tanh", "mish",
  ]

  @Test(
    "the gradient is made of the differences of the loss, for every activation and loss",
    arguments: Activation.all.names, Loss.all.names)
  func derivatives(activation: String, loss: String) throws {
    let multi = loss == "softmax_ce"
    let net = try RandomNet(
      seed: 5, activation: Choice(activation), loss: Choice(loss), classes: multi ? 4 : 2,
      l2: 0.01)
    let (value, gradient) = net.network.lossAndGradient(at: net.parameters)
    #expect(value == net.network.loss(at: net.parameters))
    for i in net.parameters.indices {
      let derivative = numericDerivative(net.network, net.parameters, i)
      // The step's gradient is zero by convention before it, and real after it.
      if activation == "step", i < net.network.layers[2].weights {
        let penalty = net.network.penalty.weights.contains { $0.contains(i) }
        #expect(gradient[i] == (penalty ? 0.01 * net.parameters[i] : 0))
        continue
      }
      #expect(abs(gradient[i] - derivative) <= 1e-8 * max(1, abs(derivative)), "parameter \(i)")
    }
  }
}
