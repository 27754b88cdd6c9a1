/// A derivative computed in four ways: by differentiation of the program, by hand, and by finite
/// differences over a range of steps.
///
/// Forward differences err by h·f″/2 (truncation) and by rounding over h, central ones by h²·f‴/6
/// and rounding over h: both make a V over log h. Automatic differentiation has no h, and a flat
/// line at rounding.
package struct GradientCheck: Equatable, Sendable {
  /// Finite differences with one step.
  package struct Row: Equatable, Sendable {
    /// The step.
    package var h: Double
    /// (f(x + h) − f(x))/h.
    package var forward: Double
    /// The distance of the forward difference from the exact derivative.
    package var forwardError: Double
    /// (f(x + h) − f(x − h))/2h.
    package var central: Double
    /// The distance of the central difference from the exact derivative.
    package var centralError: Double
  }

  /// The variable that is moved.
  package let variable: String
  /// f at the point.
  package let value: Double
  /// The derivative by reverse mode.
  package let reverse: Double
  /// The derivative by forward mode.
  package let forward: Double
  /// The derivative by a formula that was given by hand.
  package let analytic: Double?
  /// What errors are measured against: the analytic derivative where there is one, else reverse
  /// mode.
  package var exact: Double { analytic ?? reverse }
  /// The distance of automatic differentiation from `exact`.
  package var reverseError: Double { (reverse - exact).magnitude }
  /// An estimate of the rounding error of f at the point, from the tape: Σ |adjoint·value|·ε.
  package let rounding: Double
  /// Finite differences, from the largest step to the smallest.
  package let rows: [Row]

  /// The steps that are tried unless others are given: 10⁻¹ … 10⁻¹⁵.
  package static let steps: [Double] = [
    1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15,
  ]

  /// Checks one partial derivative of `formula` at `point`.
  ///
  /// `analytic` is the same derivative by hand, a formula of the same variables (or of some of
  /// them).
  package init(
    _ formula: Formula, at point: [Double], variable index: Int = 0, analytic: Formula? = nil,
    steps: [Double] = GradientCheck.steps
  ) {
    precondition(formula.variables.indices.contains(index), "variable \(index)")
    variable = formula.variables[index]
    let direction = formula.variables.indices.map { $0 == index ? 1.0 : 0 }
    let (value, gradient) = formula.valueAndGradient(at: point)
    let reverse = gradient[index]
    self.value = value
    self.reverse = reverse
    forward = formula.directional(at: point, along: direction).derivative
    let byHand = analytic.map { other in
      other.value(
        at: other.variables.map { name in
          formula.variables.firstIndex(of: name).map { point[$0] } ?? .nan
        })
    }
    self.analytic = byHand
    rounding = formula.roundingError(at: point)
    let exact = byHand ?? reverse
    rows = steps.map { h in
      func shifted(_ step: Double) -> Double {
        var moved = point
        moved[index] += step
        return formula.value(at: moved)
      }
      let forward = (shifted(h) - value) / h
      let central = (shifted(h) - shifted(-h)) / (2 * h)
      return Row(
        h: h, forward: forward, forwardError: (forward - exact).magnitude, central: central,
        centralError: (central - exact).magnitude)
    }
  }

  /// The step at the bottom of the V of central differences; nil when no error is finite.
  package var bestCentralStep: Double? {
    rows.filter { $0.centralError.isFinite }.min { $0.centralError < $1.centralError }?.h
  }
}

extension Formula {
  /// A first-order bound of the rounding error of the value: Σ |adjoint·value|·2⁻⁵² over all
  /// operations.
  package func roundingError(at point: [Double]) -> Double {
    guard let graph = try? graph(at: point) else { return .nan }
    let (values, adjoints) = graph.sweeps(at: point)
    var sum = 0.0
    for index in graph.nodes.indices where adjoints[index] != 0 {
      sum += (values[index] * adjoints[index]).magnitude
    }
    return sum * Double.ulpOfOne
  }
}
