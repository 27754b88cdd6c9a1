import Glibc

/// Elementary functions on eight numbers, on one, and on rows.
///
/// Each function has three forms that give the same bits: on `Lanes`, on `Double`, and on rows of doubles whose count is a
/// multiple of eight (the result may be written over the argument). Rows are the fast form.
package enum Elementary {
  @inline(__always)
  static func eachLane(_ x: Lanes, _ function: (Double) -> Double) -> Lanes {
    var y = Lanes()
    for lane in 0..<8 { y[lane] = function(x[lane]) }
    return y
  }
  @inline(__always)
  static func eachRow(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int,
    _ function: (Lanes) -> Lanes
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    for start in stride(from: 0, to: count, by: 8) {
      let lanes = UnsafeRawPointer(x + start).loadUnaligned(as: Lanes.self)
      UnsafeMutableRawPointer(y + start).storeBytes(of: function(lanes), as: Lanes.self)
    }
  }

  /// `exp` of eight numbers.
  package static func exp(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.exp($0) } }
  /// `exp` of one number.
  package static func exp(_ x: Double) -> Double { exp(Lanes(repeating: x))[0] }
  /// `exp` of a row; `count` is a multiple of eight.
  package static func exp(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { exp($0) }
  }

  /// `exp2` of eight numbers.
  package static func exp2(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.exp2($0) } }
  /// `exp2` of one number.
  package static func exp2(_ x: Double) -> Double { exp2(Lanes(repeating: x))[0] }
  /// `exp2` of a row; `count` is a multiple of eight.
  package static func exp2(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { exp2($0) }
  }

  /// `expm1` of eight numbers.
  package static func expm1(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.expm1($0) } }
  /// `expm1` of one number.
  package static func expm1(_ x: Double) -> Double { expm1(Lanes(repeating: x))[0] }
  /// `expm1` of a row; `count` is a multiple of eight.
  package static func expm1(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { expm1($0) }
  }

  /// `log` of eight numbers.
  package static func log(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.log($0) } }
  /// `log` of one number.
  package static func log(_ x: Double) -> Double { log(Lanes(repeating: x))[0] }
  /// `log` of a row; `count` is a multiple of eight.
  package static func log(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { log($0) }
  }

  /// `log2` of eight numbers.
  package static func log2(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.log2($0) } }
  /// `log2` of one number.
  package static func log2(_ x: Double) -> Double { log2(Lanes(repeating: x))[0] }
  /// `log2` of a row; `count` is a multiple of eight.
  package static func log2(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { log2($0) }
  }

  /// `log10` of eight numbers.
  package static func log10(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.log10($0) } }
  /// `log10` of one number.
  package static func log10(_ x: Double) -> Double { log10(Lanes(repeating: x))[0] }
  /// `log10` of a row; `count` is a multiple of eight.
  package static func log10(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { log10($0) }
  }

  /// `log1p` of eight numbers.
  package static func log1p(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.log1p($0) } }
  /// `log1p` of one number.
  package static func log1p(_ x: Double) -> Double { log1p(Lanes(repeating: x))[0] }
  /// `log1p` of a row; `count` is a multiple of eight.
  package static func log1p(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { log1p($0) }
  }

  /// `sin` of eight numbers.
  package static func sin(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.sin($0) } }
  /// `sin` of one number.
  package static func sin(_ x: Double) -> Double { sin(Lanes(repeating: x))[0] }
  /// `sin` of a row; `count` is a multiple of eight.
  package static func sin(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { sin($0) }
  }

  /// `cos` of eight numbers.
  package static func cos(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.cos($0) } }
  /// `cos` of one number.
  package static func cos(_ x: Double) -> Double { cos(Lanes(repeating: x))[0] }
  /// `cos` of a row; `count` is a multiple of eight.
  package static func cos(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { cos($0) }
  }

  /// `tan` of eight numbers.
  package static func tan(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.tan($0) } }
  /// `tan` of one number.
  package static func tan(_ x: Double) -> Double { tan(Lanes(repeating: x))[0] }
  /// `tan` of a row; `count` is a multiple of eight.
  package static func tan(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { tan($0) }
  }

  /// `asin` of eight numbers.
  package static func asin(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.asin($0) } }
  /// `asin` of one number.
  package static func asin(_ x: Double) -> Double { asin(Lanes(repeating: x))[0] }
  /// `asin` of a row; `count` is a multiple of eight.
  package static func asin(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { asin($0) }
  }

  /// `acos` of eight numbers.
  package static func acos(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.acos($0) } }
  /// `acos` of one number.
  package static func acos(_ x: Double) -> Double { acos(Lanes(repeating: x))[0] }
  /// `acos` of a row; `count` is a multiple of eight.
  package static func acos(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { acos($0) }
  }

  /// `atan` of eight numbers.
  package static func atan(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.atan($0) } }
  /// `atan` of one number.
  package static func atan(_ x: Double) -> Double { atan(Lanes(repeating: x))[0] }
  /// `atan` of a row; `count` is a multiple of eight.
  package static func atan(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { atan($0) }
  }

  /// `sinh` of eight numbers.
  package static func sinh(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.sinh($0) } }
  /// `sinh` of one number.
  package static func sinh(_ x: Double) -> Double { sinh(Lanes(repeating: x))[0] }
  /// `sinh` of a row; `count` is a multiple of eight.
  package static func sinh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { sinh($0) }
  }

  /// `cosh` of eight numbers.
  package static func cosh(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.cosh($0) } }
  /// `cosh` of one number.
  package static func cosh(_ x: Double) -> Double { cosh(Lanes(repeating: x))[0] }
  /// `cosh` of a row; `count` is a multiple of eight.
  package static func cosh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { cosh($0) }
  }

  /// `tanh` of eight numbers.
  package static func tanh(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.tanh($0) } }
  /// `tanh` of one number.
  package static func tanh(_ x: Double) -> Double { tanh(Lanes(repeating: x))[0] }
  /// `tanh` of a row; `count` is a multiple of eight.
  package static func tanh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { tanh($0) }
  }

  /// `asinh` of eight numbers.
  package static func asinh(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.asinh($0) } }
  /// `asinh` of one number.
  package static func asinh(_ x: Double) -> Double { asinh(Lanes(repeating: x))[0] }
  /// `asinh` of a row; `count` is a multiple of eight.
  package static func asinh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { asinh($0) }
  }

  /// `acosh` of eight numbers.
  package static func acosh(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.acosh($0) } }
  /// `acosh` of one number.
  package static func acosh(_ x: Double) -> Double { acosh(Lanes(repeating: x))[0] }
  /// `acosh` of a row; `count` is a multiple of eight.
  package static func acosh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { acosh($0) }
  }

  /// `atanh` of eight numbers.
  package static func atanh(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.atanh($0) } }
  /// `atanh` of one number.
  package static func atanh(_ x: Double) -> Double { atanh(Lanes(repeating: x))[0] }
  /// `atanh` of a row; `count` is a multiple of eight.
  package static func atanh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { atanh($0) }
  }

  /// `cbrt` of eight numbers.
  package static func cbrt(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.cbrt($0) } }
  /// `cbrt` of one number.
  package static func cbrt(_ x: Double) -> Double { cbrt(Lanes(repeating: x))[0] }
  /// `cbrt` of a row; `count` is a multiple of eight.
  package static func cbrt(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { cbrt($0) }
  }

  /// `erf` of eight numbers.
  package static func erf(_ x: Lanes) -> Lanes { eachLane(x) { Glibc.erf($0) } }
  /// `erf` of one number.
  package static func erf(_ x: Double) -> Double { erf(Lanes(repeating: x))[0] }
  /// `erf` of a row; `count` is a multiple of eight.
  package static func erf(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { erf($0) }
  }

  /// `sqrt` of eight numbers.
  package static func sqrt(_ x: Lanes) -> Lanes { x.squareRoot() }
  /// `sqrt` of one number.
  package static func sqrt(_ x: Double) -> Double { sqrt(Lanes(repeating: x))[0] }
  /// `sqrt` of a row; `count` is a multiple of eight.
  package static func sqrt(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { sqrt($0) }
  }

  /// `sigmoid` of eight numbers.
  package static func sigmoid(_ x: Lanes) -> Lanes { eachLane(x) { 1 / (1 + Glibc.exp(-$0)) } }
  /// `sigmoid` of one number.
  package static func sigmoid(_ x: Double) -> Double { sigmoid(Lanes(repeating: x))[0] }
  /// `sigmoid` of a row; `count` is a multiple of eight.
  package static func sigmoid(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { sigmoid($0) }
  }

  /// `softplus` of eight numbers.
  package static func softplus(_ x: Lanes) -> Lanes { eachLane(x) { Swift.max($0, 0) + Glibc.log1p(Glibc.exp(-Swift.abs($0))) } }
  /// `softplus` of one number.
  package static func softplus(_ x: Double) -> Double { softplus(Lanes(repeating: x))[0] }
  /// `softplus` of a row; `count` is a multiple of eight.
  package static func softplus(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    eachRow(x, y, count) { softplus($0) }
  }

  /// The sine and the cosine of eight numbers.
  package static func sincos(_ x: Lanes) -> (sin: Lanes, cos: Lanes) { (sin(x), cos(x)) }
  /// The sine and the cosine of one number.
  package static func sincos(_ x: Double) -> (sin: Double, cos: Double) { (sin(x), cos(x)) }
  /// The sines and the cosines of a row; `count` is a multiple of eight.
  package static func sincos(
    _ x: UnsafePointer<Double>, sin s: UnsafeMutablePointer<Double>,
    cos c: UnsafeMutablePointer<Double>, count: Int
  ) {
    for index in 0..<count {
      let angle = x[index]
      s[index] = sin(angle)
      c[index] = cos(angle)
    }
  }

  /// `pow(x, y)` lane by lane.
  package static func pow(_ x: Lanes, _ y: Lanes) -> Lanes {
    var z = Lanes()
    for lane in 0..<8 { z[lane] = Glibc.pow(x[lane], y[lane]) }
    return z
  }
  /// `pow(x, y)` of two numbers.
  package static func pow(_ x: Double, _ y: Double) -> Double {
    pow(Lanes(repeating: x), Lanes(repeating: y))[0]
  }
  /// `pow(x, y)` of rows into `z`; `count` is a multiple of eight.
  package static func pow(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>,
    count: Int
  ) {
    for index in 0..<count { z[index] = pow(x[index], y[index]) }
  }

  /// `atan2(y, x)` lane by lane.
  package static func atan2(_ y: Lanes, _ x: Lanes) -> Lanes {
    var z = Lanes()
    for lane in 0..<8 { z[lane] = Glibc.atan2(y[lane], x[lane]) }
    return z
  }
  /// `atan2(y, x)` of two numbers.
  package static func atan2(_ y: Double, _ x: Double) -> Double {
    atan2(Lanes(repeating: y), Lanes(repeating: x))[0]
  }
  /// `atan2(y, x)` of rows into `z`; `count` is a multiple of eight.
  package static func atan2(
    _ y: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>,
    count: Int
  ) {
    for index in 0..<count { z[index] = atan2(y[index], x[index]) }
  }
}
