/// A number as a truncated Taylor series in one variable: derivatives of any order in one sweep.
///
/// Entry k is the k-th derivative divided by k!. A constant may be shorter than the series it
/// meets. Sums, products and quotients are done directly; every other function y = φ(u) follows
/// from its rule, because k·y[k] = Σ j·u[j]·φ′(u)[k−j], where φ′ is computed in Taylor arithmetic
/// of one order less.
package struct Taylor: Arithmetic, Sendable, Equatable {
  /// The scaled derivatives; never empty.
  package var coefficients: [Double]

  /// A series from its scaled derivatives.
  package init(_ coefficients: [Double]) {
    precondition(!coefficients.isEmpty, "a series needs at least its value")
    self.coefficients = coefficients
  }

  /// The variable itself: value, derivative 1, and zeros up to `order`.
  package init(variable value: Double, order: Int) {
    coefficients = [value] + [Double](repeating: 0, count: max(order, 0))
    if order > 0 { coefficients[1] = 1 }
  }

  /// The value.
  package var value: Double { coefficients[0] }
  private var order: Int { coefficients.count - 1 }

  package static func constant(_ value: Double) -> Taylor { Taylor([value]) }

  /// The derivatives of orders 0 … `order`: k!·coefficient k.
  package func derivatives(upTo order: Int) -> [Double] {
    var factorial = 1.0
    return (0...max(order, 0)).map { k in
      if k > 0 { factorial *= Double(k) }
      return k < coefficients.count ? coefficients[k] * factorial : 0
    }
  }

  package static func apply(_ operation: Operation, _ u: Taylor) -> Taylor {
    if operation == .negate { return -u }
    var y = Taylor([Double.apply(operation, u.value)])
    if u.order == 0 { return y }
    if operation.isFlat {
      y.coefficients += [Double](repeating: 0, count: u.order)
      return y
    }
    if operation.isChoice { return choice(operation, u, constant(0)) }
    for k in 1...u.order {
      if operation.derivativeNeedsValue {
        // The derivative to order k−1 needs y to order k−1 only, which is known by now.
        y.append(integrating: Rules.derivative(operation, u.truncated(k - 1), y), of: u)
      }
    }
    if !operation.derivativeNeedsValue {
      let derivative = Rules.derivative(operation, u.truncated(u.order - 1), y)
      for _ in 1...u.order { y.append(integrating: derivative, of: u) }
    }
    return y
  }

  package static func apply(_ operation: Operation, _ a: Taylor, _ b: Taylor) -> Taylor {
    switch operation {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return a / b
    case .power: return power(a, b)
    case .min, .max, .atLeast, .atMost: return choice(operation, a, b)
    default: break
    }
    let value = Double.apply(operation, a.value, b.value)
    let order = max(a.order, b.order)
    var y = Taylor([value])
    if order == 0 { return y }
    if operation.isFlat {
      y.coefficients += [Double](repeating: 0, count: order)
      return y
    }
    for k in 1...order {
      let low = (a.truncated(k - 1), b.truncated(k - 1))
      var next = 0.0
      if !a.isConstant {
        next += Rules.derivativeInFirst(operation, low.0, low.1, y).integrated(k, of: a)
      }
      if !b.isConstant {
        next += Rules.derivativeInSecond(operation, low.0, low.1, y).integrated(k, of: b)
      }
      y.coefficients.append(next)
    }
    return y
  }

  /// The series of what a choice takes, with the choice's own value.
  private static func choice(_ operation: Operation, _ a: Taylor, _ b: Taylor) -> Taylor {
    switch Rules.taken(by: operation, a.value, b.value, isTrue: { $0 != 0 }) {
    case .first: return a
    case .second: return b
    case .both: return constant(0.5) * (a + b)
    case .neither:
      return Taylor([0] + [Double](repeating: 0, count: a.order))
    }
  }

  package static func logisticComplement(_ u: Taylor, _ y: Taylor) -> Taylor {
    var complement = -y
    complement.coefficients[0] = Double.logisticComplement(u.value, y.value)
    return complement
  }

  package static func select(_ condition: Taylor, _ a: Taylor, _ b: Taylor) -> Taylor {
    condition.value != 0 ? a : b
  }

  package static func + (a: Taylor, b: Taylor) -> Taylor {
    a.order < b.order ? b + a : Taylor(a.coefficients.enumerated().map { $1 + b[$0] })
  }
  package static func - (a: Taylor, b: Taylor) -> Taylor { a + -b }
  package static prefix func - (a: Taylor) -> Taylor { Taylor(a.coefficients.map { -$0 }) }

  package static func * (a: Taylor, b: Taylor) -> Taylor {
    if a.order == 0 { return Taylor(b.coefficients.map { a.value * $0 }) }
    if b.order == 0 { return Taylor(a.coefficients.map { $0 * b.value }) }
    let (last, other) = (a.degree, b.degree)
    return Taylor(
      (0...max(a.order, b.order)).map { k in
        stride(from: max(0, k - other), through: min(k, last), by: 1)
          .reduce(0) { sum, j in sum + a[j] * b[k - j] }
      })
  }

  package static func / (a: Taylor, b: Taylor) -> Taylor {
    if b.order == 0 { return Taylor(a.coefficients.map { $0 / b.value }) }
    var quotient: [Double] = []
    let degree = b.degree
    for k in 0...max(a.order, b.order) {
      var rest = a[k]
      for j in max(0, k - degree)..<k { rest -= quotient[j] * b[k - j] }
      quotient.append(rest / b.value)
    }
    return Taylor(quotient)
  }

  // MARK: - Parts

  /// The last order that differs from zero: what lies beyond has no say in products, even beside
  /// a value that has overflowed.
  private var degree: Int { coefficients.lastIndex { $0 != 0 } ?? 0 }

  private subscript(_ k: Int) -> Double { k < coefficients.count ? coefficients[k] : 0 }

  /// Whether nothing but the value differs from zero.
  private var isConstant: Bool { !coefficients.dropFirst().contains { $0 != 0 } }

  private func truncated(_ order: Int) -> Taylor {
    order >= self.order ? self : Taylor(Array(coefficients.prefix(order + 1)))
  }

  /// (1/k)·Σ j·u[j]·derivative[k−j].
  ///
  /// A `u` that depends on the variable but has not moved up to order k meets an infinite
  /// derivative with 0·∞: NaN.
  private func integrated(_ k: Int, of u: Taylor) -> Double {
    var sum = 0.0
    var moves = false
    for j in 1...k where u[j] != 0 {
      moves = true
      sum += Double(j) * u[j] * self[k - j]
    }
    if !moves, u.order > 0, !value.isFinite { return .nan }
    return sum / Double(k)
  }

  private mutating func append(integrating derivative: Taylor, of u: Taylor) {
    coefficients.append(derivative.integrated(coefficients.count, of: u))
  }

  private static func power(_ a: Taylor, _ b: Taylor) -> Taylor {
    if b.isConstant {
      if let whole = Double.multipliedExponent(b.value) { return a.multiplied(whole) }
      return a.raised(b.value)
    }
    if a.value == 0 { return powerOfZero(a, b) }
    var y = apply(.exp, b * apply(.log, a))
    y.coefficients[0] = Double.power(a.value, b.value)
    return y
  }

  /// a^b where a begins at 0, by the rules for both operands.
  private static func powerOfZero(_ a: Taylor, _ b: Taylor) -> Taylor {
    let order = max(a.order, b.order)
    var y = Taylor([Double.power(a.value, b.value)])
    if order == 0 { return y }
    let byBase: Taylor? =
      a.isConstant
      ? nil
      : Rules.derivativeInFirst(
        .power, a.truncated(order - 1), b.truncated(order - 1), Taylor([y.value]))
    for k in 1...order {
      var next = byBase?.integrated(k, of: a) ?? 0
      let byExponent = Rules.derivativeInSecond(
        .power, a.truncated(k - 1), b.truncated(k - 1), y)
      next += byExponent.integrated(k, of: b)
      y.coefficients.append(next)
    }
    return y
  }

  /// u^p for a number p: k·u₀·y[k] = Σ (j·p − (k − j))·u[j]·y[k−j].
  private func raised(_ exponent: Double) -> Taylor {
    if value == 0 { return raisedFromZero(exponent) }
    var y = [Double.power(value, exponent)]
    for k in stride(from: 1, to: coefficients.count, by: 1) {
      var sum = 0.0
      for j in 1...k where self[j] != 0 {
        sum += (Double(j) * exponent - Double(k - j)) * self[j] * y[k - j]
      }
      y.append(sum / (Double(k) * value))
    }
    return Taylor(y)
  }

  /// u^p where u begins at 0, for a p that is not whole: y′ = p·u^(p−1)·u′, one order less each
  /// time.
  private func raisedFromZero(_ exponent: Double) -> Taylor {
    var y = Taylor([Double.power(value, exponent)])
    if order == 0 { return y }
    let derivative =
      Taylor.constant(exponent) * truncated(order - 1).raisedFromZero(exponent - 1)
    for _ in 1...order { y.append(integrating: derivative, of: self) }
    return y
  }

  private func multiplied(_ exponent: Int) -> Taylor {
    var result = Taylor.constant(1)
    var square = self
    var left = exponent.magnitude
    while left > 0 {
      if left & 1 == 1 { result = result * square }
      left >>= 1
      if left > 0 { square = square * square }
    }
    return exponent < 0 ? Taylor.constant(1) / result : result
  }
}

extension Operation {
  /// Whether the rule for the derivative uses the function's value; found by looking at the rule
  /// itself.
  var derivativeNeedsValue: Bool { Operation.derivativesThatNeedValues.contains(self) }

  private static let derivativesThatNeedValues: Set<Operation> = Set(
    allCases.filter { operation in
      guard operation.arity == 1 else { return false }
      let builder = GraphBuilder()
      let derivative = Rules.derivative(
        operation, Variable(builder, 0, value: .nan), Variable(builder, 1, value: .nan))
      return derivative.graph(variableCount: 2).nodes.contains { node in
        (0..<node.operation.arity).contains { node.operand($0) == 1 }
      } || derivative.operand.index == 1
    })
}
