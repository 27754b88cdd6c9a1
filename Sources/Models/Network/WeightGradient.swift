import CLanes
import Lanes

/// Gradients by weights and biases of networks of any size: scalar products of gradients with
/// inputs over one chunk of samples, put into the gradient or, where sums go on from an earlier
/// chunk, added to it.
///
/// Each product is one chain of fused multiply-adds over lane blocks in rising order, then a sum
/// across lanes in `Reduction.sum`'s order, whatever the blocking.
enum WeightGradient {
  /// `Σ_s delta[u][s]` for `biases[u]`.
  static func addBiases(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, units: Int, lanes: Int,
    _ biases: UnsafeMutablePointer<Double>, goesOn: Bool = true
  ) {
    var u = 0
    while u &+ 8 <= units {
      // Eight chains at once, so that none waits for itself.
      let d = delta + u &* dStride
      var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      var (s4, s5, s6, s7) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for k in 0..<lanes {
        s0 += d[k]
        s1 += d[k &+ dStride]
        s2 += d[k &+ 2 &* dStride]
        s3 += d[k &+ 3 &* dStride]
        s4 += d[k &+ 4 &* dStride]
        s5 += d[k &+ 5 &* dStride]
        s6 += d[k &+ 6 &* dStride]
        s7 += d[k &+ 7 &* dStride]
      }
      put(LaneFolding.sums(s0, s1, s2, s3, s4, s5, s6, s7), biases + u, goesOn)
      u &+= 8
    }
    while u < units {
      let d = delta + u &* dStride
      var sum = Lanes.zero
      for k in 0..<lanes { sum += d[k] }
      let total = LaneFolding.sum(sum)
      biases[u] = goesOn ? biases[u] + total : total
      u &+= 1
    }
  }

  /// `Σ_s delta[u][s] · input[i][s]` for `weights[u * inputs + i]`.
  static func add(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, units: Int, _ x: UnsafePointer<Lanes>,
    _ xStride: Int, inputs: Int, lanes: Int, weights: UnsafeMutablePointer<Double>,
    goesOn: Bool = true
  ) {
    var dots = GlissadeDots(
      out: weights, delta: Rows.doubles(delta), x: Rows.doubles(x), delta_stride: dStride &* 8,
      x_stride: xStride &* 8, inputs: inputs, lanes: lanes, goes_on: goesOn ? 1 : 0)
    glissade_dots(&dots, units)
  }

  @inline(__always)
  private static func put(_ x: Lanes, _ out: UnsafeMutablePointer<Double>, _ goesOn: Bool) {
    var sum = x
    if goesOn { sum += UnsafeRawPointer(out).loadUnaligned(as: Lanes.self) }
    UnsafeMutableRawPointer(out).storeBytes(of: sum, as: Lanes.self)
  }
}
