/// The random numbers of numpy's `RandomState`: the Mersenne twister MT19937 and numpy's ways of
/// making numbers of it.
///
/// The lecture notes' programs draw with it; with the same seed and the same order of draws this
/// gives the same numbers, so that their runs can be repeated here digit by digit. Everything else
/// in the program uses `RandomStream`, which needs no memory. Uniform numbers and whole numbers
/// have numpy's bits; normal ones may differ in the last, since this program's logarithm is its
/// own. (Matsumoto and Nishimura, "Mersenne twister", ACM TOMACS 8, 1998.)
package struct NumpyRandom: Sendable {
  /// Words drawn so far.
  package private(set) var wordsDrawn = 0
  private var state: [UInt32]
  private var next = 624
  /// The second number of a pair of normal ones, until it is asked for.
  private var spare: Double?

  /// The state after `numpy.random.seed(seed)`; of greater seeds the lower 32 bits count.
  package init(seed: UInt64) {
    var state: [UInt32] = [UInt32(truncatingIfNeeded: seed)]
    state.reserveCapacity(624)
    for index in 1..<624 {
      let last = state[index - 1]
      state.append(1_812_433_253 &* (last ^ last >> 30) &+ UInt32(index))
    }
    self.state = state
  }

  /// 32 random bits.
  package mutating func word() -> UInt32 {
    if next == 624 { twist() }
    var word = state[next]
    next += 1
    wordsDrawn += 1
    word ^= word >> 11
    word ^= word << 7 & 0x9D2C_5680
    word ^= word << 15 & 0xEFC6_0000
    return word ^ word >> 18
  }

  private mutating func twist() {
    for index in 0..<624 {
      let joined = state[index] & 0x8000_0000 | state[(index + 1) % 624] & 0x7FFF_FFFF
      let odd: UInt32 = joined & 1 == 1 ? 0x9908_B0DF : 0
      state[index] = state[(index + 397) % 624] ^ joined >> 1 ^ odd
    }
    next = 0
  }

  /// Uniform in [0, 1), as `rand()`.
  package mutating func uniform() -> Double {
    let high = Double(word() >> 5)
    let low = Double(word() >> 6)
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  /// Standard normal, as `randn()`: Marsaglia's polar method, in pairs.
  package mutating func normal() -> Double {
    if let number = spare {
      spare = nil
      return number
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      guard square < 1, square != 0 else { continue }
      let scale = Elementary.sqrt(-2 * Elementary.log(square) / square)
      spare = scale * x
      return scale * y
    }
  }

  /// A whole number from 0 to `count` − 1, as `randint(count)`; `count` is 1 to 2³².
  package mutating func below(_ count: Int) -> Int {
    precondition(count > 0 && count <= 1 << 32, "\(count)")
    let greatest = UInt32(truncatingIfNeeded: count - 1)
    guard greatest > 0 else { return 0 }
    let mask = UInt32.max >> UInt32(greatest.leadingZeroBitCount)
    while true {
      let draw = word() & mask
      if draw <= greatest { return Int(draw) }
    }
  }

  /// Leaves out words, as other draws would have used them.
  package mutating func skip(_ words: Int) {
    for _ in 0..<max(0, words) { _ = word() }
  }
}
