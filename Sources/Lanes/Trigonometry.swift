internal import CLanes

extension Elementary {
  /// The sine of an angle in radians, of any size; NaN at ±∞.
  package static func sin(_ x: Lanes) -> Lanes {
    one(x) { sinBody($0) }
  }

  /// The same of one number.
  package static func sin(_ x: Double) -> Double { sin(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func sin(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    rows(x, count) { at, sin, _, half in store(sin, y + at, half: half) }
  }

  /// The cosine of an angle in radians, of any size; NaN at ±∞.
  package static func cos(_ x: Lanes) -> Lanes {
    one(x) { cosBody($0) }
  }

  /// The same of one number.
  package static func cos(_ x: Double) -> Double { cos(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func cos(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    rows(x, count) { at, _, cos, half in store(cos, y + at, half: half) }
  }

  /// The tangent of an angle in radians, of any size; NaN at ±∞.
  package static func tan(_ x: Lanes) -> Lanes {
    one(x) { tanBody($0) }
  }

  /// The same of one number.
  package static func tan(_ x: Double) -> Double { tan(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func tan(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    rows(x, count) { at, sin, cos, half in store(sin / cos, y + at, half: half) }
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
    rows(x, count) { at, s, c, half in
      store(s, sin + at, half: half)
      store(c, cos + at, half: half)
    }
  }

  /// Gives `body` sine and cosine of sixteen numbers after the other; at the end of an odd number
  /// of lanes, of eight.
  ///
  /// The first loop makes no call, so that its constants stay in registers, and ends where a lane
  /// needs more care.
  @inline(__always)
  private static func rows(
    _ x: UnsafePointer<Double>, _ count: Int,
    _ body: (_ at: Int, _ sin: Wide, _ cos: Wide, _ half: Bool) -> Void
  ) {
    precondition(count & 7 == 0, "\(count) numbers do not fill whole lanes")
    let paired = count & ~15
    var start = 0
    while start < paired {
      let v = loadWide(x + start)
      if glissade_any_sign(glissade_sincos_far(v)) != 0 { break }
      body(start, glissade_sin(v), glissade_cos(v), false)
      start &+= 16
    }
    while start < paired {
      let both = sincosWide(loadWide(x + start))
      body(start, both.sin, both.cos, false)
      start &+= 16
    }
    if start < count {
      let last = load(x + start)
      let both = sincosWide(glissade_join(last, last))
      body(start, both.sin, both.cos, true)
    }
  }

  /// Sixteen numbers into memory, or the first eight of them.
  @inline(__always)
  private static func store(_ wide: Wide, _ y: UnsafeMutablePointer<Double>, half: Bool) {
    if half { store(glissade_first(wide), y) } else { store(wide, y) }
  }

  @inline(__always)
  private static func sinBody(_ x: Wide) -> Wide { sincosWide(x).sin }

  @inline(__always)
  private static func cosBody(_ x: Wide) -> Wide { sincosWide(x).cos }

  @inline(__always)
  private static func tanBody(_ x: Wide) -> Wide {
    let both = sincosWide(x)
    return both.sin / both.cos
  }

  /// Cody and Waite's reduction with π/2 in two parts, where they are enough; lanes that need more
  /// are put right.
  @inline(__always)
  private static func sincosWide(_ x: Wide) -> (sin: Wide, cos: Wide) {
    var sin = glissade_sin(x)
    var cos = glissade_cos(x)
    var far = glissade_sincos_far(x)
    if glissade_any_sign(far) == 0 { return (sin, cos) }
    var x = x
    replaceFar(&x, &far, &sin, &cos)
    return (sin, cos)
  }

  /// Puts sine and cosine right where `far` is negative; everything is passed in memory, where
  /// vectors stay whole.
  @inline(never)
  private static func replaceFar(
    _ x: inout Wide, _ far: inout WideBits, _ sin: inout Wide, _ cos: inout Wide
  ) {
    let angle = reduceFar(x)
    let s = sineNear(angle)
    let c = cosineNear(angle)
    let mask = glissade_sign_mask(far)
    sin = glissade_choose_wide(mask, sin, sine(angle, x, s, c))
    cos = glissade_choose_wide(mask, cos, cosine(angle, s, c))
  }

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
