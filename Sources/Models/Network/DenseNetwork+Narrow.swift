import CLanes
import Lanes

/// Loss and gradient of narrow networks; what they have in common is how samples and targets come
/// to a chunk.
extension DenseNetwork {
  /// Where a network's layers and training samples stand.
  private struct Tables {
    let layers: UnsafePointer<LayerKernel>
    let rows: UnsafePointer<Lanes>
    let pairs: UnsafePointer<Lanes>
    let targets: UnsafePointer<Lanes>
  }

  @inline(__always)
  private func withTables(_ body: (Tables) -> Double) -> Double {
    kernels.withUnsafeBufferPointer { layers in
      train.rows.withUnsafeBufferPointer { rows in
        train.pairs.withUnsafeBufferPointer { pairs in
          train.targets.withUnsafeBufferPointer { targets in
            guard let layers = layers.baseAddress, let rows = rows.baseAddress,
              let targets = targets.baseAddress
            else { return 0 }
            return body(
              Tables(
                layers: layers, rows: rows, pairs: pairs.baseAddress ?? rows, targets: targets))
          }
        }
      }
    }
  }

  /// The sum of sample losses, taken by a pass chunk by chunk, gradients by its parameters
  /// included. `samples` are its vectors of inputs of all samples.
  @inline(__always)
  private func sum(
    _ pass: inout some SamplePass, _ tables: Tables, samples: UnsafePointer<Lanes>,
    rows: UnsafeBufferPointer<Int32>?, count: Int, scale: Double
  ) -> Double {
    let most = ChunkPlan(samples: count, isContiguous: true).lanes &* 8
    var sum = 0.0
    var first = 0
    while first < count {
      pass.count = min(most, count &- first)
      pass.inputs = samples + first / type(of: pass).samplesPerVector
      let numbers = rows?.baseAddress.map { $0 + first }
      if let numbers { pass.gather(tables.rows, numbers) }
      pass.forward()
      sum += evaluate(pass, tables, first: first, rows: numbers, scale: scale)
      pass.backward(goesOn: first > 0)
      first &+= pass.count
    }
    return sum
  }

  /// The loss of a chunk, with gradients; targets are gathered where samples are named.
  @inline(__always)
  private func evaluate(
    _ pass: some SamplePass, _ tables: Tables, first: Int, rows: UnsafePointer<Int32>?,
    scale: Double
  ) -> Double {
    var targets = tables.targets + first >> 3
    var stride = train.stride
    if let rows {
      SampleTable.gather(
        tables.targets, sourceStride: stride, columns: shape.outputs, rows: rows,
        count: pass.count, into: pass.targets, stride: pass.lanes, lanes: pass.lanes)
      targets = UnsafePointer(pass.targets)
      stride = pass.lanes
    }
    let block = LossBlock(
      outputs: shape.outputs, stride: pass.lanes, targetStride: stride, count: pass.count,
      scale: scale, setting: lossSetting)
    return LaneFolding.sum(
      loss.evaluate(pass.predictions, targets, pass.outputGradients, block))
  }

  /// The sum of sample losses, and the gradient without penalties, with two samples a vector.
  func paired(
    _ plan: PairPlan, at parameters: UnsafePointer<Double>, rows: UnsafeBufferPointer<Int32>?,
    count: Int, scale: Double, gradient: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    withTables { tables in
      plan.layers.withUnsafeBufferPointer { layers in
        plan.picks.withUnsafeBufferPointer { picks in
          guard let layers = layers.baseAddress, let picks = picks.baseAddress else { return 0 }
          let slots = Rows.lanes(scratch)
          var pass = PairPass(
            layers: tables.layers, last: kernels.count &- 1, parameters: parameters, plan: layers,
            picks: picks, slots: slots, space: slots + plan.slots, count: 0, inputs: tables.pairs)
          let sum = sum(
            &pass, tables, samples: tables.pairs, rows: rows, count: count, scale: scale)
          pass.store(plan, gradient)
          return sum
        }
      }
    }
  }

  /// The same with one sample a vector.
  func narrow(
    at parameters: UnsafePointer<Double>, rows: UnsafeBufferPointer<Int32>?, count: Int,
    scale: Double, gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    withTables { tables in
      let slots = Rows.lanes(scratch)
      let weights = slots + 16 &* kernels.count
      var pass = NarrowPass(
        layers: tables.layers, last: kernels.count &- 1, parameters: parameters,
        parameterCount: parameterCount, slots: slots, weights: weights, space: weights + 16,
        count: 0, inputs: tables.rows)
      let sum = sum(
        &pass, tables, samples: tables.rows, rows: rows, count: count, scale: scale)
      pass.store(gradient)
      return sum
    }
  }
}
