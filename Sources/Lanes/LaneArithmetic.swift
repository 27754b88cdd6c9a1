/// The bit patterns of `Lanes`.
typealias LaneBits = SIMD8<UInt64>
/// A choice made lane by lane.
typealias LaneMask = SIMDMask<SIMD8<Int64>>

extension SIMD8<Double> {
  /// The bit patterns of the lanes.
  @inline(__always) var bits: LaneBits { unsafeBitCast(self, to: LaneBits.self) }

  /// The numbers with the given bit patterns.
  @inline(__always) init(bits: LaneBits) { self = unsafeBitCast(bits, to: Self.self) }

  /// The lanes without their signs.
  @inline(__always) var size: Self { Self(bits: bits & LaneBits(repeating: 0x7FFF_FFFF_FFFF_FFFF)) }

  /// The sign bits of the lanes, alone.
  @inline(__always) var signs: LaneBits { bits & LaneBits(repeating: 0x8000_0000_0000_0000) }

  /// The lanes with their signs changed, those of zeros too (`-x` is 0 − x, which loses them).
  @inline(__always) var negated: Self {
    Self(bits: bits ^ LaneBits(repeating: 0x8000_0000_0000_0000))
  }

  /// The lanes, which are not negative, with the given sign bits.
  @inline(__always) func signed(_ signs: LaneBits) -> Self { Self(bits: bits | signs) }

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

/// Integers that were found by adding 1.5·2⁵² to numbers below 2⁵¹, which rounds them to nearest, ties to even.
///
/// The low bits of the sum's pattern are the integer, so that no conversion instruction is needed.
struct NearestIntegers {
  private let sum: Lanes

  /// The integers nearest to `x`·`factor`.
  @inline(__always) init(_ x: Lanes, times factor: Double) {
    sum = Lanes(repeating: 0x1.8p52).addingProduct(x, Lanes(repeating: factor))
  }

  /// The integers nearest to `x`.
  @inline(__always) init(_ x: Lanes) { sum = x + Lanes(repeating: 0x1.8p52) }

  /// The integers as numbers.
  @inline(__always) var numbers: Lanes { sum - Lanes(repeating: 0x1.8p52) }

  /// Patterns whose low 51 bits are the integers, in two's complement.
  @inline(__always) var lowBits: LaneBits { sum.bits }

  /// The integers, in two's complement.
  @inline(__always) var integers: LaneBits {
    sum.bits &- LaneBits(repeating: 0x4338_0000_0000_0000)
  }
}

/// An unevaluated sum of two numbers, the second smaller than the last place of the first.
struct DoubleLanes {
  /// The larger part.
  var high: Lanes
  /// What the larger part lacks.
  var low: Lanes

  /// The two parts, as they are.
  @inline(__always) init(high: Lanes, low: Lanes) {
    self.high = high
    self.low = low
  }

  /// The exact sum of two numbers, the first not smaller in size than the second unless it is zero (Dekker 1971).
  @inline(__always) init(sumOf a: Lanes, _ b: Lanes) {
    high = a + b
    low = (a - high) + b
  }

  /// The exact sum of two numbers of any sizes (Knuth 1969).
  @inline(__always) init(anyOrder a: Lanes, _ b: Lanes) {
    high = a + b
    let second = high - a
    low = (a - (high - second)) + (b - second)
  }

  /// The exact product of two numbers.
  @inline(__always) init(productOf a: Lanes, _ b: Lanes) {
    high = a * b
    low = high.negated.addingProduct(a, b)
  }
}
