import Lanes

/// Loss and gradient of networks of few parameters on at most eight samples, which fit one vector a
/// unit.
///
/// The mathematics and the order of sums are those of the general passes; without strides, chunks
/// and blocks there is little left but the arithmetic. Models without hidden layers on gates and
/// small batches are of this kind, and networks with a layer that is too wide for `NarrowPass`.
enum TinyPass {
  /// The most parameters; beyond, register blocks pay.
  static let limit = 128
  /// The most samples of a batch: a vector.
  static let mostSamples = 8

  /// z and a of every layer, one after the other in `space`.
  @inline(__always)
  static func forward(
    _ layers: UnsafeBufferPointer<LayerKernel>, at p: UnsafePointer<Double>,
    _ inputs: UnsafePointer<Lanes>, _ space: UnsafeMutablePointer<Lanes>,
    spare: UnsafeMutablePointer<Lanes>, halves: Bool
  ) {
    guard let first = layers.baseAddress else { return }
    var input = inputs
    for l in 0..<layers.count {
      let layer = first + l
      let width = layer.pointee.inputs
      let units = layer.pointee.units
      let z = space + layer.pointee.z
      var w = p + layer.pointee.weights
      let bias = layer.pointee.hasBias ? p + layer.pointee.biases : nil
      for u in 0..<units {
        var sum = Lanes.zero
        if let bias { sum = Lanes(repeating: bias[u]) }
        for i in 0..<width { sum.addProduct(Lanes(repeating: w[i]), input[i]) }
        z[u] = sum
        w += width
      }
      let a = space + layer.pointee.a
      if !layer.pointee.linear {
        if halves {
          Halves.values(layer, lanes: 1, z, a, spare: spare)
        } else {
          layer.pointee.values(z, a, units, layer.pointee.setting)
        }
      }
      input = UnsafePointer(a)
    }
  }

  /// Gradients by every parameter in `sums`, one vector each, from gradients by the outputs in
  /// `delta`.
  @inline(__always)
  static func backward(
    _ layers: UnsafeBufferPointer<LayerKernel>, at p: UnsafePointer<Double>,
    _ inputs: UnsafePointer<Lanes>, _ space: UnsafeMutablePointer<Lanes>,
    delta: UnsafeMutablePointer<Lanes>, next: UnsafeMutablePointer<Lanes>,
    sums: UnsafeMutablePointer<Lanes>
  ) {
    guard let first = layers.baseAddress else { return }
    var delta = delta
    var next = next
    var l = layers.count
    while l > 0 {
      l &-= 1
      let layer = first + l
      let width = layer.pointee.inputs
      let units = layer.pointee.units
      if !layer.pointee.linear {
        let z = space + layer.pointee.z
        let a = space + layer.pointee.a
        layer.pointee.pullBack(z, a, delta, units, layer.pointee.setting)
      }
      var out = sums + layer.pointee.weights
      if l == 0 {
        for u in 0..<units {
          let d = delta[u]
          for i in 0..<width { out[i] = d * inputs[i] }
          out += width
        }
      } else {
        let input = space + (first + (l &- 1)).pointee.a
        var w = p + layer.pointee.weights
        for u in 0..<units {
          let d = delta[u]
          for i in 0..<width {
            out[i] = d * input[i]
            let share = Lanes(repeating: w[i]) * d
            next[i] = u == 0 ? share : next[i].addingProduct(Lanes(repeating: w[i]), d)
          }
          out += width
          w += width
        }
      }
      if layer.pointee.hasBias {
        for u in 0..<units { out[u] = delta[u] }
      }
      swap(&delta, &next)
    }
  }

  /// Adds sums up across lanes, of which only the lower four matter where `halves` says so.
  @inline(__always)
  static func finish(
    _ sums: UnsafeMutablePointer<Lanes>, count: Int, gradient: UnsafeMutablePointer<Lanes>,
    halves: Bool
  ) {
    var block = 0
    var left = count
    while left > 0 {
      let s = sums + block &* 8
      var total =
        halves
        ? LaneFolding.halfSums(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7])
        : LaneFolding.sums(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7])
      if left < 8 {
        // Beyond the parameters `sums` hold anything.
        let numbers = Lanes(0, 1, 2, 3, 4, 5, 6, 7)
        total.replace(with: .zero, where: numbers .>= Lanes(repeating: Double(left)))
      }
      gradient[block] = total
      block &+= 1
      left &-= 8
    }
  }
}

extension DenseNetwork {
  /// The sum of sample losses, and the gradient without penalties, of at most eight samples.
  func tiny(
    at parameters: UnsafePointer<Double>, rows: UnsafeBufferPointer<Int32>?, count: Int,
    scale: Double, gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let sums = Rows.lanes(scratch)
    let delta = sums + shape.sums
    let next = delta + shape.widestLayer
    let gathered = next + shape.widestLayer
    let space = gathered + (shape.inputs &+ shape.outputs)
    let halves = count <= 4
    return train.columns.withUnsafeBufferPointer { columns in
      train.targets.withUnsafeBufferPointer { targets in
        kernels.withUnsafeBufferPointer { layers in
          guard var columns = columns.baseAddress, var targets = targets.baseAddress else {
            return 0
          }
          if let numbers = rows?.baseAddress {
            SampleTable.gather(
              columns, sourceStride: train.stride, columns: shape.inputs, rows: numbers,
              count: count, into: gathered, stride: 1, lanes: 1)
            SampleTable.gather(
              targets, sourceStride: train.stride, columns: shape.outputs, rows: numbers,
              count: count, into: gathered + shape.inputs, stride: 1, lanes: 1)
            columns = UnsafePointer(gathered)
            targets = UnsafePointer(gathered + shape.inputs)
          }
          TinyPass.forward(
            layers, at: parameters, columns, space, spare: next, halves: halves)
          let block = LossBlock(
            outputs: shape.outputs, stride: 1, targetStride: 1, count: count, scale: scale,
            setting: lossSetting)
          let sum = LaneFolding.sum(
            loss.evaluate(space + shape.output, targets, delta, block))
          TinyPass.backward(
            layers, at: parameters, columns, space, delta: delta, next: next, sums: sums)
          TinyPass.finish(
            sums, count: parameterCount, gradient: Rows.lanes(gradient), halves: halves)
          return sum
        }
      }
    }
  }
}
