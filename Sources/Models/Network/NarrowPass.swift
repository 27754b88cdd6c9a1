import CLanes
import Lanes

/// Loss and gradient of narrow networks on small batches: a vector holds the units of one sample instead of samples of one
/// unit.
///
/// With eight samples to a vector a batch of ten leaves half of its second vector empty, and every slope is a sum across
/// lanes. Where no layer has more than eight units or inputs, a vector holds a whole layer at one sample: no lane waits for
/// samples, and slopes by weights are rows of the flat gradient as they are. Sums over inputs and over samples are
/// chains of fused multiply-adds in rising order. Lanes beyond a layer's units hold zeros or what comes of them, and are
/// never read.
struct NarrowPass {
  /// The most units of a layer, and inputs.
  static let widest = 8
  /// The most samples; beyond, vectors of samples are full enough.
  static let mostSamples = 32

  /// Whether a network is of this kind.
  static func suits(_ layers: [LayerKernel]) -> Bool {
    layers.count > 1 && layers.allSatisfy { $0.units <= widest && $0.inputs <= widest }
  }

  /// Lanes of scratch: for each layer W by rows, by columns and its slopes, z and a; inputs, slopes by activations twice,
  /// and rows of outputs, answers, their slopes and targets.
  static func scratch(_ layers: [LayerKernel]) -> Int {
    layers.count * (3 * widest + 2 * mostSamples) + 3 * mostSamples + 4 * widest * mostSamples / 8
  }

  /// The first layer, and the number of the last.
  let layers: UnsafePointer<LayerKernel>
  let last: Int
  let parameters: UnsafePointer<Double>
  let parameterCount: Int
  let count: Int
  let space: UnsafeMutablePointer<Lanes>
  /// Input vectors, one a sample.
  let inputs: UnsafePointer<Lanes>

  /// Rows of W, then its columns, then slopes by W, of a layer.
  private func rows(_ layer: Int) -> UnsafeMutablePointer<Lanes> { space + 24 &* layer }
  private func columns(_ layer: Int) -> UnsafeMutablePointer<Lanes> { rows(layer) + 8 }
  private func slopes(_ layer: Int) -> UnsafeMutablePointer<Lanes> { rows(layer) + 16 }
  private func z(_ layer: Int) -> UnsafeMutablePointer<Lanes> {
    space + (24 &* (last &+ 1) &+ 2 &* count &* layer)
  }
  private func a(_ layer: Int) -> UnsafeMutablePointer<Lanes> { z(layer) + count }
  private var delta: UnsafeMutablePointer<Lanes> { z(last &+ 1) }
  private var nextDelta: UnsafeMutablePointer<Lanes> { delta + count }
  /// Lanes of a row of samples.
  var lanes: Int { (count &+ 7) >> 3 }
  /// The output layer's z, a and slopes, and targets: rows of samples, as losses take them.
  var outputs: UnsafeMutablePointer<Lanes> { nextDelta + count }
  var answers: UnsafeMutablePointer<Lanes> { outputs + 8 &* lanes }
  var outputSlopes: UnsafeMutablePointer<Lanes> { answers + 8 &* lanes }
  var targets: UnsafeMutablePointer<Lanes> { outputSlopes + 8 &* lanes }

  /// A pass over all samples of a table, or over those of it that are named.
  @inline(__always)
  init(
    _ layers: UnsafeBufferPointer<LayerKernel>, first: UnsafePointer<LayerKernel>,
    parameters: UnsafePointer<Double>, parameterCount: Int, inputs: UnsafePointer<Lanes>,
    rows: UnsafeBufferPointer<Int32>?, count: Int, space: UnsafeMutablePointer<Lanes>
  ) {
    self.layers = first
    last = layers.count &- 1
    self.parameters = parameters
    self.parameterCount = parameterCount
    self.count = count
    if let numbers = rows?.baseAddress {
      for s in 0..<count { space[s] = inputs[Int(numbers[s])] }
      self.inputs = UnsafePointer(space)
    } else {
      self.inputs = inputs
    }
    self.space = space + NarrowPass.mostSamples
  }

  /// The activations that a layer sees.
  @inline(__always)
  private func below(_ layer: Int) -> UnsafePointer<Lanes> {
    layer == 0 ? inputs : UnsafePointer(activations(layer &- 1))
  }

