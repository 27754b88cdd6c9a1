import CLanes
import Lanes

/// Loss and gradient of networks whose layers have at most four units: a vector holds a layer at
/// two samples.
///
/// Gradients by weights need no sums across lanes but one fold. Sums over inputs are chains of
/// fused multiply-adds in rising order, as everywhere; sums over samples are two such chains, of
/// even and of odd samples, that are added up at the end. Lanes beyond a layer's units repeat its
/// first unit, and are never read. Whole batches of networks that learn gates have a pass of their
/// own, `GatePass`.
struct PairPass: SamplePass {
  /// The most units of a layer, and inputs.
  static let widest = 4
  static var samplesPerVector: Int { 2 }

  let layers: UnsafePointer<LayerKernel>
  let last: Int
  let parameters: UnsafePointer<Double>
  let plan: UnsafePointer<PairPlan.Layer>
  let picks: UnsafePointer<SIMD8<Int64>>
  /// Gradients by weights and biases, summed over samples.
  let slots: UnsafeMutablePointer<Lanes>
  let space: UnsafeMutablePointer<Lanes>
  var count: Int
  var inputs: UnsafePointer<Lanes>

  /// Vectors of two samples.
  var vectors: Int { (count &+ 1) >> 1 }
  /// Vectors from one layer's to the next's; whole lanes of samples can be read.
  private var stride: Int { 4 &* lanes }

  func z(_ layer: Int) -> UnsafeMutablePointer<Lanes> { space + 2 &* stride &* layer }
  func a(_ layer: Int) -> UnsafeMutablePointer<Lanes> { z(layer) + stride }
  var delta: UnsafeMutablePointer<Lanes> { z(last) }
  var nextDelta: UnsafeMutablePointer<Lanes> { delta + stride }
  /// Room for gathered inputs.
  var gathered: UnsafeMutablePointer<Lanes> { nextDelta + stride }
  var outputs: UnsafeMutablePointer<Lanes> { gathered + stride }
  var answers: UnsafeMutablePointer<Lanes> { outputs + PairPass.widest &* lanes }
  var outputGradients: UnsafeMutablePointer<Lanes> { answers + PairPass.widest &* lanes }
  var targets: UnsafeMutablePointer<Lanes> { outputGradients + PairPass.widest &* lanes }

  /// Lanes of scratch for each lane of samples in a chunk.
  static func lanes(_ layers: [LayerKernel]) -> Int {
    // z and a of hidden layers, gradients twice and inputs; rows of outputs, answers, gradients and
    // targets.
    (2 * layers.count + 1) * 4 + 4 * widest
  }

  @inline(__always)
  mutating func gather(_ rows: UnsafePointer<Lanes>, _ numbers: UnsafePointer<Int32>) {
    let gathered = gathered
    for v in 0..<vectors {
      let second = min(2 &* v &+ 1, count &- 1)
      gathered[v] = glissade_low_halves(rows[Int(numbers[2 &* v])], rows[Int(numbers[second])])
    }
    inputs = UnsafePointer(gathered)
  }

  @inline(__always)
  func forward() {
    for l in 0..<last {
      let layer = layers + l
      let z = z(l)
      weigh(plan + l, layer.pointee.inputs, hasBias: layer.pointee.hasBias, below(l), into: z)
      if !layer.pointee.linear {
        layer.pointee.values(z, a(l), vectors, layer.pointee.setting)
      }
    }
    answer(layers + last, below(last))
  }

  /// z of all samples of a hidden layer.
  @inline(__always)
  private func weigh(
    _ own: UnsafePointer<PairPlan.Layer>, _ width: Int, hasBias: Bool,
    _ below: UnsafePointer<Lanes>, into z: UnsafeMutablePointer<Lanes>
  ) {
    let low = load(own.pointee.weights.low)
    let high = load(own.pointee.weights.high)
    let pick = picks + own.pointee.columns
    let c0 = glissade_pick(low, high, pick[0])
    let c1 = width > 1 ? glissade_pick(low, high, pick[1]) : .zero
    let c2 = width > 2 ? glissade_pick(low, high, pick[2]) : .zero
    let c3 = width > 3 ? glissade_pick(low, high, pick[3]) : .zero
    var bias = Lanes.zero
    if hasBias {
      bias = glissade_pick(
        load(own.pointee.biases.low), load(own.pointee.biases.high), picks[own.pointee.bias])
    }
    for v in 0..<vectors {
      let x = below[v]
      var sum = bias
      sum.addProduct(c0, glissade_spread0(x))
      if width > 1 { sum.addProduct(c1, glissade_spread1(x)) }
      if width > 2 { sum.addProduct(c2, glissade_spread2(x)) }
      if width > 3 { sum.addProduct(c3, glissade_spread3(x)) }
      z[v] = sum
    }
  }

  /// The output layer's rows are samples again: sums are those of the general passes.
  @inline(__always)
  private func answer(_ layer: UnsafePointer<LayerKernel>, _ below: UnsafePointer<Lanes>) {
    let width = layer.pointee.inputs
    let units = layer.pointee.units
    let lanes = lanes
    for i in 0..<lanes {
      let x = below + 4 &* i
      let (x0, x1) = (x[0], x[1])
      var t0 = glissade_column0(x0, x1)
      var t1 = glissade_column1(x0, x1)
      var t2 = glissade_column2(x0, x1)
      var t3 = glissade_column3(x0, x1)
      if vectors &- 4 &* i > 2 {
        let (x2, x3) = (x[2], x[3])
        t0 = glissade_low_halves(t0, glissade_column0(x2, x3))
        t1 = glissade_low_halves(t1, glissade_column1(x2, x3))
        t2 = glissade_low_halves(t2, glissade_column2(x2, x3))
        t3 = glissade_low_halves(t3, glissade_column3(x2, x3))
      }
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
        outputs[k &* lanes &+ i] = sum
      }
    }
    if !layer.pointee.linear {
      layer.pointee.values(outputs, answers, units &* lanes, layer.pointee.setting)
    }
  }
}
