import Lanes

/// What Adam's change takes from the number of the step: the bias corrections, and a rate.
struct AdamRates: Sendable {
  /// The number of the step; 0 before the first.
  private(set) var step = 0
  /// 1 − β₁ᵗ.
  private var rest1 = 0.0
  /// √(1 − β₂ᵗ).
  private(set) var root2 = 0.0
  /// The learning rate that `rate` was made for; NaN for none.
  private(set) var learningRate = Double.nan
  /// η √(1 − β₂ᵗ) / (1 − β₁ᵗ).
  private(set) var rate = 0.0

  /// The rates before the first step.
  init() {}

  /// Rates of a step.
  @inline(__always)
  init(step: Int, rest1: Double, root2: Double, learningRate: Double, rate: Double) {
    self.step = step
    self.rest1 = rest1
    self.root2 = root2
    self.learningRate = learningRate
    self.rate = rate
  }

  @inline(__always) mutating func adapt(to learningRate: Double) {
    self.learningRate = learningRate
    rate = learningRate * root2 / rest1
  }

  /// Remembers the corrections; the rate is made anew from them.
  func write(to memory: inout Memory) {
    memory.append("rates step", Double(step))
    memory.append("1 − β₁ᵗ", rest1)
    memory.append("√(1 − β₂ᵗ)", root2)
  }

  /// The corrections that are remembered.
  init?(from memory: Memory) {
    guard let step = memory.number("rates step"), let rest1 = memory.number("1 − β₁ᵗ"),
      let root2 = memory.number("√(1 − β₂ᵗ)")
    else { return nil }
    self.init(step: Int(step), rest1: rest1, root2: root2, learningRate: .nan, rate: 0)
  }

  /// `rate` of runs with rates of their own.
  @inline(__always) func rates(_ learningRates: Lanes) -> Lanes {
    learningRates * Lanes(repeating: root2) / Lanes(repeating: rest1)
  }
}

/// The rates of eight steps to come: a root and a quotient of eight numbers keep the divider little
/// longer than those of one, and it is what a small network's step waits for.
struct AdamRatesAhead: Sendable {
  /// The number of the last of the eight steps.
  private(set) var last = 0
  /// β₁ᵗ and β₂ᵗ.
  private var power1 = Lanes.zero
  private var power2 = Lanes.zero
  private var root2 = Lanes.zero
  private var rate = Lanes.zero
  private var learningRate = Double.nan

  /// No rates.
  init() {}

  /// The rates of eight steps, found without those before them.
  init(from step: Int, beta1: Double, beta2: Double) {
    last = step &+ 7
    power1 = Self.powers(of: beta1, from: BiasCorrection.power(beta1, step))
    power2 = Self.powers(of: beta2, from: BiasCorrection.power(beta2, step))
    root2 = (1 - power2).squareRoot()
  }

  /// Remembers the first powers of the eight steps; the others follow from them.
  func write(to memory: inout Memory) {
    memory.append("rates last", Double(last))
    memory.append("β₁ power", power1[0])
    memory.append("β₂ power", power2[0])
  }

  /// The eight steps that are remembered.
  init?(from memory: Memory, beta1: Double, beta2: Double) {
    guard let last = memory.number("rates last"), let first1 = memory.number("β₁ power"),
      let first2 = memory.number("β₂ power")
    else { return nil }
    self.last = Int(last)
    power1 = Self.powers(of: beta1, from: first1)
    power2 = Self.powers(of: beta2, from: first2)
    root2 = (1 - power2).squareRoot()
  }

  /// Goes on to the next eight steps; the rates are those before until they are adapted.
  @inline(__always) mutating func advance(beta1: Double, beta2: Double) {
    last &+= 8
    power1 = Self.powers(of: beta1, from: power1[7] * beta1)
    power2 = Self.powers(of: beta2, from: power2[7] * beta2)
    root2 = (1 - power2).squareRoot()
  }

  @inline(__always) mutating func adapt(to learningRate: Double) {
    self.learningRate = learningRate
    rate = learningRate * root2 / (1 - power1)
  }

  /// The rates of one of the eight steps.
  @inline(__always) subscript(step: Int) -> AdamRates {
    let lane = step &- last &+ 7
    return AdamRates(
      step: step, rest1: 1 - power1[lane], root2: root2[lane], learningRate: learningRate,
      rate: rate[lane])
  }

  /// A power, and the seven that follow, each made of the one before.
  @inline(__always) private static func powers(of beta: Double, from first: Double) -> Lanes {
    var powers = Lanes(repeating: first)
    for lane in 1..<8 { powers[lane] = powers[lane &- 1] * beta }
    return powers
  }
}
