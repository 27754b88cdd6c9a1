import Lanes
import Testing

@Suite("Reductions")
struct ReductionTests {
  /// The documented order, one number at a time.
  static func ordered(_ x: [Double], _ term: (Double, Int) -> Double) -> Double {
    var partial = [[Double]](repeating: [Double](repeating: 0, count: 8), count: 4)
    for index in x.indices {
      let vector = index / 8
      partial[vector % 4][index % 8] = term(partial[vector % 4][index % 8], index)
    }
    let lanes = (0..<8).map {
      (partial[0][$0] + partial[1][$0]) + (partial[2][$0] + partial[3][$0])
    }
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
      + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
  }

  @Test("sums and products are taken in the documented order", arguments: Array(0...17))
  func order(vectors: Int) {
    let stream = RandomStream(seed: 8, stream: UInt64(vectors))
    let x = (0..<vectors * 8).map { stream.normal(at: UInt64($0)) }
    let y = (0..<vectors * 8).map { stream.normal(at: UInt64($0 + 1000)) }
    let sum = Reduction.sum(x, count: x.count)
    #expect(sum.bitPattern == Self.ordered(x) { $0 + x[$1] }.bitPattern)
    let dot = Reduction.dot(x, y, count: x.count)
    #expect(dot.bitPattern == Self.ordered(x) { $0.addingProduct(x[$1], y[$1]) }.bitPattern)
  }

  @Test("NaN and infinity reach the sum")
  func strange() {
    var x = [Double](repeating: 1, count: 64)
    x[40] = .infinity
    #expect(Reduction.sum(x, count: 64) == .infinity)
    x[3] = .nan
    #expect(Reduction.sum(x, count: 64).isNaN)
  }
}
