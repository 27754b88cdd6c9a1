extension Elementary {
  /// The square root, correctly rounded; NaN below zero.
  package static func sqrt(_ x: Lanes) -> Lanes { one(x) { sqrtBody($0) } }

  /// The same of one number.
  package static func sqrt(_ x: Double) -> Double { sqrt(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func sqrt(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { sqrtBody($0) }
  }

  /// The cube root, of negative numbers too.
  package static func cbrt(_ x: Lanes) -> Lanes { one(x) { cbrtBody($0) } }

  /// The same of one number.
  package static func cbrt(_ x: Double) -> Double { cbrt(Lanes(repeating: x))[0] }

  /// The same of a row; `count` is a multiple of eight, `y` may be `x`.
  package static func cbrt(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
  ) {
    row(x, y, count) { cbrtBody($0) }
  }
}

extension Elementary {
  @inline(__always)
  static func sqrtBody(_ x: Wide) -> Wide { x.squareRoot() }

  @inline(__always)
  static func cbrtBody(_ x: Wide) -> Wide {
    // |x| = 2^(3q + j)·m with 1 ≤ m < 2 and j in 0, 1, 2.
    let (normal, i) = normalised(x.size)
    let biased = normal.bits &>> 52
    let exponent = Wide(bits: biased | WideBits(repeating: 0x4330_0000_0000_0000))
    // 1023 = 3·341, so thirds of the biased exponent are as good; −1/3 rounds down.
    let thirds = NearestIntegers(
      (exponent - Wide(repeating: 0x1p52 + 1)) * Wide(repeating: 1.0 / 3))
    let j = (exponent - Wide(repeating: 0x1p52)) - thirds.numbers * Wide(repeating: 3)
    let fraction = normal.bits & WideBits(repeating: 0x000F_FFFF_FFFF_FFFF)
    let m = Wide(bits: fraction | WideBits(repeating: 0x3FF0_0000_0000_0000))
    var g = Wide(repeating: -0x1.16d721f71850ap-6)
    g = g.times(m, plus: 0x1.3fa2959d7834ep-3)
    g = g.times(m, plus: -0x1.321c7da02a14ep-1)
    g = g.times(m, plus: 0x1.3e68cef596264p+0)
    g = g.times(m, plus: -0x1.90e7503454be7p+0)
    g = g.times(m, plus: 0x1.c7f3696f25c02p+0)
    // Now for m·2ʲ: g is near its −1/3rd power, to 2⁻¹⁷; a step of third order, then c = ∛ to 2⁻⁴⁹.
    let isOne = j .== Wide(repeating: 1)
    let isTwo = j .== Wide(repeating: 2)
    let one = Wide(repeating: 1)
    let two = Wide(repeating: 2)
    g *= one.replacing(with: Wide(repeating: 0x1.965fea53d6e3dp-1), where: isOne)
      .replacing(with: Wide(repeating: 0x1.428a2f98d728bp-1), where: isTwo)
    let v = m * one.replacing(with: two, where: isOne).replacing(with: two + two, where: isTwo)
    let e = one.addingProduct(v.negated * g, g * g)
    g = g.addingProduct(
      g * e, Wide(repeating: 1.0 / 3).addingProduct(e, Wide(repeating: 2.0 / 9)))
    let c = v * (g * g)
    // Newton's last step with c³ − v in two parts.
    let square = DoubleWide(productOf: c, c)
    let cube = v.negated.addingProduct(square.high, c).addingProduct(square.low, c)
    let root = c.addingProduct(cube * (g * g), Wide(repeating: -1.0 / 3))
    let power = (thirds.integers &+ WideBits(repeating: 682)) &<< 52
    let back = one.replacing(with: Wide(repeating: 0x1p-18), where: i .!= Wide.zero)
    let y = (root * Wide(bits: power) * back).signed(x.signs)
    let finite = x.size .<= Wide(repeating: .greatestFiniteMagnitude)
    return (x + x).replacing(with: y, where: finite .& (x .!= Wide.zero))
  }
}