  /// a of a hidden layer, which is z where the activation does nothing.
  @inline(__always)
  private func activations(_ layer: Int) -> UnsafeMutablePointer<Lanes> {
    (layers + layer).pointee.linear ? z(layer) : a(layer)
  }

  /// Up to eight numbers of the parameters, and zeros.
  @inline(__always)
  private func load(_ first: Int, _ count: Int) -> Lanes {
    if first &+ 8 <= (parameterCount &+ 7) & ~7 {
      let row = UnsafeRawPointer(parameters + first).loadUnaligned(as: Lanes.self)
      if count == 8 { return row }
      let numbers = Lanes(0, 1, 2, 3, 4, 5, 6, 7)
      return Lanes.zero.replacing(with: row, where: numbers .< Lanes(repeating: Double(count)))
    }
    var row = Lanes.zero
    for i in 0..<count { row[i] = parameters[first &+ i] }
    return row
  }

  /// Fills z and a of hidden layers and rows of the output layer's z.
  @inline(__always)
  func forward() {
    for l in 0..<last {
      let layer = layers + l
      let units = layer.pointee.units
      let width = layer.pointee.inputs
      let rows = rows(l)
      for u in 0..<8 {
        rows[u] = u < units ? load(layer.pointee.weights &+ u &* width, width) : .zero
      }
      let columns = columns(l)
      Transpose.block(rows, 1, columns, 1, rows: width)
      let bias = layer.pointee.hasBias ? load(layer.pointee.biases, units) : .zero
      let z = z(l)
      weigh(below(l), width, columns, startingFrom: bias, into: z)
      if !layer.pointee.linear {
        layer.pointee.values(z, a(l), count, layer.pointee.setting)
      }
    }
    let layer = layers + last
    for k in 0..<layer.pointee.units {
      let width = layer.pointee.inputs
      let w = load(layer.pointee.weights &+ k &* width, width)
      rows(last)[k] = w
      let bias = Lanes(
        repeating: layer.pointee.hasBias ? parameters[layer.pointee.biases &+ k] : 0)
      for i in 0..<lanes {
        outputs[k &* lanes &+ i] = bias + products(of: w, first: i &* 8)
      }
    }
    if !layer.pointee.linear {
      layer.pointee.values(
        outputs, answers, layer.pointee.units &* lanes, layer.pointee.setting)
    }
  }

  /// z of every sample: a chain over inputs. Eight and two inputs have their columns in registers.
  @inline(__always)
  private func weigh(
    _ below: UnsafePointer<Lanes>, _ width: Int, _ columns: UnsafePointer<Lanes>,
    startingFrom bias: Lanes, into z: UnsafeMutablePointer<Lanes>
  ) {
    if width == 8 {
      let (c0, c1, c2, c3) = (columns[0], columns[1], columns[2], columns[3])
      let (c4, c5, c6, c7) = (columns[4], columns[5], columns[6], columns[7])
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
    } else if width == 2 {
      let (c0, c1) = (columns[0], columns[1])
      for s in 0..<count {
        let x = Rows.doubles(below + s)
        var sum = bias
        sum.addProduct(c0, Lanes(repeating: x[0]))
        sum.addProduct(c1, Lanes(repeating: x[1]))
        z[s] = sum
      }
    } else {
      for s in 0..<count {
        let x = Rows.doubles(below + s)
        var sum = bias
        for i in 0..<width { sum.addProduct(columns[i], Lanes(repeating: x[i])) }
        z[s] = sum
      }
    }
  }

  /// Scalar products of `w` with eight samples' activations below the output layer.
  @inline(__always)
  private func products(of w: Lanes, first: Int) -> Lanes {
    let x = below(last)
    let most = count &- 1
    let p0 = w * x[min(first, most)]
    let p1 = w * x[min(first &+ 1, most)]
    let p2 = w * x[min(first &+ 2, most)]
    let p3 = w * x[min(first &+ 3, most)]
    let p4 = w * x[min(first &+ 4, most)]
    let p5 = w * x[min(first &+ 5, most)]
    let p6 = w * x[min(first &+ 6, most)]
    let p7 = w * x[min(first &+ 7, most)]
    return LaneFolding.sums(p0, p1, p2, p3, p4, p5, p6, p7)
  }

