import Differentiation
import Testing

@Suite("Kinks, jumps and the edges of domains")
struct KinkTests {
  /// Formula, point, value, derivative by x.
  static let cases: [(String, [Double], Double, Double)] = [
    ("abs(x)", [0], 0, 0), ("abs(x)", [-2], 2, -1), ("relu(x)", [0], 0, 0), ("relu(x)", [1], 1, 1),
    ("step(x)", [0], 1, 0), ("sign(x)", [0], 0, 0), ("sign(x)", [-3], -1, 0),
    ("floor(x)", [2], 2, 0), ("ceil(x)", [2.5], 3, 0), ("max(x, 1)", [1], 1, 0),
    ("min(x, 1)", [1], 1, 0), ("max(0, x)", [0], 0, 0), ("max(x, 0)", [0], 0, 0),
    ("max(x, y)", [0, 0], 0, 0.5), ("min(x, y)", [0, 0], 0, 0.5), ("max(x, -x)", [0], 0, 0),
    ("max(sqrt(x^2), 1e-10)", [0], 1e-10, 0), ("min(log(x), -1)", [0], -.infinity, .infinity),
    ("max(x, 1/y)", [2, 0], .infinity, 0), ("max(2, sqrt(x))", [0], 2, 0),
    ("relu(-sqrt(x))", [0], 0, 0), ("max(sqrt(x), y)", [0, 1], 1, 0),
    ("if(y > 0, x, sqrt(x))", [0, 1], 0, 1), ("x^2.5", [0], 0, 0), ("x^0.5", [0], 0, .infinity),
    ("x^x", [0], 1, -.infinity), ("y^x", [0, 0], 1, -.infinity), ("y^x", [2, 0], 0, 0),
    ("sqrt(x^2)^2", [0], 0, .nan), ("sqrt(x^2 + y^2)^2", [0, 0], 0, .nan), ("max(x, x)", [3], 3, 1),
    ("max(x, 1)", [2], 2, 1),
    ("min(x, 1)", [2], 1, 0), ("sqrt(x)", [0], 0, .infinity), ("cbrt(x)", [0], 0, .infinity),
    ("log(x)", [0], -.infinity, .infinity), ("log(x)", [-1], .nan, -1),
    ("sqrt(x)", [-1], .nan, .nan), ("asin(x)", [1], 1.5707963267948966, .infinity),
    ("asin(x)", [2], .nan, .nan), ("acosh(x)", [0.5], .nan, .nan), ("x^0", [0], 1, 0),
    ("x^1", [0], 0, 1), ("x^2", [0], 0, 0), ("x^y", [0, 0], 1, 0), ("x^y", [0, 1], 0, 1),
    ("y^x", [1, 0], 0, 0), ("x^0.5", [-1], .nan, .nan), ("1/x", [0], .infinity, -.infinity),
    ("x/0", [1], .infinity, .infinity), ("0/0 + x", [1], .nan, 1), ("x < 1", [1], 0, 0),
    ("x > 0 ? log(x) : 0", [0], 0, 0), ("x > 0 ? log(x) : -1", [-1], -1, 0),
    ("x == 0 ? 1 : sin(x)/x", [0], 1, 0), ("if(x <= 0, 0, sqrt(x))", [0], 0, 0),
    ("if(x <= 0, 0, sqrt(x))", [4], 2, 0.25), ("max(x, nan)", [1], .nan, 0),
    ("relu(nan x)", [1], .nan, .nan), ("exp(x)", [1000], .infinity, .infinity),
    ("sigmoid(x)", [-1000], 0, 0), ("softplus(x)", [1000], 1000, 1), ("tanh(x)", [1000], 1, 0),
    ("nan ? x : 2x", [3], 3, 1), ("not x", [0], 1, 0), ("|x|/x", [0], .nan, .nan),
    ("norm([x, 0])", [0], 0, .nan), ("x^-1", [0], .infinity, -.infinity),
  ]

  @Test(
    "Second derivatives by two variables are one number, in either order",
    arguments: [
      ("x^y", [0.0, 1]), ("x^y", [0, 0]), ("x^y y", [0, 0.5]), ("y^x", [1, 0]), ("x^y", [0, 0.5]),
      ("sqrt(x y)", [0, 1]), ("x log(y)", [1, 0]), ("x/y", [1, 0]), ("log(x y)", [0, 0]),
      ("max(x, y)^2", [0, 0]), ("abs(x) y", [0, 2]),
    ])
  func symmetric(_ text: String, _ point: [Double]) throws {
    let rows = try Formula(text).hessian(at: point)
    #expect(rows[1].bitPattern == rows[2].bitPattern || rows[1] == rows[2], "\(rows)")
    #expect(try Formula("x^y").hessian(at: [0, 1])[1] == -.infinity)
  }

  @Test("Value and derivative are as documented, point by point and on rows", arguments: cases)
  func point(_ text: String, _ point: [Double], _ value: Double, _ derivative: Double) throws {
    let formula = try Formula(text)
    let (found, gradient) = formula.valueAndGradient(at: point)
    #expect(isNear(found, value), "\(text) is \(found)")
    #expect(isNear(gradient[0], derivative), "derivative of \(text) is \(gradient[0])")
    let forward = formula.forwardGradient(at: point)[0]
    #expect(isNear(forward, derivative), "\(text): forward \(forward)")
    let series = formula.derivatives(upTo: 1, at: point)[1]
    #expect(isNear(series, derivative), "\(text): as a series \(series)")
    let rows = FormulaKernel(formula, depth: .gradient).evaluate(point.map { [$0] })
    #expect(isNear(rows[0][0], value), "\(text) on rows: \(rows[0][0])")
    #expect(isNear(rows[1][0], derivative), "derivative of \(text) on rows: \(rows[1][0])")
  }

  @Test(
    "Where there is no first derivative there is none of a higher order",
    arguments: cases.filter { $0.3.isNaN })
  func higher(_ text: String, _ point: [Double], _ value: Double, _ derivative: Double) throws {
    let formula = try Formula(text)
    let column = Array(0..<point.count).map { $0 == 0 ? 1.0 : 0 }
    let isNone = formula.hessianProduct(at: point, along: column).allSatisfy(\.isNaN)
    #expect(isNone, "\(text)")
    let rows = formula.hessian(at: point)
    #expect((0..<point.count).allSatisfy { rows[$0].isNaN && rows[$0 * point.count].isNaN })
    let isNaN = formula.derivatives(upTo: 4, at: point).map(\.isNaN)
    #expect(isNaN.dropFirst(2) == [true, true, true], "\(text)")
  }
}
