internal import CLanes

extension Elementary {
  /// eˣ.
  package static func exp(_ x: Lanes) -> Lanes {
    one(x, ordinary: { isWithin($0, 708) }, near: { expNear($0) }, far: { expFar(&$0) })
  }

  /// The same of one number.
  package static func exp(_ x: Double) -> Double { exp(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func exp(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count, ordinary: { isWithin($0, 708) }, near: { expNear($0) }, far: { expFar(&$0) })
  }

  /// 2ˣ; exact at integers.
  package static func exp2(_ x: Lanes) -> Lanes { one(x) { exp2Body($0) } }

  /// The same of one number.
  package static func exp2(_ x: Double) -> Double { exp2(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func exp2(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { exp2Body($0) }
  }

  /// eˣ − 1, precise near zero.
  package static func expm1(_ x: Lanes) -> Lanes {
    one(x, ordinary: { isWithin($0, 708) }, near: { expm1Near($0) }, far: { expm1Far(&$0) })
  }

  /// The same of one number.
  package static func expm1(_ x: Double) -> Double { expm1(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func expm1(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { isWithin($0, 708) }, near: { expm1Near($0) }, far: { expm1Far(&$0) })
  }
}

extension Elementary {
  /// (eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2.
  @inline(__always)
  static func exponentialTail(_ r: Wide) -> Wide {
    var p = Wide(repeating: 0x1.af634d4a2fc31p-26)
    p = p.times(r, plus: 0x1.28919ce8d2df4p-22)
    p = p.times(r, plus: 0x1.71ddf6a19bd88p-19)
    p = p.times(r, plus: 0x1.a019b8f953552p-16)
    p = p.times(r, plus: 0x1.a01a01b012ae8p-13)
    p = p.times(r, plus: 0x1.6c16c17890f9ep-10)
    p = p.times(r, plus: 0x1.111111110f7f6p-7)
    p = p.times(r, plus: 0x1.5555555553d56p-5)
    p = p.times(r, plus: 0x1.5555555555558p-3)
    p = p.times(r, plus: 0x1.0000000000001p-1)
    return p
  }

  /// p·2ⁿ where neither p nor the result is denormal.
  @inline(__always)
  static func scaled(_ p: Wide, _ n: NearestIntegers) -> Wide {
    Wide(bits: p.bits &+ (n.lowBits &<< 52))
  }

  /// p·2ⁿ for any |n| < 2044, in two steps of which only the second can round.
  @inline(__always)
  static func scaledFar(_ p: Wide, by n: WideBits) -> Wide {
    let half = (n &+ WideBits(repeating: 4096)) &>> 1 &- WideBits(repeating: 2048)
    let first = (half &+ WideBits(repeating: 1023)) &<< 52
    let second = (n &- half &+ WideBits(repeating: 1023)) &<< 52
    return p * Wide(bits: first) * Wide(bits: second)
  }

  /// eˣ for |x| ≤ 708: a power of 2^(1/16) from a table, in two parts, times a short polynomial
  /// (Tang 1989).
  @inline(__always)
  static func expNear(_ x: Wide) -> Wide { glissade_exp(x) }

  /// Whether no lane exceeds `limit` in size or is NaN.
  @inline(__always)
  static func isWithin(_ x: Wide, _ limit: Double) -> Bool { glissade_within(x, limit) != 0 }

  /// eˣ·2ⁱ for any x.
  @inline(__always)
  static func expScaled(_ x: Wide, by power: Int64) -> Wide {
    let clamped = x.atMost(720).atLeast(-760)
    let k = glissade_exp_sixteenths(clamped)
    let mantissa = glissade_exp_mantissa(clamped, k)
    // What stands below the point of sixteenths falls off; the offset keeps the number positive
    // meanwhile.
    let offset: UInt64 = 1 << 40
    let sixteenths = k &- WideBits(repeating: 0x4338_0000_0000_0000 - offset)
    let shift = WideBits(repeating: UInt64(bitPattern: power) &- offset >> 4)
    let y = scaledFar(mantissa, by: (sixteenths &>> 4) &+ shift)
    return y.replacing(with: x + x, where: x .!= x)
  }

  /// eˣ for any x; in place because vectors in memory stay whole.
  @inline(never)
  static func expFar(_ x: inout Wide) { x = expScaled(x, by: 0) }

  @inline(__always)
  static func exp2Body(_ x: Wide) -> Wide {
    // 2ˣ = 2ⁿ·e^(ln 2·(x − n)); the difference is exact, and the product is kept in two parts.
    let clamped = x.atMost(1100).atLeast(-1100)
    let n = NearestIntegers(clamped)
    let f = clamped - n.numbers
    let r = f * Wide(repeating: 0x1.62e42fefa39efp-1)
    let rest = r.negated.addingProduct(f, Wide(repeating: 0x1.62e42fefa39efp-1))
      .addingProduct(f, Wide(repeating: 0x1.abc9e3b39803fp-56))
    let p = (exponentialTail(r) * r).times(r, plus: rest)
    let y = scaledFar(Wide(repeating: 1) + (r + p), by: n.integers)
    return y.replacing(with: x + x, where: x .!= x)
  }

  /// eˣ − 1 for |x| ≤ 708.
  @inline(__always)
  static func expm1Near(_ x: Wide) -> Wide {
    // 2ⁿ − 1 + 2ⁿ·r is kept in two parts: for n = ±1 the two terms cancel.
    let n = NearestIntegers(x, times: 0x1.71547652b82fep+0)
    let high = x.minus(n.numbers, times: 0x1.62e42fefa39efp-1)
    let r = high.minus(n.numbers, times: 0x1.abc9e3b39803fp-56)
    let lost = (high - r).minus(n.numbers, times: 0x1.abc9e3b39803fp-56)
    let scale = scaled(Wide(repeating: 1), n)
    let head = scale - Wide(repeating: 1)
    let main = DoubleWide(sumOf: head, scale * r)
    let tail = lost.addingProduct(exponentialTail(r) * r, r)
    return (main.high + main.low.addingProduct(scale, tail)).signed(x.signs)
  }

  @inline(never)
  private static func expm1Far(_ x: inout Wide) {
    let near = expm1Near(x.atMost(708).atLeast(-708))
    x = near.replacing(with: expScaled(x, by: 0), where: x .> Wide(repeating: 708))
      .replacing(with: x + x, where: x .!= x)
  }
}
