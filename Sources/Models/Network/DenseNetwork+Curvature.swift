import Lanes

extension DenseNetwork {
  /// The most parameters for which the whole Hessian is formed.
  package static let hessianLimit = 1_024

  /// Room for a direction, a product, and what a product needs; nil above `hessianLimit`.
  package var hessianScratchCount: Int? {
    guard parameterCount <= DenseNetwork.hessianLimit else { return nil }
    return 2 * paddedCount + productScratchCount
  }

  /// The Hessian of the training loss by exact differentiation, one column a parameter.
  package func hessian(
    at parameters: UnsafePointer<Double>, into h: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    let n = parameterCount
    let direction = scratch
    let product = direction + paddedCount
    for i in 0..<paddedCount { direction[i] = 0 }
    for column in 0..<n {
      direction[column] = 1
      multiply(at: parameters, direction, into: product, scratch: product + paddedCount)
      direction[column] = 0
      for row in 0..<n { h[row * n + column] = product[row] }
    }
    // Equal in exact arithmetic; made so in the last digits too.
    for i in 0..<n {
      for j in 0..<i {
        let mean = (h[i * n + j] + h[j * n + i]) * 0.5
        h[i * n + j] = mean
        h[j * n + i] = mean
      }
    }
  }

  /// The Hessian of the training loss times a direction, by differentiating the gradient's own
  /// program along it (B. A. Pearlmutter, "Fast exact multiplication by the Hessian", 1994): about
  /// three gradients' work.
  ///
  /// The L1 penalty adds nothing; the L2 penalty adds l2 · v on weights.
  package func hessianProduct(at parameters: [Double], times direction: [Double]) -> [Double] {
    precondition(
      parameters.count == parameterCount && direction.count == parameterCount,
      "\(parameters.count) parameters and \(direction.count) entries, not \(parameterCount)")
    var scratch = Vector(zeros: productScratchCount)
    var product = Vector(zeros: parameterCount)
    Vector(parameters).withUnsafePointer { at in
      Vector(direction).withUnsafePointer { v in
        product.withUnsafeMutablePointer { out in
          scratch.withUnsafeMutablePointer { multiply(at: at, v, into: out, scratch: $0) }
        }
      }
    }
    return product.values
  }

  var paddedCount: Int { (parameterCount + 7) & ~7 }

  /// Lanes of changes: Rz and Ra of every layer, then two gradients and two changes of gradients.
  private var changesCount: Int {
    let rows = 2 * layers.reduce(0) { $0 + $1.units } + 4 * shape.widestLayer
    return rows * ChunkPlan(samples: train.count, isContiguous: shape.isContiguous).stride
  }

  /// Doubles of scratch that a product needs: those of a gradient, and the changes.
  private var productScratchCount: Int { scratchCount(batch: train.count) + 8 * changesCount }

  /// `product ← H v`; allocates nothing.
  private func multiply(
    at parameters: UnsafePointer<Double>, _ v: UnsafePointer<Double>,
    into product: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) {
    let scale = scale(samples: train.count)
    let space = Rows.lanes(scratch + scratchCount(batch: train.count))
    for i in 0..<changesCount { space[i] = .zero }
    for i in 0..<paddedCount { product[i] = 0 }
    if let origin {
      curveLinearized(
        around: origin, at: parameters, v, scale: scale, space: space, out: product,
        scratch: scratch)
    } else {
      eachChunk(of: train, rows: nil, scratch: scratch) { chunk in
        forward(at: parameters, chunk, keepsSums: true)
        curve(at: parameters, v, chunk, scale: scale, space: space, out: product)
      }
    }
    if penalty.l2 != 0 {
      let strength = penalty.perSample ? penalty.l2 / Double(max(train.count, 1)) : penalty.l2
      for range in penalty.weights {
        for i in range { product[i].addProduct(strength, v[i]) }
      }
    }
  }

