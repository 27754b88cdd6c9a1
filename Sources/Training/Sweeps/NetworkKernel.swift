import Lanes
import Models

/// Eight copies of a network on all training samples: weights are vectors, inputs are splats.
///
/// Activations are unit-major, one `Lanes` a sample, so that each unit's row goes through its
/// activation in one call.
struct NetworkKernel: SweepKernel {
  private let network: DenseNetwork
  private let samples: Int
  private let inputs: [Lanes]
  private let targets: [Lanes]
  /// Where each layer's pre-activations, activations and gradients begin in scratch.
  private let preActivations: [Int]
  private let activations: [Int]
  private let deltas: [Int]
  let mostBlocks = 1
  let scratchLanes: Int

  /// Nil for networks with penalties or without samples.
  init?(_ network: DenseNetwork) {
    let columns = network.trainingColumns
    guard !network.isPenalized, network.sampleCount > 0 else { return nil }
    self.network = network
    samples = network.sampleCount
    inputs = columns.inputs.flatMap { $0.map { Lanes(repeating: $0) } }
    targets = columns.targets.flatMap { $0.map { Lanes(repeating: $0) } }
    var next = 0
    func reserve(_ units: Int) -> Int {
      defer { next += units * network.sampleCount }
      return next
    }
    preActivations = network.layers.map { reserve($0.units) }
    activations = network.layers.map { reserve($0.units) }
    deltas = network.layers.map { reserve($0.units) }
    scratchLanes = next
  }

  func gradients(
    at parameters: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>, blocks: Int,
    scratch: UnsafeMutablePointer<Lanes>
  ) {
    inputs.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { targets in
        guard let first = inputs.baseAddress, let wanted = targets.baseAddress else { return }
        forward(at: parameters, from: first, scratch)
        let last = network.layers.count - 1
        network.lossGradients(scratch + activations[last], wanted, scratch + deltas[last])
        backward(at: parameters, from: first, scratch, gradient)
      }
    }
  }

  private func forward(
    at parameters: UnsafePointer<Lanes>, from first: UnsafePointer<Lanes>,
    _ scratch: UnsafeMutablePointer<Lanes>
  ) {
    var below = first
    for (index, layer) in network.layers.enumerated() {
      let z = scratch + preActivations[index]
      let a = scratch + activations[index]
      for unit in 0..<layer.units {
        let bias = layer.hasBias ? parameters[layer.biases + unit] : .zero
        weigh(
          parameters + (layer.weights + unit * layer.inputs), step: 1, count: layer.inputs, below,
          startingFrom: bias, into: z + unit * samples)
      }
      layer.activation.values(z, a, layer.units * samples, layer.setting)
      below = UnsafePointer(a)
    }
  }

  private func backward(
    at parameters: UnsafePointer<Lanes>, from first: UnsafePointer<Lanes>,
    _ scratch: UnsafeMutablePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>
  ) {
    for index in network.layers.indices.reversed() {
      let layer = network.layers[index]
      let delta = scratch + deltas[index]
      layer.activation.pullBack(
        scratch + preActivations[index], scratch + activations[index], delta,
        layer.units * samples, layer.setting)
      let below =
        index == 0 ? first : UnsafePointer(scratch + activations[index - 1])
      for unit in 0..<layer.units {
        let row = UnsafePointer(delta + unit * samples)
        for input in 0..<layer.inputs {
          gradient[layer.weights + unit * layer.inputs + input] = product(
            row, below + input * samples)
        }
        if layer.hasBias { gradient[layer.biases + unit] = sum(row) }
      }
      guard index > 0 else { continue }
      for input in 0..<layer.inputs {
        weigh(
          parameters + (layer.weights + input), step: layer.inputs, count: layer.units, delta,
          startingFrom: .zero, into: scratch + (deltas[index - 1] + input * samples))
      }
    }
  }

  /// `out[s] = start + Σ w[k·step] · rows[k][s]`, four samples at a time.
  @inline(__always)
  private func weigh(
    _ weights: UnsafePointer<Lanes>, step: Int, count: Int, _ rows: UnsafePointer<Lanes>,
    startingFrom start: Lanes, into out: UnsafeMutablePointer<Lanes>
  ) {
    var sample = 0
    while sample + 4 <= samples {
      var a = start
      var b = start
      var c = start
      var d = start
      for k in 0..<count {
        let w = weights[k * step]
        let row = rows + (k * samples + sample)
        a.addProduct(w, row[0])
        b.addProduct(w, row[1])
        c.addProduct(w, row[2])
        d.addProduct(w, row[3])
      }
      out[sample] = a
      out[sample + 1] = b
      out[sample + 2] = c
      out[sample + 3] = d
      sample += 4
    }
    while sample < samples {
      var a = start
      for k in 0..<count { a.addProduct(weights[k * step], rows[k * samples + sample]) }
      out[sample] = a
      sample += 1
    }
  }

  /// The sum over samples of products, in four partial sums.
  @inline(__always)
  private func product(_ x: UnsafePointer<Lanes>, _ y: UnsafePointer<Lanes>) -> Lanes {
    var a = Lanes.zero
    var b = Lanes.zero
    var c = Lanes.zero
    var d = Lanes.zero
    var sample = 0
    while sample + 4 <= samples {
      a.addProduct(x[sample], y[sample])
      b.addProduct(x[sample + 1], y[sample + 1])
      c.addProduct(x[sample + 2], y[sample + 2])
      d.addProduct(x[sample + 3], y[sample + 3])
      sample += 4
    }
    while sample < samples {
      a.addProduct(x[sample], y[sample])
      sample += 1
    }
    let left = a + b
    let right = c + d
    return left + right
  }

  @inline(__always)
  private func sum(_ x: UnsafePointer<Lanes>) -> Lanes {
    var sum = Lanes.zero
    for sample in 0..<samples { sum += x[sample] }
    return sum
  }
}
