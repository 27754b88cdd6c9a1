/// A number that remembers how it was computed: write a model in Swift, get its gradient.
///
///     let tape = GraphBuilder()
///     let w = Variable(tape, 0, value: 0.3), b = Variable(tape, 1, value: -1)
///     let loss = ((w * 2 + b).tanh() - 0.5).squared()
///     let derivatives = loss.graph(variableCount: 2).valueAndGradient(at: [0.3, -1]).gradient
///
/// Values are computed at once (define by run), so ordinary `if`, `for` and recursion on `value`
/// differentiate the program that actually ran. All variables of one computation share one builder.
package struct Variable: Arithmetic {
  let builder: GraphBuilder?
  let operand: GraphBuilder.Operand

  init(builder: GraphBuilder?, operand: GraphBuilder.Operand) {
    self.builder = operand.isConstant ? nil : builder
    self.operand = operand
  }

  /// The variable number `number` of a computation, which has `value`.
  package init(_ builder: GraphBuilder, _ number: Int, value: Double) {
    self.init(builder: builder, operand: builder.variable(number, value: value))
  }

  /// The value; NaN where the builder does not know values.
  package var value: Double { operand.value }

  package static func constant(_ value: Double) -> Variable {
    Variable(builder: nil, operand: .constant(value))
  }

  package static func apply(_ operation: Operation, _ u: Variable) -> Variable {
    guard let builder = u.builder else {
      return constant(Double.apply(operation, u.value))
    }
    return Variable(builder: builder, operand: builder.apply(operation, u.operand))
  }

  package static func apply(_ operation: Operation, _ a: Variable, _ b: Variable) -> Variable {
    guard let builder = a.builder ?? b.builder else {
      return constant(Double.apply(operation, a.value, b.value))
    }
    return Variable(builder: builder, operand: builder.apply(operation, a.operand, b.operand))
  }

  package static func select(_ condition: Variable, _ a: Variable, _ b: Variable) -> Variable {
    guard let builder = condition.builder else { return condition.value != 0 ? a : b }
    return Variable(
      builder: builder, operand: builder.select(condition.operand, a.operand, b.operand))
  }

  package static func + (a: Variable, b: Variable) -> Variable { apply(.add, a, b) }
  package static func - (a: Variable, b: Variable) -> Variable { apply(.subtract, a, b) }
  package static func * (a: Variable, b: Variable) -> Variable { apply(.multiply, a, b) }
  package static func / (a: Variable, b: Variable) -> Variable { apply(.divide, a, b) }
  package static prefix func - (a: Variable) -> Variable { apply(.negate, a) }

  /// The computation that led here, as a graph of one output.
  package func graph(variableCount: Int) -> Graph {
    (builder ?? GraphBuilder()).graph(outputs: [operand], variableCount: variableCount)
  }
}

extension Variable: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A constant.
  package init(floatLiteral value: Double) { self = .constant(value) }
  /// A constant.
  package init(integerLiteral value: Int) { self = .constant(Double(value)) }
}

/// Functions as methods, for every kind of number.
extension Arithmetic {
  /// The exponential.
  package func exp() -> Self { Self.apply(.exp, self) }
  /// The natural logarithm.
  package func log() -> Self { Self.apply(.log, self) }
  /// The sine.
  package func sin() -> Self { Self.apply(.sin, self) }
  /// The cosine.
  package func cos() -> Self { Self.apply(.cos, self) }
  /// The hyperbolic tangent.
  package func tanh() -> Self { Self.apply(.tanh, self) }
  /// 1/(1 + exp(−u)).
  package func sigmoid() -> Self { Self.apply(.sigmoid, self) }
  /// log(1 + exp(u)).
  package func softplus() -> Self { Self.apply(.softplus, self) }
  /// max(u, 0).
  package func relu() -> Self { Self.apply(.relu, self) }
  /// The square root.
  package func sqrt() -> Self { Self.apply(.sqrt, self) }
  /// u·u.
  package func squared() -> Self { self * self }
  /// u to a constant power.
  package func power(_ exponent: Double) -> Self {
    Self.apply(.power, self, Self.constant(exponent))
  }
}
