import Differentiation
import Lanes
package import Models

/// The empirical tangent kernel of a network of one output: `K = J Jᵀ`, J the derivatives of the
/// outputs at all training samples by the parameters.
///
/// The network that is linear in its parameters with these derivatives is trained by gradient
/// descent along K's eigenvectors: with `s = 2/n` for the mean of squared errors, the part of the
/// residual along eigenvector k is multiplied by `1 − η s κₖ` each step. Jacot, Gabriel, Hongler
/// (2018), arXiv 1806.07572; Lee et al. (2019), arXiv 1902.06720.
package struct TangentKernel: Sendable {
  /// κ, from the least to the greatest.
  package let eigenvalues: [Double]
  /// Eigenvectors in the same order.
  package let vectors: [[Double]]
  /// s: what the loss multiplies `K r` by.
  package let scale: Double
  /// The residual's part along each eigenvector.
  package private(set) var coefficients: [Double]

  /// The most samples of a kernel.
  package static let limit = 256

  /// The kernel of a network at parameters; nil where the loss is not a mean or a sum of squared
  /// errors of one output, or where samples are too many.
  package init?(_ network: DenseNetwork, at parameters: [Double]) {
    let n = network.sampleCount
    guard network.outputCount == 1, network.classCount == nil, network.link == .identity,
      network.loss.isSquared, (1...TangentKernel.limit).contains(n),
      n * network.parameterCount <= 4_000_000
    else { return nil }
    let rows = TangentKernel.jacobian(network, at: parameters)
    let outputs = network.outputs(
      at: parameters, inputs: network.inputRows(network.trainSamples))[0]
    let residual = zip(outputs, network.trainSamples.targets).map { $0 - $1 }
    // What the objective's own gradient is of Jᵀ r says how the loss is averaged, and whether there
    // is anything beside it, as a penalty.
    let gradient = network.lossAndGradient(at: parameters).gradient
    var pulled = [Double](repeating: 0, count: network.parameterCount)
    for (row, r) in zip(rows, residual) { for p in row.indices { pulled[p] += r * row[p] } }
    let square = pulled.reduce(0) { $0 + $1 * $1 }
    guard square > 0 else { return nil }
    let scale = zip(gradient, pulled).reduce(0) { $0 + $1.0 * $1.1 } / square
    let gap = zip(gradient, pulled).map { abs($0 - scale * $1) }.max() ?? 0
    guard gap <= 1e-9 * (gradient.map(abs).max() ?? 0) else { return nil }
    var kernel = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0...i {
        var sum = 0.0
        for p in rows[i].indices { sum += rows[i][p] * rows[j][p] }
        kernel[i * n + j] = sum
        kernel[j * n + i] = sum
      }
    }
    let eigen = SymmetricEigen(kernel, size: n)
    self.scale = scale
    eigenvalues = eigen.values
    vectors = eigen.vectors
    coefficients = eigen.vectors.map { v in zip(v, residual).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// Takes a step of descent at a rate on the linear network.
  package mutating func descend(rate: Double) {
    for k in coefficients.indices { coefficients[k] *= 1 - rate * scale * eigenvalues[k] }
  }

  /// The residual of the linear network at all samples.
  package var residual: [Double] {
    var sum = [Double](repeating: 0, count: eigenvalues.count)
    for (c, v) in zip(coefficients, vectors) { for i in v.indices { sum[i] += c * v[i] } }
    return sum
  }

  /// The derivatives of the output by all parameters, one row a training sample.
  package static func jacobian(_ network: DenseNetwork, at parameters: [Double]) -> [[Double]] {
    let layers = network.layers
    // Where it is linearised, its derivatives are those of its origin.
    let parameters = network.origin ?? parameters
    return (0..<network.sampleCount).map { sample in
      var below = [network.columns(of: network.trainSamples.input(sample))]
      var slopes: [[Double]] = []
      for layer in layers {
        let z = (0..<layer.units).map { unit -> Double in
          var sum = layer.hasBias ? parameters[layer.biases + unit] : 0
          let row = layer.weights + unit * layer.inputs
          let values = below[below.count - 1]
          for input in 0..<layer.inputs { sum += parameters[row + input] * values[input] }
          return sum
        }
        let table = layer.activation.table(z, setting: layer.setting)
        below.append(table.map(\.value))
        slopes.append(table.map(\.derivative))
      }
      var row = [Double](repeating: 0, count: network.parameterCount)
      var delta = slopes[layers.count - 1]
      for l in layers.indices.reversed() {
        let layer = layers[l]
        var next = [Double](repeating: 0, count: layer.inputs)
        for unit in 0..<layer.units {
          let start = layer.weights + unit * layer.inputs
          for input in 0..<layer.inputs {
            row[start + input] = delta[unit] * below[l][input]
            next[input] += delta[unit] * parameters[start + input]
          }
          if layer.hasBias { row[layer.biases + unit] = delta[unit] }
        }
        guard l > 0 else { break }
        delta = zip(next, slopes[l - 1]).map { $0 * $1 }
      }
      return row
    }
  }
}
