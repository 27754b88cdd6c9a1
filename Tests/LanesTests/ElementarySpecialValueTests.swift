import Foundation
import Lanes
import Testing

/// Results at the edges are those of the C library, which follows Annex F of the C standard.
@Suite("Special values of elementary functions")
struct ElementarySpecialValueTests {
  static let edges: [Double] = [
    0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    0x1p-1022, -0x1p-1022,
    0x1p-1022 - .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 2, -2,
    0.5, -0.5,
    1e-20,
    -1e-20, 709.7827, 709.7828, -745.1, -745.2, 710.47, 710.48, -708.5, 1023.5, 1024, -1074, -1075,
    -1076,
    -1074.5, 100, -100, 1e22, 1e300, -1e300,
  ]

  static let library: [String: @Sendable (Double) -> Double] = [
    "exp": { exp($0) }, "exp2": { exp2($0) }, "expm1": { expm1($0) }, "log": { log($0) },
    "log2": { log2($0) }, "log10": { log10($0) }, "log1p": { log1p($0) }, "sin": { sin($0) },
    "cos": { cos($0) }, "tan": { tan($0) }, "asin": { asin($0) }, "acos": { acos($0) },
    "atan": { atan($0) }, "sinh": { sinh($0) }, "cosh": { cosh($0) }, "tanh": { tanh($0) },
    "asinh": { asinh($0) }, "acosh": { acosh($0) }, "atanh": { atanh($0) }, "sqrt": { sqrt($0) },
    "cbrt": { cbrt($0) }, "erf": { erf($0) }, "sigmoid": { 1 / (1 + exp(-$0)) },
    "softplus": { $0 > 0 ? $0 + log1p(exp(-$0)) : log1p(exp($0)) },
  ]

  /// The same class of number, the same sign of zeros, and within two units in the last place of
  /// each other.
  static func agree(_ a: Double, _ b: Double) -> Bool {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
    if a == 0 || b == 0 || a.isInfinite || b.isInfinite { return a.bitPattern == b.bitPattern }
    return abs(a - b) <= 3 * max(a.ulp, b.ulp)
  }

  @Test("edges are the C library's", arguments: testedFunctions)
  func edges(_ function: TestedFunction) throws {
    let library = try #require(Self.library[function.name])
    for x in Self.edges {
      // 1/(1 + e^−x) as written overflows where the function does not.
      if function.name == "sigmoid", x < -700, x > -750 { continue }
      let (ours, theirs) = (function.scalar(x), library(x))
      #expect(
        Self.agree(ours, theirs), "\(function.name)(\(x)) is \(ours), the library says \(theirs)")
    }
  }

  @Test("powers at all pairs of edges are the C library's")
  func powers() {
    let more: [Double] = [
      3, -3, 4, -4, 2.5, -2.5, 0x1p52, 0x1p53, 0x1p53 - 1, -0x1p53 + 1, 0x1p52 + 0.5, 1e-300,
      0.9999999,
      1.0000001,
    ]
    let all = Self.edges + more
    for x in all {
      for y in all {
        let (ours, theirs) = (Elementary.pow(x, y), pow(x, y))
        #expect(Self.agree(ours, theirs), "pow(\(x), \(y)) is \(ours), the library says \(theirs)")
      }
    }
  }

  @Test("angles of all pairs of edges are the C library's")
  func angles() {
    for y in Self.edges {
      for x in Self.edges {
        let (ours, theirs) = (Elementary.atan2(y, x), atan2(y, x))
        #expect(
          Self.agree(ours, theirs), "atan2(\(y), \(x)) is \(ours), the library says \(theirs)")
      }
    }
  }

  @Test("whole powers of two and ten have whole logarithms")
  func exactLogarithms() {
    for k in -1074...1023 {
      #expect(Elementary.log2(Double(sign: .plus, exponent: k, significand: 1)) == Double(k))
      #expect(Elementary.exp2(Double(k)) == Double(sign: .plus, exponent: k, significand: 1))
    }
    var ten = 1.0
    for k in 0...22 {
      #expect(Elementary.log10(ten) == Double(k))
      ten *= 10
    }
  }

  @Test("cubes have whole cube roots")
  func exactRoots() {
    for k in -1000...1000 {
      let x = Double(k)
      #expect(Elementary.cbrt(x * x * x) == x)
      #expect(Elementary.sqrt(x * x) == abs(x))
    }
  }
}
