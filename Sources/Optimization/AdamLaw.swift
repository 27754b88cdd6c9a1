import CLanes
import Lanes

/// Adam's settings, and what its change takes from the number of the step.
struct AdamLaw: Sendable {
  /// Vectors from which on the divider is what a step waits for, and roots are made without it
  /// (`CRoots.h`).
  private static let many = 8

  let variant: Adam.Variant
  /// The number of parameters.
  let count: Int
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let epsilonHat: Bool
  /// What depends on the step's number and not on the gradient, in force and of the steps that are
  /// to be expected.
  private var now = AdamRates()
  private var ahead = AdamRatesAhead()

  init(_ settings: Settings, variant: Adam.Variant, count: Int) {
    beta1 = settings["beta1"]
    beta2 = settings["beta2"]
    epsilon = settings["eps"]
    epsilonHat = settings.flag("epsilon_hat")
    self.variant = variant
    self.count = count
  }

  /// η √c₂/c₁ of the step in force.
  @inline(__always) var rate: Lanes { Lanes(repeating: now.rate) }

  /// The same of runs with rates of their own.
  @inline(__always) func rate(of rates: Lanes) -> Lanes { now.rates(rates) }

  /// ε √c₂, or ε̂.
  @inline(__always) var offset: Double { epsilonHat ? epsilon : epsilon * now.root2 }

  /// Puts the rates of a step in force.
  @inline(__always) mutating func begin(step: Int, learningRate: Double) {
    if step != now.step {
      // At first nothing is at hand, nor after a jump.
      if step != now.step &+ 1 || now.step == 0 {
        ahead = AdamRatesAhead(from: step, beta1: beta1, beta2: beta2)
        ahead.adapt(to: learningRate)
      }
      now = ahead[step]
    }
    if now.learningRate != learningRate { now.adapt(to: learningRate) }
  }

  /// Takes a gradient into the moments, which begin at `mean`, and writes the change.
  @inline(__always)
  func move(
    _ gradient: UnsafePointer<Lanes>, _ change: UnsafeMutablePointer<Lanes>,
    _ mean: UnsafeMutablePointer<Lanes>, rate: Lanes, vectors: Int
  ) {
    // η (m/c₁) / (√v/√c₂ + ε) = (η √c₂/c₁) m / (√v + ε √c₂): one division an entry.
    let offset = Lanes(repeating: offset)
    let take1 = Lanes(repeating: 1 - beta1)
    let keep2 = Lanes(repeating: beta2)
    let take2 = Lanes(repeating: 1 - beta2)
    let keepsGreatest = variant == .amsgrad
    let square = mean + vectors
    if vectors >= AdamLaw.many, !keepsGreatest {
      return withUnsafeBytes(of: rate) { rate in
        var adam = GlissadeAdam(
          gradient: UnsafeRawPointer(gradient).assumingMemoryBound(to: Double.self),
          change: UnsafeMutableRawPointer(change).assumingMemoryBound(to: Double.self),
          mean: UnsafeMutableRawPointer(mean).assumingMemoryBound(to: Double.self),
          square: UnsafeMutableRawPointer(square).assumingMemoryBound(to: Double.self),
          rate: rate.baseAddress?.assumingMemoryBound(to: Double.self), take1: 1 - beta1,
          keep2: beta2, take2: 1 - beta2, offset: offset[0])
        glissade_adam(&adam, vectors)
      }
    }
    let greatest = square + vectors
    /// The numerator of the change, and what the root is taken of.
    @inline(__always) func gather(_ index: Int) -> (Lanes, Lanes) {
      let g = gradient[index]
      var m = mean[index]
      m.addProduct(take1, g - m)
      mean[index] = m
      var v = take2 * g * g
      v.addProduct(keep2, square[index])
      square[index] = v
      if keepsGreatest {
        v = larger(v, greatest[index])
        greatest[index] = v
      }
      return (rate * m, v)
    }
    // A single number at the end would keep the divider busy for eight; it comes first, because the
    // divider takes what is written first, and the last to begin is the last to end.
    let loose = count & 7 == 1 ? vectors &- 1 : vectors
    if loose < vectors {
      let (step, v) = gather(loose)
      change[loose] = quotientOfFirst(step, v[0].squareRoot() + offset[0])
    }
    for index in 0..<loose {
      let (step, v) = gather(index)
      change[index] = quotient(step, v.squareRoot() + offset)
    }
  }

  /// Makes the rates of the steps that come next, where those at hand are used up: after the
  /// gradient's work, because nothing waits for them yet.
  @inline(__always) mutating func prepare(learningRate: Double) {
    guard now.step == ahead.last else { return }
    ahead.advance(beta1: beta1, beta2: beta2)
    ahead.adapt(to: learningRate)
  }

  /// What a step makes of a small error, with v as it is.
  func linearStability(step: Int) -> LinearStability? {
    LinearStability(
      keep: beta1, traceSlope: 1 - beta1, correction: 1 - BiasCorrection.power(beta1, step))
  }

  /// Remembers the powers that are at hand.
  func write(to memory: inout Memory) {
    memory.append("rates of β₁", beta1)
    memory.append("rates of β₂", beta2)
    now.write(to: &memory)
    ahead.write(to: &memory)
  }

  /// Takes over powers that are remembered, if they are of the same β₁ and β₂.
  mutating func read(from memory: Memory) {
    guard memory.number("rates of β₁") == beta1, memory.number("rates of β₂") == beta2,
      let now = AdamRates(from: memory),
      let ahead = AdamRatesAhead(from: memory, beta1: beta1, beta2: beta2)
    else { return }
    self.now = now
    self.ahead = ahead
  }

  /// The factor on each entry of the mean at a step, for a v.
  func effectiveRate(learningRate: Double, step: Int, divisor: Vector) -> Vector {
    let root2 = (1 - BiasCorrection.power(beta2, step)).squareRoot()
    let rate = learningRate * root2 / (1 - BiasCorrection.power(beta1, step))
    let offset = epsilonHat ? epsilon : epsilon * root2
    return Vector(divisor.values.map { rate / ($0.squareRoot() + offset) })
  }
}
