extension Elementary {
  /// The hyperbolic tangent.
  package static func tanh(_ x: Lanes) -> Lanes { one(x) { tanhBody($0) } }

  /// The same of one number.
  package static func tanh(_ x: Double) -> Double { tanh(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func tanh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { tanhBody($0) }
  }

  /// The hyperbolic sine.
  package static func sinh(_ x: Lanes) -> Lanes {
    one(x, ordinary: { isWithin($0, 700) }, near: { sinhNear($0) }, far: { sinhFar(&$0) })
  }

  /// The same of one number.
  package static func sinh(_ x: Double) -> Double { sinh(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func sinh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count, ordinary: { isWithin($0, 700) }, near: { sinhNear($0) }, far: { sinhFar(&$0) })
  }

  /// The hyperbolic cosine.
  package static func cosh(_ x: Lanes) -> Lanes {
    one(x, ordinary: { isWithin($0, 700) }, near: { coshNear($0) }, far: { coshFar(&$0) })
  }

  /// The same of one number.
  package static func cosh(_ x: Double) -> Double { cosh(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func cosh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count, ordinary: { isWithin($0, 700) }, near: { coshNear($0) }, far: { coshFar(&$0) })
  }
}

extension Elementary {
  @inline(__always)
  static func tanhBody(_ x: Wide) -> Wide {
    // tanh a = E/(E + 2) with E = e^(2a) − 1; from 22 on it is 1. With a = n·ln 2/2 + s,
    // E = 2ⁿ − 1 + 2ⁿ⁺¹·p, p = (e^(2s) − 1)/2. For n = 1 the terms cancel; taking n = 0 a little further
    // than the nearest integer keeps E above ½ and p below ¼ there, so that little is lost.
    let a = x.size.atMost(22)
    let n = NearestIntegers(a.times(Wide(repeating: 2 * 0x1.71547652b82fep+0), plus: -0.139))
    let count = n.numbers
    let s = a.minus(count, times: 0x1.62e42fefa39efp-2)
    var q = Wide(repeating: 0x1.d38b29844f644p-16)
    q = q.times(s, plus: 0x1.27944a6cba7e6p-13)
    q = q.times(s, plus: 0x1.71d4b5d6bfca2p-11)
    q = q.times(s, plus: 0x1.a01a4ac71b2b0p-9)
    q = q.times(s, plus: 0x1.a01a033db9851p-7)
    q = q.times(s, plus: 0x1.6c16c15dbef80p-5)
    q = q.times(s, plus: 0x1.11111110f5f11p-3)
    q = q.times(s, plus: 0x1.555555555709cp-2)
    q = q.times(s, plus: 0x1.555555555557ap-1)
    q = q.times(s, plus: 0x1.ffffffffffffep-1)
    let p = s.minus(count, times: 0x1.abc9e3b39803fp-57).addingProduct(q, s * s)
    // 2ⁿ − 1 by an addition: multipliers are what this function waits for, adders stand idle.
    let exponent = n.lowBits &<< 52
    let head =
      Wide(bits: exponent &+ WideBits(repeating: 0x3FF0_0000_0000_0000)) - Wide(repeating: 1)
    let twice = Wide(bits: exponent &+ WideBits(repeating: 0x4000_0000_0000_0000))
    let e = head.addingProduct(twice, p)
    return (e / (e + Wide(repeating: 2))).signed(x.signs)
  }

  /// (E + E/(E + 1))/2 with E = e^|x| − 1, for |x| ≤ 700.
  @inline(__always)
  private static func sinhNear(_ x: Wide) -> Wide {
    let e = expm1Near(x.size)
    // What E + 1 loses would show in the quotient; with q = E/(E + 1), 1/(E + 1) is 1 − q.
    let one = Wide(repeating: 1)
    let below = DoubleWide(anyOrder: one, e)
    let q = e / below.high
    let twice = e + q.addingProduct(q * below.low, q - one)
    return (twice * Wide(repeating: 0.5)).signed(x.signs)
  }

  @inline(__always)
  private static func coshNear(_ x: Wide) -> Wide {
    let e = expNear(x.size)
    return (e * Wide(repeating: 0.5)) + Wide(repeating: 0.5) / e
  }

  @inline(never)
  private static func sinhFar(_ x: inout Wide) {
    let far = expScaled(x.size, by: -1).signed(x.signs)
    x = far.replacing(
      with: sinhNear(x.atMost(700).atLeast(-700)), where: x.size .<= Wide(repeating: 700))
  }

  @inline(never)
  private static func coshFar(_ x: inout Wide) {
    x = expScaled(x.size, by: -1).replacing(
      with: coshNear(x.atMost(700).atLeast(-700)), where: x.size .<= Wide(repeating: 700))
  }
}
