import Differentiation
import Lanes
import Testing

@testable import Models

/// A dense network written for any kind of number, so that the engine of differentiation can take
/// its gradient.
private struct TracedNetwork {
  let network: DenseNetwork

  func loss<S: Arithmetic>(_ parameters: [S]) -> S {
    var total = S.constant(0)
    for row in 0..<network.train.count {
      var values = column(network.train.columns, network.train.inputs, row).map { S.constant($0) }
      for layer in network.layers {
        let input = values
        values = (0..<layer.units).map { u in
          var z = layer.hasBias ? parameters[layer.biases + u] : .constant(0)
          for i in 0..<layer.inputs {
            z = z + parameters[layer.weights + u * layer.inputs + i] * input[i]
          }
          return activate(layer.activation.name, z)
        }
      }
      total = total + cost(values, column(network.train.targets, network.train.outputs, row))
    }
    return total * S.constant(network.scale(samples: network.train.count))
  }

  private func activate<S: Arithmetic>(_ name: String, _ z: S) -> S {
    switch name {
    case "sigmoid": z.sigmoid()
    case "tanh": z.tanh()
    case "sine": z.sin()
    case "relu": z.relu()
    case "softplus": z.softplus()
    case "silu": z * z.sigmoid()
    case "elu": .select(.apply(.greater, z, .constant(0)), z, .apply(.expm1, z))
    default: z
    }
  }

  private func cost<S: Arithmetic>(_ z: [S], _ targets: [Double]) -> S {
    switch network.loss.name {
    case "bce":
      zip(z, targets).reduce(.constant(0)) { sum, pair in
        sum + pair.0.softplus() - S.constant(pair.1) * pair.0
      }
    case "softmax_ce":
      z.reduce(.constant(0)) { $0 + $1.exp() }.log()
        - zip(z, targets).reduce(.constant(0)) { $0 + S.constant($1.1) * $1.0 }
    default:
      zip(z, targets).reduce(.constant(0)) { $0 + ($1.0 - S.constant($1.1)).squared() }
    }
  }

  private func column(_ lanes: AlignedLanes, _ count: Int, _ row: Int) -> [Double] {
    let stride = network.train.stride
    return (0..<count).map { lanes[$0 * stride + row / 8][row % 8] }
  }
}

@Suite("Backpropagation against the engine of differentiation")
struct TracedNetworkTests {
  @Test(
    "random nets: loss and gradient agree to 1e-12 of the largest gradient",
    arguments: ["identity", "sigmoid", "tanh", "sine", "relu", "softplus", "silu", "elu"],
    ["mse", "bce", "softmax_ce"])
  func agree(activation: String, loss: String) throws {
    for seed in UInt64(1)...6 {
      let shape = [[4, 3], [7], [2, 5, 3]][Int(seed % 3)]
      let net = try RandomNet(
        seed: seed, inputs: Int(seed % 4) + 1, hidden: shape, activation: Choice(activation),
        loss: Choice(loss), classes: loss == "softmax_ce" ? 4 : 2)
      let traced = TracedNetwork(network: net.network)
      let tape = GraphBuilder()
      let result = traced.loss(
        net.parameters.enumerated().map { Variable(tape, $0.offset, value: $0.element) })
      let expected = result.graph(variableCount: net.parameters.count)
        .valueAndGradient(at: net.parameters)
      let (value, gradient) = net.network.lossAndGradient(at: net.parameters)
      #expect(abs(value - expected.value) <= 1e-12 * max(1, abs(value)))
      let largest = expected.gradient.reduce(0) { max($0, abs($1)) }
      #expect(largest > 0)
      for (found, exact) in zip(gradient, expected.gradient) {
        #expect(abs(found - exact) <= 1e-12 * max(largest, abs(exact)), "seed \(seed)")
      }
    }
  }
}
