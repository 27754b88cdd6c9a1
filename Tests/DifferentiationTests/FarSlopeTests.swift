import Differentiation
import Testing

/// Slopes of functions that have all but reached a limit: small, and no differences of large
/// numbers.
@Suite("Slopes far from 0")
struct FarSlopeTests {
  /// A formula, one with the same derivatives and no cancellation, and where.
  static let pairs: [(text: String, plain: String, at: Double)] = [
    ("sigmoid(x)", "(0.5/cosh(x/2))^2", 40), ("sigmoid(x)", "(0.5/cosh(x/2))^2", -40),
    ("sigmoid(3x)", "3 (0.5/cosh(1.5x))^2", 100), ("sigmoid(x)", "(0.5/cosh(x/2))^2", 0.25),
    ("tanh(x)", "1/cosh(x)^2", 20), ("tanh(x)", "1/cosh(x)^2", -20),
    ("tanh(x/2)", "0.5/cosh(x/2)^2", 300), ("tanh(x)", "1/cosh(x)^2", 0.5),
    ("softplus(x)", "1/(1 + exp(-x))", -40), ("softplus(x)", "1/(1 + exp(-x))", 40),
    ("expm1(x)", "exp(x)", -40), ("expm1(x)", "exp(x)", -700), ("expm1(x)", "exp(x)", 3),
  ]

  @Test("Slopes and curvatures keep their digits, by every route", arguments: pairs)
  func digits(_ pair: (text: String, plain: String, at: Double)) throws {
    let formula = try Formula(pair.text)
    let plain = try Formula(pair.plain)
    let point = [pair.at]
    let slope = plain.value(at: point)
    #expect(slope != 0)
    let curvature = plain.gradient(at: point)[0]
    let orders = formula.derivatives(upTo: 2, at: point)
    let graph = try #require(formula.graph)
    let recorded = graph.withGradient().values(at: point)
    let slopes = [
      formula.gradient(at: point)[0], formula.forwardGradient(at: point)[0], orders[1],
      recorded[Int(graph.withGradient().outputs[1])],
    ]
    for found in slopes { #expect(isNear(found / slope, 1, 1e-14), "\(found), not \(slope)") }
    for found in [formula.hessian(at: point)[0], orders[2]] {
      #expect(isNear(found / curvature, 1, 1e-13), "\(found), not \(curvature)")
    }
  }

  @Test(
    "Where the slope is too small for a double, all derivatives are 0",
    arguments: ["sigmoid(x)", "tanh(x)", "softplus(-x)"], [1000.0, 1e300, .infinity])
  func nothing(text: String, at point: Double) throws {
    let formula = try Formula(text)
    #expect(formula.gradient(at: [point]) == [0])
    guard point.isFinite else { return }
    #expect(formula.hessian(at: [point]) == [0])
    #expect(formula.derivatives(upTo: 4, at: [point]).dropFirst().allSatisfy { $0 == 0 })
  }

  @Test("Series of high order take no longer than their length asks for")
  func high() throws {
    let orders = try Formula("tanh(x)").derivatives(upTo: 40, at: [0])
    #expect(isNear(orders[5], 16, 1e-12) && isNear(orders[3], -2, 1e-12))
    #expect(orders[40].magnitude / 1e30 < 1)
    let logistic = try Formula("sigmoid(x)").derivatives(upTo: 40, at: [0])
    #expect(isNear(logistic[3], -0.125, 1e-12))
  }
}
