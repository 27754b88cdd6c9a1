extension Elementary {
  /// The arc tangent, in −π/2 … π/2.
  package static func atan(_ x: Lanes) -> Lanes { one(x) { atanBody($0) } }

  /// The same of one number.
  package static func atan(_ x: Double) -> Double { atan(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func atan(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { atanBody($0) }
  }

  /// The arc sine, in −π/2 … π/2; NaN outside −1 … 1.
  package static func asin(_ x: Lanes) -> Lanes { one(x) { asinBody($0) } }

  /// The same of one number.
  package static func asin(_ x: Double) -> Double { asin(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func asin(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { asinBody($0) }
  }

  /// The arc cosine, in 0 … π; NaN outside −1 … 1.
  package static func acos(_ x: Lanes) -> Lanes { one(x) { acosBody($0) } }

  /// The same of one number.
  package static func acos(_ x: Double) -> Double { acos(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func acos(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { acosBody($0) }
  }
}

extension Elementary {
  /// (atan t − t) / t for |t| ≤ tan(π/8), times t.
  @inline(__always)
  private static func arcTangentTail(_ t: Wide) -> Wide {
    let z = t * t
    let z2 = z * z
    let z4 = z2 * z2
    let p0 = Wide.polynomial(
      -0x1.5555555555554p-2, 0x1.9999999999583p-3, -0x1.249249246f499p-3, 0x1.c71c71b44e444p-4,
      at: z, z2)
    let p4 = Wide.polynomial(
      -0x1.745d144e6d42ep-4, 0x1.3b1364bf7c1c8p-4, -0x1.110be859152c4p-4, 0x1.e16779ba4c4d4p-5,
      at: z, z2)
    let p8 = Wide.polynomial(
      -0x1.ab3a3707a45fdp-5, 0x1.6fdda2100995dp-5, -0x1.0fc3fba3b0e8fp-5, 0x1.e805b0a664aeep-7,
      at: z, z2)
    let p = p0.addingProduct(p4.addingProduct(p8, z4), z4)
    return p * z * t
  }

  /// The arc tangent of `y`/`x`, neither negative, whose sum and quotient stay in range.
  @inline(__always)
  private static func arcTangent(_ y: Wide, over x: Wide) -> Wide {
    // atan(y/x) = π/4 + atan((y − x)/(y + x)) = π/2 − atan(x/y): the quotient that is smallest is
    // taken.
    let large = y .> x * Wide(repeating: 0x1.3504f333f9de6p+1)
    let middle = y .> x * Wide(repeating: 0x1.a827999fcef32p-2)
    let sum = DoubleWide(anyOrder: y, x)
    let difference = DoubleWide(anyOrder: y, x.negated)
    let above =
      y
      .replacing(with: difference.high, where: middle)
      .replacing(with: x.negated, where: large)
    let below =
      x
      .replacing(with: sum.high, where: middle)
      .replacing(with: y, where: large)
    // The quotient in two parts, with what sum and difference lost.
    let between = middle .& .!large
    let inverse = Wide(repeating: 1) / below
    let t = above * inverse
    let lost = Wide.zero.replacing(
      with: difference.low.addingProduct(t.negated, sum.low), where: between)
    let tLow = (above.addingProduct(t.negated, below) + lost) * inverse
    let high = Wide.zero
      .replacing(with: Wide(repeating: 0x1.921fb54442d18p-1), where: middle)
      .replacing(with: Wide(repeating: 0x1.921fb54442d18p+0), where: large)
    let low = Wide.zero
      .replacing(with: Wide(repeating: 0x1.1a62633145c07p-55), where: middle)
      .replacing(with: Wide(repeating: 0x1.1a62633145c07p-54), where: large)
    let main = DoubleWide(sumOf: high, t)
    return main.high + (main.low + (low + (tLow + arcTangentTail(t))))
  }

  @inline(__always)
  static func atanBody(_ x: Wide) -> Wide {
    // From 2⁶⁰ on the result is π/2.
    arcTangent(x.size.atMost(0x1p60), over: Wide(repeating: 1)).signed(x.signs)
  }

  /// The angle of the point (x, y), in −π … π: atan(y/x) in the right quadrant.
  package static func atan2(_ y: Lanes, _ x: Lanes) -> Lanes {
    one(y, x, ordinary: { _, _ in true }, near: { atan2Body($0, $1) }, far: { _, _ in })
  }

  /// The same of one point.
  package static func atan2(_ y: Double, _ x: Double) -> Double {
    atan2(Lanes(repeating: y), Lanes(repeating: x))[0]
  }

  /// The same of rows into `z`; `count` is a multiple of eight, `z` may be either row.
  package static func atan2(
    _ y: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>,
    count: Int
  ) {
    row(
      y, x, z, count, ordinary: { _, _ in true }, near: { atan2Body($0, $1) }, far: { _, _ in })
  }

  @inline(__always)
  private static func atan2Body(_ y: Wide, _ x: Wide) -> Wide {
    // An infinite side makes the other nothing; two are a diagonal.
    let infinity = Wide(repeating: .infinity)
    let one = Wide(repeating: 1)
    let isFinite = (x.size .< infinity) .& (y.size .< infinity)
    let ay = Wide.zero.replacing(with: one, where: y.size .== infinity)
      .replacing(with: y.size, where: isFinite)
    let ax = Wide.zero.replacing(with: one, where: x.size .== infinity)
      .replacing(with: x.size, where: isFinite)
    // Sizes near the ends of the range are moved, so that neither sum nor inverse leaves it.
    let larger = ax.replacing(with: ay, where: ay .> ax)
    let scale = Wide(repeating: 1)
      .replacing(with: Wide(repeating: 0x1p-100), where: larger .> Wide(repeating: 0x1p900))
      .replacing(with: Wide(repeating: 0x1p200), where: larger .< Wide(repeating: 0x1p-800))
    let bothZero = larger .== Wide.zero
    let divisor = (ax * scale).replacing(with: Wide(repeating: 1), where: bothZero)
    let angle = arcTangent(ay * scale, over: divisor)
    let behind =
      (Wide(repeating: 0x1.921fb54442d18p+1) - angle)
      + Wide(repeating: 0x1.1a62633145c07p-53)
    let isBehind = x.signs .!= WideBits(repeating: 0)
    return angle.replacing(with: behind, where: isBehind).signed(y.signs)
      .replacing(with: x + y, where: (x .!= x) .| (y .!= y))
  }

  /// (asin t − t) for |t| ≤ ½, given t².
  @inline(__always)
  private static func arcSineTail(_ t: Wide, _ z: Wide) -> Wide {
    let z2 = z * z
    let z4 = z2 * z2
    let p0 = Wide.polynomial(
      0x1.5555555555578p-3, 0x1.333333332df1ep-4, 0x1.6db6db722ad16p-5, 0x1.f1c71a8be0d33p-6, at: z,
      z2)
    let p4 = Wide.polynomial(
      0x1.6e8bdfde0059fp-6, 0x1.1c49deac04ca8p-6, 0x1.ca21330689898p-7, 0x1.757823ea7ac8ap-7, at: z,
      z2)
    let p8 = Wide.polynomial(
      0x1.61873d0ca4de2p-7, 0x1.e192a369aa0bap-9, 0x1.64f068e307882p-6, -0x1.59dc9b798b7d9p-6,
      at: z, z2)
    let p12 = Wide(repeating: 0x1.0bdc0012ac8e8p-5)
    let z8 = z4 * z4
    let p = p0.addingProduct(p4, z4)
      .addingProduct(p8.addingProduct(p12, z4), z8)
    return p * z * t
  }

  /// s = √z in two parts.
  @inline(__always)
  private static func rootInTwo(_ z: Wide) -> DoubleWide {
    let s = z.squareRoot()
    let twice = (s + s).replacing(with: Wide(repeating: 1), where: z .== Wide.zero)
    return DoubleWide(high: s, low: z.addingProduct(s.negated, s) / twice)
  }

  @inline(__always)
  static func asinBody(_ x: Wide) -> Wide {
    // Above ½: asin a = π/2 − 2·asin √((1 − a)/2).
    let a = x.size
    let half = Wide(repeating: 0.5)
    let z = half - a * half
    let s = rootInTwo(z)
    let far = s.low + arcSineTail(s.high, z)
    let main = DoubleWide(sumOf: Wide(repeating: 0x1.921fb54442d18p+0), (s.high + s.high).negated)
    let large = main.high + (main.low + (Wide(repeating: 0x1.1a62633145c07p-54) - (far + far)))
    let near = a + arcSineTail(a, a * a)
    return near.replacing(with: large, where: a .> half).signed(x.signs)
  }

  @inline(__always)
  static func acosBody(_ x: Wide) -> Wide {
    let a = x.size
    let half = Wide(repeating: 0.5)
    let z = half - a * half
    let s = rootInTwo(z)
    let far = s.low + arcSineTail(s.high, z)
    let twice = s.high + s.high
    let right = twice + (far + far)
    let turned = DoubleWide(sumOf: Wide(repeating: 0x1.921fb54442d18p+1), twice.negated)
    let left = turned.high + (turned.low + (Wide(repeating: 0x1.1a62633145c07p-53) - (far + far)))
    let outer = right.replacing(with: left, where: x .< Wide.zero)
    let main = DoubleWide(sumOf: Wide(repeating: 0x1.921fb54442d18p+0), x.negated)
    let inner =
      main.high + (main.low + (Wide(repeating: 0x1.1a62633145c07p-54) - arcSineTail(x, x * x)))
    let isOuter = a .> half
    return inner.replacing(with: outer, where: isOuter).replacing(with: x + x, where: x .!= x)
  }
}
