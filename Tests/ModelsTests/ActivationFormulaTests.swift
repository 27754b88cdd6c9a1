import Differentiation
import Lanes
import Testing

@testable import Models

@Suite("Activations against formulas of the engine of differentiation")
struct ActivationFormulaTests {
  /// Each activation as a formula in x, with its setting's default.
  static let formulas: [String: String] = [
    "identity": "x", "step": "step(x)", "sigmoid": "sigmoid(x)", "tanh": "tanh(x)",
    "hard_tanh": "x <= -1 ? -1 : x >= 1 ? 1 : x", "softsign": "x/(1 + |x|)", "arctan": "atan(x)",
    "sine": "sin(x)", "gaussian": "exp(-x^2)", "relu": "relu(x)",
    "leaky_relu": "x > 0 ? x : 0.01x", "elu": "x > 0 ? x : expm1(x)", "softplus": "softplus(x)",
    "silu": "x sigmoid(x)", "gelu": "x/2 (1 + erf(x/sqrt(2)))",
    // (1 + tanh u)/2 is sigmoid(2u), without the cancellation.
    "gelu_tanh": "x sigmoid(2sqrt(2/π) (x + 0.044715x^3))", "mish": "x tanh(softplus(x))",
    "square": "x^2",
  ]

  /// Ordinary places, kinks, zeros of both signs.
  static let places = (0..<161).map { -8 + 0.1 * Double($0) + 0.013 } + [0, -0.0, 1, -1, 1e-9]

  @Test(
    "values, derivatives and second derivatives are the formula's, at kinks too",
    arguments: Activation.all.names)
  func agree(name: String) throws {
    let activation = try #require(Activation.all[name])
    let formula = try Formula(try #require(Self.formulas[name], "write \(name) as a formula"))
    let rows = activation.table(Self.places)
    for (x, row) in zip(Self.places, rows) {
      let orders = formula.derivatives(upTo: 2, at: [x])
      #expect(abs(row.value - orders[0]) <= 4e-15 * max(1, abs(orders[0])), "\(name) at \(x)")
      #expect(abs(row.derivative - orders[1]) <= 1e-14, "\(name)′ at \(x)")
      #expect(abs(row.curvature - orders[2]) <= 4e-14, "\(name)″ at \(x)")
    }
  }

  @Test(
    "far from 0 there are limits, not NaN",
    arguments: ["softsign", "gaussian", "arctan", "hard_tanh", "gelu_tanh", "mish"])
  func far(name: String) throws {
    let activation = try #require(Activation.all[name])
    for row in activation.table([1e3, -1e3, 1e154, -1e154, 1e300, -1e300]) {
      #expect(row.value.isFinite && row.derivative.isFinite && row.curvature.isFinite)
    }
    if activation.conditions.bounded {
      for row in activation.table([.infinity, -.infinity]) {
        #expect(row.value.isFinite && row.derivative == 0 && row.curvature == 0)
      }
    }
  }
}
