import CLanes

/// Random numbers that are a pure function of a seed, a stream and a position.
///
/// The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy
/// as 1, 2, 3", SC 2011): ten rounds of multiplication and exclusive-or turn a 128-bit counter and
/// a 64-bit key into 128 random bits. The key is the seed; the counter is the position and the
/// stream. Nothing is remembered, so that the draw of step k does not depend on which draws were
/// made before.
package struct RandomStream: Sendable, Hashable {
  /// The seed, which is the generator's key.
  package let seed: UInt64
  /// The stream: a part of the program (or a run) that draws independently of the others.
  package let stream: UInt64

  /// The stream `stream` of the generator seeded with `seed`.
  package init(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
  }

  /// Philox4x32-10 of a counter under a key.
  package static func philox(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for round in 0..<10 {
      if round > 0 { k = k &+ SIMD2(0x9E37_79B9, 0xBB67_AE85) }
      let a = UInt64(c[0]) &* 0xD251_1F53
      let b = UInt64(c[2]) &* 0xCD9E_8D57
      c = SIMD4(
        UInt32(truncatingIfNeeded: b >> 32) ^ c[1] ^ k[0], UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ c[3] ^ k[1], UInt32(truncatingIfNeeded: a))
    }
    return c
  }

  /// The 128 bits at a position, as two words.
  package func block(at position: UInt64) -> (UInt64, UInt64) {
    let c = RandomStream.philox(
      SIMD4(
        UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)),
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
    return (UInt64(c[0]) | UInt64(c[1]) << 32, UInt64(c[2]) | UInt64(c[3]) << 32)
  }

  /// 64 uniformly distributed bits.
  package func bits(at position: UInt64) -> UInt64 { block(at: position).0 }

  /// A number in [0, 1), a multiple of 2⁻⁵³.
  package func uniform(at position: UInt64) -> Double {
    Double(bits(at: position) >> 11) * 0x1p-53
  }

  /// A standard normal number, by the method of Box and Muller from one 128-bit block.
  ///
  /// The radius is drawn from (0, 1], so that the result is finite: at most √(106 ln 2) ≈ 8.57 in
  /// size.
  package func normal(at position: UInt64) -> Double {
    let (a, b) = block(at: position)
    let radius = Elementary.sqrt(-2 * Elementary.log(Double((a >> 11) + 1) * 0x1p-53))
    return radius * Elementary.cos(Double(b >> 11) * 0x1p-53 * (2 * Double.pi))
  }

  /// An integer in 0 ..< `n`, by Lemire's multiplication of 64 random bits.
  ///
  /// One draw has one position, so nothing is rejected: the probability of a value differs from 1/n
  /// by less than 2⁻⁶⁴.
  package func below(_ n: Int, at position: UInt64) -> Int {
    precondition(n > 0, "there is no integer in 0 ..< \(n)")
    return Int(bits(at: position).multipliedFullWidth(by: UInt64(n)).high)
  }

  /// A permutation of 0 ..< `n` in uniformly random order: the draw with number `position`.
  package func permutation(of n: Int, at position: UInt64) -> [Int] {
    precondition(n >= 0 && n <= Int(Int32.max), "a permutation cannot have \(n) entries")
    var order = [Int32](repeating: 0, count: n)
    order.withUnsafeMutableBufferPointer { permute(into: $0, at: position) }
    return order.map(Int.init)
  }

  /// Fills `order` with a permutation of 0 ..< `order.count`; allocates nothing.
  ///
  /// Fisher and Yates' shuffle, with a stream of its own for each `position`: the key is drawn from
  /// this stream.
  package func permute(into order: UnsafeMutableBufferPointer<Int32>, at position: UInt64) {
    let draws = RandomStream(seed: block(at: position).1, stream: ~stream)
    // Without entries there is nothing to order.
    guard let first = order.baseAddress else { return }
    glissade_permute(first, order.count, UInt(draws.seed), UInt(draws.stream))
  }
}
