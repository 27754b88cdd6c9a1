extension Elementary {
  /// The inverse hyperbolic sine.
  package static func asinh(_ x: Lanes) -> Lanes { asinhBody(x) }

  /// The same of one number.
  package static func asinh(_ x: Double) -> Double { asinh(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func asinh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { asinhBody($0) }
  }

  /// The inverse hyperbolic cosine; NaN below 1.
  package static func acosh(_ x: Lanes) -> Lanes { acoshBody(x) }

  /// The same of one number.
  package static func acosh(_ x: Double) -> Double { acosh(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func acosh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { acoshBody($0) }
  }

  /// The inverse hyperbolic tangent; ±∞ at ±1, NaN beyond.
  package static func atanh(_ x: Lanes) -> Lanes { atanhBody(x) }

  /// The same of one number.
  package static func atanh(_ x: Double) -> Double { atanh(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func atanh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { atanhBody($0) }
  }
}

extension Elementary {
  @inline(__always)
  static func asinhBody(_ x: Lanes) -> Lanes {
    let a = x.size
    let square = a.atMost(0x1p28) * a.atMost(0x1p28)
    let one = Lanes(repeating: 1)
    let near = log1pBody(a.atMost(0x1p28) + square / (one + (one + square).squareRoot()))
    return withLargeArguments(a, near).signed(x.signs)
  }

  /// log a + ln 2 where a is beyond 2²⁸, or NaN; `near` elsewhere.
  @inline(__always)
  private static func withLargeArguments(_ a: Lanes, _ near: Lanes) -> Lanes {
    if all(a .<= Lanes(repeating: 0x1p28)) { return near }
    return largeArguments(a, near)
  }

  @inline(never)
  private static func largeArguments(_ a: Lanes, _ near: Lanes) -> Lanes {
    let far = log(a) + Lanes(repeating: 0x1.62e42fefa39efp-1)
    return far.replacing(with: near, where: a .<= Lanes(repeating: 0x1p28))
  }

  @inline(__always)
  static func acoshBody(_ x: Lanes) -> Lanes {
    let t = x.atMost(0x1p28) - Lanes(repeating: 1)
    let near = log1pBody(t + (t * (t + Lanes(repeating: 2))).squareRoot())
    return withLargeArguments(x, near)
      .replacing(with: Lanes(repeating: .nan), where: x .< Lanes(repeating: 1))
  }

  @inline(__always)
  static func atanhBody(_ x: Lanes) -> Lanes {
    // (log(1 + a) − log(1 − a))/2 = log1p(2a + 2a²/(1 − a))/2.
    let a = x.size
    let t = a + a
    let one = Lanes(repeating: 1)
    let y = log1pBody(t.addingProduct(t, a / (one - a)))
    let half = y * Lanes(repeating: 0.5)
    return half.replacing(with: Lanes(repeating: .nan), where: a .> one).signed(x.signs)
  }
}
