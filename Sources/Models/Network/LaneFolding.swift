import CLanes
import Lanes

/// Sums across lanes, in the order of `Reduction.sum`: ((0+4)+(2+6)) + ((1+5)+(3+7)).
///
/// They live here and not in `Lanes` because a call between modules would pass vectors in pieces
/// through memory.
enum LaneFolding {
  /// The sums of eight vectors, as one vector: pairs are folded together, in 7 additions and 14
  /// shuffles.
  @inline(__always)
  static func sums(
    _ v0: Lanes, _ v1: Lanes, _ v2: Lanes, _ v3: Lanes,
    _ v4: Lanes, _ v5: Lanes, _ v6: Lanes, _ v7: Lanes
  ) -> Lanes {
    // Lanes l and l + 4 of two vectors, side by side; then l and l + 2 of four; then l and l + 1 of
    // eight.
    let a = glissade_low_halves(v0, v4) + glissade_high_halves(v0, v4)
    let b = glissade_low_halves(v2, v6) + glissade_high_halves(v2, v6)
    let c = glissade_low_halves(v1, v5) + glissade_high_halves(v1, v5)
    let d = glissade_low_halves(v3, v7) + glissade_high_halves(v3, v7)
    let ab = glissade_low_pairs(a, b) + glissade_high_pairs(a, b)
    let cd = glissade_low_pairs(c, d) + glissade_high_pairs(c, d)
    return glissade_even(ab, cd) + glissade_odd(ab, cd)
  }

  /// The sum of one vector.
  @inline(__always)
  static func sum(_ x: Lanes) -> Double {
    let four = x.lowHalf + x.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  /// Eight chains that hold nothing yet.
  static var zeros: InlineArray<8, Lanes> { InlineArray(repeating: .zero) }

  /// Eight chains added up lane by lane, in the same order.
  @inline(__always)
  static func total(_ v: InlineArray<8, Lanes>) -> Lanes {
    ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]))
  }
}
