extension Elementary {
  /// xʸ lane by lane, with all the special values of the C standard (Annex F.10.4.4).
  package static func pow(_ x: Lanes, _ y: Lanes) -> Lanes {
    one(
      x, y, ordinary: { isOrdinaryPower($0, $1) }, near: { powNear($0, $1) },
      far: { powFar(&$0, &$1) })
  }

  /// The same of two numbers.
  package static func pow(_ x: Double, _ y: Double) -> Double {
    pow(Lanes(repeating: x), Lanes(repeating: y))[0]
  }

  /// The same of rows into `z`; `count` is a multiple of eight, `z` may be either row.
  package static func pow(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>,
    count: Int
  ) {
    row(
      x, y, z, count, ordinary: { isOrdinaryPower($0, $1) }, near: { powNear($0, $1) },
      far: { powFar(&$0, &$1) })
  }
}

extension Elementary {
  /// log m for √½ ≤ m < √2 in two parts, to 2⁻⁶⁶ of its size.
  ///
  /// log m = 2·atanh s with s = (m − 1)/(m + 1); s, s² and the first term of the series in two
  /// parts.
  @inline(__always)
  static func mantissaLogarithm(_ m: Wide) -> DoubleWide {
    let f = m - Wide(repeating: 1)
    let two = Wide(repeating: 2)
    let below = two + f
    let belowLow = f - (below - two)
    let inverse = Wide(repeating: 1) / below
    let s = f * inverse
    let rest = f.addingProduct(s.negated, below).addingProduct(s.negated, belowLow)
    let sLow = rest * inverse
    let square = DoubleWide(productOf: s, s)
    let squareLow = square.low.addingProduct(s + s, sLow)
    let z = square.high
    let z2 = z * z
    let z4 = z2 * z2
    let p0 = Wide.polynomial(
      0x1.999999999999ap-3, 0x1.249249249237ep-3, 0x1.c71c71c742d77p-4, 0x1.745d172f1c7b7p-4, at: z,
      z2)
    let p4 = Wide.polynomial(
      0x1.3b13b9287f23bp-4, 0x1.110f5cb68f3c3p-4, 0x1.e255954c9f54dp-5, 0x1.a6196ea0914dep-5, at: z,
      z2)
    let p8 = Wide(repeating: 0x1.e4fe088e0f1c5p-5)
    let p = p0.addingProduct(p4.addingProduct(p8, z4), z4)
    let series = DoubleWide(sumOf: Wide(repeating: 0x1.5555555555555p-2), p * z)
    let seriesLow = series.low + Wide(repeating: 0x1.554c1e5366208p-56)
    let u = DoubleWide(productOf: z, series.high)
    let uLow = u.low.addingProduct(z, seriesLow).addingProduct(squareLow, series.high)
    let v = DoubleWide(productOf: s, u.high)
    let vLow = v.low.addingProduct(s, uLow).addingProduct(sLow, u.high)
    let sum = DoubleWide(sumOf: s, v.high)
    let low = sum.low + (vLow + sLow)
    return DoubleWide(high: sum.high + sum.high, low: low + low)
  }

  /// xʸ for positive normal x, with x·2⁻ⁱ for x, and any finite y.
  @inline(__always)
  private static func powNear(_ x: Wide, _ y: Wide, scaledBy i: Wide = .zero) -> Wide {
    let parts = split(x)
    let k = parts.k - i
    let l = mantissaLogarithm(parts.m)
    let whole = DoubleWide(productOf: k, Wide(repeating: 0x1.62e42fefa39efp-1))
    let wholeLow = whole.low.addingProduct(k, Wide(repeating: 0x1.abc9e3b39803fp-56))
    let sum = DoubleWide(sumOf: whole.high, l.high)
    let high = sum.high
    let low = sum.low + (wholeLow + l.low)
    // y·log x, in two parts; beyond ±800 the result is 0 or ∞ whatever the low part.
    let product = y * high
    let productLow = product.negated.addingProduct(y, high).addingProduct(y, low)
    let isFar = product.size .> Wide(repeating: 800)
    let e = product.atMost(800).atLeast(-800)
    let eLow = productLow.replacing(with: Wide.zero, where: isFar)
    let n = NearestIntegers(e, times: 0x1.71547652b82fep+0)
    let first = e.minus(n.numbers, times: 0x1.62e42fefa39efp-1)
    let r = first.minus(n.numbers, times: 0x1.abc9e3b39803fp-56)
    let rLow = (first - r).minus(n.numbers, times: 0x1.abc9e3b39803fp-56) + eLow
    // e^(r + l) = eʳ + l·eʳ: the low part may be as large as 2⁻⁴⁴, so that its derivative matters.
    let one = Wide(repeating: 1)
    let more = exponentialTail(r) * r * r
    let tail = more.addingProduct(rLow, one + (r + more))
    let p = one + (r + tail)
    return scaledFar(p, by: n.integers)
  }

  @inline(__always)
  private static func isOrdinaryPower(_ x: Wide, _ y: Wide) -> Bool {
    allPositiveNormal(x) && all(y.size .<= Wide(repeating: .greatestFiniteMagnitude))
  }

  @inline(never)
  private static func powFar(_ x: inout Wide, _ y: inout Wide) {
    let one = Wide(repeating: 1)
    let infinity = Wide(repeating: .infinity)
    let ax = x.size
    let ay = y.size
    let finite = (ax .< infinity) .& (ay .< infinity) .& (ax .> Wide.zero)
    let (normal, i) = normalised(one.replacing(with: ax, where: finite))
    var z = powNear(
      normal, Wide.zero.replacing(with: y, where: finite), scaledBy: i)

    // Zero and infinite bases and exponents: the result is 0 or ∞ by the signs of log|x| and y.
    let up = ((ax .> one) .& (y .> Wide.zero)) .| ((ax .< one) .& (y .< Wide.zero))
    z.replace(with: Wide.zero.replacing(with: infinity, where: up), where: .!finite)
    z.replace(with: one, where: (ax .== one) .& (ay .== infinity))

    // A negative base: sign by the exponent's parity, NaN where the exponent is no integer.
    let negative = x.signs .!= WideBits(repeating: 0)
    let large = ay .>= Wide(repeating: 0x1p52)
    let shifted = (ay + Wide(repeating: 0x1p52)).replacing(with: ay, where: large)
    let isInteger = large .| ((shifted - Wide(repeating: 0x1p52)) .== ay)
    let lowest = (shifted.bits & WideBits(repeating: 1)) .!= WideBits(repeating: 0)
    let isOdd = isInteger .& (ay .< Wide(repeating: 0x1p53)) .& lowest
    z.replace(with: z.negated, where: negative .& isOdd)
    z.replace(
      with: Wide(repeating: .nan), where: (x .< Wide.zero) .& (ax .< infinity) .& .!isInteger)

    z.replace(with: x + y, where: (x .!= x) .| (y .!= y))
    z.replace(with: one, where: (x .== one) .| (y .== Wide.zero))
    x = z
  }
}
