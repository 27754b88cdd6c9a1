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
  /// and rows of outputs, answers, their slopes, targets and what the output layer sees.
  static func scratch(_ layers: [LayerKernel]) -> Int {
    layers.count * (3 * widest + 2 * mostSamples) + 3 * mostSamples + 5 * widest * mostSamples / 8
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
  func rows(_ layer: Int) -> UnsafeMutablePointer<Lanes> { space + 24 &* layer }
  func columns(_ layer: Int) -> UnsafeMutablePointer<Lanes> { rows(layer) + 8 }
  func slopes(_ layer: Int) -> UnsafeMutablePointer<Lanes> { rows(layer) + 16 }
  func z(_ layer: Int) -> UnsafeMutablePointer<Lanes> {
    space + (24 &* (last &+ 1) &+ 2 &* count &* layer)
  }
  func a(_ layer: Int) -> UnsafeMutablePointer<Lanes> { z(layer) + count }
  var delta: UnsafeMutablePointer<Lanes> { z(last &+ 1) }
  var nextDelta: UnsafeMutablePointer<Lanes> { delta + count }
  /// Lanes of a row of samples.
  var lanes: Int { (count &+ 7) >> 3 }
  /// The output layer's z, a and slopes, and targets: rows of samples, as losses take them.
  var outputs: UnsafeMutablePointer<Lanes> { nextDelta + count }
  var answers: UnsafeMutablePointer<Lanes> { outputs + 8 &* lanes }
  var outputSlopes: UnsafeMutablePointer<Lanes> { answers + 8 &* lanes }
  var targets: UnsafeMutablePointer<Lanes> { outputSlopes + 8 &* lanes }
  /// What the output layer sees, in rows of samples.
  private var lastColumns: UnsafeMutablePointer<Lanes> { targets + 8 &* lanes }

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
  func below(_ layer: Int) -> UnsafePointer<Lanes> {
    layer == 0 ? inputs : UnsafePointer(activations(layer &- 1))
  }

  /// a of a hidden layer, which is z where the activation does nothing.
  @inline(__always)
  func activations(_ layer: Int) -> UnsafeMutablePointer<Lanes> {
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
    // The output layer's rows are samples again: sums are those of the general passes.
    let layer = layers + last
    let width = layer.pointee.inputs
    let below = below(last)
    for i in 0..<lanes {
      Transpose.block(below + i &* 8, 1, lastColumns + i, lanes, rows: width)
    }
    for k in 0..<layer.pointee.units {
      let first = layer.pointee.weights &+ k &* width
      rows(last)[k] = load(first, width)
      let w = parameters + first
      let bias = Lanes(
        repeating: layer.pointee.hasBias ? parameters[layer.pointee.biases &+ k] : 0)
      for i in 0..<lanes {
        var sum = bias
        for j in 0..<width {
          sum.addProduct(lastColumns[j &* lanes &+ i], Lanes(repeating: w[j]))
        }
        outputs[k &* lanes &+ i] = sum
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
