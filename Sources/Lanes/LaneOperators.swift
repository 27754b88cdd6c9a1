// Public because functions that are inlined into other modules name its functions; those are
// `package` all the same.
public import CLanes

/// Arithmetic of `Lanes` as vectors from the start.
///
/// The standard library's own operators go lane by lane in the intermediate code, and the optimiser
/// finds the vector again or makes a scramble of it. These overloads are preferred wherever the
/// type is `Lanes`, give the same bits, and always become vector instructions.
extension SIMD8<Double> {
  /// The sums, lane by lane.
  @inlinable @inline(__always)
  package static func + (a: Self, b: Self) -> Self { glissade_add(a, b) }

  /// The differences, lane by lane.
  @inlinable @inline(__always)
  package static func - (a: Self, b: Self) -> Self { glissade_subtract(a, b) }

  /// The products, lane by lane.
  @inlinable @inline(__always)
  package static func * (a: Self, b: Self) -> Self { glissade_multiply(a, b) }

  /// The quotients, lane by lane.
  @inlinable @inline(__always)
  package static func / (a: Self, b: Self) -> Self { glissade_divide(a, b) }

  /// Adds, lane by lane.
  @inlinable @inline(__always)
  package static func += (a: inout Self, b: Self) { a = glissade_add(a, b) }

  /// Subtracts, lane by lane.
  @inlinable @inline(__always)
  package static func -= (a: inout Self, b: Self) { a = glissade_subtract(a, b) }

  /// Multiplies, lane by lane.
  @inlinable @inline(__always)
  package static func *= (a: inout Self, b: Self) { a = glissade_multiply(a, b) }

  /// Divides, lane by lane.
  @inlinable @inline(__always)
  package static func /= (a: inout Self, b: Self) { a = glissade_divide(a, b) }

  /// `self` + `a`·`b`, rounded once.
  @inlinable @inline(__always)
  package func addingProduct(_ a: Self, _ b: Self) -> Self { glissade_fma(a, b, self) }

  /// Adds `a`·`b`, rounding once.
  @inlinable @inline(__always)
  package mutating func addProduct(_ a: Self, _ b: Self) { self = glissade_fma(a, b, self) }

  /// The square roots, correctly rounded.
  @inlinable @inline(__always)
  package func squareRoot() -> Self { glissade_sqrt(self) }

  /// `other` where the mask is set, `self` elsewhere.
  @inlinable @inline(__always)
  package func replacing(with other: Self, where mask: SIMDMask<SIMD8<Int64>>) -> Self {
    glissade_choose(unsafeBitCast(mask, to: SIMD8<Int64>.self), self, other)
  }

  /// Takes `other` where the mask is set.
  @inlinable @inline(__always)
  package mutating func replace(with other: Self, where mask: SIMDMask<SIMD8<Int64>>) {
    self = replacing(with: other, where: mask)
  }
}
