import Differentiation
import Lanes
package import Models

/// How the singular values of a deep linear network's product rise under gradient descent on
/// uncorrelated inputs of equal size, one after the other.
///
/// With `XXᵀ = κ I` the gradient by the product M is `c (M − S)`, `S = YXᵀ/κ = Σ s u vᵀ` and c = 2κ
/// over what the loss averages. A mode of two layers that starts aligned at a₀ follows `s(t) = s
/// e^(2cηts) / (e^(2cηts) − 1 + s/a₀)`; of N layers, `u ← u + ηc u^(N−1) (s − u^N)` with `s(t) =
/// u^N`, which for aligned starts is descent itself. Saxe, McClelland, Ganguli (2013), arXiv
/// 1312.6120. Where the start is not aligned, a₀ is that of its part along the mode, `|(W₁v +
/// W₂ᵀu)/2|²`, and the curve an estimate.
package struct SaxeCurves: Sendable {
  /// The singular values of S that are learnt, from the greatest to the least.
  package let targets: [Double]
  /// Whether the start is aligned with S: the curves are then exact but for the steps' size.
  package let isAligned: Bool
  /// The number of layers.
  package let depth: Int
  /// c of the gradient by the product.
  package let slope: Double
  /// a₀ of each mode.
  package let starts: [Double]
  /// Σ η over the steps so far.
  private var time = 0.0
  /// u of each mode, where there are not two layers.
  private var factors: [Double]

  /// The curves of a network from its start; nil where it is not linear, its loss not one of
  /// squares, or its inputs correlated.
  package init?(_ network: DenseNetwork, start: [Double]) {
    guard network.loss.isSquared, network.link == .identity, network.sampleCount > 0,
      network.penaltyIsNone, let product = SingularTrace.product(network, start)
    else { return nil }
    let samples = network.trainSamples
    let (n, inputs, outputs) = (samples.count, network.layers[0].inputs, network.outputCount)
    guard samples.targetCount == outputs, inputs * inputs <= 1 << 16 else { return nil }
    let xs = (0..<n).map { network.columns(of: samples.input($0)) }
    // Biases stay out of it only where neither inputs nor targets have a mean.
    if network.layers.contains(where: \.hasBias) {
      let means =
        (0..<inputs).map { i in xs.reduce(0) { $0 + $1[i] } }
        + (0..<outputs).map { o in (0..<n).reduce(0) { $0 + samples.targets[$1 * outputs + o] } }
      let biases = network.layers.flatMap { $0.biases..<$0.end }
      guard means.allSatisfy({ abs($0) <= 1e-9 * Double(n) }),
        biases.allSatisfy({ start[$0] == 0 })
      else { return nil }
    }
    var square = [Double](repeating: 0, count: inputs * inputs)
    var cross = [Double](repeating: 0, count: outputs * inputs)
    for (sample, x) in xs.enumerated() {
      for i in 0..<inputs {
        for j in 0..<inputs { square[i * inputs + j] += x[i] * x[j] }
        for o in 0..<outputs {
          cross[o * inputs + i] += samples.targets[sample * outputs + o] * x[i]
        }
      }
    }
    let kappa = square[0]
    guard kappa > 0,
      square.indices.allSatisfy({
        abs(square[$0] - ($0 % (inputs + 1) == 0 ? kappa : 0)) <= 1e-9 * kappa
      })
    else { return nil }
    let parts = SingularValues(cross.map { $0 / kappa }, rows: outputs, columns: inputs)
    let modes = parts.values.indices.filter {
      parts.values[$0] > 1e-9 * (parts.values.first ?? 0)
    }
    guard !modes.isEmpty else { return nil }
    targets = modes.map { parts.values[$0] }
    depth = network.layers.count
    let average = network.averages ? Double(n * outputs) : 1
    slope = network.loss.slopeOfError * kappa / average
    // The product in the modes' own axes.
    let along = SingularTrace.multiply(
      modes.flatMap { parts.left[$0] }, product, rows: modes.count, inner: outputs,
      columns: inputs)
    let inModes = modes.indices.map { k in
      modes.map { m in
        (0..<inputs).reduce(0) { $0 + along[k * inputs + $1] * parts.right[m][$1] }
      }
    }
    var starts = modes.indices.map { inModes[$0][$0] }
    let size = inModes.flatMap { $0 }.map(abs).max() ?? 0
    var isAligned = modes.indices.allSatisfy { k in
      modes.indices.allSatisfy { $0 == k || abs(inModes[k][$0]) <= 1e-6 * size }
    }
    if depth == 2 {
      let (first, last) = (network.layers[0], network.layers[1])
      for (k, mode) in modes.enumerated() {
        var (sum, gap) = (0.0, 0.0)
        for unit in 0..<first.units {
          let inner = (0..<inputs).reduce(0.0) {
            $0 + start[first.weights + unit * inputs + $1] * parts.right[mode][$1]
          }
          let outer = (0..<outputs).reduce(0.0) {
            $0 + start[last.weights + $1 * last.inputs + unit] * parts.left[mode][$1]
          }
          sum += (inner + outer) * (inner + outer) / 4
          gap += (inner - outer) * (inner - outer) / 4
        }
        starts[k] = sum
        if gap > 1e-12 * sum { isAligned = false }
      }
    }
    guard starts.allSatisfy({ $0 > 0 }) else { return nil }
    self.starts = starts
    self.isAligned = isAligned
    factors = starts.map { Elementary.pow($0, 1 / Double(network.layers.count)) }
  }

  /// Takes a step at a rate.
  mutating func descend(rate: Double) {
    time += rate
    guard depth != 2 else { return }
    for k in factors.indices {
      let low = (0..<depth - 1).reduce(1.0) { product, _ in product * factors[k] }
      factors[k] += rate * slope * low * (targets[k] - low * factors[k])
    }
  }

  /// s(t) of each mode now.
  package var values: [Double] {
    guard depth == 2 else {
      return factors.map { u in (0..<depth).reduce(1.0) { product, _ in product * u } }
    }
    return zip(targets, starts).map { s, a in
      let growth = 2 * slope * time * s
      // e^x would overflow; by then the mode is learnt.
      guard growth < 700 else { return s }
      let e = Elementary.exp(growth)
      return s * e / (e - 1 + s / a)
    }
  }

  /// The steps at a rate after which each mode has reached half of its target, by the closed form.
  package func halfTimes(rate: Double) -> [Double]? {
    guard depth == 2, rate > 0 else { return nil }
    return zip(targets, starts).map { s, a in
      Elementary.log(max(s / a - 1, 1e-300)) / (2 * slope * rate * s)
    }
  }
}
