import Differentiation

/// A repeatable source of random numbers (SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(next() >> 11) * 0x1p-53
  }
}

/// Formulas that nobody would think of.
struct RandomFormula {
  var random: SplitMix
  var variables = ["x", "y", "z"]

  mutating func text() -> String {
    switch random.next() % 12 {
    case 0: "a = \(number()); a*(\(part(3)))"
    case 1: "f(t) = \(part(2, "t")); f(\(part(1))) + \(part(1))"
    case 2: "sum(i, 1, \(random.next() % 4 + 1), \(part(2)) * i)"
    case 3: "loop(i = 0, s = \(part(1)); i < 3; s = s*0.5 + \(part(2)), i = i + 1; s)"
    case 4: "f(n) = n <= 1 ? \(part(1)) : 0.5*f(n - 1) + \(part(1)); f(3)"
    default: part(4)
    }
  }

  private mutating func number() -> String {
    let value = (random.uniform(-4, 4) * 8).rounded() / 8
    return value < 0 ? "(\(Formula.numeral(value)))" : Formula.numeral(value)
  }

  private static let functions = [
    "sin", "cos", "tan", "exp", "log", "sqrt", "cbrt", "atan", "tanh", "sinh", "cosh", "asinh",
    "sigmoid", "softplus", "relu", "abs", "erf", "expm1", "log1p", "asin", "acos", "acosh", "atanh",
    "log2", "log10",
  ]

  private mutating func part(_ depth: Int, _ local: String? = nil) -> String {
    if depth == 0 || random.next() % 8 == 0 {
      if let local, random.next() % 2 == 0 { return local }
      return random.next() % 4 == 0 ? number() : variables[Int(random.next() % 3)]
    }
    func sub(_ me: inout RandomFormula) -> String { me.part(depth - 1, local) }
    switch random.next() % 14 {
    case 0, 1, 2: return "(\(sub(&self)) + \(sub(&self)))"
    case 3: return "(\(sub(&self)) - \(sub(&self)))"
    case 4, 5, 6: return "\(sub(&self))*\(sub(&self))"
    case 7: return "\(sub(&self))/(\(sub(&self)))"
    case 8: return "(\(sub(&self)))^\(random.next() % 5)"
    case 9:
      return "(\(sub(&self)) < \(sub(&self)) ? \(sub(&self)) : \(sub(&self)))"
    case 10: return "max(\(sub(&self)), \(sub(&self)))"
    default:
      let function = RandomFormula.functions[
        Int(random.next() % UInt64(RandomFormula.functions.count))]
      return "\(function)(\(sub(&self)))"
    }
  }
}
