/// The derivative of every operation, stated once.
///
/// Forward mode, reverse mode, second order, Taylor series, compiled kernels and the printed table
/// all follow from these functions. The conventions where a derivative is not unique:
///
/// - `abs`, `sign`, `step`, `floor`, `ceil` have derivative 0 at their kinks and jumps;
/// - `relu(x)`, `max(x, c)` and `min(x, c)` with a number c take the number at a tie, so their
///   derivative is 0 there; `min` and `max` of two things that vary count one half each at a tie;
/// - what `min`, `max`, `relu` and `if` do not take has no say: no infinity or NaN comes from
///   there;
/// - `x^0` is 1, with derivative 0 in x; `0^y` has derivative 0 in y for y > 0 and −∞ for y ≤ 0.
///
/// Where a value is not real (`log(-1)`, `sqrt(-1)`) it is NaN, and the derivative is what the
/// rule's formula gives there; reports and pictures show none. 0·∞ in the chain rule is NaN in
/// every mode; `Formula.doubts(at:)` says where it arose.
package enum Rules {
  /// ∂y/∂u of `y = operation(u)`.
  package static func derivative<S: Arithmetic>(_ operation: Operation, _ u: S, _ y: S) -> S {
    let one = S.constant(1)
    switch operation {
    case .negate: return S.constant(-1)
    case .exp: return y
    case .expm1: return S.apply(.exp, u)
    case .log: return one / u
    case .log2: return S.constant(1.4426950408889634) / u
    case .log10: return S.constant(0.4342944819032518) / u
    case .log1p: return one / (one + u)
    case .sin: return S.apply(.cos, u)
    case .cos: return -S.apply(.sin, u)
    case .tan: return one + y * y
    case .asin: return one / S.apply(.sqrt, (one - u) * (one + u))
    case .acos: return S.constant(-1) / S.apply(.sqrt, (one - u) * (one + u))
    case .atan: return one / (one + u * u)
    case .sinh: return S.apply(.cosh, u)
    case .cosh: return S.apply(.sinh, u)
    case .tanh:
      // 1 − y² of y = 2σ(2u) − 1, without the difference, which loses all digits far from 0.
      let twice = S.constant(2) * u
      let logistic = S.apply(.sigmoid, twice)
      return S.constant(4) * logistic * S.logisticComplement(twice, logistic)
    case .asinh: return one / S.apply(.sqrt, one + u * u)
    case .acosh: return one / (S.apply(.sqrt, u - one) * S.apply(.sqrt, u + one))
    case .atanh: return one / ((one - u) * (one + u))
    case .sqrt: return S.constant(0.5) / y
    case .cbrt: return one / (S.constant(3) * y * y)
    case .abs: return S.apply(.sign, u)
    case .sigmoid: return y * S.logisticComplement(u, y)
    case .softplus: return S.apply(.sigmoid, u)
    case .relu: return S.apply(.greater, u, S.constant(0))
    case .erf: return S.constant(1.1283791670955126) * S.apply(.exp, -(u * u))
    case .sign, .floor, .ceil, .step, .not: return S.constant(0)
    default: preconditionFailure("\(operation) does not take one operand")
    }
  }

  /// ∂y/∂a of `y = operation(a, b)`.
  package static func derivativeInFirst<S: Arithmetic>(
    _ operation: Operation, _ a: S, _ b: S, _ y: S
  ) -> S {
    switch operation {
    case .add, .subtract: return S.constant(1)
    case .multiply: return b
    case .divide: return S.constant(1) / b
    case .power:
      let zero = S.constant(0)
      let derivative = b * S.apply(.power, a, b - S.constant(1))
      return S.select(S.apply(.equal, b, zero), zero, derivative)
    case .atan2: return b / (a * a + b * b)
    case .min: return share(S.apply(.less, a, b), S.apply(.equal, a, b))
    case .max: return share(S.apply(.greater, a, b), S.apply(.equal, a, b))
    case .atLeast: return S.apply(.greater, a, b)
    case .atMost: return S.apply(.less, a, b)
    default:
      precondition(operation.isFlat, "\(operation) does not take two operands")
      return S.constant(0)
    }
  }

  /// ∂y/∂b of `y = operation(a, b)`.
  package static func derivativeInSecond<S: Arithmetic>(
    _ operation: Operation, _ a: S, _ b: S, _ y: S
  ) -> S {
    switch operation {
    case .add: return S.constant(1)
    case .subtract: return S.constant(-1)
    case .multiply: return a
    case .divide: return -(y / b)
    case .power:
      let zero = S.constant(0)
      let rests = S.apply(.and, S.apply(.equal, a, zero), S.apply(.greater, b, zero))
      return S.select(rests, zero, y * S.apply(.log, a))
    case .atan2: return -(a / (a * a + b * b))
    case .min: return share(S.apply(.less, b, a), S.apply(.equal, a, b))
    case .max: return share(S.apply(.greater, b, a), S.apply(.equal, a, b))
    default:
      precondition(
        operation.isFlat || operation == .atLeast || operation == .atMost,
        "\(operation) does not take two operands")
      return S.constant(0)
    }
  }

  /// What a choice takes; see `Operation.isChoice`.
  package enum Taken: Sendable, Equatable { case first, second, both, neither }

  /// What the choice `operation` takes of `a` and, where it has a second operand, of `b`.
  ///
  /// A NaN is always taken. `both` is a tie of two that vary: one half each.
  package static func taken<S: Arithmetic>(
    by operation: Operation, _ a: S, _ b: S, isTrue: (S) -> Bool
  ) -> Taken {
    switch operation {
    case .relu: return isTrue(S.apply(.lessOrEqual, a, S.constant(0))) ? .neither : .first
    case .atLeast: return isTrue(S.apply(.lessOrEqual, a, b)) ? .second : .first
    case .atMost: return isTrue(S.apply(.greaterOrEqual, a, b)) ? .second : .first
    case .min, .max:
      if isTrue(S.apply(.equal, a, b)) { return .both }
      let wins = isTrue(S.apply(operation == .min ? .less : .greater, a, b))
      return wins || isTrue(S.apply(.notEqual, a, a)) ? .first : .second
    default: preconditionFailure("\(operation) is no choice")
    }
  }

  /// 1 to the winner, one half each to equals.
  private static func share<S: Arithmetic>(_ wins: S, _ ties: S) -> S {
    wins + S.constant(0.5) * ties
  }
}
