import Lanes

extension DenseNetwork {
  /// Calls `body` for each chunk of a table, or of the rows of it that are named, with inputs and targets in place.
  @inline(__always)
  func eachChunk(
    of table: SampleTable, rows: UnsafeBufferPointer<Int32>?,
    scratch: UnsafeMutablePointer<Double>, _ body: (ChunkBuffers) -> Void
  ) {
    let count = rows?.count ?? table.count
    let plan = ChunkPlan(samples: count)
    table.columns.withUnsafeBufferPointer { columns in
      table.targets.withUnsafeBufferPointer { targets in
        rowOffsets.withUnsafeBufferPointer { offsets in
          guard let columns = columns.baseAddress, let targets = targets.baseAddress,
            let offsets = offsets.baseAddress
          else { return }
          var chunk = ChunkBuffers(
            self, stride: plan.stride, scratch: Rows.lanes(scratch), offsets: offsets)
          var first = 0
          while first < count {
            chunk.count = min(plan.lanes &* 8, count &- first)
            chunk.lanes = (chunk.count &+ 7) >> 3
            if let rows {
              guard let numbers = rows.baseAddress else { return }
              SampleTable.gather(
                columns, sourceStride: table.stride, columns: table.inputs,
                rows: numbers + first, count: chunk.count, into: chunk.gathered,
                stride: plan.stride, lanes: chunk.lanes)
              SampleTable.gather(
                targets, sourceStride: table.stride, columns: table.outputs,
                rows: numbers + first, count: chunk.count,
                into: chunk.gathered + table.inputs &* plan.stride, stride: plan.stride,
                lanes: chunk.lanes)
            } else {
              chunk.inputs = columns + (first >> 3)
              chunk.inputStride = table.stride
              chunk.targets = targets + (first >> 3)
              chunk.targetStride = table.stride
            }
            body(chunk)
            first &+= chunk.count
          }
        }
      }
    }
  }

  /// Fills z and a of every layer.
  func forward(at parameters: UnsafePointer<Double>, _ chunk: ChunkBuffers) {
    var input = chunk.inputs
    var inputStride = chunk.inputStride
    for l in 0..<layers.count {
      layers.withUnsafeBufferPointer { layers in
        let layer = layers[l]
        let z = chunk.z(l)
        Multiply.rows(
          z, chunk.stride, units: layer.units, lanes: chunk.lanes, parameters + layer.weights,
          unit: layer.inputs, step: 1, input, inputStride, depth: layer.inputs,
          start: layer.hasBias ? .bias : .zero, bias: parameters + layer.biases)
        let a = chunk.values(l)
        if !layer.linear {
          eachRow(layer.units, chunk) { row, count in
            layer.activation.values(z + row, a + row, count, layer.setting)
          }
        }
        input = UnsafePointer(a)
        inputStride = chunk.stride
      }
    }
  }

  /// From slopes of the loss by the output layer's activations, in `chunk.delta`, adds slopes by all parameters.
  func backward(
    at parameters: UnsafePointer<Double>, _ chunk: ChunkBuffers,
    gradient: UnsafeMutablePointer<Double>
  ) {
    var delta = chunk.delta
    var next = chunk.nextDelta
    for l in (0..<layers.count).reversed() {
      layers.withUnsafeBufferPointer { layers in
        let layer = layers[l]
        if !layer.linear {
          let z = chunk.z(l)
          let a = chunk.values(l)
          eachRow(layer.units, chunk) { row, count in
            layer.activation.pullBack(z + row, a + row, delta + row, count, layer.setting)
          }
        }
        let input = l == 0 ? chunk.inputs : UnsafePointer(chunk.values(l - 1))
        let inputStride = l == 0 ? chunk.inputStride : chunk.stride
        WeightGradient.add(
          delta, chunk.stride, units: layer.units, input, inputStride, inputs: layer.inputs,
          lanes: chunk.lanes, weights: gradient + layer.weights,
          biases: layer.hasBias ? gradient + layer.biases : nil)
        if l > 0 {
          Multiply.rows(
            next, chunk.stride, units: layer.inputs, lanes: chunk.lanes,
            parameters + layer.weights, unit: 1, step: layer.inputs, delta, chunk.stride,
            depth: layer.units, start: .zero, bias: parameters)
          swap(&delta, &next)
        }
      }
    }
  }

  /// Calls `body` with the offset and length of rows: all at once where they are contiguous.
  @inline(__always)
  func eachRow(_ units: Int, _ chunk: ChunkBuffers, _ body: (Int, Int) -> Void) {
    if chunk.lanes == chunk.stride {
      body(0, units &* chunk.stride)
    } else {
      for u in 0..<units { body(u &* chunk.stride, chunk.lanes) }
    }
  }
}
