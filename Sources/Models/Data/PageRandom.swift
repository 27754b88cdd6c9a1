/// The random numbers of TensorFlow Playground: the byte stream of ARC4, keyed by a text, as the
/// page's generator (seedrandom 2.4.4 by D. Bau) makes numbers of it. The same text gives the same
/// numbers there and here, to the last bit.
package struct PageRandom: Equatable, Sendable {
  private var state: [UInt8]
  private var i: UInt8 = 0
  private var j: UInt8 = 0

  /// The stream of a seed, which is any text: `0.10000` is not `0.1`.
  package init(seed: String) {
    var key: [UInt8] = []
    // Texts of more than 256 characters go round; a running value takes the bytes that are there
    // already in.
    var smear: Int32 = 0
    for (index, unit) in seed.utf16.enumerated() {
      let place = index & 255
      if place < key.count {
        smear ^= Int32(key[place]) &* 19
        key[place] = UInt8(truncatingIfNeeded: smear &+ Int32(unit))
      } else {
        key.append(UInt8(truncatingIfNeeded: smear &+ Int32(unit)))
      }
    }
    if key.isEmpty { key = [0] }
    state = (0...255).map { UInt8($0) }
    var j: UInt8 = 0
    for i in 0..<256 {
      j = j &+ key[i % key.count] &+ state[i]
      state.swapAt(i, Int(j))
    }
    for _ in 0..<256 { _ = byte() }
  }

  private mutating func byte() -> UInt8 {
    i = i &+ 1
    j = j &+ state[Int(i)]
    state.swapAt(Int(i), Int(j))
    return state[Int(state[Int(i)] &+ state[Int(j)])]
  }

  /// Uniform in [0, 1): 52 bits at least, of six bytes and as many more as leading zeros ask for.
  package mutating func uniform() -> Double {
    var n = 0.0
    for _ in 0..<6 { n = n * 256 + Double(byte()) }
    var d = 281_474_976_710_656.0  // 2⁴⁸
    var extra: UInt32 = 0
    while n < 4_503_599_627_370_496 {  // 2⁵²
      n = (n + Double(extra)) * 256
      d *= 256
      extra = UInt32(byte())
    }
    while n >= 9_007_199_254_740_992 {  // 2⁵³
      n /= 2
      d /= 2
      extra >>= 1
    }
    return (n + Double(extra)) / d
  }

  /// Uniform between two numbers, with the rounding of the page.
  package mutating func uniform(_ low: Double, _ high: Double) -> Double {
    uniform() * (high - low) + low
  }
}
