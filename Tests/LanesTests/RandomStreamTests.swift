import Lanes
import Testing

@Suite("Random streams")
struct RandomStreamTests {
  @Test(
    "Philox4x32-10 gives the vectors that were published with it",
    arguments: [
      (
        SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
        SIMD4<UInt32>(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
      ),
      (
        SIMD4(repeating: UInt32.max), SIMD2(repeating: UInt32.max),
        SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
      ),
      (
        SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344), SIMD2(0xA409_3822, 0x299F_31D0),
        SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
      ),
    ])
  func published(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, result: SIMD4<UInt32>) {
    #expect(RandomStream.philox(counter, key: key) == result)
  }

  @Test("a draw does not depend on the draws before it")
  func history() {
    let stream = RandomStream(seed: 42, stream: 7)
    let forward = (0..<100).map { stream.bits(at: $0) }
    let backward = (0..<100).reversed().map { stream.bits(at: $0) }
    #expect(forward == backward.reversed())
    #expect(RandomStream(seed: 42, stream: 7).normal(at: 50) == stream.normal(at: 50))
  }

  @Test("seeds, streams and positions all give different bits")
  func distinct() {
    var seen: Set<UInt64> = []
    for seed in 0..<10 {
      for stream in 0..<10 {
        for position in 0..<100 {
          seen.insert(
            RandomStream(seed: UInt64(seed), stream: UInt64(stream)).bits(at: UInt64(position)))
        }
      }
    }
    #expect(seen.count == 10_000)
  }

  @Test(
    "uniform numbers are in [0, 1) with the moments of the uniform distribution", arguments: 0..<4)
  func uniform(stream: UInt64) {
    let source = RandomStream(seed: 1, stream: stream)
    let count = 100_000
    var (first, second) = (0.0, 0.0)
    for index in 0..<count {
      let u = source.uniform(at: UInt64(index))
      #expect(u >= 0 && u < 1)
      first += u
      second += u * u
    }
    // Five standard errors: √(1/12/n) and √(4/45/n).
    let n = Double(count)
    #expect(abs(first / n - 0.5) < 5 * (1 / (12 * n)).squareRoot())
    #expect(abs(second / n - 1.0 / 3) < 5 * (4 / (45 * n)).squareRoot())
  }

  @Test("normal numbers have the moments of the normal distribution", arguments: 0..<4)
  func normal(stream: UInt64) {
    let source = RandomStream(seed: 2, stream: stream)
    let count = 100_000
    var moments = [0.0, 0, 0, 0]
    for index in 0..<count {
      let z = source.normal(at: UInt64(index))
      #expect(z.isFinite && abs(z) < 8.6)
      moments[0] += z
      moments[1] += z * z
      moments[2] += z * z * z
      moments[3] += z * z * z * z
    }
    // Variances of z, z², z³, z⁴: 1, 2, 15, 96.
    let n = Double(count)
    for (moment, (expected, variance)) in zip(moments, [(0.0, 1.0), (1, 2), (0, 15), (3, 96)]) {
      #expect(abs(moment / n - expected) < 5 * (variance / n).squareRoot())
    }
  }

  @Test("integers below n take every value equally often", arguments: [1, 2, 3, 7, 10, 64])
  func below(_ n: Int) {
    let source = RandomStream(seed: 3, stream: UInt64(n))
    let count = 20_000
    var tally = [Int](repeating: 0, count: n)
    for index in 0..<count { tally[source.below(n, at: UInt64(index))] += 1 }
    let expected = Double(count) / Double(n)
    let chi = tally.reduce(0.0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    let freedom = Double(n - 1)
    #expect(chi <= freedom + 5 * (2 * freedom).squareRoot() + 5)
  }

  @Test("a permutation holds every index once", arguments: [0, 1, 2, 5, 100, 1797])
  func permutation(_ n: Int) {
    let source = RandomStream(seed: 4, stream: 0)
    let order = source.permutation(of: n, at: 9)
    #expect(order.sorted() == Array(0..<n))
    #expect(order == source.permutation(of: n, at: 9))
    if n >= 5 { #expect(order != source.permutation(of: n, at: 10)) }
    var buffer = [Int32](repeating: -1, count: n)
    buffer.withUnsafeMutableBufferPointer { source.permute(into: $0, at: 9) }
    #expect(buffer.map(Int.init) == order)
  }

  @Test("all six orders of three come equally often")
  func fairness() {
    let source = RandomStream(seed: 5, stream: 0)
    var tally: [[Int]: Int] = [:]
    for position in 0..<6000 {
      tally[source.permutation(of: 3, at: UInt64(position)), default: 0] += 1
    }
    #expect(tally.count == 6)
    // Five standard deviations of a count with mean 1000.
    for count in tally.values { #expect(abs(count - 1000) < 145) }
  }
}
