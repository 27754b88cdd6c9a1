extension Elementary {
  /// The inverse hyperbolic sine.
  package static func asinh(_ x: Lanes) -> Lanes {
    one(x, ordinary: { isWithin($0, 0x1p28) }, near: { asinhNear($0) }, far: { asinhFar(&$0) })
  }

  /// The same of one number.
  package static func asinh(_ x: Double) -> Double { asinh(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func asinh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { isWithin($0, 0x1p28) }, near: { asinhNear($0) },
      far: { asinhFar(&$0) })
  }

  /// The inverse hyperbolic cosine; NaN below 1.
  package static func acosh(_ x: Lanes) -> Lanes {
    one(x, ordinary: { isModerateFromOne($0) }, near: { acoshNear($0) }, far: { acoshFar(&$0) })
  }

  /// The same of one number.
  package static func acosh(_ x: Double) -> Double { acosh(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func acosh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { isModerateFromOne($0) }, near: { acoshNear($0) },
      far: { acoshFar(&$0) })
  }

  /// The inverse hyperbolic tangent; ±∞ at ±1, NaN beyond.
  package static func atanh(_ x: Lanes) -> Lanes {
    one(
      x, ordinary: { isWithin($0, 0x1.fffffffffffffp-1) }, near: { atanhNear($0) },
      far: { atanhFar(&$0) })
  }

  /// The same of one number.
  package static func atanh(_ x: Double) -> Double { atanh(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func atanh(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(
      x, y, count, ordinary: { isWithin($0, 0x1.fffffffffffffp-1) }, near: { atanhNear($0) },
      far: { atanhFar(&$0) })
  }
}

extension Elementary {
  /// log1p(a + a²/(1 + √(a² + 1))) for |x| ≤ 2²⁸.
  @inline(__always)
  private static func asinhNear(_ x: Wide) -> Wide {
    let a = x.size
    let square = a * a
    let one = Wide(repeating: 1)
    return log1pNear(a + square / (one + (one + square).squareRoot())).signed(x.signs)
  }

  @inline(never)
  private static func asinhFar(_ x: inout Wide) {
    let near = asinhNear(x.atMost(0x1p28).atLeast(-0x1p28))
    let far = logarithmOfTwice(x.size).signed(x.signs)
    x = far.replacing(with: near, where: x.size .<= Wide(repeating: 0x1p28))
  }

  /// log 2x, which is what is left of the roots beyond 2²⁸.
  @inline(__always)
  private static func logarithmOfTwice(_ x: Wide) -> Wide {
    let y = logNear(x.atMost(.greatestFiniteMagnitude)) + Wide(repeating: 0x1.62e42fefa39efp-1)
    return y.replacing(with: x + x, where: .!(x .<= Wide(repeating: .greatestFiniteMagnitude)))
  }

  @inline(__always)
  private static func isModerateFromOne(_ x: Wide) -> Bool {
    all((x .>= Wide(repeating: 1)) .& (x .<= Wide(repeating: 0x1p28)))
  }

  /// log1p(t + √(t(t + 2))) with t = x − 1, for 1 ≤ x ≤ 2²⁸.
  @inline(__always)
  private static func acoshNear(_ x: Wide) -> Wide {
    let t = x - Wide(repeating: 1)
    return log1pNear(t + (t * (t + Wide(repeating: 2))).squareRoot())
  }

  @inline(never)
  private static func acoshFar(_ x: inout Wide) {
    let near = acoshNear(x.atMost(0x1p28).atLeast(1))
    x = logarithmOfTwice(x)
      .replacing(with: near, where: x .<= Wide(repeating: 0x1p28))
      .replacing(with: Wide(repeating: .nan), where: x .< Wide(repeating: 1))
  }

  /// (log(1 + a) − log(1 − a))/2 = log1p(2a + 2a²/(1 − a))/2 for |x| < 1.
  @inline(__always)
  private static func atanhNear(_ x: Wide) -> Wide {
    let a = x.size
    let t = a + a
    let y = log1pNear(t.addingProduct(t, a / (Wide(repeating: 1) - a)))
    return (y * Wide(repeating: 0.5)).signed(x.signs)
  }

  @inline(never)
  private static func atanhFar(_ x: inout Wide) {
    let one = Wide(repeating: 1)
    let near = atanhNear(x.replacing(with: Wide.zero, where: .!(x.size .< one)))
    let far = Wide(repeating: .nan)
      .replacing(with: Wide(repeating: .infinity).signed(x.signs), where: x.size .== one)
    x = far.replacing(with: near, where: x.size .< one)
  }
}
