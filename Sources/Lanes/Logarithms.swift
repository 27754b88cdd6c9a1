internal import CLanes

extension Elementary {
  /// The natural logarithm; −∞ at ±0, NaN below.
  package static func log(_ x: Lanes) -> Lanes {
    one(x, ordinary: { allPositiveNormal($0) }, near: { logNear($0) }, far: { logFar(&$0) })
  }

  /// The same of one number.
  package static func log(_ x: Double) -> Double { log(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func log(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { allPositiveNormal($0) }, near: { logNear($0) }, far: { logFar(&$0) })
  }

  /// The logarithm to base 2; exact at powers of 2.
  package static func log2(_ x: Lanes) -> Lanes { one(x) { log2Body($0) } }

  /// The same of one number.
  package static func log2(_ x: Double) -> Double { log2(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func log2(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { log2Body($0) }
  }

  /// The logarithm to base 10; exact at powers of 10 that are doubles.
  package static func log10(_ x: Lanes) -> Lanes { one(x) { log10Body($0) } }

  /// The same of one number.
  package static func log10(_ x: Double) -> Double { log10(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func log10(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { log10Body($0) }
  }

  /// log(1 + x), precise near zero; −∞ at −1.
  package static func log1p(_ x: Lanes) -> Lanes {
    one(x, ordinary: { isAboveMinusOne($0) }, near: { log1pNear($0) }, far: { log1pFar(&$0) })
  }

  /// The same of one number.
  package static func log1p(_ x: Double) -> Double { log1p(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func log1p(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { isAboveMinusOne($0) }, near: { log1pNear($0) },
      far: { log1pFar(&$0) })
  }
}

extension Elementary {
  /// x = 2ᵏ·m with √½ ≤ m < √2, for positive normal x.
  @inline(__always)
  static func split(_ x: Wide) -> (k: Wide, m: Wide) {
    (glissade_exponent(x), glissade_mantissa(x))
  }

  /// log of x·2⁻ⁱ for positive normal x.
  @inline(__always)
  static func logNear(_ x: Wide, scaledBy i: Wide = .zero) -> Wide {
    let parts = split(x)
    let k = parts.k - i
    let f = parts.m - Wide(repeating: 1)
    let tail = glissade_logarithm_tail(f, k, glissade_logarithm_ratio(f))
    return (f + tail).addingProduct(k, Wide(repeating: 0x1.62e42fefa39efp-1))
  }

  /// Whether all lanes are positive, normal and finite.
  @inline(__always)
  static func allPositiveNormal(_ x: Wide) -> Bool {
    all(
      (x.bits &- WideBits(repeating: 0x0010_0000_0000_0000))
        .< WideBits(repeating: 0x7FE0_0000_0000_0000))
  }

  @inline(never)
  private static func logFar(_ x: inout Wide) {
    let (normal, i) = normalised(x)
    x = atLogarithmsEdges(x, logNear(normal, scaledBy: i))
  }

  /// Denormal lanes times 2⁵⁴, and 54 where that was done.
  @inline(__always)
  static func normalised(_ x: Wide) -> (Wide, Wide) {
    let small = x.size .< Wide(repeating: 0x1p-1022)
    return (
      x.replacing(with: x * Wide(repeating: 0x1p54), where: small),
      Wide.zero.replacing(with: Wide(repeating: 54), where: small)
    )
  }

  /// A logarithm with its values at zero, below, at infinity and at NaN put right.
  @inline(__always)
  static func atLogarithmsEdges(_ x: Wide, _ y: Wide) -> Wide {
    y.replacing(with: Wide(repeating: -.infinity), where: x .== Wide.zero)
      .replacing(with: Wide(repeating: .nan), where: x .< Wide.zero)
      .replacing(with: x + x, where: (x .!= x) .| (x .== Wide(repeating: .infinity)))
  }

  /// log(1 + x) for −1 < x ≤ 2¹⁰⁰⁰.
  @inline(__always)
  static func log1pNear(_ x: Wide) -> Wide { glissade_log1p(x) }

  /// Where 1 + x is positive, and so far from overflow that its inverse is normal.
  @inline(__always)
  private static func aboveMinusOne(_ x: Wide) -> WideMask {
    (x .> Wide(repeating: -1)) .& (x .<= Wide(repeating: 0x1p1000))
  }

  @inline(__always)
  static func isAboveMinusOne(_ x: Wide) -> Bool { all(aboveMinusOne(x)) }

  @inline(never)
  static func log1pFar(_ x: inout Wide) {
    let inside = aboveMinusOne(x)
    let near = log1pNear(Wide.zero.replacing(with: x, where: inside))
    let large = logNear(x.atLeast(1).atMost(.greatestFiniteMagnitude))
    let edge = atLogarithmsEdges(Wide(repeating: 1) + x, large)
    x = edge.replacing(with: near, where: inside)
  }

  @inline(__always)
  static func log2Body(_ x: Wide) -> Wide {
    logarithm(x, base: (0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56), of2: (1, 0))
  }

  @inline(__always)
  static func log10Body(_ x: Wide) -> Wide {
    logarithm(
      x, base: (0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57),
      of2: (0x1.34413509f79ffp-2, -0x1.9dc1da994fd21p-59))
  }

  /// k·(logarithm of 2) + (logarithm of m)·`base`, all in two parts, rounded at the end.
  @inline(__always)
  private static func logarithm(
    _ x: Wide, base: (high: Double, low: Double), of2: (high: Double, low: Double)
  ) -> Wide {
    let (normal, i) = normalised(x)
    let parts = split(normal)
    let k = parts.k - i
    let l = mantissaLogarithm(parts.m)
    let b = DoubleWide(productOf: l.high, Wide(repeating: base.high))
    let bLow = b.low.addingProduct(l.low, Wide(repeating: base.high))
      .addingProduct(l.high, Wide(repeating: base.low))
    let a = DoubleWide(productOf: k, Wide(repeating: of2.high))
    let aLow = a.low.addingProduct(k, Wide(repeating: of2.low))
    let sum = DoubleWide(sumOf: a.high, b.high)
    return atLogarithmsEdges(x, sum.high + (sum.low + (aLow + bLow)))
  }
}
