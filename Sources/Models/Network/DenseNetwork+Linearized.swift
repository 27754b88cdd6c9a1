import Lanes

/// The network that is linear in its parameters and touches this one at an origin θ₀:
/// `f(x; θ₀) + ∂f/∂θ(x; θ₀) (θ − θ₀)`, of all units, the outputs before their link among them.
///
/// Forward, the changes of all units along θ − θ₀ are carried beside their values at θ₀; back, the
/// loss's gradients by the outputs go through the layers as they are at θ₀. Jacot, Gabriel, Hongler
/// (2018), arXiv 1806.07572; Lee et al. (2019), arXiv 1902.06720.
extension DenseNetwork {
  /// Whether the network is replaced by its linearisation.
  package var isLinearized: Bool { origin != nil }

  /// Lanes of the changes of all z and a of a chunk.
  private var changesLanes: Int {
    2 * layers.reduce(0) { $0 + $1.units } * ChunkPlan.widestStride(samples: .max - 7)
  }

  /// Doubles of scratch in front of a chunk's: θ − θ₀, and the changes; 0 where nothing is
  /// linearised.
  var linearScratchCount: Int { isLinearized ? paddedCount + 8 * changesLanes : 0 }

  /// Calls `body` for each chunk of a table, or of the rows of it that are named, with its layers
  /// at the origin, and with the linearised outputs.
  @inline(__always)
  func eachLinearized(
    around origin: [Double], of table: SampleTable, rows: UnsafeBufferPointer<Int32>?,
    at parameters: UnsafePointer<Double>, scratch: UnsafeMutablePointer<Double>,
    _ body: (ChunkBuffers, UnsafeMutablePointer<Lanes>) -> Void
  ) {
    let space = Rows.lanes(scratch + paddedCount)
    origin.withUnsafeBufferPointer { origin in
      guard let origin = origin.baseAddress else { return }
      for i in 0..<parameterCount { scratch[i] = parameters[i] - origin[i] }
      eachChunk(of: table, rows: rows, scratch: scratch + linearScratchCount) { chunk in
        forward(at: origin, chunk, keepsSums: true)
        let outputs = changes(at: origin, along: scratch, chunk, space: space).ra
        for row in 0..<outputCount {
          let start = row &* chunk.stride
          for i in start..<start &+ chunk.lanes { outputs[i] += chunk.outputs[i] }
        }
        body(chunk, outputs)
      }
    }
  }

  /// Makes the z and a of a chunk at the origin those of the linearised units, from within
  /// `eachLinearized`.
  func addChanges(_ chunk: ChunkBuffers, scratch: UnsafeMutablePointer<Double>) {
    var change = Rows.lanes(scratch + paddedCount)
    for l in layers.indices {
      let size = layers[l].units * chunk.stride
      let isLast = l == layers.count - 1
      // Linear layers keep their z as a: it is added there.
      if !layers[l].linear { for i in 0..<size { chunk.z(l)[i] += change[i] } }
      change += size
      // The outputs have been added up already.
      for i in 0..<size { chunk.values(l)[i] = change[i] + (isLast ? .zero : chunk.values(l)[i]) }
      change += size
    }
  }

  /// The sum of sample losses, and the gradient without penalties.
  func linearized(
    around origin: [Double], at parameters: UnsafePointer<Double>,
    rows: UnsafeBufferPointer<Int32>?, count: Int, scale: Double,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    for i in 0..<paddedCount { gradient[i] = 0 }
    var sum = 0.0
    eachLinearized(
      around: origin, of: train, rows: rows, at: parameters, scratch: scratch
    ) { chunk, outputs in
      sum += LaneFolding.sum(
        loss.evaluate(outputs, chunk.targets, chunk.delta, lossBlock(chunk, scale: scale)))
      pull(chunk, to: origin, into: gradient)
    }
    return sum
  }

  /// `product ← Jᵀ L″ J v`: a linearised network adds no curvature of its own to the loss's.
  func curveLinearized(
    around origin: [Double], at parameters: UnsafePointer<Double>, _ v: UnsafePointer<Double>,
    scale: Double, space: UnsafeMutablePointer<Lanes>, out product: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    eachLinearized(
      around: origin, of: train, rows: nil, at: parameters, scratch: scratch
    ) { chunk, outputs in
      let turn = origin.withUnsafeBufferPointer { origin in
        origin.baseAddress.map { changes(at: $0, along: v, chunk, space: space).ra }
      }
      guard let turn else { return }
      loss.curvature(
        outputs, chunk.targets, turn, chunk.delta, lossBlock(chunk, scale: scale))
      pull(chunk, to: origin, into: product)
    }
  }

  /// Adds what gradients by the outputs, in `chunk.delta`, are by the parameters at the origin.
  private func pull(
    _ chunk: ChunkBuffers, to origin: [Double], into gradient: UnsafeMutablePointer<Double>
  ) {
    origin.withUnsafeBufferPointer { origin in
      guard let origin = origin.baseAddress else { return }
      backward(at: origin, chunk) { layer, delta, input, inputStride in
        WeightGradient.add(
          delta, chunk.stride, units: layer.pointee.units, input, inputStride,
          inputs: layer.pointee.inputs, lanes: chunk.lanes,
          weights: gradient + layer.pointee.weights)
        if layer.pointee.hasBias {
          WeightGradient.addBiases(
            delta, chunk.stride, units: layer.pointee.units, lanes: chunk.lanes,
            gradient + layer.pointee.biases)
        }
      }
    }
  }
}
