extension Elementary {
  /// The hyperbolic tangent.
  package static func tanh(_ x: Lanes) -> Lanes { tanhBody(x) }

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
  static func tanhBody(_ x: Lanes) -> Lanes {
    // tanh a = E/(E + 2) with E = e^(2a) − 1; from 22 on it is 1.
    let a = x.size.atMost(22)
    let n = NearestIntegers(a, times: 2 * 0x1.71547652b82fep+0)
    let count = n.numbers
    // The low part of ln 2 is added at the end: where n is large, the result is 1 whatever it does.
    let r = (a + a).minus(count, times: 0x1.62e42fefa39efp-1)
    let scale = Lanes(bits: (n.lowBits &<< 52) &+ LaneBits(repeating: 0x3FF0_0000_0000_0000))
    // 2ⁿ − 1 + 2ⁿ·r in two parts: for n = 1 the terms cancel.
    let main = DoubleLanes(sumOf: scale - Lanes(repeating: 1), scale * r)
    let tail = (exponentialTail(r) * (r * r)).minus(count, times: 0x1.abc9e3b39803fp-56)
    let e = main.high + main.low.addingProduct(scale, tail)
    return (e / (e + Lanes(repeating: 2))).signed(x.signs)
  }

  /// (E + E/(E + 1))/2 with E = e^|x| − 1, for |x| ≤ 700.
  @inline(__always)
  private static func sinhNear(_ x: Lanes) -> Lanes {
    let e = expm1Near(x.size)
    let twice = e + e / (e + Lanes(repeating: 1))
    return (twice * Lanes(repeating: 0.5)).signed(x.signs)
  }

  @inline(__always)
  private static func coshNear(_ x: Lanes) -> Lanes {
    let e = expNear(x.size)
    return (e * Lanes(repeating: 0.5)) + Lanes(repeating: 0.5) / e
  }

  @inline(never)
  private static func sinhFar(_ x: inout Lanes) {
    let far = expScaled(x.size, by: -1).signed(x.signs)
    x = far.replacing(
      with: sinhNear(x.atMost(700).atLeast(-700)), where: x.size .<= Lanes(repeating: 700))
  }

  @inline(never)
  private static func coshFar(_ x: inout Lanes) {
    x = expScaled(x.size, by: -1).replacing(
      with: coshNear(x.atMost(700).atLeast(-700)), where: x.size .<= Lanes(repeating: 700))
  }
}
