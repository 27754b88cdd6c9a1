import Lanes

/// Slopes by weights and biases of networks of any size: scalar products of slopes with inputs over one chunk of samples,
/// put into the gradient or, where sums go on from an earlier chunk, added to it.
///
/// Each product is one chain of fused multiply-adds over lane blocks in rising order, then a sum across lanes in
/// `Reduction.sum`'s order, whatever the blocking.
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
    var i = 0
    while i &+ 8 <= inputs {
      var u = 0
      while Registers.areWide, u &+ 2 <= units {
        block2(
          delta + u &* dStride, dStride, x + i &* xStride, xStride, lanes,
          weights + (u &* inputs &+ i), inputs, goesOn)
        u &+= 2
      }
      while u < units {
        block1(
          delta + u &* dStride, dStride, x + i &* xStride, xStride, lanes,
          weights + (u &* inputs &+ i), inputs, goesOn)
        u &+= 1
      }
      i &+= 8
    }
    while i < inputs {
      for u in 0..<units {
        let sum = dot(delta + u &* dStride, x + i &* xStride, lanes)
        let at = u &* inputs &+ i
        weights[at] = goesOn ? weights[at] + sum : sum
      }
      i &+= 1
    }
  }

  @inline(__always)
  private static func dot(
    _ a: UnsafePointer<Lanes>, _ b: UnsafePointer<Lanes>, _ lanes: Int
  ) -> Double {
    var sum = Lanes.zero
    for k in 0..<lanes { sum.addProduct(a[k], b[k]) }
    return LaneFolding.sum(sum)
  }

  @inline(__always)
  private static func put(_ x: Lanes, _ out: UnsafeMutablePointer<Double>, _ goesOn: Bool) {
    var sum = x
    if goesOn { sum += UnsafeRawPointer(out).loadUnaligned(as: Lanes.self) }
    UnsafeMutableRawPointer(out).storeBytes(of: sum, as: Lanes.self)
  }

  /// 2 units × 8 inputs.
  @inline(__always)
  private static func block2(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int,
    _ lanes: Int, _ out: UnsafeMutablePointer<Double>, _ stride: Int,
    _ goesOn: Bool
  ) {
    let e = delta + dStride
    let x1 = x + xStride
    let x2 = x + 2 &* xStride
    let x3 = x + 3 &* xStride
    let x4 = x + 4 &* xStride
    let x5 = x + 5 &* xStride
    let x6 = x + 6 &* xStride
    let x7 = x + 7 &* xStride
    var d0 = Lanes.zero
    var d1 = Lanes.zero
    var d2 = Lanes.zero
    var d3 = Lanes.zero
    var d4 = Lanes.zero
    var d5 = Lanes.zero
    var d6 = Lanes.zero
    var d7 = Lanes.zero
    var e0 = Lanes.zero
    var e1 = Lanes.zero
    var e2 = Lanes.zero
    var e3 = Lanes.zero
    var e4 = Lanes.zero
    var e5 = Lanes.zero
    var e6 = Lanes.zero
    var e7 = Lanes.zero
    for k in 0..<lanes {
      let a = delta[k]
      let b = e[k]
      let y0 = x[k]
      d0.addProduct(a, y0)
      e0.addProduct(b, y0)
      let y1 = x1[k]
      d1.addProduct(a, y1)
      e1.addProduct(b, y1)
      let y2 = x2[k]
      d2.addProduct(a, y2)
      e2.addProduct(b, y2)
      let y3 = x3[k]
      d3.addProduct(a, y3)
      e3.addProduct(b, y3)
      let y4 = x4[k]
      d4.addProduct(a, y4)
      e4.addProduct(b, y4)
      let y5 = x5[k]
      d5.addProduct(a, y5)
      e5.addProduct(b, y5)
      let y6 = x6[k]
      d6.addProduct(a, y6)
      e6.addProduct(b, y6)
      let y7 = x7[k]
      d7.addProduct(a, y7)
      e7.addProduct(b, y7)
    }
    put(LaneFolding.sums(d0, d1, d2, d3, d4, d5, d6, d7), out, goesOn)
    put(LaneFolding.sums(e0, e1, e2, e3, e4, e5, e6, e7), out + stride, goesOn)
  }

  /// 1 unit × 8 inputs.
  @inline(__always)
  private static func block1(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int,
    _ lanes: Int, _ out: UnsafeMutablePointer<Double>, _ stride: Int,
    _ goesOn: Bool
  ) {
    let x1 = x + xStride
    let x2 = x + 2 &* xStride
    let x3 = x + 3 &* xStride
    let x4 = x + 4 &* xStride
    let x5 = x + 5 &* xStride
    let x6 = x + 6 &* xStride
    let x7 = x + 7 &* xStride
    var d0 = Lanes.zero
    var d1 = Lanes.zero
    var d2 = Lanes.zero
    var d3 = Lanes.zero
    var d4 = Lanes.zero
    var d5 = Lanes.zero
    var d6 = Lanes.zero
    var d7 = Lanes.zero
    for k in 0..<lanes {
      let a = delta[k]
      let y0 = x[k]
      d0.addProduct(a, y0)
      let y1 = x1[k]
      d1.addProduct(a, y1)
      let y2 = x2[k]
      d2.addProduct(a, y2)
      let y3 = x3[k]
      d3.addProduct(a, y3)
      let y4 = x4[k]
      d4.addProduct(a, y4)
      let y5 = x5[k]
      d5.addProduct(a, y5)
      let y6 = x6[k]
      d6.addProduct(a, y6)
      let y7 = x7[k]
      d7.addProduct(a, y7)
    }
    put(LaneFolding.sums(d0, d1, d2, d3, d4, d5, d6, d7), out, goesOn)
  }
}
