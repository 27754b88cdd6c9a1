/// `1 − βᵗ`: how much of a running mean that began at zero is there after t steps.
///
/// Powers are kept from step to step (one multiplication), and taken anew by repeated squaring when
/// the step count jumps; no library function is involved, so the bits are the same everywhere.
struct BiasCorrection: Sendable {
  private let beta: Double
  private var step = 0
  private var power = 1.0

  /// A running mean with decay `beta`.
  init(beta: Double) { self.beta = beta }

  /// `βᵗ` at step `t`.
  @inline(__always) mutating func power(at t: Int) -> Double {
    if t != step {
      power = t == step + 1 ? power * beta : Self.power(beta, t)
      step = t
    }
    return power
  }

  /// `1 − βᵗ` at step `t`.
  @inline(__always) mutating func callAsFunction(_ t: Int) -> Double { 1 - power(at: t) }

  /// Remembers the power that is at hand, under a name.
  func write(to memory: inout Memory, as name: String) {
    memory.append("\(name) of", beta)
    memory.append("\(name) step", Double(step))
    memory.append("\(name) power", power)
  }

  /// Takes over the power that is remembered under a name, if it is of the same β.
  mutating func read(from memory: Memory, as name: String) {
    guard memory.number("\(name) of") == beta, let step = memory.number("\(name) step"),
      let power = memory.number("\(name) power")
    else { return }
    self.step = Int(step)
    self.power = power
  }

  /// An integer power by repeated squaring.
  static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var rest = max(0, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
