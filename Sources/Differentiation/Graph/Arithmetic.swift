import Lanes

/// What the rules of differentiation need of a number.
///
/// `Double` computes, `Dual` carries a direction, `Taylor` a series, and `Variable` records a
/// graph: the same rule serves all four.
package protocol Arithmetic {
  /// The number `value`, which depends on nothing.
  static func constant(_ value: Double) -> Self
  /// An operation of one operand.
  static func apply(_ operation: Operation, _ u: Self) -> Self
  /// An operation of two operands.
  static func apply(_ operation: Operation, _ a: Self, _ b: Self) -> Self
  /// `a` where `condition` is not 0, else `b`.
  static func select(_ condition: Self, _ a: Self, _ b: Self) -> Self
  /// 1 − y of the logistic function y of `u`, with all digits where y is nearly 1.
  static func logisticComplement(_ u: Self, _ y: Self) -> Self

  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static prefix func - (a: Self) -> Self
}

extension Arithmetic {
  package static func logisticComplement(_ u: Self, _ y: Self) -> Self { apply(.sigmoid, -u) }
}

extension Double: Arithmetic {
  package static func constant(_ value: Double) -> Double { value }

  package static func select(_ condition: Double, _ a: Double, _ b: Double) -> Double {
    condition != 0 ? a : b
  }

  package static func apply(_ operation: Operation, _ u: Double) -> Double {
    switch operation {
    case .negate: -u
    case .exp: Elementary.exp(u)
    case .expm1: Elementary.expm1(u)
    case .log: Elementary.log(u)
    case .log2: Elementary.log2(u)
    case .log10: Elementary.log10(u)
    case .log1p: Elementary.log1p(u)
    case .sin: Elementary.sin(u)
    case .cos: Elementary.cos(u)
    case .tan: Elementary.tan(u)
    case .asin: Elementary.asin(u)
    case .acos: Elementary.acos(u)
    case .atan: Elementary.atan(u)
    case .sinh: Elementary.sinh(u)
    case .cosh: Elementary.cosh(u)
    case .tanh: Elementary.tanh(u)
    case .asinh: Elementary.asinh(u)
    case .acosh: Elementary.acosh(u)
    case .atanh: Elementary.atanh(u)
    case .sqrt: u.squareRoot()
    case .cbrt: Elementary.cbrt(u)
    case .abs: u.magnitude
    case .sign: u > 0 ? 1 : u < 0 ? -1 : u == 0 ? 0 : u
    case .floor: u.rounded(.down)
    case .ceil: u.rounded(.up)
    case .sigmoid: Elementary.sigmoid(u)
    case .softplus: Elementary.softplus(u)
    case .relu: u <= 0 ? 0 : u
    case .step: u >= 0 ? 1 : u < 0 ? 0 : u
    case .erf: Elementary.erf(u)
    case .not: u == 0 ? 1 : 0
    default: preconditionFailure("\(operation) does not take one operand")
    }
  }

  package static func apply(_ operation: Operation, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: power(a, b)
    case .atan2: Elementary.atan2(a, b)
    case .min: a <= b || a.isNaN ? a : b
    case .max: a >= b || a.isNaN ? a : b
    case .atLeast: a <= b ? b : a
    case .atMost: a >= b ? b : a
    case .less: a < b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .greater: a > b ? 1 : 0
    case .greaterOrEqual: a >= b ? 1 : 0
    case .equal: a == b ? 1 : 0
    case .notEqual: a != b ? 1 : 0
    case .and: a != 0 && b != 0 ? 1 : 0
    case .or: a != 0 || b != 0 ? 1 : 0
    default: preconditionFailure("\(operation) does not take two operands")
    }
  }

  /// The largest whole exponent that is computed by repeated multiplication.
  static let largestMultipliedExponent = 64.0

  /// The whole exponent to multiply out, or nil when `pow` is to be used.
  static func multipliedExponent(_ exponent: Double) -> Int? {
    guard exponent.magnitude <= largestMultipliedExponent, exponent == exponent.rounded()
    else { return nil }
    return Int(exponent)
  }

  /// `base^exponent`: small whole exponents by repeated multiplication (exact where paper
  /// arithmetic is), others by `pow`.
  static func power(_ base: Double, _ exponent: Double) -> Double {
    guard let whole = multipliedExponent(exponent) else { return Elementary.pow(base, exponent) }
    var result = 1.0
    var square = base
    var left = whole.magnitude
    while left > 0 {
      if left & 1 == 1 { result *= square }
      left >>= 1
      if left > 0 { square *= square }
    }
    return whole < 0 ? 1 / result : result
  }
}
