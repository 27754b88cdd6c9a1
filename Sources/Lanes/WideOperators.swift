internal import CLanes

/// Arithmetic of sixteen numbers, as that of `Lanes`.
extension SIMD16<Double> {
  /// The sums, lane by lane.
  @inline(__always)
  static func + (a: Self, b: Self) -> Self { glissade_add_wide(a, b) }

  /// The differences, lane by lane.
  @inline(__always)
  static func - (a: Self, b: Self) -> Self { glissade_subtract_wide(a, b) }

  /// The products, lane by lane.
  @inline(__always)
  static func * (a: Self, b: Self) -> Self { glissade_multiply_wide(a, b) }

  /// The quotients, lane by lane.
  @inline(__always)
  static func / (a: Self, b: Self) -> Self { glissade_divide_wide(a, b) }

  /// Adds, lane by lane.
  @inline(__always)
  static func += (a: inout Self, b: Self) { a = glissade_add_wide(a, b) }

  /// Subtracts, lane by lane.
  @inline(__always)
  static func -= (a: inout Self, b: Self) { a = glissade_subtract_wide(a, b) }

  /// Multiplies, lane by lane.
  @inline(__always)
  static func *= (a: inout Self, b: Self) { a = glissade_multiply_wide(a, b) }

  /// Divides, lane by lane.
  @inline(__always)
  static func /= (a: inout Self, b: Self) { a = glissade_divide_wide(a, b) }

  /// `self` + `a`·`b`, rounded once.
  @inline(__always)
  func addingProduct(_ a: Self, _ b: Self) -> Self { glissade_fma_wide(a, b, self) }

  /// Adds `a`·`b`, rounding once.
  @inline(__always)
  mutating func addProduct(_ a: Self, _ b: Self) { self = glissade_fma_wide(a, b, self) }

  /// The square roots, correctly rounded.
  @inline(__always)
  func squareRoot() -> Self { glissade_sqrt_wide(self) }

  /// `other` where the mask is set, `self` elsewhere.
  @inline(__always)
  func replacing(with other: Self, where mask: SIMDMask<SIMD16<Int64>>) -> Self {
    glissade_choose_wide(unsafeBitCast(mask, to: SIMD16<Int64>.self), self, other)
  }

  /// Takes `other` where the mask is set.
  @inline(__always)
  mutating func replace(with other: Self, where mask: SIMDMask<SIMD16<Int64>>) {
    self = replacing(with: other, where: mask)
  }
}

extension SIMD16<UInt64> {
  /// Bits set in both.
  @inline(__always)
  static func & (a: Self, b: Self) -> Self { glissade_and(a, b) }

  /// Bits set in either.
  @inline(__always)
  static func | (a: Self, b: Self) -> Self { glissade_or(a, b) }

  /// Bits set in one.
  @inline(__always)
  static func ^ (a: Self, b: Self) -> Self { glissade_xor(a, b) }

  /// Sums modulo 2⁶⁴.
  @inline(__always)
  static func &+ (a: Self, b: Self) -> Self { glissade_plus(a, b) }

  /// Differences modulo 2⁶⁴.
  @inline(__always)
  static func &- (a: Self, b: Self) -> Self { glissade_minus(a, b) }

  /// Moved up by `count` < 64 bits.
  @inline(__always)
  static func &<< (a: Self, count: UInt32) -> Self { glissade_left(a, count) }

  /// Moved down by `count` < 64 bits.
  @inline(__always)
  static func &>> (a: Self, count: UInt32) -> Self { glissade_right(a, count) }
}
