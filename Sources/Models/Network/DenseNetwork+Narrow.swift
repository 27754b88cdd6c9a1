import CLanes
import Lanes

/// Loss and gradient of narrow networks; what they have in common is how samples and targets come to a chunk.
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

  /// The loss of a chunk of narrow rows, with slopes; targets are gathered into `space` where samples are named.
  @inline(__always)
  private func evaluate(
    _ tables: Tables, answers: UnsafePointer<Lanes>, slopes: UnsafeMutablePointer<Lanes>,
    first: Int, count: Int, rows: UnsafePointer<Int32>?, space: UnsafeMutablePointer<Lanes>,
    scale: Double
  ) -> Double {
    let lanes = (count &+ 7) >> 3
    var targets = tables.targets + first >> 3
    var stride = train.stride
    if let rows {
      SampleTable.gather(
        tables.targets, sourceStride: train.stride, columns: shape.outputs, rows: rows,
        count: count, into: space, stride: lanes, lanes: lanes)
      targets = UnsafePointer(space)
      stride = lanes
    }
    let block = LossBlock(
      outputs: shape.outputs, stride: lanes, targetStride: stride, count: count, scale: scale,
      setting: lossSetting)
    return loss.evaluate(answers, targets, slopes, block)
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
          let chunks = ChunkPlan(samples: count, isContiguous: true)
          let isLinear = (tables.layers + pass.last).pointee.linear
          var sum = 0.0
          var first = 0
          while first < count {
            pass.count = min(chunks.lanes &* 8, count &- first)
            pass.inputs = tables.pairs + first >> 1
            let numbers = rows?.baseAddress.map { $0 + first }
            if let numbers { pass.gather(tables.rows, numbers) }
            pass.forward()
            sum += evaluate(
              tables, answers: isLinear ? pass.outputs : pass.answers, slopes: pass.outputSlopes,
              first: first, count: pass.count, rows: numbers, space: pass.targets, scale: scale)
            pass.backward(goesOn: first > 0)
            first &+= pass.count
          }
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
      let chunks = ChunkPlan(samples: count, isContiguous: true)
      let isLinear = (tables.layers + pass.last).pointee.linear
      var sum = 0.0
      var first = 0
      while first < count {
        pass.count = min(chunks.lanes &* 8, count &- first)
        pass.inputs = tables.rows + first
        let numbers = rows?.baseAddress.map { $0 + first }
        if let numbers { pass.gather(tables.rows, numbers) }
        pass.forward()
        sum += evaluate(
          tables, answers: isLinear ? pass.outputs : pass.answers, slopes: pass.outputSlopes,
          first: first, count: pass.count, rows: numbers, space: pass.targets, scale: scale)
        pass.backward(goesOn: first > 0)
        first &+= pass.count
      }
      pass.store(gradient)
      return sum
    }
  }
}
