import CLanes
import Lanes

/// Turning samples row by row into columns of lanes, and back, eight by eight in registers.
enum Transpose {
  /// Transposes `down × across` blocks of 8 × 8 numbers.
  ///
  /// Row r of the source is `source + r * sourceStride`, `across` lanes long; there are 8 · `down`
  /// rows. Row c of the target is `target + c * targetStride`, `down` lanes long; only the first
  /// `rows` of 8 · `across` are written.
  static func blocks(
    _ source: UnsafePointer<Lanes>, _ sourceStride: Int, _ target: UnsafeMutablePointer<Lanes>,
    _ targetStride: Int, down: Int, across: Int, rows: Int
  ) {
    for k in 0..<down {
      for j in 0..<across {
        block(
          source + (k &* 8 &* sourceStride &+ j), sourceStride,
          target + (j &* 8 &* targetStride &+ k), targetStride, rows: min(8, rows &- j &* 8))
      }
    }
  }

  /// Transposes one block, `s` lanes from row to row of the source, `t` of the target, whose first
  /// `rows` are written.
  @inline(__always)
  static func block(
    _ r: UnsafePointer<Lanes>, _ s: Int, _ c: UnsafeMutablePointer<Lanes>, _ t: Int, rows: Int
  ) {
    let (c0, c1, c2, c3, c4, c5, c6, c7) = columns(
      r[0], r[s], r[2 &* s], r[3 &* s], r[4 &* s], r[5 &* s], r[6 &* s], r[7 &* s])
    c[0] = c0
    if rows == 8 {
      c[t] = c1
      c[2 &* t] = c2
      c[3 &* t] = c3
      c[4 &* t] = c4
      c[5 &* t] = c5
      c[6 &* t] = c6
      c[7 &* t] = c7
      return
    }
    if rows > 1 { c[t] = c1 }
    if rows > 2 { c[2 &* t] = c2 }
    if rows > 3 { c[3 &* t] = c3 }
    if rows > 4 { c[4 &* t] = c4 }
    if rows > 5 { c[5 &* t] = c5 }
    if rows > 6 { c[6 &* t] = c6 }
  }

  /// The columns of eight rows.
  @inline(__always)
  static func columns(
    _ r0: Lanes, _ r1: Lanes, _ r2: Lanes, _ r3: Lanes,
    _ r4: Lanes, _ r5: Lanes, _ r6: Lanes, _ r7: Lanes
  ) -> (Lanes, Lanes, Lanes, Lanes, Lanes, Lanes, Lanes, Lanes) {
    // Numbers l and l + 4 of rows four apart side by side, then pairs of rows two apart, then of
    // neighbours.
    let a0 = glissade_low_halves(r0, r4)
    let a1 = glissade_low_halves(r1, r5)
    let a2 = glissade_low_halves(r2, r6)
    let a3 = glissade_low_halves(r3, r7)
    let b0 = glissade_high_halves(r0, r4)
    let b1 = glissade_high_halves(r1, r5)
    let b2 = glissade_high_halves(r2, r6)
    let b3 = glissade_high_halves(r3, r7)
    let p0 = glissade_low_pairs(a0, a2)
    let p1 = glissade_low_pairs(a1, a3)
    let p2 = glissade_high_pairs(a0, a2)
    let p3 = glissade_high_pairs(a1, a3)
    let p4 = glissade_low_pairs(b0, b2)
    let p5 = glissade_low_pairs(b1, b3)
    let p6 = glissade_high_pairs(b0, b2)
    let p7 = glissade_high_pairs(b1, b3)
    return (
      glissade_even(p0, p1), glissade_odd(p0, p1), glissade_even(p2, p3), glissade_odd(p2, p3),
      glissade_even(p4, p5), glissade_odd(p4, p5), glissade_even(p6, p7), glissade_odd(p6, p7)
    )
  }

  /// The last rows, fewer than eight, of a source whose blocks are done: number by number.
  ///
  /// What stands beside them in the target's last lanes stays.
  static func rest(
    _ source: UnsafePointer<Lanes>, _ sourceStride: Int, _ target: UnsafeMutablePointer<Lanes>,
    _ targetStride: Int, from: Int, to: Int, samples: Int
  ) {
    let out = Rows.doubles(target)
    for row in from..<to {
      let numbers = Rows.doubles(source + row &* sourceStride)
      for s in 0..<samples { out[s &* targetStride &* 8 &+ row] = numbers[s] }
    }
  }
}