  /// What each layer changes by when the parameters at `p` change along `v`, after a `forward` that
  /// kept sums: R(z) and R(a) of every layer, from `space` on. Returns those of the last layer.
  @inline(__always)
  func changes(
    at p: UnsafePointer<Double>, along v: UnsafePointer<Double>, _ chunk: ChunkBuffers,
    space: UnsafeMutablePointer<Lanes>
  ) -> (rz: UnsafeMutablePointer<Lanes>, ra: UnsafeMutablePointer<Lanes>) {
    let stride = chunk.stride
    let lanes = chunk.lanes
    // R(a) of the layer before stands just below.
    var rz = space
    var ra = space
    for l in layers.indices {
      let layer = layers[l]
      if l > 0 { rz = ra + layers[l - 1].units * stride }
      let before = ra
      ra = rz + layer.units * stride
      let input = l == 0 ? chunk.inputs : UnsafePointer(chunk.values(l - 1))
      let inputStride = l == 0 ? chunk.inputStride : stride
      // R(z) = V y + W R(y) + v_b.
      Multiply.rows(
        rz, stride, units: layer.units, lanes: lanes, v + layer.weights, unit: layer.inputs,
        step: 1, input, inputStride, depth: layer.inputs, start: layer.hasBias ? .bias : .zero,
        bias: v + layer.biases)
      if l > 0 {
        Multiply.rows(
          rz, stride, units: layer.units, lanes: lanes, p + layer.weights, unit: layer.inputs,
          step: 1, UnsafePointer(before), stride, depth: layer.inputs, start: .sum,
          bias: p)
      }
      for u in 0..<layer.units {
        let row = u * stride
        for i in 0..<lanes { ra[row + i] = rz[row + i] }
        guard !layer.linear else { continue }
        layer.activation.pullBack(
          chunk.z(l) + row, chunk.values(l) + row, ra + row, lanes, layer.setting)
      }
    }
    return (rz, ra)
  }

  /// One chunk: changes of activations forward, then gradients and their changes backward.
  private func curve(
    at p: UnsafePointer<Double>, _ v: UnsafePointer<Double>, _ chunk: ChunkBuffers, scale: Double,
    space: UnsafeMutablePointer<Lanes>, out: UnsafeMutablePointer<Double>
  ) {
    let stride = chunk.stride
    let lanes = chunk.lanes
    // R(z) and R(a) of the layer in hand.
    var (rz, ra) = changes(at: p, along: v, chunk, space: space)
    let widest = shape.widestLayer * stride
    let last = layers.count - 1
    var delta = ra + layers[last].units * stride
    var below = delta + widest
    var turn = below + widest
    var turnBelow = turn + widest
    let block = lossBlock(chunk, scale: scale)
    _ = loss.evaluate(chunk.values(last), chunk.targets, delta, block)
    loss.curvature(chunk.values(last), chunk.targets, ra, turn, block)
    for l in (0...last).reversed() {
      let layer = layers[l]
      if !layer.linear {
        for u in 0..<layer.units {
          let row = u * stride
          let (z, a) = (chunk.z(l) + row, chunk.values(l) + row)
          // R(δ_z) = φ' R(δ_a) + φ'' R(z) δ_a; the last product is built in the row below.
          let extra = below + row
          for i in 0..<lanes { extra[i] = rz[row + i] * delta[row + i] }
          layer.activation.pullBackTwice(z, a, extra, lanes, layer.setting)
          layer.activation.pullBack(z, a, turn + row, lanes, layer.setting)
          layer.activation.pullBack(z, a, delta + row, lanes, layer.setting)
          for i in 0..<lanes { turn[row + i] += extra[i] }
        }
      }
      let input = l == 0 ? chunk.inputs : UnsafePointer(chunk.values(l - 1))
      let inputStride = l == 0 ? chunk.inputStride : stride
      WeightGradient.add(
        turn, stride, units: layer.units, input, inputStride, inputs: layer.inputs, lanes: lanes,
        weights: out + layer.weights)
      if layer.hasBias {
        WeightGradient.addBiases(
          turn, stride, units: layer.units, lanes: lanes, out + layer.biases)
      }
      guard l > 0 else { continue }
      ra = rz - layers[l - 1].units * stride
      rz = ra - layers[l - 1].units * stride
      WeightGradient.add(
        delta, stride, units: layer.units, UnsafePointer(ra), stride,
        inputs: layer.inputs, lanes: lanes, weights: out + layer.weights)
      Multiply.rows(
        turnBelow, stride, units: layer.inputs, lanes: lanes, p + layer.weights, unit: 1,
        step: layer.inputs, turn, stride, depth: layer.units, start: .zero, bias: p)
      Multiply.rows(
        turnBelow, stride, units: layer.inputs, lanes: lanes, v + layer.weights, unit: 1,
        step: layer.inputs, delta, stride, depth: layer.units, start: .sum, bias: p)
      Multiply.rows(
        below, stride, units: layer.inputs, lanes: lanes, p + layer.weights, unit: 1,
        step: layer.inputs, delta, stride, depth: layer.units, start: .zero, bias: p)
      swap(&delta, &below)
      swap(&turn, &turnBelow)
    }
  }
}
