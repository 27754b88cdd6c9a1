/// One elementary step of a computation: what a node of a `Graph` does with its operands.
///
/// The value and the derivative of each operation are stated once, in `Rules`; names for people are
/// in `Function`.
package enum Operation: UInt8, CaseIterable, Sendable, Hashable {
  /// A number; a variable.
  case constant, variable
  /// Arithmetic.
  case add, subtract, multiply, divide, power, negate
  /// Exponentials and logarithms.
  case exp, expm1, log, log2, log10, log1p
  /// Circular functions and their inverses.
  case sin, cos, tan, asin, acos, atan, atan2
  /// Hyperbolic functions and their inverses.
  case sinh, cosh, tanh, asinh, acosh, atanh
  /// Roots, and functions with kinks or jumps.
  case sqrt, cbrt, abs, sign, floor, ceil, min, max
  /// Activations and the error function.
  case sigmoid, softplus, relu, step, erf
  /// Comparisons: 1 when true, 0 when false.
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
  /// Logic on numbers: everything but 0 is true.
  case and, or, not
  /// `max(x, c)` and `min(x, c)` with a number `c` that depends on nothing: at a tie the number is
  /// taken, as in `relu`.
  case atLeast, atMost
  /// `select(c, a, b)`: `a` where `c` is not 0, else `b`; the branch that is not taken has no
  /// derivative.
  case select

  /// The number of operands.
  package var arity: Int {
    switch self {
    case .constant, .variable: 0
    case .add, .subtract, .multiply, .divide, .power, .atan2, .min, .max, .atLeast, .atMost,
      .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .and, .or:
      2
    case .select: 3
    default: 1
    }
  }

  /// Whether the derivative is zero wherever it exists: comparisons, logic, `sign`, `step`,
  /// `floor`, `ceil`.
  package var isFlat: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .and, .or, .not, .sign,
      .step, .floor, .ceil:
      true
    default: false
    }
  }

  /// Whether the value is one of the operands, or a number: what is not taken has no say in the
  /// derivative.
  package var isChoice: Bool {
    switch self {
    case .min, .max, .atLeast, .atMost, .relu: true
    default: false
    }
  }

  /// Whether swapping the two operands changes nothing, bit for bit.
  var isCommutative: Bool {
    switch self {
    case .add, .multiply, .equal, .notEqual, .and, .or: true
    default: false
    }
  }
}
