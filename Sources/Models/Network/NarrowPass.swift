import CLanes
import Lanes

/// Loss and gradient of networks whose layers have at most eight units: a vector holds a layer at
/// one sample.
///
/// With eight samples to a vector a batch of ten leaves half of its second vector empty, and every
/// gradient is a sum across lanes. Here no lane waits for samples, and gradients by weights are
/// rows of the flat gradient as they are. Sums over inputs and over samples are chains of fused
/// multiply-adds in rising order. Lanes beyond a layer's units hold zeros or what comes of them,
/// and are never read; samples that fill up a lane of a row have zeros before the output layer.
struct NarrowPass: SamplePass {
  /// The most units of a layer, and inputs.
  static let widest = 8
  static var samplesPerVector: Int { 1 }

  let layers: UnsafePointer<LayerKernel>
  let last: Int
  let parameters: UnsafePointer<Double>
  let parameterCount: Int
  /// Sixteen vectors a layer for gradients by weights (a unit each) and by biases, summed over
  /// samples.
  let slots: UnsafeMutablePointer<Lanes>
  /// W by rows, then by columns, of layers of unusual shape.
  let weights: UnsafeMutablePointer<Lanes>
  let space: UnsafeMutablePointer<Lanes>
  var count: Int
  var inputs: UnsafePointer<Lanes>

  /// Vectors from one layer's to the next's; whole lanes of samples can be read.
  private var stride: Int { 8 &* lanes }

  func z(_ layer: Int) -> UnsafeMutablePointer<Lanes> { space + 2 &* stride &* layer }
  /// a of a layer; that of tanh takes the place of z, which its gradient does not ask for.
  func a(_ layer: Int) -> UnsafeMutablePointer<Lanes> {
    (layers + layer).pointee.isTanh ? z(layer) : z(layer) + stride
  }
  var delta: UnsafeMutablePointer<Lanes> { z(last) }
  var nextDelta: UnsafeMutablePointer<Lanes> { delta + stride }
  /// Room for gathered inputs.
  var gathered: UnsafeMutablePointer<Lanes> { nextDelta + stride }
  var outputs: UnsafeMutablePointer<Lanes> { gathered + stride }
  var answers: UnsafeMutablePointer<Lanes> { outputs + NarrowPass.widest &* lanes }
  var outputGradients: UnsafeMutablePointer<Lanes> { answers + NarrowPass.widest &* lanes }
  var targets: UnsafeMutablePointer<Lanes> { outputGradients + NarrowPass.widest &* lanes }

  /// Lanes of scratch for slots and weights, and for each lane of samples in a chunk.
  static func fixed(_ layers: [LayerKernel]) -> Int { 16 * layers.count + 16 }
  static func lanes(_ layers: [LayerKernel]) -> Int {
    // z and a of hidden layers, gradients twice and inputs; rows of outputs, answers, gradients and
    // targets.
    (2 * layers.count + 1) * 8 + 4 * widest
  }

  /// Gradients by the weights of each unit of a layer, then by its biases; of two inputs, by each
  /// input's weights.
  func slots(_ layer: Int) -> UnsafeMutablePointer<Lanes> { slots + 16 &* layer }

  /// Up to eight numbers of the parameters, and zeros.
  @inline(__always)
  func load(_ first: Int, _ count: Int) -> Lanes {
    if count == 8 { return load(first) }
    var row = Lanes.zero
    for i in 0..<count { row[i] = parameters[first &+ i] }
    return row
  }

  @inline(__always)
  mutating func gather(_ rows: UnsafePointer<Lanes>, _ numbers: UnsafePointer<Int32>) {
    let gathered = gathered
    for s in 0..<count { gathered[s] = rows[Int(numbers[s])] }
    inputs = UnsafePointer(gathered)
  }

  @inline(__always)
  func forward() {
    for l in 0..<last {
      let layer = layers + l
      let z = z(l)
      weigh(layer, below(l), into: z)
      if !layer.pointee.linear {
        layer.pointee.values(z, a(l), count, layer.pointee.setting)
      }
    }
    // Gradients of answers that no sample asked for are summed with the others, and nothing times
    // NaN would not be nothing.
    let seen = activations(last &- 1)
    for s in count..<stride { seen[s] = .zero }
    answer(layers + last, UnsafePointer(seen))
  }

