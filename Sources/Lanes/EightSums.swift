// Public because functions that are inlined into other modules name its functions; those are `package` all the same.
public import CLanes

extension Reduction {
  /// The sums of eight vectors across their lanes, each in the order of `sum`, as one vector.
  ///
  /// Pairs of vectors are folded together, so that it takes 7 additions and 14 shuffles instead of eight times three each.
  @inlinable @inline(__always)
  package static func sums(
    _ v0: Lanes, _ v1: Lanes, _ v2: Lanes, _ v3: Lanes,
    _ v4: Lanes, _ v5: Lanes, _ v6: Lanes, _ v7: Lanes
  ) -> Lanes {
    // Lanes l and l + 4 of two vectors, side by side; then l and l + 2 of four; then l and l + 1 of eight.
    let a = glissade_low_halves(v0, v4) + glissade_high_halves(v0, v4)
    let b = glissade_low_halves(v2, v6) + glissade_high_halves(v2, v6)
    let c = glissade_low_halves(v1, v5) + glissade_high_halves(v1, v5)
    let d = glissade_low_halves(v3, v7) + glissade_high_halves(v3, v7)
    let ab = glissade_low_pairs(a, b) + glissade_high_pairs(a, b)
    let cd = glissade_low_pairs(c, d) + glissade_high_pairs(c, d)
    return glissade_even(ab, cd) + glissade_odd(ab, cd)
  }
}