  /// From slopes by the output layer's answers, in `outputSlopes`, to the gradient.
  @inline(__always)
  func backward(gradient: UnsafeMutablePointer<Double>) {
    let layer = layers + last
    let units = layer.pointee.units
    if !layer.pointee.linear {
      layer.pointee.pullBack(
        outputs, answers, outputSlopes, units &* lanes, layer.pointee.setting)
    }
    // Slopes of the output layer, sample by sample where it is not the first.
    let rows = rows(last)
    let own = slopes(last)
    let x = below(last)
    for k in 0..<units {
      let d = Rows.doubles(outputSlopes + k &* lanes)
      var sum = Lanes.zero
      for s in 0..<count { sum.addProduct(x[s], Lanes(repeating: d[s])) }
      own[k] = sum
      guard last > 0 else { continue }
      let w = rows[k]
      if k == 0 {
        for s in 0..<count { delta[s] = w * Lanes(repeating: d[s]) }
      } else {
        for s in 0..<count { delta[s].addProduct(w, Lanes(repeating: d[s])) }
      }
    }
    var delta = delta
    var next = nextDelta
    var l = last
    while l > 0 {
      l &-= 1
      let layer = layers + l
      if !layer.pointee.linear {
        layer.pointee.pullBack(z(l), a(l), delta, count, layer.pointee.setting)
      }
      if layer.pointee.units == 8 {
        gather(l, delta)
        if l > 0 { goBack(l, delta, next) }
      } else {
        gatherFew(l, delta, layer.pointee.units)
        if l > 0 { goBackFew(l, delta, next, layer.pointee.units) }
      }
      // Slopes by biases: the place of W's columns is free.
      if layer.pointee.hasBias {
        var sum = Lanes.zero
        for s in 0..<count { sum += delta[s] }
        columns(l)[0] = sum
      }
      swap(&delta, &next)
    }
    store(gradient)
  }

  /// Slopes by W of a layer of eight units.
  @inline(__always)
  private func gather(_ l: Int, _ delta: UnsafeMutablePointer<Lanes>) {
    var g0 = Lanes.zero
    var g1 = Lanes.zero
    var g2 = Lanes.zero
    var g3 = Lanes.zero
    var g4 = Lanes.zero
    var g5 = Lanes.zero
    var g6 = Lanes.zero
    var g7 = Lanes.zero
    let below = below(l)
    for s in 0..<count {
      let x = below[s]
      let d = Rows.doubles(delta + s)
      g0.addProduct(x, Lanes(repeating: d[0]))
      g1.addProduct(x, Lanes(repeating: d[1]))
      g2.addProduct(x, Lanes(repeating: d[2]))
      g3.addProduct(x, Lanes(repeating: d[3]))
      g4.addProduct(x, Lanes(repeating: d[4]))
      g5.addProduct(x, Lanes(repeating: d[5]))
      g6.addProduct(x, Lanes(repeating: d[6]))
      g7.addProduct(x, Lanes(repeating: d[7]))
    }
    let own = slopes(l)
    own[0] = g0
    own[1] = g1
    own[2] = g2
    own[3] = g3
    own[4] = g4
    own[5] = g5
    own[6] = g6
    own[7] = g7
  }

  @inline(__always)
  private func gatherFew(_ l: Int, _ delta: UnsafeMutablePointer<Lanes>, _ units: Int) {
    let own = slopes(l)
    let below = below(l)
    for u in 0..<units {
      var sum = Lanes.zero
      for s in 0..<count {
        sum.addProduct(below[s], Lanes(repeating: Rows.doubles(delta + s)[u]))
      }
      own[u] = sum
    }
  }

