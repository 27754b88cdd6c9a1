import CLanes
import Lanes

/// Gradients by weights and biases of small networks: sums over samples that stay vectors until the
/// last chunk is done.
///
/// Sum j is that of flat parameter j. Each is one chain of fused multiply-adds over lane blocks in
/// rising order, and is added up across lanes once, in `Reduction.sum`'s order.
enum LaneSums {
  /// The most parameters of a network whose sums are kept as vectors: they fill the first-level
  /// cache.
  static let limit = 512

  /// Multiplies rows of gradients with rows of inputs; `goesOn` adds to what `sums` hold, otherwise
  /// they begin.
  static func add(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, units: Int, _ x: UnsafePointer<Lanes>,
    _ xStride: Int, inputs: Int, lanes: Int, _ sums: UnsafeMutablePointer<Lanes>, goesOn: Bool
  ) {
    var product = GlissadeLaneProduct(
      c: Rows.doubles(sums), w: Rows.doubles(delta), x: Rows.doubles(x), start: nil,
      start_unit: 0, c_unit: inputs, c_step: 1, w_unit: dStride, w_step: 1, x_unit: xStride,
      x_step: 1, depth: lanes, goes_on: goesOn ? 1 : 0, chains: 1,
      finish: GLISSADE_PLAIN, activations: nil)
    glissade_lane_product(&product, units, inputs)
  }

  /// Adds up rows of gradients themselves, for biases.
  static func addBiases(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, units: Int, lanes: Int,
    _ sums: UnsafeMutablePointer<Lanes>, goesOn: Bool
  ) {
    for u in 0..<units {
      let d = delta + u &* dStride
      var sum = goesOn ? sums[u] : .zero
      for k in 0..<lanes { sum += d[k] }
      sums[u] = sum
    }
  }

  /// Adds every sum up across its lanes; `sums` and `gradient` hold `count` rounded up to a
  /// multiple of eight.
  static func finish(
    _ sums: UnsafeMutablePointer<Lanes>, count: Int, gradient: UnsafeMutablePointer<Lanes>
  ) {
    let padded = (count &+ 7) & ~7
    var j = count
    while j < padded {
      sums[j] = .zero
      j &+= 1
    }
    for block in 0..<(padded >> 3) {
      let s = sums + block &* 8
      gradient[block] = LaneFolding.sums(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7])
    }
  }
}
