import Differentiation
import Testing

@Suite("Numbers that are not finite come with the operation and the place that made them")
struct DoubtTests {
  /// Formula, point, the operation, its place in the text, a part of the words.
  static let cases: [(String, [Double], String, String, String)] = [
    ("log(1+exp(x))", [1000], "exp(x)", "exp(x)", "overflows at x = 1000; softplus(x) does not"),
    ("log1p(exp(2x))", [1000], "exp(2*x)", "exp(2x)", "softplus(2*x) does not"),
    ("1/(1+exp(-x))", [-1000], "exp(-x)", "exp(-x)", "sigmoid(x) does not"),
    ("exp(x)/(1 + exp(x))", [1000], "exp(x)", "exp(x)", "sigmoid(x) does not"),
    ("sqrt(x^2+y^2)^2", [0, 0], "sqrt(x^2 + y^2)", "sqrt(x^2+y^2)", "infinite at 0"),
    ("(-8)^(1/3)", [], "(-8)^(1/3)", "(-8)^(1/3)", "cbrt(-8) is the real cube root"),
    ("x + 1/(2 - 2)", [3], "1/(2 - 2)", "1/(2 - 2)", "divides by 0"),
    ("x^(1/3)", [-8], "x^(1/3)", "x^(1/3)", "cbrt(x) is the real cube root"),
    ("x^0.2", [-8], "x^0.2", "x^0.2", "|u|^(1/5)"),
    ("x^0.5", [-8], "x^0.5", "x^0.5", "has no real power 0.5"),
    ("3 + log(x - 5)", [2], "log(x - 5)", "log(x - 5)", "no value at -3: it needs x > 0"),
    ("sqrt(x) + 1", [-1], "sqrt(x)", "sqrt(x)", "no value at x = -1: it needs x ≥ 0"),
    ("log(x)", [0], "log(x)", "log(x)", "is −∞ at x = 0"),
    ("1 + 1/x", [0], "1/x", "1/x", "divides by 0"),
    ("x^-2", [0], "x^(-2)", "x^-2", "0 to a negative power"),
    ("sin(x)/x", [0], "sin(x)/x", "sin(x)/x", "is 0 / x = 0, which has no value"),
    ("exp(x) - exp(2x)", [1000], "exp(x)", "exp(x)", "overflows"),
    ("sqrt(x)", [0], "sqrt(x)", "sqrt(x)", "the derivative of sqrt(x) is infinite at x = 0"),
    ("norm([x, y])", [0, 0], "x*x", "norm([x, y])", "0·∞"),
    ("x^x", [0], "x^x", "x^x", "infinite at x = 0"),
    ("f(n) = n <= 0 ? 0 : 1 + f(n-1); f(x)", [10001], "", "f(n-1)", "too deep (limit 10000"),
    (
      "loop(i = x; i > 0; i = i + 1; i)", [1], "", "loop(i = x; i > 0; i = i + 1; i)",
      "limit 200000"
    ),
    ("x + 1", [.nan], "x", "", "x is nan to begin with"),
  ]

  @Test(
    "a value that is 0 only because it is too small for a double names the operation that lost it",
    arguments: [
      ("x^2", 1e-200, "x^2"), ("3 x x", 1e-180, "x"), ("exp(-x)", 800, "exp(-x)"),
      ("sqrt(x^2)", 1e-200, "x^2"), ("sigmoid(x) * 5", -800, "sigmoid(x)"),
      ("1/(x^3)", 1e200, "1/x^3"), ("x/1e300/1e300", 1e-100, "/"),
      ("softplus(x)", -800, "softplus"),
    ])
  func losses(_ text: String, _ x: Double, _ operation: String) throws {
    let formula = try Formula(text)
    #expect(formula.value(at: [x]) == 0)
    let losses = formula.losses(at: [x])
    #expect(losses.count == 1 && losses[0].operation.contains(operation), "\(losses)")
    #expect(!losses[0].range.isEmpty)
  }

  @Test(
    "a value that is rightly 0 loses nothing",
    arguments: [
      ("x - x", 3.0), ("x^2", 0), ("relu(x)", -2), ("step(x)", -1), ("sin(x)", 0), ("0 x", 5),
      ("relu(-exp(x))", 800), ("min(exp(x), 0)", 800), ("max(-exp(x), 0)", 800),
      ("exp(-1/x^2)", 0), ("1/log(x)", 0),
    ])
  func nothingLost(_ text: String, _ x: Double) throws {
    #expect(try Formula(text).losses(at: [x]).isEmpty)
  }

  @Test("an underflow before an infinite slope is named")
  func underflowBeforeSlope() throws {
    let doubts = try Formula("sqrt(x^2)").doubts(at: [1e-200])
    #expect(doubts.first?.words.contains("too small for a double") == true, "\(doubts)")
  }

  @Test(
    "with words that say what happened, and what to write where that is known", arguments: cases)
  func doubt(
    _ text: String, _ point: [Double], _ operation: String, _ place: String, _ words: String
  ) throws {
    let formula = try Formula(text)
    let doubts = formula.doubts(at: point)
    let doubt = try #require(doubts.first { $0.words.contains(words) }, "\(text): \(doubts)")
    #expect(doubt.operation == operation)
    let scalars = Array(text.unicodeScalars)
    #expect(doubt.range.upperBound <= scalars.count)
    let marked = String(String.UnicodeScalarView(scalars[doubt.range]))
    if !place.isEmpty { #expect(marked == place, "\(text): marked \(marked)") }
  }

  @Test("there are none where all is finite, and always some where something is not")
  func always() throws {
    var random = RandomFormula(random: SplitMix(7))
    var found = 0
    for _ in 0..<4000 {
      let text = random.text()
      guard let formula = try? Formula(text) else { continue }
      let point = formula.variables.map { _ in
        random.random.next() % 3 == 0
          ? [0, -0.0, 1, -1, 1e300, 700][Int(random.random.next() % 6)]
          : random.random.uniform(-3, 3)
      }
      let (value, gradient) = formula.valueAndGradient(at: point)
      let isFinite = value.isFinite && gradient.allSatisfy(\.isFinite)
      let doubts = formula.doubts(at: point)
      #expect(doubts.isEmpty == isFinite, "\(text) at \(point): \(value) \(gradient) \(doubts)")
      found += doubts.isEmpty ? 0 : 1
    }
    #expect(found > 100)
  }

  @Test("a higher derivative that is not finite is explained too")
  func higher() throws {
    let formula = try Formula("x^2.5")
    #expect(formula.derivatives(upTo: 2, at: [0]) == [0, 0, 0])
    #expect(formula.hessian(at: [0]) == [0])
    #expect(formula.doubts(at: [0], upTo: 2).isEmpty)
    #expect(formula.derivatives(upTo: 3, at: [0])[3] == .infinity)
    #expect(!formula.doubts(at: [0], upTo: 3).isEmpty)
  }
}
