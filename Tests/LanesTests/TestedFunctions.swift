import Lanes
import Testing

/// A function of one number in its three forms, with what the suite holds it to.
struct TestedFunction: Sendable, CustomTestStringConvertible {
  typealias Row = @Sendable (UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Void

  let name: String
  /// The largest error, in units in the last place, that was seen in over a hundred times as many
  /// points, rounded up.
  let bound: Double
  let scalar: @Sendable (Double) -> Double
  let lanes: @Sendable (Lanes) -> Lanes
  let row: Row

  init(
    _ name: String, bound: Double, _ scalar: @escaping @Sendable (Double) -> Double,
    _ lanes: @escaping @Sendable (Lanes) -> Lanes, _ row: @escaping Row
  ) {
    self.name = name
    self.bound = bound
    self.scalar = scalar
    self.lanes = lanes
    self.row = row
  }

  var testDescription: String { name }

  /// The row form over an array whose count is a multiple of eight.
  func row(_ x: [Double]) -> [Double] {
    var y = [Double](repeating: 0, count: x.count)
    y.withUnsafeMutableBufferPointer { y in
      x.withUnsafeBufferPointer { x in
        if let from = x.baseAddress, let to = y.baseAddress { row(from, to, x.count) }
      }
    }
    return y
  }
}

/// All functions of one number.
let testedFunctions: [TestedFunction] = [
  TestedFunction(
    "exp", bound: 0.77, { Elementary.exp($0) }, { Elementary.exp($0) },
    { Elementary.exp($0, $1, count: $2) }),
  TestedFunction(
    "exp2", bound: 0.85, { Elementary.exp2($0) }, { Elementary.exp2($0) },
    { Elementary.exp2($0, $1, count: $2) }),
  TestedFunction(
    "expm1", bound: 1.1, { Elementary.expm1($0) }, { Elementary.expm1($0) },
    { Elementary.expm1($0, $1, count: $2) }),
  TestedFunction(
    "log", bound: 0.75, { Elementary.log($0) }, { Elementary.log($0) },
    { Elementary.log($0, $1, count: $2) }),
  TestedFunction(
    "log2", bound: 0.501, { Elementary.log2($0) }, { Elementary.log2($0) },
    { Elementary.log2($0, $1, count: $2) }),
  TestedFunction(
    "log10", bound: 0.501, { Elementary.log10($0) }, { Elementary.log10($0) },
    { Elementary.log10($0, $1, count: $2) }),
  TestedFunction(
    "log1p", bound: 0.81, { Elementary.log1p($0) }, { Elementary.log1p($0) },
    { Elementary.log1p($0, $1, count: $2) }),
  TestedFunction(
    "sin", bound: 0.76, { Elementary.sin($0) }, { Elementary.sin($0) },
    { Elementary.sin($0, $1, count: $2) }),
  TestedFunction(
    "cos", bound: 0.76, { Elementary.cos($0) }, { Elementary.cos($0) },
    { Elementary.cos($0, $1, count: $2) }),
  TestedFunction(
    "tan", bound: 1.8, { Elementary.tan($0) }, { Elementary.tan($0) },
    { Elementary.tan($0, $1, count: $2) }),
  TestedFunction(
    "asin", bound: 0.68, { Elementary.asin($0) }, { Elementary.asin($0) },
    { Elementary.asin($0, $1, count: $2) }),
  TestedFunction(
    "acos", bound: 0.57, { Elementary.acos($0) }, { Elementary.acos($0) },
    { Elementary.acos($0, $1, count: $2) }),
  TestedFunction(
    "atan", bound: 0.78, { Elementary.atan($0) }, { Elementary.atan($0) },
    { Elementary.atan($0, $1, count: $2) }),
  TestedFunction(
    "sinh", bound: 1.75, { Elementary.sinh($0) }, { Elementary.sinh($0) },
    { Elementary.sinh($0, $1, count: $2) }),
  TestedFunction(
    "cosh", bound: 1.25, { Elementary.cosh($0) }, { Elementary.cosh($0) },
    { Elementary.cosh($0, $1, count: $2) }),
  TestedFunction(
    "tanh", bound: 2.1, { Elementary.tanh($0) }, { Elementary.tanh($0) },
    { Elementary.tanh($0, $1, count: $2) }),
  TestedFunction(
    "asinh", bound: 1.46, { Elementary.asinh($0) }, { Elementary.asinh($0) },
    { Elementary.asinh($0, $1, count: $2) }),
  TestedFunction(
    "acosh", bound: 1.7, { Elementary.acosh($0) }, { Elementary.acosh($0) },
    { Elementary.acosh($0, $1, count: $2) }),
  TestedFunction(
    "atanh", bound: 1.4, { Elementary.atanh($0) }, { Elementary.atanh($0) },
    { Elementary.atanh($0, $1, count: $2) }),
  TestedFunction(
    "sigmoid", bound: 1.8, { Elementary.sigmoid($0) }, { Elementary.sigmoid($0) },
    { Elementary.sigmoid($0, $1, count: $2) }),
  TestedFunction(
    "softplus", bound: 1.35, { Elementary.softplus($0) }, { Elementary.softplus($0) },
    { Elementary.softplus($0, $1, count: $2) }),
  TestedFunction(
    "sqrt", bound: 0.5, { Elementary.sqrt($0) }, { Elementary.sqrt($0) },
    { Elementary.sqrt($0, $1, count: $2) }),
  TestedFunction(
    "cbrt", bound: 0.501, { Elementary.cbrt($0) }, { Elementary.cbrt($0) },
    { Elementary.cbrt($0, $1, count: $2) }),
  TestedFunction(
    "erf", bound: 0.95, { Elementary.erf($0) }, { Elementary.erf($0) },
    { Elementary.erf($0, $1, count: $2) }),
]

/// Arguments of every kind: specials, denormals, both ends of the range, halves, integers, huge and
/// ordinary numbers.
let assortedArguments: [Double] = {
  var found: [Double] = [
    0, 1, 2, 3, 0.5, 1e-300, .leastNonzeroMagnitude, 0x1p-1022, 0x1p-1022 - .leastNonzeroMagnitude,
    1e-10,
    0.4142135623730951,
    20, 22.5,
    36, 700, 707.9, 708.1, 709.7, 709.9, 745, 746, 0x1p28, 0x1.0000001p28, 0x1p30, 0x1.0000001p30,
    0x1p52,
    0x1p53, 1e22, 1e300, .greatestFiniteMagnitude, .infinity, .pi, .pi / 2,
    6381956970095103 * 0x1p797,
  ]
  let stream = RandomStream(seed: 7, stream: 1)
  for index in 0..<400 {
    let bits = stream.bits(at: UInt64(index))
    let kind = index % 4
    let uniform = stream.uniform(at: UInt64(1000 + index))
    switch kind {
    case 0: found.append(uniform)
    case 1: found.append(uniform * 10)
    case 2: found.append(uniform * 800)
    default: found.append(Double(bitPattern: bits & 0x7FFF_FFFF_FFFF_FFFF))
    }
  }
  found += found.map { -$0 }
  found.append(.nan)
  while found.count % 8 != 0 { found.append(1) }
  return found
}()

/// Whether two numbers have the same bits, all NaN being one.
func sameBits(_ a: Double, _ b: Double) -> Bool {
  a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
}
