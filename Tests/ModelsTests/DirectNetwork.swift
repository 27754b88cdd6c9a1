import Glibc

@testable import Models

/// The same mathematics written the plainest way, sample by sample on the C library: what the fast
/// code must agree with.
struct DirectNetwork {
  let network: DenseNetwork
  let parameters: [Double]

  /// Values of every layer for one row of columns.
  func forward(_ columns: [Double]) -> [[Double]] {
    var values = [columns]
    for layer in network.layers {
      let input = values[values.count - 1]
      values.append(
        (0..<layer.units).map { u in
          var z = layer.hasBias ? parameters[layer.biases + u] : 0
          for i in 0..<layer.inputs {
            z += parameters[layer.weights + u * layer.inputs + i] * input[i]
          }
          return DirectNetwork.value(layer.activation.name, z)
        })
    }
    return values
  }

  /// Loss and gradient of the samples with numbers `rows`, without penalties; tanh, relu, sigmoid
  /// and identity layers.
  func lossAndGradient(rows: [Int]) -> (loss: Double, gradient: [Double]) {
    var loss = 0.0
    var gradient = [Double](repeating: 0, count: network.parameterCount)
    let scale = network.scale(samples: rows.count)
    for row in rows {
      let values = forward(column(network.train.columns, network.train.inputs, row))
      let targets = column(network.train.targets, network.train.outputs, row)
      let (cost, gradients) = self.loss(values[values.count - 1], targets)
      loss += cost
      var delta = gradients
      for l in network.layers.indices.reversed() {
        let layer = network.layers[l]
        for u in 0..<layer.units {
          delta[u] *= DirectNetwork.gradient(layer.activation.name, values[l + 1][u])
        }
        var below = [Double](repeating: 0, count: layer.inputs)
        for u in 0..<layer.units {
          for i in 0..<layer.inputs {
            let at = layer.weights + u * layer.inputs + i
            gradient[at] += scale * delta[u] * values[l][i]
            below[i] += parameters[at] * delta[u]
          }
          if layer.hasBias { gradient[layer.biases + u] += scale * delta[u] }
        }
        delta = below
      }
    }
    return (loss * scale, gradient)
  }

  private func loss(_ z: [Double], _ t: [Double]) -> (Double, [Double]) {
    switch network.loss.name {
    case "mse":
      return (
        zip(z, t).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }, zip(z, t).map { 2 * ($0 - $1) }
      )
    case "bce":
      let p = z.map { 1 / (1 + exp(-$0)) }
      let cost = zip(p, t).reduce(0) { $0 - ($1.1 == 1 ? log($1.0) : log(1 - $1.0)) }
      return (cost, zip(p, t).map { $0 - $1 })
    default:
      let e = z.map { exp($0) }
      let sum = e.reduce(0, +)
      let cost = zip(e, t).reduce(0) { $0 - $1.1 * log($1.0 / sum) }
      return (cost, zip(e, t).map { $0 / sum - $1 })
    }
  }

  private func column(_ lanes: AlignedLanes, _ count: Int, _ row: Int) -> [Double] {
    let stride = network.train.stride
    return (0..<count).map { lanes[$0 * stride + row / 8][row % 8] }
  }

  private static func value(_ name: String, _ z: Double) -> Double {
    switch name {
    case "tanh": tanh(z)
    case "sigmoid": 1 / (1 + exp(-z))
    case "relu": max(z, 0)
    default: z
    }
  }

  private static func gradient(_ name: String, _ a: Double) -> Double {
    switch name {
    case "tanh": 1 - a * a
    case "sigmoid": a * (1 - a)
    case "relu": a > 0 ? 1 : 0
    default: 1
    }
  }
}