  /// z of every sample: a chain over inputs. Eight units of eight and of two inputs have their
  /// columns in registers.
  @inline(__always)
  private func weigh(
    _ layer: UnsafePointer<LayerKernel>, _ below: UnsafePointer<Lanes>,
    into z: UnsafeMutablePointer<Lanes>
  ) {
    let units = layer.pointee.units
    let width = layer.pointee.inputs
    let first = layer.pointee.weights
    let bias = layer.pointee.hasBias ? load(layer.pointee.biases, units) : .zero
    if width == 8, units == 8 {
      let (c0, c1, c2, c3, c4, c5, c6, c7) = Transpose.columns(
        load(first), load(first &+ 8), load(first &+ 16), load(first &+ 24),
        load(first &+ 32), load(first &+ 40), load(first &+ 48), load(first &+ 56))
      for s in 0..<count {
        let x = Rows.doubles(below + s)
        var sum = bias
        sum.addProduct(c0, Lanes(repeating: x[0]))
        sum.addProduct(c1, Lanes(repeating: x[1]))
        sum.addProduct(c2, Lanes(repeating: x[2]))
        sum.addProduct(c3, Lanes(repeating: x[3]))
        sum.addProduct(c4, Lanes(repeating: x[4]))
        sum.addProduct(c5, Lanes(repeating: x[5]))
        sum.addProduct(c6, Lanes(repeating: x[6]))
        sum.addProduct(c7, Lanes(repeating: x[7]))
        z[s] = sum
      }
    } else if width == 2, units == 8 {
      let low = load(first)
      let high = load(first &+ 8)
      let c0 = glissade_evens(low, high)
      let c1 = glissade_odds(low, high)
      for s in 0..<count {
        let x = Rows.doubles(below + s)
        var sum = bias
        sum.addProduct(c0, Lanes(repeating: x[0]))
        sum.addProduct(c1, Lanes(repeating: x[1]))
        z[s] = sum
      }
    } else {
      let rows = weights
      let columns = weights + 8
      for u in 0..<8 { rows[u] = u < units ? load(first &+ u &* width, width) : .zero }
      Transpose.block(rows, 1, columns, 1, rows: width)
      for s in 0..<count {
        let x = Rows.doubles(below + s)
        var sum = bias
        for i in 0..<width { sum.addProduct(columns[i], Lanes(repeating: x[i])) }
        z[s] = sum
      }
    }
  }

  /// The output layer's rows are samples again: sums are those of the general passes.
  @inline(__always)
  private func answer(_ layer: UnsafePointer<LayerKernel>, _ below: UnsafePointer<Lanes>) {
    let width = layer.pointee.inputs
    let units = layer.pointee.units
    let lanes = lanes
    for i in 0..<lanes {
      let x = below + 8 &* i
      let (t0, t1, t2, t3, t4, t5, t6, t7) = Transpose.columns(
        x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7])
      for k in 0..<units {
        let w = parameters + (layer.pointee.weights &+ k &* width)
        var sum = Lanes.zero
        if layer.pointee.hasBias {
          sum = Lanes(repeating: parameters[layer.pointee.biases &+ k])
        }
        sum.addProduct(t0, Lanes(repeating: w[0]))
        if width > 1 { sum.addProduct(t1, Lanes(repeating: w[1])) }
        if width > 2 { sum.addProduct(t2, Lanes(repeating: w[2])) }
        if width > 3 { sum.addProduct(t3, Lanes(repeating: w[3])) }
        if width > 4 { sum.addProduct(t4, Lanes(repeating: w[4])) }
        if width > 5 { sum.addProduct(t5, Lanes(repeating: w[5])) }
        if width > 6 { sum.addProduct(t6, Lanes(repeating: w[6])) }
        if width > 7 { sum.addProduct(t7, Lanes(repeating: w[7])) }
        outputs[k &* lanes &+ i] = sum
      }
    }
    if !layer.pointee.linear {
      layer.pointee.values(outputs, answers, units &* lanes, layer.pointee.setting)
    }
  }
}
