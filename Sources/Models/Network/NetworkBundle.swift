import CLanes
package import Lanes

/// Dense networks of one shape, each with weights and samples of its own, one network a lane.
///
/// Weights, activations and samples are vectors of eight networks; matrices of them are multiplied
/// in register blocks. Sums are taken in the order of the pass that a network takes alone
/// (`SummationOrder`), so that each lane has its bits.
package struct NetworkBundle: BundledObjective {
  let network: DenseNetwork
  let samples: Int
  /// Columns of features, then of targets, of each eight networks: column c, sample s is
  /// `columns[block][c * samples + s]`.
  let columns: [AlignedLanes]
  let inputs: Int
  let outputs: Int
  private let hasGreatTargets: Bool
  /// How it is done in one go, where it is.
  let plan: NetworkBundlePlan?
  package let isHalved: Bool

  package var parameterCount: Int { network.parameterCount }
  package var mostBlocks: Int { columns.count }

  /// Whether four such networks, learning from batches of up to `batch` samples (0: all), cost about
  /// half of what eight do when two parameters share a vector: gradients have to be taken in one go.
  package static func halves(_ network: DenseNetwork, batch: Int) -> Bool {
    guard network.penalty.isNone, let plan = NetworkBundlePlan(network) else { return false }
    let count = batch == 0 ? network.train.count : batch
    return plan.serves(network.pass(of: count, isAll: batch == 0), samples: count)
  }

  /// Networks of one shape; the last fills the lanes that are left.
  ///
  /// - Parameter halves: whether up to four networks may be kept two parameters a vector.
  package init(_ networks: [DenseNetwork], halves: Bool = false) {
    precondition(!networks.isEmpty, "no networks")
    let first = networks[0]
    precondition(
      networks.allSatisfy { $0 === first || $0.hasShape(of: first) }, "networks differ in shape")
    network = first
    samples = first.train.count
    inputs = first.train.inputs
    outputs = first.train.outputs
    columns = stride(from: 0, to: networks.count, by: 8).map { begin in
      NetworkBundle.columns(networks[begin..<min(begin + 8, networks.count)])
    }
    let (inputs, outputs, samples) = (inputs, outputs, samples)
    hasGreatTargets = columns.contains { columns in
      columns.withUnsafeBufferPointer { columns in
        // Networks have columns.
        !Self.areSmall(columns.baseAddress! + inputs * samples, outputs * samples)
      }
    }
    plan = hasGreatTargets ? nil : NetworkBundlePlan(first)
    isHalved = halves && plan != nil && networks.count <= 4 && first.penalty.isNone
  }

  /// The samples of up to eight networks.
  private static func columns(_ networks: ArraySlice<DenseNetwork>) -> AlignedLanes {
    let first = networks[networks.startIndex].train
    let samples = first.count
    let rows = first.inputs + first.outputs
    var columns = [Lanes](repeating: .zero, count: rows * samples)
    columns.withUnsafeMutableBytes { bytes in
      let doubles = bytes.bindMemory(to: Double.self)
      for lane in 0..<8 {
        let table = networks[min(networks.startIndex + lane, networks.endIndex - 1)].train
        for column in 0..<rows {
          let isInput = column < table.inputs
          let source = isInput ? table.columns : table.targets
          let from = (isInput ? column : column - table.inputs) * table.stride
          source.withUnsafeBufferPointer { source in
            for sample in 0..<samples {
              doubles[(column * samples + sample) * 8 + lane] =
                source[from + (sample >> 3)][sample & 7]
            }
          }
        }
      }
    }
    return AlignedLanes(columns)
  }

  package func scratchLanes(batch: Int, blocks: Int) -> Int {
    let count = batch == 0 ? samples : batch
    let units = network.layers.reduce(0) { $0 + $1.units }
    // z, a and δ, and a batch; an eighth of the outputs, their targets and δ once more, for losses.
    let layers = 3 * units * max(count, 1) + 3 * outputs * (ChunkPlan.most + 1)
    return (batch == 0 ? 0 : inputs + outputs) * max(count, 1)
      + max(layers, NetworkBundlePlan.scratchLanes(units: units, samples: max(count, 1)))
      + (isHalved ? 2 * parameterCount : 0)
  }

  package func lossesAndGradients(
    at parameters: UnsafePointer<Lanes>, rows: UnsafePointer<Int32>?, stride: Int, count: Int,
    blocks: Int, exact: Bool, losses: UnsafeMutablePointer<Lanes>,
    gradients: UnsafeMutablePointer<Lanes>,
    scratch: UnsafeMutablePointer<Lanes>
  ) {
    for block in 0..<blocks {
      columns[block].withUnsafeBufferPointer { columns in
        // A network has columns, and is bundled with samples only.
        guard let base = columns.baseAddress else { return }
        var step = Step(
          inputs: base, targets: base + inputs &* samples, count: samples, scratch: scratch,
          blocks: blocks, pass: network.pass(of: count, isAll: rows == nil),
          exact: exact || hasGreatTargets)
        if let rows {
          step.scratch = scratch + (inputs &+ outputs) &* count
          step.inputs = UnsafePointer(scratch)
          step.targets = UnsafePointer(scratch + inputs &* count)
          step.count = count
          gather(base, rows + 8 &* block &* stride, stride, count, into: scratch)
        }
        losses[block] = evaluate(step, at: parameters + block, gradients + block)
      }
    }
  }

  /// The losses, and gradients by all parameters; in one go where that is possible.
  @inline(__always)
  private func evaluate(
    _ step: Step, at p: UnsafePointer<Lanes>, _ gradients: UnsafeMutablePointer<Lanes>
  ) -> Lanes {
    if let plan, !step.exact {
      let isDone = plan.run(
        NetworkBundlePlan.Places(
          parameters: Rows.doubles(p), gradients: Rows.doubles(gradients),
          stride: isHalved ? 4 : 8 &* step.blocks, inputs: Rows.doubles(step.inputs),
          targets: Rows.doubles(step.targets), samples: step.count,
          scratch: Rows.doubles(step.scratch)),
        step.pass, scale: network.scale(samples: step.count), isHalved: isHalved)
      if isDone {
        if network.penalty.isNone { return .zero }
        return network.penalty.add(
          at: p, stride: step.blocks, samples: step.count, gradients: gradients)
      }
    }
    guard isHalved else { return run(step, at: p, gradients) }
    return spread(step, at: p, gradients)
  }

  /// The same of four networks whose parameters are kept two a vector, by way of eight.
  @inline(never)
  private func spread(
    _ step: Step, at p: UnsafePointer<Lanes>, _ gradients: UnsafeMutablePointer<Lanes>
  ) -> Lanes {
    let count = parameterCount
    let (wide, slopes) = (step.scratch, step.scratch + count)
    var step = step
    step.scratch = slopes + count
    let (from, to) = (Rows.doubles(p), Rows.doubles(gradients))
    for i in 0..<count {
      for lane in 0..<8 { wide[i][lane] = from[4 &* i &+ lane & 3] }
    }
    let losses = run(step, at: UnsafePointer(wide), slopes)
    for i in 0..<count { for lane in 0..<4 { to[4 &* i &+ lane] = slopes[i][lane] } }
    return losses
  }

  /// What one evaluation reads and works in.
  private struct Step {
    var inputs: UnsafePointer<Lanes>
    var targets: UnsafePointer<Lanes>
    var count: Int
    var scratch: UnsafeMutablePointer<Lanes>
    /// Vectors from one parameter to the next.
    var blocks: Int
    /// The pass that such a batch takes alone.
    var pass: TrainingPass
    /// Whether losses are wanted, finite or not.
    var exact: Bool
  }

  /// Whether `count` vectors lie well below what may make a loss that is not finite: none grows
  /// faster than the square.
  private static func areSmall(_ values: UnsafePointer<Lanes>, _ count: Int) -> Bool {
    var squares = Lanes.zero
    for i in 0..<count { squares.addProduct(values[i], values[i]) }
    // NaN is not small.
    return Reduction.sum(squares) < 1e200
  }

  /// Copies each lane's batch.
  private func gather(
    _ source: UnsafePointer<Lanes>, _ rows: UnsafePointer<Int32>, _ stride: Int, _ count: Int,
    into target: UnsafeMutablePointer<Lanes>
  ) {
    // Runs that differ in a setting and not in their seed have one batch.
    var isShared = true
    let lanes = isHalved ? 4 : 8
    for lane in 1..<lanes where isShared {
      let numbers = rows + lane &* stride
      for s in 0..<count where numbers[s] != rows[s] { isShared = false }
    }
    if isShared {
      for column in 0..<inputs &+ outputs {
        let (from, to) = (source + column &* samples, target + column &* count)
        for s in 0..<count { to[s] = from[Int(rows[s])] }
      }
      return
    }
    for column in 0..<inputs &+ outputs {
      let from = Rows.doubles(source + column &* samples)
      let to = Rows.doubles(target + column &* count)
      for lane in 0..<lanes {
        let numbers = rows + lane &* stride
        for s in 0..<count { to[s &* 8 &+ lane] = from[Int(numbers[s]) &* 8 &+ lane] }
      }
    }
  }

  /// The sums of losses in the order of a run alone: chunk by chunk, eight chains each.
  private func sum(
    _ step: Step, _ z: UnsafePointer<Lanes>, _ whole: LossBlock,
    _ space: UnsafeMutablePointer<Lanes>
  ) -> Lanes {
    let n = step.count
    let most = ChunkPlan(samples: n, isContiguous: true).lanes &* 8
    var total = Lanes.zero
    var first = 0
    while first < n {
      let end = min(first &+ most, n)
      var chains = LaneFolding.zeros
      for chain in 0..<8 where first &+ chain < end {
        let count = (end &- first &- chain &+ 7) >> 3
        let (values, targets) = (space, space + outputs &* count)
        for k in 0..<outputs {
          for i in 0..<count {
            let at = k &* n &+ first &+ chain &+ 8 &* i
            values[k &* count &+ i] = z[at]
            targets[k &* count &+ i] = step.targets[at]
          }
        }
        var block = whole
        (block.stride, block.targetStride, block.count) = (count, count, count &* 8)
        block.wantsSum = true
        chains[chain] = network.loss.evaluate(
          values, targets, targets + outputs &* count, block)
      }
      total += LaneFolding.total(chains)
      first = end
    }
    return total
  }

  /// The losses, and gradients by all parameters.
  private func run(
    _ step: Step, at p: UnsafePointer<Lanes>, _ gradients: UnsafeMutablePointer<Lanes>
  ) -> Lanes {
    // Layers are read where they stand: copies would count references.
    network.kernels.withUnsafeBufferPointer { run($0, step, at: p, gradients) }
  }

  private func run(
    _ layers: UnsafeBufferPointer<LayerKernel>, _ step: Step, at p: UnsafePointer<Lanes>,
    _ gradients: UnsafeMutablePointer<Lanes>
  ) -> Lanes {
    let (n, q) = (step.count, step.blocks)
    var below = step.inputs
    var space = step.scratch
    // z, a and δ of each layer, one after another.
    for index in layers.indices {
      // A buffer with elements has a base.
      let layer = layers.baseAddress! + index
      let rows = layer.pointee.units &* n
      // The rectifier needs no z, nor does the way back through it.
      let isRelu = layer.pointee.isRelu
      let values = layer.pointee.linear ? space : space + rows
      var product = GlissadeLaneProduct(
        c: Rows.doubles(isRelu ? values : space), w: Rows.doubles(p + layer.pointee.weights &* q),
        x: Rows.doubles(below),
        start: layer.pointee.hasBias ? Rows.doubles(p + layer.pointee.biases &* q) : nil,
        start_unit: q, c_unit: n,
        c_step: 1, w_unit: layer.pointee.inputs &* q, w_step: q, x_unit: 1, x_step: n,
        depth: layer.pointee.inputs,
        goes_on: 0, chains: 1, finish: isRelu ? GLISSADE_RELU : GLISSADE_PLAIN, activations: nil)
      glissade_lane_product(&product, layer.pointee.units, n)
      if !isRelu, !layer.pointee.linear {
        layer.pointee.values(space, values, rows, layer.pointee.setting)
      }
      below = UnsafePointer(values)
      space += 3 &* rows
    }
    let scale = network.scale(samples: n)
    let block = LossBlock(
      outputs: outputs, stride: n, targetStride: n, count: n &* 8, scale: scale,
      setting: network.lossSetting, wantsSum: false)
    _ = network.loss.evaluate(below, step.targets, space - outputs &* n, block)
    var losses = Lanes.zero
    if step.exact || !Self.areSmall(below, outputs &* n) {
      losses = sum(step, below, block, space) * Lanes(repeating: scale)
    }
    // Whether the product that made δ has taken it through the activation.
    var isThrough = false
    for index in layers.indices.reversed() {
      let layer = layers.baseAddress! + index
      space -= 3 &* (layer.pointee.units &* n)
      if !isThrough, !layer.pointee.linear {
        let rows = layer.pointee.units &* n
        // The rectifier's values tell what z would.
        let z = layer.pointee.isRelu ? space + rows : space
        layer.pointee.pullBack(z, space + rows, space + 2 &* rows, rows, layer.pointee.setting)
      }
      let before = index == 0 ? nil : layer - 1
      isThrough = before.map { $0.pointee.isTanh || $0.pointee.isRelu } ?? false
      backward(
        layer, isLast: index == layers.count &- 1, step, at: p, gradients, z: space, before: before)
    }
    if !network.penalty.isNone {
      losses += network.penalty.add(at: p, stride: q, samples: n, gradients: gradients)
    }
    return losses
  }

  /// Gradients by a layer's parameters, and by the activations of the layer before it, where there
  /// is one; by its sums at once, where that is tanh or the rectifier.
  private func backward(
    _ layer: UnsafePointer<LayerKernel>, isLast: Bool, _ step: Step, at p: UnsafePointer<Lanes>,
    _ gradients: UnsafeMutablePointer<Lanes>, z: UnsafeMutablePointer<Lanes>,
    before: UnsafePointer<LayerKernel>?
  ) {
    let (n, q) = (step.count, step.blocks)
    let delta = z + 2 &* (layer.pointee.units &* n)
    let inputRows = layer.pointee.inputs &* n
    // Of the layer before: z, a and δ end where this layer's begin.
    let back = z - inputRows
    let activations = before?.pointee.linear == true ? z - 3 &* inputRows : z - 2 &* inputRows
    let order = SummationOrder(step.pass, layer.pointee, isLast: isLast)
    let most = order.endsWithChunk ? ChunkPlan(samples: n, isContiguous: true).lanes &* 8 : n
    let x = before == nil ? step.inputs : UnsafePointer(activations)
    var first = 0
    while first < n {
      let count = min(most, n &- first)
      var product = GlissadeLaneProduct(
        c: Rows.doubles(gradients + layer.pointee.weights &* q), w: Rows.doubles(delta + first),
        x: Rows.doubles(x + first), start: nil,
        start_unit: 0, c_unit: layer.pointee.inputs &* q, c_step: q, w_unit: n, w_step: 1,
        x_unit: n, x_step: 1, depth: count, goes_on: first > 0 ? 1 : 0,
        chains: order.weights.rawValue, finish: GLISSADE_PLAIN, activations: nil)
      glissade_lane_product(&product, layer.pointee.units, layer.pointee.inputs)
      if layer.pointee.hasBias {
        product.c = Rows.doubles(gradients + layer.pointee.biases &* q)
        product.c_unit = q
        product.chains = order.biases.rawValue
        glissade_lane_sums(&product, layer.pointee.units)
      }
      first &+= count
    }
    guard let before else { return }
    var finish = GLISSADE_PLAIN
    if before.pointee.isTanh { finish = GLISSADE_THROUGH_TANH }
    if before.pointee.isRelu { finish = GLISSADE_THROUGH_RELU }
    var backProduct = GlissadeLaneProduct(
      c: Rows.doubles(back), w: Rows.doubles(p + layer.pointee.weights &* q),
      x: Rows.doubles(delta),
      start: nil, start_unit: 0, c_unit: n, c_step: 1, w_unit: q, w_step: layer.pointee.inputs &* q,
      x_unit: 1, x_step: n, depth: layer.pointee.units, goes_on: 0, chains: 1,
      finish: finish, activations: Rows.doubles(UnsafePointer(activations)))
    glissade_lane_product(&backProduct, layer.pointee.inputs, n)
  }
}

