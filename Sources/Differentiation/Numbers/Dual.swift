/// A number with its change in one direction: value + ε·tangent, ε² = 0 (forward mode).
package struct Dual: Arithmetic, Sendable, Equatable {
  /// The value.
  package var value: Double
  /// The derivative in the chosen direction.
  package var tangent: Double

  /// A number that changes by `tangent`.
  package init(_ value: Double, _ tangent: Double = 0) {
    self.value = value
    self.tangent = tangent
  }

  package static func constant(_ value: Double) -> Dual { Dual(value) }

  package static func apply(_ operation: Operation, _ u: Dual) -> Dual {
    let y = Double.apply(operation, u.value)
    if u.tangent == 0 || operation.isFlat { return Dual(y) }
    if operation.isChoice { return choice(operation, u, Dual(0), y) }
    return Dual(y, Rules.derivative(operation, u.value, y) * u.tangent)
  }

  package static func apply(_ operation: Operation, _ a: Dual, _ b: Dual) -> Dual {
    let y = Double.apply(operation, a.value, b.value)
    if operation.isFlat { return Dual(y) }
    if operation.isChoice { return choice(operation, a, b, y) }
    // An operand that does not move adds nothing, however steep the rule is there (0·∞ would be
    // NaN).
    var tangent = 0.0
    if a.tangent != 0 {
      tangent = Rules.derivativeInFirst(operation, a.value, b.value, y) * a.tangent
    }
    if b.tangent != 0 {
      tangent += Rules.derivativeInSecond(operation, a.value, b.value, y) * b.tangent
    }
    return Dual(y, tangent)
  }

  /// The value of a choice with the tangent of what it takes.
  private static func choice(_ operation: Operation, _ a: Dual, _ b: Dual, _ y: Double) -> Dual {
    switch Rules.taken(by: operation, a.value, b.value, isTrue: { $0 != 0 }) {
    case .first: Dual(y, a.tangent)
    case .second: Dual(y, b.tangent)
    case .both: Dual(y, 0.5 * (a.tangent + b.tangent))
    case .neither: Dual(y)
    }
  }

  package static func select(_ condition: Dual, _ a: Dual, _ b: Dual) -> Dual {
    condition.value != 0 ? a : b
  }

  package static func + (a: Dual, b: Dual) -> Dual {
    Dual(a.value + b.value, a.tangent + b.tangent)
  }
  package static func - (a: Dual, b: Dual) -> Dual {
    Dual(a.value - b.value, a.tangent - b.tangent)
  }
  package static func * (a: Dual, b: Dual) -> Dual { apply(.multiply, a, b) }
  package static func / (a: Dual, b: Dual) -> Dual { apply(.divide, a, b) }
  package static prefix func - (a: Dual) -> Dual { Dual(-a.value, -a.tangent) }
}