  /// Slopes by the activations below a layer of eight units.
  @inline(__always)
  private func goBack(
    _ l: Int, _ delta: UnsafeMutablePointer<Lanes>, _ next: UnsafeMutablePointer<Lanes>
  ) {
    let rows = rows(l)
    let (w0, w1, w2, w3) = (rows[0], rows[1], rows[2], rows[3])
    let (w4, w5, w6, w7) = (rows[4], rows[5], rows[6], rows[7])
    for s in 0..<count {
      let d = Rows.doubles(delta + s)
      var sum = w0 * Lanes(repeating: d[0])
      sum.addProduct(w1, Lanes(repeating: d[1]))
      sum.addProduct(w2, Lanes(repeating: d[2]))
      sum.addProduct(w3, Lanes(repeating: d[3]))
      sum.addProduct(w4, Lanes(repeating: d[4]))
      sum.addProduct(w5, Lanes(repeating: d[5]))
      sum.addProduct(w6, Lanes(repeating: d[6]))
      sum.addProduct(w7, Lanes(repeating: d[7]))
      next[s] = sum
    }
  }

  @inline(__always)
  private func goBackFew(
    _ l: Int, _ delta: UnsafeMutablePointer<Lanes>, _ next: UnsafeMutablePointer<Lanes>,
    _ units: Int
  ) {
    let rows = rows(l)
    for s in 0..<count {
      let d = Rows.doubles(delta + s)
      var sum = rows[0] * Lanes(repeating: d[0])
      for u in 1..<units { sum.addProduct(rows[u], Lanes(repeating: d[u])) }
      next[s] = sum
    }
  }

  /// Lays rows of slopes into the flat gradient, first to last: what a row has too much the next covers.
  @inline(__always)
  private func store(_ gradient: UnsafeMutablePointer<Double>) {
    for l in 0...last {
      let layer = layers + l
      let own = slopes(l)
      for u in 0..<layer.pointee.units {
        put(
          own[u], gradient, at: layer.pointee.weights &+ u &* layer.pointee.inputs,
          layer.pointee.inputs)
      }
      guard layer.pointee.hasBias else { continue }
      if l < last {
        put(columns(l)[0], gradient, at: layer.pointee.biases, layer.pointee.units)
      } else {
        for k in 0..<layer.pointee.units {
          var sum = Lanes.zero
          for i in 0..<lanes { sum += outputSlopes[k &* lanes &+ i] }
          gradient[layer.pointee.biases &+ k] = LaneFolding.sum(sum)
        }
      }
    }
    for i in parameterCount..<((parameterCount &+ 7) & ~7) { gradient[i] = 0 }
  }

  @inline(__always)
  private func put(
    _ row: Lanes, _ gradient: UnsafeMutablePointer<Double>, at first: Int, _ count: Int
  ) {
    if first &+ 8 <= parameterCount {
      UnsafeMutableRawPointer(gradient + first).storeBytes(of: row, as: Lanes.self)
    } else {
      for i in 0..<count { gradient[first &+ i] = row[i] }
    }
  }
}

extension DenseNetwork {
  /// The sum of sample losses, and the gradient without penalties, of a small batch of a narrow network.
  func narrow(
    at parameters: UnsafePointer<Double>, rows: UnsafeBufferPointer<Int32>?, count: Int,
    scale: Double, gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    train.rows.withUnsafeBufferPointer { inputs in
      train.targets.withUnsafeBufferPointer { targets in
        kernels.withUnsafeBufferPointer { layers in
          guard let inputs = inputs.baseAddress, let columns = targets.baseAddress,
            let first = layers.baseAddress
          else { return 0 }
          let pass = NarrowPass(
            layers, first: first, parameters: parameters, parameterCount: parameterCount,
            inputs: inputs, rows: rows, count: count, space: Rows.lanes(scratch))
          var targets = columns
          var stride = train.stride
          if let numbers = rows?.baseAddress {
            SampleTable.gather(
              columns, sourceStride: train.stride, columns: shape.outputs, rows: numbers,
              count: count, into: pass.targets, stride: pass.lanes, lanes: pass.lanes)
            targets = UnsafePointer(pass.targets)
            stride = pass.lanes
          }
          pass.forward()
          let isLinear = (first + pass.last).pointee.linear
          let block = LossBlock(
            outputs: shape.outputs, stride: pass.lanes, targetStride: stride, count: count,
            scale: scale, setting: lossSetting)
          let sum = loss.evaluate(
            isLinear ? pass.outputs : pass.answers, targets, pass.outputSlopes, block)
          pass.backward(gradient: gradient)
          return sum
        }
      }
    }
  }
}
