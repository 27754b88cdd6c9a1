import CLanes
import Lanes

/// Loss and gradient of at most four inputs, at most four tanh units and one logistic output, in
/// one go.
///
/// Gates are learned by such networks, and are trained all the time. A step on their few samples is
/// a chain of operations: here nothing on its way is called or waits in memory. Vectors hold the
/// layer at two samples; sums are those of `PairPass`, which takes the step where a logit is so
/// large that the exponential needs care.
final class GatePass: Sendable {
  /// The most samples; beyond, `PairPass` works on several pairs at once.
  static let mostSamples = 8

  private let inputs: Int
  private let width: Int
  private let hasBias: Bool
  private let hasOutputBias: Bool
  private let outputWeights: Int
  private let outputBias: Int
  /// Two vectors of the flat parameters that hold a layer's weights or biases.
  private let weights: PairPlan.Window
  private let biases: PairPlan.Window
  private let row: PairPlan.Window
  /// Lanes of these windows: the weights of each input, biases, and the output's weights; then, for
  /// each eight numbers of the flat gradient, lanes of three pairs of vectors.
  private let picks: [SIMD8<Int64>]
  /// The number of the first pick for the gradient, and that of each eight numbers.
  private let firstBlock: Int
  private let blocks: Int

  /// nil: the network is of another kind. `layers` are such as `PairPass` takes.
  init?(_ layers: [LayerKernel], loss: Loss, parameterCount: Int, samples: Int) {
    guard samples > 0, layers.count == 2, layers[0].isTanh, layers[1].linear,
      layers[1].units == 1,
      loss.name == Loss.binaryCrossEntropy.name
    else { return nil }
    let (hidden, output) = (layers[0], layers[1])
    let (inputs, units) = (hidden.inputs, hidden.units)
    let padded = (parameterCount + 7) & ~7
    let weights = PairPlan.Window(from: hidden.weights, paddedCount: padded)
    let biases = PairPlan.Window(from: hidden.hasBias ? hidden.biases : 0, paddedCount: padded)
    let row = PairPlan.Window(from: output.weights, paddedCount: padded)
    var picks = (0..<inputs).map { input in
      weights.pick(units) { hidden.weights + $0 * inputs + input }
    }
    picks.append(biases.pick(units) { hidden.hasBias ? hidden.biases + $0 : 0 })
    picks.append(row.pick(units) { output.weights + $0 })
    firstBlock = picks.count
    for block in 0..<padded / 8 {
      // Whatever a pick does not bring stays what it is.
      var pairs = SIMD8<Int64>(repeating: 0)
      var others = SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7)
      var last = others
      for lane in 0..<8 {
        let parameter = block * 8 + lane
        let weight = parameter - hidden.weights
        if parameter >= parameterCount {
          last[lane] = 15
        } else if weight >= 0, weight < inputs * units {
          pairs[lane] = Int64(weight % inputs * 4 + weight / inputs)
        } else if hidden.hasBias, parameter >= hidden.biases, parameter < hidden.biases + units {
          others[lane] = Int64(8 + parameter - hidden.biases)
        } else if output.hasBias, parameter == output.biases {
          last[lane] = 8
        } else {
          others[lane] = Int64(12 + parameter - output.weights)
        }
      }
      picks += [pairs, others, last]
    }
    blocks = padded / 8
    self.picks = picks
    self.inputs = inputs
    self.weights = weights
    self.biases = biases
    self.row = row
    width = output.inputs
    hasBias = hidden.hasBias
    hasOutputBias = output.hasBias
    outputWeights = output.weights
    outputBias = output.biases
  }

  /// Where a step finds its numbers.
  struct Places {
    let parameters: UnsafePointer<Double>
    /// Inputs of two samples a vector, in whole lanes of samples.
    let pairs: UnsafePointer<Lanes>
    let targets: UnsafePointer<Lanes>
    /// Samples.
    let count: Int
    /// The flat gradient.
    let gradient: UnsafeMutablePointer<Lanes>
  }

  /// The sum of sample losses; nil, and no gradient, where it has to be taken with more care.
  @inline(never)
  func run(_ places: Places, scale: Double) -> Double? {
    picks.withUnsafeBufferPointer { picks in
      guard let picks = picks.baseAddress else { return nil }
      return run(places, picks, scale: Lanes(repeating: scale))
    }
  }

  @inline(__always)
  private func run(
    _ places: Places, _ picks: UnsafePointer<SIMD8<Int64>>, scale: Lanes
  ) -> Double? {
    let (inputs, width) = (inputs, width)
    let parameters = places.parameters
    @inline(__always)
    func pick(_ window: PairPlan.Window, _ number: Int) -> Lanes {
      let low = UnsafeRawPointer(parameters + window.low).loadUnaligned(as: Lanes.self)
      let high = UnsafeRawPointer(parameters + window.high).loadUnaligned(as: Lanes.self)
      return glissade_pick(low, high, picks[number])
    }
    let c0 = pick(weights, 0)
    let c1 = inputs > 1 ? pick(weights, 1) : .zero
    let c2 = inputs > 2 ? pick(weights, 2) : .zero
    let c3 = inputs > 3 ? pick(weights, 3) : .zero
    let bias = hasBias ? pick(biases, inputs) : .zero
    let row = pick(row, inputs &+ 1)
    let answers = parameters + outputWeights
    let answerBias = hasOutputBias ? Lanes(repeating: parameters[outputBias]) : .zero

    /// The hidden layer's sums at four samples, two a vector.
    @inline(__always)
    func sums(_ x: Lanes, _ y: Lanes) -> SIMD16<Double> {
      var z = bias.addingProduct(c0, glissade_spread0(x))
      var w = bias.addingProduct(c0, glissade_spread0(y))
      if inputs > 1 {
        z.addProduct(c1, glissade_spread1(x))
        w.addProduct(c1, glissade_spread1(y))
      }
      if inputs > 2 {
        z.addProduct(c2, glissade_spread2(x))
        w.addProduct(c2, glissade_spread2(y))
        z.addProduct(c3, glissade_spread3(x))
        w.addProduct(c3, glissade_spread3(y))
      }
      return glissade_join(z, w)
    }

    var (g0, g1, g2, g3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var (biases, answerSum, answerBiases) = (Lanes.zero, Lanes.zero, Lanes.zero)
    @inline(__always)
    func descend(_ a: Lanes, _ gradient: Lanes, _ x: Lanes) {
      answerSum.addProduct(a, gradient)
      answerBiases += gradient
      let d = Activation.throughTanh(row * gradient, a)
      biases += d
      g0.addProduct(d, glissade_spread0(x))
      g1.addProduct(d, glissade_spread1(x))
      if inputs > 2 {
        g2.addProduct(d, glissade_spread2(x))
        g3.addProduct(d, glissade_spread3(x))
      }
    }

    let count = places.count
    let x = places.pairs
    let target = places.targets[0]
    // Sums are taken ahead: the first as soon as their weights are there.
    let near = sums(x[0], x[1])
    let far = count > 4 ? sums(x[2], x[3]) : near
    let a = glissade_tanh(near)
    let (a0, a1) = (glissade_first(a), glissade_second(a))
    var (a2, a3) = (a0, a1)
    var t0 = glissade_column0(a0, a1)
    var t1 = glissade_column1(a0, a1)
    var t2 = glissade_column2(a0, a1)
    var t3 = glissade_column3(a0, a1)
    if count > 4 {
      let a = glissade_tanh(far)
      (a2, a3) = (glissade_first(a), glissade_second(a))
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
    var gradient = (p - target) * scale
    let isReal = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7) .< Lanes(repeating: Double(count))
    gradient = Lanes.zero.replacing(with: gradient, where: isReal)
    descend(a0, glissade_halves0(gradient), x[0])
    descend(a1, glissade_halves1(gradient), x[1])
    if count > 4 {
      descend(a2, glissade_halves2(gradient), x[2])
      descend(a3, glissade_halves3(gradient), x[3])
    }

    let first = glissade_low_halves(g0, g1) + glissade_high_halves(g0, g1)
    var second = Lanes.zero
    if inputs > 2 { second = glissade_low_halves(g2, g3) + glissade_high_halves(g2, g3) }
    let others =
      glissade_low_halves(biases, answerSum) + glissade_high_halves(biases, answerSum)
    let last = glissade_low_halves(glissade_fold(answerBiases), .zero)
    var pick = picks + firstBlock
    for block in 0..<blocks {
      let weights = glissade_pick(first, second, pick[0])
      places.gradient[block] = glissade_pick(glissade_pick(weights, others, pick[1]), last, pick[2])
      pick += 3
    }
    // The last costs come after the gradient: the optimizer does not wait for them.
    let linear = z.replacing(with: 0, where: z .< 0).addingProduct(-target, z)
    let loss = glissade_first(glissade_log1p(fall)) + linear
    return LaneFolding.sum(Lanes.zero.replacing(with: loss, where: isReal))
  }
}
