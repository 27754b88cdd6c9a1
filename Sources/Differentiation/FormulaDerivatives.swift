/// Values and derivatives at a point.
///
/// A point has one number for each of `variables`. A formula that is traced runs its program at the
/// point and differentiates what ran; where it cannot run to an end there (endless recursion),
/// value and derivatives are NaN, and `doubts(at:)` says why, as it does of every value and
/// derivative that is not finite. Where there is no derivative of one order, there is none of a
/// higher order: NaN.
extension Formula {
  /// The value.
  package func value(at point: [Double]) -> Double {
    check(point)
    if let graph { return graph.value(at: point) }
    var tracer = Tracer(code: code, point: point, builder: nil)
    do { return try tracer.run().value } catch { return .nan }
  }

  /// The value and the gradient, by reverse mode.
  package func valueAndGradient(at point: [Double]) -> (value: Double, gradient: [Double]) {
    guard let graph = ran(at: point) else {
      return (.nan, [Double](repeating: .nan, count: variables.count))
    }
    return graph.valueAndGradient(at: point)
  }

  /// The gradient, by reverse mode.
  package func gradient(at point: [Double]) -> [Double] { valueAndGradient(at: point).gradient }

  /// The value and the derivative along `direction`, by forward mode.
  package func directional(at point: [Double], along direction: [Double])
    -> (value: Double, derivative: Double)
  {
    ran(at: point)?.directional(at: point, along: direction) ?? (.nan, .nan)
  }

  /// The gradient by forward mode, one sweep a variable.
  package func forwardGradient(at point: [Double]) -> [Double] {
    guard let graph = ran(at: point) else {
      return [Double](repeating: .nan, count: variables.count)
    }
    var direction = [Double](repeating: 0, count: variables.count)
    return variables.indices.map { index in
      direction[index] = 1
      defer { direction[index] = 0 }
      return graph.directional(at: point, along: direction).derivative
    }
  }

  /// The second derivatives, row by row (`variables.count`² numbers), by forward over reverse.
  package func hessian(at point: [Double]) -> [Double] {
    ran(at: point)?.hessian(at: point)
      ?? [Double](repeating: .nan, count: variables.count * variables.count)
  }

  /// The Hessian times `direction`.
  package func hessianProduct(at point: [Double], along direction: [Double]) -> [Double] {
    ran(at: point)?.hessianProduct(at: point, along: direction)
      ?? [Double](repeating: .nan, count: variables.count)
  }

  /// The derivative of some order along one variable (order 0 is the value), by Taylor arithmetic.
  package func derivative(order: Int, at point: [Double], variable: Int = 0) -> Double {
    derivatives(upTo: order, at: point, variable: variable)[order]
  }

  /// The derivatives of orders 0 … `order` along one variable; zero if there are no variables.
  package func derivatives(upTo order: Int, at point: [Double], variable: Int = 0) -> [Double] {
    precondition(order >= 0, "order \(order)")
    if variables.isEmpty {
      return [value(at: point)] + [Double](repeating: 0, count: order)
    }
    guard let graph = ran(at: point) else { return [Double](repeating: .nan, count: order + 1) }
    let derivatives = graph.derivatives(upTo: order, at: point, variable: variable)
    let lacking = derivatives.dropFirst().firstIndex(where: \.isNaN) ?? derivatives.endIndex
    return derivatives[..<lacking] + derivatives[lacking...].map { _ in .nan }
  }

  /// The graph of the program that runs at `point`.
  ///
  /// Throws what stops the program there: recursion or loops without end, an index beyond a vector.
  package func graph(at point: [Double]) throws(FormulaError) -> Graph {
    check(point)
    if let graph { return graph }
    let builder = GraphBuilder()
    var tracer = Tracer(code: code, point: point, builder: builder)
    do {
      let output = try tracer.run()
      return builder.graph(outputs: [output], variableCount: variables.count)
    } catch {
      throw Formula.error(error)
    }
  }

  static func error(_ failure: Tracer.Failure) -> FormulaError {
    switch failure {
    case .mistake(let error), .misfit(let error): error
    case .dependsOnValues:
      FormulaError("the course of the computation is not known", at: 0..<0)
    }
  }

  private func ran(at point: [Double]) -> Graph? {
    do { return try graph(at: point) } catch { return nil }
  }

  private func check(_ point: [Double]) {
    precondition(
      point.count == variables.count, "\(point.count) numbers for variables \(variables)")
  }
}
