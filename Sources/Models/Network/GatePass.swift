import CLanes
import Lanes

/// Loss and gradient of a hidden layer of at most four tanh units below one logistic output, in one go.
///
/// Gates are learned by such networks, and are trained all the time. A step is a chain of operations: here nothing on its
/// way is called or waits in memory. Sums are those of `PairPass`, which takes the step where a logit is so large that the
/// exponential needs care.
struct GatePass: Sendable {
  private let inputs: Int
  private let outputWeights: Int
  private let outputBias: Int?
  private let hasBias: Bool
  private let width: Int

  /// nil: the network is of another kind.
  init?(_ layers: [LayerKernel], loss: Loss, pairs: PairPlan?) {
    guard pairs != nil, layers.count == 2, layers[0].isTanh, layers[1].linear,
      layers[1].units == 1, loss.name == Loss.binaryCrossEntropy.name
    else { return nil }
    inputs = layers[0].inputs
    hasBias = layers[0].hasBias
    width = layers[1].inputs
    outputWeights = layers[1].weights
    outputBias = layers[1].hasBias ? layers[1].biases : nil
  }

  /// Where a step finds and leaves its numbers.
  struct Places {
    let layers: UnsafePointer<PairPlan.Layer>
    let picks: UnsafePointer<SIMD8<Int64>>
    let parameters: UnsafePointer<Double>
    /// Inputs of two samples a vector, in whole lanes of samples.
    let pairs: UnsafePointer<Lanes>
    let targets: UnsafePointer<Lanes>
    /// Samples.
    let count: Int
    /// Slopes, summed over samples, as `PairPlan` takes them.
    let slots: UnsafeMutablePointer<Lanes>

    @inline(__always)
    func load(_ first: Int) -> Lanes {
      UnsafeRawPointer(parameters + first).loadUnaligned(as: Lanes.self)
    }

    @inline(__always)
    func pick(_ window: PairPlan.Window, _ number: Int) -> Lanes {
      glissade_pick(load(window.low), load(window.high), picks[number])
    }
  }

  /// The sum of sample losses; nil, where it has to be taken with more care.
  @inline(__always)
  func run(_ places: Places, scale: Double) -> Double? {
    let hidden = places.layers
    let own = places.layers + 1
    let weights = hidden.pointee.weights
    let columns = hidden.pointee.columns
    let (inputs, width) = (inputs, width)
    let c0 = places.pick(weights, columns)
    let c1 = inputs > 1 ? places.pick(weights, columns &+ 1) : .zero
    let c2 = inputs > 2 ? places.pick(weights, columns &+ 2) : .zero
    let c3 = inputs > 3 ? places.pick(weights, columns &+ 3) : .zero
    let bias = hasBias ? places.pick(hidden.pointee.biases, hidden.pointee.bias) : .zero
    let row = places.pick(own.pointee.weights, own.pointee.rows)
    let answers = places.parameters + outputWeights
    let answerBias = outputBias.map { Lanes(repeating: places.parameters[$0]) } ?? .zero
    let scale = Lanes(repeating: scale)

    @inline(__always)
    func activate(_ x: Lanes, _ y: Lanes) -> (Lanes, Lanes) {
      var z = bias.addingProduct(c0, glissade_spread0(x))
      var w = bias.addingProduct(c0, glissade_spread0(y))
      if inputs > 1 {
        z.addProduct(c1, glissade_spread1(x))
        w.addProduct(c1, glissade_spread1(y))
      }
      if inputs > 2 {
        z.addProduct(c2, glissade_spread2(x))
        w.addProduct(c2, glissade_spread2(y))
      }
      if inputs > 3 {
        z.addProduct(c3, glissade_spread3(x))
        w.addProduct(c3, glissade_spread3(y))
      }
      let a = glissade_tanh(glissade_join(z, w))
      return (glissade_first(a), glissade_second(a))
    }

    var (g0, g1, g2, g3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var (biases, answerSum, answerBiases) = (Lanes.zero, Lanes.zero, Lanes.zero)
    @inline(__always)
    func descend(_ a: Lanes, _ slope: Lanes, _ x: Lanes) {
      answerSum.addProduct(a, slope)
      answerBiases += slope
      let d = Activation.throughTanh(row * slope, a)
      g0.addProduct(d, glissade_spread0(x))
      if inputs > 1 { g1.addProduct(d, glissade_spread1(x)) }
      if inputs > 2 { g2.addProduct(d, glissade_spread2(x)) }
      if inputs > 3 { g3.addProduct(d, glissade_spread3(x)) }
      biases += d
    }

    var cost = Lanes.zero
    var left = places.count
    var x = places.pairs
    var target = places.targets
    while left > 0 {
      let (a0, a1) = activate(x[0], x[1])
      var (a2, a3) = (a0, a1)
      var t0 = glissade_column0(a0, a1)
      var t1 = glissade_column1(a0, a1)
      var t2 = glissade_column2(a0, a1)
      var t3 = glissade_column3(a0, a1)
      if left > 4 {
        (a2, a3) = activate(x[2], x[3])
        t0 = glissade_low_halves(t0, glissade_column0(a2, a3))
        t1 = glissade_low_halves(t1, glissade_column1(a2, a3))
        t2 = glissade_low_halves(t2, glissade_column2(a2, a3))
        t3 = glissade_low_halves(t3, glissade_column3(a2, a3))
      }
      var z = answerBias.addingProduct(t0, Lanes(repeating: answers[0]))
      if width > 1 { z.addProduct(t1, Lanes(repeating: answers[1])) }
      if width > 2 { z.addProduct(t2, Lanes(repeating: answers[2])) }
      if width > 3 { z.addProduct(t3, Lanes(repeating: answers[3])) }

      let logits = glissade_join(z, z)
      guard glissade_within(logits, 708) != 0 else { return nil }
      let fall = glissade_fall(logits)
      let p = glissade_first(glissade_sigmoid(logits, fall))
      var slope = (p - target[0]) * scale
      let linear = z.replacing(with: 0, where: z .< 0).addingProduct(-target[0], z)
      var loss = glissade_first(glissade_log1p(fall)) + linear
      if left < 8 {
        let isReal = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7) .< Lanes(repeating: Double(left))
        slope = Lanes.zero.replacing(with: slope, where: isReal)
        loss = Lanes.zero.replacing(with: loss, where: isReal)
      }
      cost += loss

      descend(a0, glissade_halves0(slope), x[0])
      descend(a1, glissade_halves1(slope), x[1])
      if left > 4 {
        descend(a2, glissade_halves2(slope), x[2])
        descend(a3, glissade_halves3(slope), x[3])
      }
      x += 4
      target += 1
      left &-= 8
    }
    let slot = places.slots + hidden.pointee.slot
    slot[0] = g0
    if inputs > 1 { slot[1] = g1 }
    if inputs > 2 { slot[2] = g2 }
    if inputs > 3 { slot[3] = g3 }
    places.slots[hidden.pointee.biasSlot] = biases
    places.slots[own.pointee.slot] = answerSum
    places.slots[own.pointee.biasSlot] = answerBiases
    return LaneFolding.sum(cost)
  }
}
