internal import CLanes

extension Elementary {
  /// The hyperbolic tangent.
  package static func tanh(_ x: Lanes) -> Lanes { one(x) { glissade_tanh($0) } }

  /// The same of one number.
  package static func tanh(_ x: Double) -> Double { tanh(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func tanh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { glissade_tanh($0) }
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
