/// An angle less the nearest multiple of π/2: x = quarters·π/2 + rest.
struct ReducedAngle {
  /// The multiple; only the two lowest bits mean anything.
  var quarters: WideBits
  /// What is left, within ±π/4 (a little more does no harm), in two parts.
  var rest: DoubleWide

  /// Whether the multiple is odd, so that sine and cosine change places.
  @inline(__always)
  var isOdd: WideMask { (quarters & WideBits(repeating: 1)) .!= WideBits(repeating: 0) }
}

extension Elementary {
  /// Cody and Waite's reduction with π/2 in three doubles, for |x| ≤ 2³⁰.
  @inline(__always)
  static func reduceNear(_ x: Wide) -> ReducedAngle {
    let n = NearestIntegers(x, times: 0x1.45f306dc9c883p-1)
    let count = n.numbers
    // Exact: both sides are multiples of the last place of x or of 2⁻⁵², and what is left is below
    // 1.
    let first = x.minus(count, times: 0x1.921fb54442d18p+0)
    // Near a multiple of π/2 the second difference cancels too, so that its parts are kept exactly.
    let second = DoubleWide(productOf: count, Wide(repeating: 0x1.1a62633145c07p-54))
    let difference = DoubleWide(anyOrder: first, second.high.negated)
    let low = (difference.low - second.low).minus(count, times: -0x1.f1976b7ed8fbcp-110)
    let rest = DoubleWide(sumOf: difference.high, low)
    return ReducedAngle(quarters: n.lowBits, rest: rest)
  }

  /// Reduces angles of any size, those beyond 2³⁰ one by one; infinities and NaN give NaN. The slow
  /// and sure way.
  @inline(__always)
  static func reduceFar(_ x: Wide) -> ReducedAngle {
    var angle = reduceNear(x)
    for lane in 0..<16 where !(x[lane].magnitude <= 0x1p30) {
      let (quarters, high, low) = reduceHuge(x[lane])
      angle.quarters[lane] = quarters
      angle.rest.high[lane] = high
      angle.rest.low[lane] = low
    }
    return angle
  }

  /// Payne and Hanek's reduction (1983): the bits of 2/π that matter, multiplied as integers.
  ///
  /// With |x| = M·2ᵉ, bits of 2/π·2ᵉ that weigh 4 and more only add whole turns. The next 192 bits,
  /// times the 53 bits of M, leave the quadrant and 137 bits of the fraction that are right;
  /// doubles come no nearer to a multiple of π/2 than 2⁻⁶².
  private static func reduceHuge(_ x: Double) -> (quarters: UInt64, high: Double, low: Double) {
    guard x.isFinite else { return (0, .nan, .nan) }
    let mantissa = x.significandBitPattern | 0x0010_0000_0000_0000
    let start = Int(x.exponentBitPattern) - 1075 - 2 + 64

    // The product modulo 2¹⁹² is x/(2π) as a fraction of a turn.
    let c = word(start + 128).multipliedFullWidth(by: mantissa)
    let b = word(start + 64).multipliedFullWidth(by: mantissa)
    let (middle, carry) = b.low.addingReportingOverflow(c.high)
    let high = word(start) &* mantissa &+ b.high &+ (carry ? 1 : 0)

    // The nearest quarter of a turn, and the size of the signed rest.
    let quarters = (high &+ 0x2000_0000_0000_0000) >> 62
    var rest = (high &- quarters << 62, middle, c.low)
    let isNegative = rest.0 >> 63 == 1
    if isNegative { rest = negated(rest) }
    // At least 2⁻⁶⁴ of a turn, so that the leading one is among the first 128 bits.
    var shift = 0
    if rest.0 == 0 {
      shift = 64
      rest = (rest.1, rest.2, 0)
    }
    let zeros = rest.0.leadingZeroBitCount
    shift += zeros
    rest.0 = rest.0 << zeros | rest.1 >> (64 - zeros)
    rest.1 = rest.1 << zeros | rest.2 >> (64 - zeros)
    let head = Double(rest.0 >> 11) * 0x1p-53
    let tail = Double((rest.0 & 0x7FF) << 53 | rest.1 >> 11) * 0x1p-117

    // Times 2π, in two parts: the rest is head·2^−shift of a turn, and π/2 is in hand.
    let product = head * 0x1.921fb54442d18p+0
    let error = (-product).addingProduct(head, 0x1.921fb54442d18p+0)
      .addingProduct(head, 0x1.1a62633145c07p-54).addingProduct(tail, 0x1.921fb54442d18p+0)
    let sum = product + error
    let lost = (product - sum) + error
    let size = Double(sign: .plus, exponent: 2 - shift, significand: 1)
    let scale = isNegative != (x < 0) ? -size : size
    return (x < 0 ? 0 &- quarters : quarters, sum * scale, lost * scale)
  }

  /// The two's complement of a number of three words, the highest first.
  private static func negated(
    _ words: (UInt64, UInt64, UInt64)
  ) -> (UInt64, UInt64, UInt64) {
    let (low, carry) = (~words.2).addingReportingOverflow(1)
    let (middle, carry2) = (~words.1).addingReportingOverflow(carry ? 1 : 0)
    return (~words.0 &+ (carry2 ? 1 : 0), middle, low)
  }

  /// 64 bits of 2/π from bit `start` on, counting from 64 zeros before the point.
  private static func word(_ start: Int) -> UInt64 {
    let index = start >> 6
    let shift = start & 63
    return twoOverPi(index) << shift | twoOverPi(index + 1) >> (64 - shift)
  }

  /// The bits of 2/π in words of 64, after a word of zeros.
  private static func twoOverPi(_ index: Int) -> UInt64 {
    let words: [20 of UInt64] = [
      0,
      0xA2F9_836E_4E44_1529, 0xFC27_57D1_F534_DDC0, 0xDB62_9599_3C43_9041,
      0xFE51_63AB_DEBB_C561, 0xB724_6E3A_424D_D2E0, 0x0649_2EEA_09D1_921C,
      0xFE1D_EB1C_B129_A73E, 0xE882_35F5_2EBB_4484, 0xE99C_7026_B45F_7E41,
      0x3991_D639_8353_39F4, 0x9C84_5F8B_BDF9_283B, 0x1FF8_97FF_DE05_980F,
      0xEF2F_118B_5A0A_6D1F, 0x6D36_7ECF_27CB_09B7, 0x4F46_3F66_9E5F_EA2D,
      0x7527_BAC7_EBE5_F17B, 0x3D07_39F7_8A52_92EA, 0x6BFB_5FB1_1F8D_5D08,
      0x5603_3046_FC7B_6BAB,
    ]
    return words[index]
  }
}