extension DenseNetwork {
  /// Whether runs of both may share a bundle: layers, loss, penalty and number of samples are
  /// alike; samples may differ.
  package func hasShape(of other: DenseNetwork) -> Bool {
    guard parameterCount == other.parameterCount, layers.count == other.layers.count,
      loss.name == other.loss.name, lossSetting == other.lossSetting, averages == other.averages,
      penalty == other.penalty, train.count == other.train.count,
      train.inputs == other.train.inputs, train.outputs == other.train.outputs
    else { return false }
    return zip(layers, other.layers).allSatisfy { a, b in
      a.units == b.units && a.inputs == b.inputs && a.hasBias == b.hasBias
        && a.activation.name == b.activation.name && a.setting == b.setting
        && a.activation.scale == b.activation.scale
    }
  }
}

extension Penalty {
  /// The penalties of eight runs, whose parameters are `stride` vectors apart; adds their
  /// gradients.
  func add(
    at parameters: UnsafePointer<Lanes>, stride: Int, samples: Int,
    gradients: UnsafeMutablePointer<Lanes>
  ) -> Lanes {
    let share = perSample ? 1 / Double(max(samples, 1)) : 1
    let first = Lanes(repeating: l1 * share)
    let second = Lanes(repeating: l2 * share)
    var size = Lanes.zero
    var squares = Lanes.zero
    let one = Lanes(repeating: 1)
    for range in weights {
      for i in range {
        let w = parameters[i &* stride]
        let minus = Lanes.zero - w
        size += w.replacing(with: minus, where: w .< .zero)
        squares.addProduct(w, w)
        let sign = w.replacing(with: one, where: w .> .zero)
          .replacing(with: Lanes.zero - one, where: w .< .zero)
        gradients[i &* stride] += (second * w).addingProduct(first, sign)
      }
    }
    return (first * size).addingProduct(second * 0.5, squares)
  }
}
