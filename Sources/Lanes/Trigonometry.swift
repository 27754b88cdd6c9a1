internal import CLanes

extension Elementary {
  /// The sine of an angle in radians, of any size; NaN at ±∞.
  package static func sin(_ x: Lanes) -> Lanes {
    one(
      x, ordinary: { isWithin($0, 0x1p30) }, near: { sin($0, reduceNear($0)) }, far: { sinFar(&$0) }
    )
  }

  /// The same of one number.
  package static func sin(_ x: Double) -> Double { sin(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func sin(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { isWithin($0, 0x1p30) }, near: { sin($0, reduceNear($0)) },
      far: { sinFar(&$0) })
  }

  /// The cosine of an angle in radians, of any size; NaN at ±∞.
  package static func cos(_ x: Lanes) -> Lanes {
    one(
      x, ordinary: { isWithin($0, 0x1p30) }, near: { cos($0, reduceNear($0)) }, far: { cosFar(&$0) }
    )
  }

  /// The same of one number.
  package static func cos(_ x: Double) -> Double { cos(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func cos(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { isWithin($0, 0x1p30) }, near: { cos($0, reduceNear($0)) },
      far: { cosFar(&$0) })
  }

  /// The tangent of an angle in radians, of any size; NaN at ±∞.
  package static func tan(_ x: Lanes) -> Lanes {
    one(
      x, ordinary: { isWithin($0, 0x1p30) }, near: { tan($0, reduceNear($0)) }, far: { tanFar(&$0) }
    )
  }

  /// The same of one number.
  package static func tan(_ x: Double) -> Double { tan(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func tan(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { isWithin($0, 0x1p30) }, near: { tan($0, reduceNear($0)) },
      far: { tanFar(&$0) })
  }
}

extension Elementary {
  /// The sine and the cosine of eight numbers, for little more than the price of one.
  package static func sincos(_ x: Lanes) -> (sin: Lanes, cos: Lanes) {
    let both = sincosWide(glissade_join(x, x))
    return (glissade_first(both.sin), glissade_first(both.cos))
  }

  /// The same of one number.
  package static func sincos(_ x: Double) -> (sin: Double, cos: Double) {
    let both = sincos(Lanes(repeating: x))
    return (both.sin[0], both.cos[0])
  }

  /// The same of a row; `count` is a multiple of eight, either result may be written over `x`.
  package static func sincos(
    _ x: UnsafePointer<Double>, sin: UnsafeMutablePointer<Double>,
    cos: UnsafeMutablePointer<Double>, count: Int
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    let paired = count & ~15
    var start = 0
    while start < paired {
      let both = sincosWide(loadWide(x + start))
      store(both.sin, sin + start)
      store(both.cos, cos + start)
      start &+= 16
    }
    if start < count {
      let both = sincos(load(x + start))
      store(both.sin, sin + start)
      store(both.cos, cos + start)
    }
  }

  @inline(__always)
  private static func sincosWide(_ x: Wide) -> (sin: Wide, cos: Wide) {
    if isWithin(x, 0x1p30) { return sincos(x, reduceNear(x)) }
    var s = x
    var c = x
    sinFar(&s)
    cosFar(&c)
    return (s, c)
  }

  @inline(__always)
  private static func sincos(_ x: Wide, _ angle: ReducedAngle) -> (sin: Wide, cos: Wide) {
    let s = sineNear(angle)
    let c = cosineNear(angle)
    return (sine(angle, x, s, c), cosine(angle, s, c))
  }

  @inline(__always)
  private static func sin(_ x: Wide, _ angle: ReducedAngle) -> Wide { sincos(x, angle).sin }

  @inline(__always)
  private static func cos(_ x: Wide, _ angle: ReducedAngle) -> Wide { sincos(x, angle).cos }

  @inline(__always)
  private static func tan(_ x: Wide, _ angle: ReducedAngle) -> Wide {
    let both = sincos(x, angle)
    return both.sin / both.cos
  }

  @inline(never)
  private static func sinFar(_ x: inout Wide) { x = sin(x, reduceFar(x)) }

  @inline(never)
  private static func cosFar(_ x: inout Wide) { x = cos(x, reduceFar(x)) }

  @inline(never)
  private static func tanFar(_ x: inout Wide) { x = tan(x, reduceFar(x)) }

  @inline(__always)
  private static func sine(_ angle: ReducedAngle, _ x: Wide, _ s: Wide, _ c: Wide) -> Wide {
    let y = s.replacing(with: c, where: angle.isOdd)
    let signs = (angle.quarters &<< 62) & WideBits(repeating: 0x8000_0000_0000_0000)
    return Wide(bits: y.bits ^ signs).replacing(with: x, where: x .== Wide.zero)
  }

  @inline(__always)
  private static func cosine(_ angle: ReducedAngle, _ s: Wide, _ c: Wide) -> Wide {
    let y = c.replacing(with: s, where: angle.isOdd)
    let next = angle.quarters &+ WideBits(repeating: 1)
    let signs = (next &<< 62) & WideBits(repeating: 0x8000_0000_0000_0000)
    return Wide(bits: y.bits ^ signs)
  }

  /// The sine of an angle within ±π/4 (a little more does no harm).
  @inline(__always)
  private static func sineNear(_ angle: ReducedAngle) -> Wide {
    let r = angle.rest.high
    let z = r * r
    let z2 = z * z
    let z4 = z2 * z2
    let p0 = Wide.polynomial(
      -0x1.5555555555549p-3, 0x1.111111110f8a4p-7, -0x1.a01a019c15afdp-13, 0x1.71de357aa54efp-19,
      at: z, z2)
    let p4 = Wide.polynomial(-0x1.ae5e6831c9defp-26, 0x1.5d9380e6afc4fp-33, at: z)
    let p = p0.addingProduct(p4, z4)
    // sin(r + e) = sin r + e·cos r, and e·(1 − r²/2) is near enough.
    let e = angle.rest.low
    let correction = e.addingProduct(e * z, Wide(repeating: -0.5))
    return r + correction.addingProduct(p * z, r)
  }

  /// The cosine of an angle within ±π/4.
  @inline(__always)
  private static func cosineNear(_ angle: ReducedAngle) -> Wide {
    let r = angle.rest.high
    let z = r * r
    let z2 = z * z
    let z4 = z2 * z2
    let p0 = Wide.polynomial(
      0x1.555555555554cp-5, -0x1.6c16c16c1521dp-10, 0x1.a01a019cbf0d6p-16, -0x1.27e4f81265649p-22,
      at: z, z2)
    let p4 = Wide.polynomial(0x1.1ee9f110be7d3p-29, -0x1.8fb10a3584763p-37, at: z)
    let p = p0.addingProduct(p4, z4)
    let half = z * Wide(repeating: 0.5)
    let one = Wide(repeating: 1)
    let w = one - half
    let lost = (one - w) - half
    // cos(r + e) = cos r − e·r.
    let correction = (lost.addingProduct(angle.rest.low.negated, r)).addingProduct(p * z, z)
    return w + correction
  }
}
