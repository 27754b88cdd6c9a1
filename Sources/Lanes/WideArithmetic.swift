/// Sixteen numbers: two vectors of `Lanes` whose computations are interleaved.
///
/// Bodies of functions are chains of dependent operations that are longer than a processor looks
/// ahead; two chains side by side keep it busy.
typealias Wide = SIMD16<Double>
/// The bit patterns of `Wide`.
typealias WideBits = SIMD16<UInt64>
/// A choice made lane by lane.
typealias WideMask = SIMDMask<SIMD16<Int64>>

extension SIMD16<Double> {
  /// The bit patterns of the lanes.
  @inline(__always) var bits: WideBits { unsafeBitCast(self, to: WideBits.self) }

  /// The numbers with the given bit patterns.
  @inline(__always) init(bits: WideBits) { self = unsafeBitCast(bits, to: Self.self) }

  /// The lanes without their signs.
  @inline(__always) var size: Self { Self(bits: bits & WideBits(repeating: 0x7FFF_FFFF_FFFF_FFFF)) }

  /// The sign bits of the lanes, alone.
  @inline(__always) var signs: WideBits { bits & WideBits(repeating: 0x8000_0000_0000_0000) }

  /// The lanes with their signs changed, those of zeros too (`-x` is 0 − x, which loses them).
  @inline(__always) var negated: Self {
    Self(bits: bits ^ WideBits(repeating: 0x8000_0000_0000_0000))
  }

  /// The lanes, which are not negative, with the given sign bits.
  @inline(__always) func signed(_ signs: WideBits) -> Self { Self(bits: bits | signs) }

  /// The lanes, with `c` where `c` is smaller; NaN stays NaN.
  @inline(__always) func atMost(_ c: Double) -> Self {
    replacing(with: Self(repeating: c), where: self .> Self(repeating: c))
  }

  /// The lanes, with `c` where `c` is larger; NaN stays NaN.
  @inline(__always) func atLeast(_ c: Double) -> Self {
    replacing(with: Self(repeating: c), where: self .< Self(repeating: c))
  }

  /// `self`·`x` + `c`, rounded once: a step of Horner's scheme.
  @inline(__always) func times(_ x: Self, plus c: Double) -> Self {
    Self(repeating: c).addingProduct(self, x)
  }

  /// `self`·`x` + `c`, rounded once.
  @inline(__always) func times(_ x: Self, plus c: Self) -> Self { c.addingProduct(self, x) }

  /// a + b·x.
  @inline(__always) static func polynomial(_ a: Double, _ b: Double, at x: Self) -> Self {
    Self(repeating: a).addingProduct(Self(repeating: b), x)
  }

  /// a + b·x + c·x², in Estrin's order, which waits less than Horner's.
  @inline(__always) static func polynomial(
    _ a: Double, _ b: Double, _ c: Double, at x: Self, _ x2: Self
  ) -> Self {
    polynomial(a, b, at: x).addingProduct(Self(repeating: c), x2)
  }

  /// a + b·x + c·x² + d·x³, in Estrin's order.
  @inline(__always) static func polynomial(
    _ a: Double, _ b: Double, _ c: Double, _ d: Double, at x: Self, _ x2: Self
  ) -> Self {
    polynomial(a, b, at: x).addingProduct(polynomial(c, d, at: x), x2)
  }

  /// `self` − `a`·`b`, rounded once.
  @inline(__always) func minus(_ a: Self, times b: Double) -> Self {
    addingProduct(a, Self(repeating: -b))
  }
}

/// Integers that were found by adding 1.5·2⁵² to numbers below 2⁵¹, which rounds them to nearest,
/// ties to even.
///
/// The low bits of the sum's pattern are the integer, so that no conversion instruction is needed.
struct NearestIntegers {
  private let sum: Wide

  /// The integers nearest to `x`·`factor`.
  @inline(__always) init(_ x: Wide, times factor: Double) {
    sum = Wide(repeating: 0x1.8p52).addingProduct(x, Wide(repeating: factor))
  }

  /// The integers nearest to `x`.
  @inline(__always) init(_ x: Wide) { sum = x + Wide(repeating: 0x1.8p52) }

  /// The integers as numbers.
  @inline(__always) var numbers: Wide { sum - Wide(repeating: 0x1.8p52) }

  /// Patterns whose low 51 bits are the integers, in two's complement.
  @inline(__always) var lowBits: WideBits { sum.bits }

  /// The integers, in two's complement.
  @inline(__always) var integers: WideBits {
    sum.bits &- WideBits(repeating: 0x4338_0000_0000_0000)
  }
}

/// An unevaluated sum of two numbers, the second smaller than the last place of the first.
struct DoubleWide {
  /// The larger part.
  var high: Wide
  /// What the larger part lacks.
  var low: Wide

  /// The two parts, as they are.
  @inline(__always) init(high: Wide, low: Wide) {
    self.high = high
    self.low = low
  }

  /// The exact sum of two numbers, the first not smaller in size than the second unless it is zero
  /// (Dekker 1971).
  @inline(__always) init(sumOf a: Wide, _ b: Wide) {
    high = a + b
    low = (a - high) + b
  }

  /// The exact sum of two numbers of any sizes (Knuth 1969).
  @inline(__always) init(anyOrder a: Wide, _ b: Wide) {
    high = a + b
    let second = high - a
    low = (a - (high - second)) + (b - second)
  }

  /// The exact product of two numbers.
  @inline(__always) init(productOf a: Wide, _ b: Wide) {
    high = a * b
    low = high.negated.addingProduct(a, b)
  }
}
