import Lanes

/// What one layer does with given samples.
package struct LayerActivity: Sendable, Equatable {
  /// z = W y + b: one row a unit, one number a sample.
  package var preActivations: [[Double]]
  /// φ(z), predictions in the output layer: one row a unit, one number a sample.
  package var activations: [[Double]]
}

extension DenseNetwork {
  /// Predictions (probabilities, values, classes' shares) for any inputs.
  ///
  /// `inputs[i]` holds input i of every sample, before scaling and features. Returns one row an
  /// output.
  package func outputs(at parameters: [Double], inputs: [[Double]]) -> [[Double]] {
    var rows: [[Double]] = []
    run(at: parameters, inputs: inputs) { chunk, first in
      if first { rows = [[Double]](repeating: [], count: outputCount) }
      applyLink(chunk)
      append(chunk.outputs, chunk, units: outputCount, to: &rows)
    }
    return rows.isEmpty ? [[Double]](repeating: [], count: outputCount) : rows
  }

  /// Pre-activations and activations of every layer for any inputs (as for `outputs`).
  package func activity(at parameters: [Double], inputs: [[Double]]) -> [LayerActivity] {
    var all = layers.map { layer in
      let empty = [[Double]](repeating: [], count: layer.units)
      return LayerActivity(preActivations: empty, activations: empty)
    }
    run(at: parameters, inputs: inputs) { chunk, _ in
      for l in layers.indices {
        append(chunk.z(l), chunk, units: layers[l].units, to: &all[l].preActivations)
      }
      applyLink(chunk)
      for l in layers.indices {
        append(chunk.values(l), chunk, units: layers[l].units, to: &all[l].activations)
      }
    }
    return all
  }

  /// Inputs of samples, one row an input: what `outputs` and `activity` take.
  package func inputRows(_ samples: Samples) -> [[Double]] {
    (0..<inputCount).map { i in
      (0..<samples.count).map { samples.inputs[$0 * inputCount + i] }
    }
  }

  private func run(
    at parameters: [Double], inputs: [[Double]], _ body: (ChunkBuffers, _ first: Bool) -> Void
  ) {
    precondition(
      parameters.count == parameterCount, "\(parameters.count) of \(parameterCount) parameters")
    precondition(inputs.count == inputCount, "\(inputs.count) of \(inputCount) inputs")
    let count = inputs[0].count
    precondition(inputs.allSatisfy { $0.count == count }, "rows of inputs differ in length")
    var flat: [Double] = []
    flat.reserveCapacity(count * inputCount)
    for s in 0..<count {
      for i in 0..<inputCount { flat.append(inputs[i][s]) }
    }
    let samples = Samples(
      inputCount: inputCount, inputs: flat, targets: [Double](repeating: 0, count: count))
    let table = DenseNetwork.table(
      samples, features: features, scaling: standardization, units: outputCount)
    let stride = ChunkPlan.widestStride(samples: count)
    var scratch = Vector(zeros: shape.lanes(stride: stride) * 8 + linearScratchCount)
    var first = true
    Vector(parameters).withUnsafePointer { at in
      scratch.withUnsafeMutablePointer { space in
        if let origin {
          eachLinearized(
            around: origin, of: table, rows: nil, at: at, scratch: space
          ) { chunk, _ in
            addChanges(chunk, scratch: space)
            body(chunk, first)
            first = false
          }
          return
        }
        eachChunk(of: table, rows: nil, scratch: space) { chunk in
          forward(at: at, chunk, keepsSums: true)
          body(chunk, first)
          first = false
        }
      }
    }
  }

  /// Turns the output layer's values into predictions, in place.
  private func applyLink(_ chunk: ChunkBuffers) {
    let a = chunk.outputs
    switch link {
    case .identity: break
    case .sigmoid:
      for k in 0..<outputCount {
        let row = a + k * chunk.stride
        Rows.sigmoid(row, row, count: chunk.lanes)
      }
    case .softmax:
      Loss.softmax(a, outputs: outputCount, stride: chunk.stride, lanes: chunk.lanes)
    case .step:
      for k in 0..<outputCount {
        let row = a + k * chunk.stride
        Activation.step.values(row, row, chunk.lanes, 0)
      }
    }
  }

  private func append(
    _ rows: UnsafePointer<Lanes>, _ chunk: ChunkBuffers, units: Int, to all: inout [[Double]]
  ) {
    for u in 0..<units {
      all[u].append(
        contentsOf: UnsafeBufferPointer(
          start: Rows.doubles(rows + u * chunk.stride), count: chunk.count))
    }
  }
}
