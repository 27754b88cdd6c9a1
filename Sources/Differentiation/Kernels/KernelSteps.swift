import Lanes

/// The steps of a kernel on rows; counts are multiples of eight, and a result may be written over
/// an operand.
extension KernelProgram {
  typealias Row = UnsafeMutablePointer<Double>

  @inline(__always)
  static func load(_ row: UnsafePointer<Double>) -> Lanes {
    UnsafeRawPointer(row).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  static func store(_ lanes: Lanes, _ row: Row) {
    UnsafeMutableRawPointer(row).storeBytes(of: lanes, as: Lanes.self)
  }

  @inline(__always)
  private static func each(_ a: Row, _ y: Row, _ count: Int, _ body: (Lanes) -> Lanes) {
    var start = 0
    while start < count {
      store(body(load(a + start)), y + start)
      start &+= 8
    }
  }

  @inline(__always)
  private static func each(
    _ a: Row, _ b: Row, _ y: Row, _ count: Int, _ body: (Lanes, Lanes) -> Lanes
  ) {
    var start = 0
    while start < count {
      store(body(load(a + start), load(b + start)), y + start)
      start &+= 8
    }
  }

  @inline(__always)
  private static func number(_ mask: SIMDMask<SIMD8<Int64>>) -> Lanes {
    Lanes(repeating: 0).replacing(with: Lanes(repeating: 1), where: mask)
  }

  static func binary(_ operation: Operation, _ a: Row, _ b: Row, _ y: Row, _ count: Int) {
    switch operation {
    case .add: each(a, b, y, count) { $0 + $1 }
    case .subtract: each(a, b, y, count) { $0 - $1 }
    case .multiply: each(a, b, y, count) { $0 * $1 }
    case .divide: each(a, b, y, count) { $0 / $1 }
    case .less: each(a, b, y, count) { number($0 .< $1) }
    case .lessOrEqual: each(a, b, y, count) { number($0 .<= $1) }
    case .greater: each(a, b, y, count) { number($0 .> $1) }
    case .greaterOrEqual: each(a, b, y, count) { number($0 .>= $1) }
    case .equal: each(a, b, y, count) { number($0 .== $1) }
    case .notEqual: each(a, b, y, count) { number($0 .!= $1) }
    case .and: each(a, b, y, count) { number(($0 .!= 0) .& ($1 .!= 0)) }
    case .or: each(a, b, y, count) { number(($0 .!= 0) .| ($1 .!= 0)) }
    case .min: each(a, b, y, count) { $1.replacing(with: $0, where: ($0 .<= $1) .| ($0 .!= $0)) }
    case .max: each(a, b, y, count) { $1.replacing(with: $0, where: ($0 .>= $1) .| ($0 .!= $0)) }
    case .atLeast: each(a, b, y, count) { $0.replacing(with: $1, where: $0 .<= $1) }
    case .atMost: each(a, b, y, count) { $0.replacing(with: $1, where: $0 .>= $1) }
    case .atan2: Elementary.atan2(a, b, y, count: count)
    case .power: for index in 0..<count { y[index] = Double.power(a[index], b[index]) }
    default: preconditionFailure("\(operation) does not take two operands")
    }
  }

  static func binary(_ operation: Operation, _ a: Row, right: Double, _ y: Row, _ count: Int) {
    let b = Lanes(repeating: right)
    switch operation {
    case .add: each(a, y, count) { $0 + b }
    case .subtract: each(a, y, count) { $0 - b }
    case .multiply: each(a, y, count) { $0 * b }
    case .divide: each(a, y, count) { $0 / b }
    case .atLeast: each(a, y, count) { $0.replacing(with: b, where: $0 .<= b) }
    case .atMost: each(a, y, count) { $0.replacing(with: b, where: $0 .>= b) }
    case .less: each(a, y, count) { number($0 .< b) }
    case .lessOrEqual: each(a, y, count) { number($0 .<= b) }
    case .greater: each(a, y, count) { number($0 .> b) }
    case .greaterOrEqual: each(a, y, count) { number($0 .>= b) }
    case .equal: each(a, y, count) { number($0 .== b) }
    case .notEqual: each(a, y, count) { number($0 .!= b) }
    default: preconditionFailure("\(operation) has no form with a number")
    }
  }

  static func binary(_ operation: Operation, left: Double, _ b: Row, _ y: Row, _ count: Int) {
    let a = Lanes(repeating: left)
    switch operation {
    case .add: each(b, y, count) { a + $0 }
    case .subtract: each(b, y, count) { a - $0 }
    case .multiply: each(b, y, count) { a * $0 }
    case .divide: each(b, y, count) { a / $0 }
    case .less: each(b, y, count) { number(a .< $0) }
    case .lessOrEqual: each(b, y, count) { number(a .<= $0) }
    case .greater: each(b, y, count) { number(a .> $0) }
    case .greaterOrEqual: each(b, y, count) { number(a .>= $0) }
    case .equal: each(b, y, count) { number(a .== $0) }
    case .notEqual: each(b, y, count) { number(a .!= $0) }
    default: preconditionFailure("\(operation) has no form with a number")
    }
  }

  static func select(_ condition: Row, _ a: Row, _ b: Row, _ y: Row, _ count: Int) {
    var start = 0
    while start < count {
      let taken = load(condition + start) .!= 0
      store(load(b + start).replacing(with: load(a + start), where: taken), y + start)
      start &+= 8
    }
  }

  /// The products are taken in the order of `Double.power`, so that the bits are the same.
  static func wholePower(_ exponent: Int, _ a: Row, _ y: Row, _ count: Int) {
    if exponent == 2 { return each(a, y, count) { $0 * $0 } }
    if exponent == 3 { return each(a, y, count) { $0 * ($0 * $0) } }
    each(a, y, count) { base in
      var result = Lanes(repeating: 1)
      var square = base
      var left = exponent.magnitude
      while left > 0 {
        if left & 1 == 1 { result = result * square }
        left >>= 1
        if left > 0 { square = square * square }
      }
      return exponent < 0 ? Lanes(repeating: 1) / result : result
    }
  }

  static func unary(_ operation: Operation, _ a: Row, _ y: Row, _ count: Int) {
    let zero = Lanes(repeating: 0)
    let one = Lanes(repeating: 1)
    switch operation {
    case .negate: each(a, y, count) { Lanes(repeating: -1) * $0 }
    case .exp: Elementary.exp(a, y, count: count)
    case .expm1: Elementary.expm1(a, y, count: count)
    case .log: Elementary.log(a, y, count: count)
    case .log2: Elementary.log2(a, y, count: count)
    case .log10: Elementary.log10(a, y, count: count)
    case .log1p: Elementary.log1p(a, y, count: count)
    case .sin: Elementary.sin(a, y, count: count)
    case .cos: Elementary.cos(a, y, count: count)
    case .tan: Elementary.tan(a, y, count: count)
    case .asin: Elementary.asin(a, y, count: count)
    case .acos: Elementary.acos(a, y, count: count)
    case .atan: Elementary.atan(a, y, count: count)
    case .sinh: Elementary.sinh(a, y, count: count)
    case .cosh: Elementary.cosh(a, y, count: count)
    case .tanh: Elementary.tanh(a, y, count: count)
    case .asinh: Elementary.asinh(a, y, count: count)
    case .acosh: Elementary.acosh(a, y, count: count)
    case .atanh: Elementary.atanh(a, y, count: count)
    case .sqrt: Elementary.sqrt(a, y, count: count)
    case .cbrt: Elementary.cbrt(a, y, count: count)
    case .sigmoid: Elementary.sigmoid(a, y, count: count)
    case .softplus: Elementary.softplus(a, y, count: count)
    case .erf: Elementary.erf(a, y, count: count)
    case .abs: for index in 0..<count { y[index] = a[index].magnitude }
    case .floor: for index in 0..<count { y[index] = a[index].rounded(.down) }
    case .ceil: for index in 0..<count { y[index] = a[index].rounded(.up) }
    case .sign:
      each(a, y, count) { u in
        u.replacing(with: one, where: u .> zero).replacing(with: -one, where: u .< zero)
      }
    case .relu: each(a, y, count) { $0.replacing(with: zero, where: $0 .<= zero) }
    case .step:
      each(a, y, count) { u in
        u.replacing(with: one, where: u .>= zero).replacing(with: zero, where: u .< zero)
      }
    case .not: each(a, y, count) { number($0 .== zero) }
    default: preconditionFailure("\(operation) does not take one operand")
    }
  }
}
