import Lanes

extension DenseNetwork {
  /// Calls `body` for each chunk of a table, or of the rows of it that are named, with inputs and
  /// targets in place.
  @inline(__always)
  func eachChunk(
    of table: SampleTable, rows: UnsafeBufferPointer<Int32>?,
    scratch: UnsafeMutablePointer<Double>, _ body: (ChunkBuffers) -> Void
  ) {
    let count = rows?.count ?? table.count
    let plan = ChunkPlan(samples: count, isContiguous: shape.isContiguous)
    table.columns.withUnsafeBufferPointer { columns in
      table.targets.withUnsafeBufferPointer { targets in
        kernels.withUnsafeBufferPointer { kernels in
          guard let columns = columns.baseAddress, let targets = targets.baseAddress else { return }
          var chunk = ChunkBuffers(
            shape, layers: kernels, stride: plan.stride, scratch: Rows.lanes(scratch))
          var first = 0
          while first < count {
            chunk.count = min(plan.lanes &* 8, count &- first)
            chunk.lanes = (chunk.count &+ 7) >> 3
            if let rows {
              guard let numbers = rows.baseAddress else { return }
              if let start = table.block(numbers + first, count: chunk.count) {
                point(table, columns, targets, first: start, &chunk)
              } else {
                gather(table, columns, targets, numbers + first, &chunk)
              }
            } else {
              point(table, columns, targets, first: first, &chunk)
            }
            body(chunk)
            first &+= chunk.count
          }
        }
      }
    }
  }

  /// Takes samples from where they stand; `first` is a multiple of eight.
  @inline(__always)
  private func point(
    _ table: SampleTable, _ columns: UnsafePointer<Lanes>, _ targets: UnsafePointer<Lanes>,
    first: Int, _ chunk: inout ChunkBuffers
  ) {
    chunk.inputs = columns + (first >> 3)
    chunk.inputStride = table.stride
    chunk.targets = targets + (first >> 3)
    chunk.targetStride = table.stride
    guard shape.rowStride > 0, !table.rows.isEmpty else { return }
    table.rows.withUnsafeBufferPointer { rows in
      let start = first &* RowGradient.stride(inputs: table.inputs)
      chunk.inputRows = rows.baseAddress.map { $0 + start }
    }
  }

  /// Brings the samples with the given numbers together.
  @inline(__always)
  private func gather(
    _ table: SampleTable, _ columns: UnsafePointer<Lanes>, _ targets: UnsafePointer<Lanes>,
    _ numbers: UnsafePointer<Int32>, _ chunk: inout ChunkBuffers
  ) {
    chunk.pointToGathered(shape)
    if shape.rowStride > 0, !table.rows.isEmpty {
      table.rows.withUnsafeBufferPointer { rows in
        guard let rows = rows.baseAddress else { return }
        SampleTable.gatherRows(
          rows, inputs: table.inputs, rows: numbers, count: chunk.count, into: chunk.gatheredRows,
          lanes: chunk.lanes)
      }
      chunk.inputRows = UnsafePointer(chunk.gatheredRows)
      Transpose.blocks(
        chunk.gatheredRows, RowGradient.stride(inputs: table.inputs), chunk.gathered, chunk.stride,
        down: chunk.lanes, across: (table.inputs &+ 7) >> 3, rows: table.inputs)
    } else {
      SampleTable.gather(
        columns, sourceStride: table.stride, columns: table.inputs, rows: numbers,
        count: chunk.count, into: chunk.gathered, stride: chunk.stride, lanes: chunk.lanes)
    }
    SampleTable.gather(
      targets, sourceStride: table.stride, columns: table.outputs, rows: numbers,
      count: chunk.count, into: chunk.gathered + table.inputs &* chunk.stride,
      stride: chunk.stride, lanes: chunk.lanes)
  }

  /// Fills z and a of every layer; unless it `keepsSums`, z of rectifiers is left out.
  @inline(__always)
  func forward(at parameters: UnsafePointer<Double>, _ chunk: ChunkBuffers, keepsSums: Bool) {
    guard let layers = chunk.layers.baseAddress else { return }
    var input = chunk.inputs
    var inputStride = chunk.inputStride
    for l in 0..<chunk.layers.count {
      let layer = layers + l
      let z = chunk.z(l)
      let a = chunk.values(l)
      let atOnce = layer.pointee.isRelu && !keepsSums
      Multiply.rows(
        atOnce ? a : z, chunk.stride, units: layer.pointee.units, lanes: chunk.lanes,
        parameters + layer.pointee.weights, unit: layer.pointee.inputs, step: 1, input,
        inputStride, depth: layer.pointee.inputs, start: layer.pointee.hasBias ? .bias : .zero,
        bias: parameters + layer.pointee.biases, finish: atOnce ? .relu : .plain)
      if layer.pointee.linear || atOnce {
        // z is a already.
      } else {
        eachRow(layer.pointee.units, chunk) { row, count in
          layer.pointee.values(z + row, a + row, count, layer.pointee.setting)
        }
      }
      input = UnsafePointer(a)
      inputStride = chunk.stride
    }
  }

  /// From gradients of the loss by the output layer's activations, in `chunk.delta`, goes back
  /// layer by layer, after a `forward` that kept no sums.
  ///
  /// `learn` is given each layer with its gradients by pre-activations and its inputs.
  @inline(__always)
  func backward(
    at parameters: UnsafePointer<Double>, _ chunk: ChunkBuffers,
    learn: (
      _ layer: UnsafePointer<LayerKernel>, _ delta: UnsafePointer<Lanes>,
      _ input: UnsafePointer<Lanes>,
      _ inputStride: Int
    ) -> Void
  ) {
    guard let layers = chunk.layers.baseAddress else { return }
    var delta = chunk.delta
    var next = chunk.nextDelta
    // Whether the product that made `delta` has applied φ'.
    var isPulled = false
    var l = chunk.layers.count
    while l > 0 {
      l &-= 1
      let layer = layers + l
      if !layer.pointee.linear, !isPulled {
        let a = chunk.values(l)
        // The rectifier's values tell its gradients as well as z would.
        let z = layer.pointee.isRelu ? a : chunk.z(l)
        eachRow(layer.pointee.units, chunk) { row, count in
          layer.pointee.pullBack(z + row, a + row, delta + row, count, layer.pointee.setting)
        }
      }
      let input = l == 0 ? chunk.inputs : UnsafePointer(chunk.values(l &- 1))
      let inputStride = l == 0 ? chunk.inputStride : chunk.stride
      learn(layer, delta, input, inputStride)
      if l > 0 {
        isPulled = layers[l &- 1].isRelu
        Multiply.rows(
          next, chunk.stride, units: layer.pointee.inputs, lanes: chunk.lanes,
          parameters + layer.pointee.weights, unit: 1, step: layer.pointee.inputs, delta,
          chunk.stride, depth: layer.pointee.units, start: .zero, bias: parameters,
          finish: isPulled ? .gated(chunk.values(l &- 1), stride: chunk.stride) : .plain)
        swap(&delta, &next)
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
