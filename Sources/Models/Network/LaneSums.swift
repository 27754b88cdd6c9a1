import Lanes

/// Gradients by weights and biases of small networks: sums over samples that stay vectors until the last chunk is done.
///
/// Sum j is that of flat parameter j. Each is one chain of fused multiply-adds over lane blocks in rising order, and is
/// added up across lanes once, in `Reduction.sum`'s order.
enum LaneSums {
  /// The most parameters of a network whose sums are kept as vectors: they fill the first-level cache.
  static let limit = 512

  /// Multiplies rows of gradients with rows of inputs; `goesOn` adds to what `sums` hold, otherwise they begin.
  static func add(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, units: Int, _ x: UnsafePointer<Lanes>,
    _ xStride: Int, inputs: Int, lanes: Int, _ sums: UnsafeMutablePointer<Lanes>, goesOn: Bool
  ) {
    var u = 0
    while Registers.areWide, u &+ 4 <= units {
      let d = delta + u &* dStride
      let out = sums + u &* inputs
      var i = 0
      while i &+ 4 <= inputs {
        block4x4(d, dStride, x + i &* xStride, xStride, lanes, out + i, inputs, goesOn)
        i &+= 4
      }
      while i &+ 2 <= inputs {
        block4x2(d, dStride, x + i &* xStride, xStride, lanes, out + i, inputs, goesOn)
        i &+= 2
      }
      if i < inputs {
        block4x1(d, dStride, x + i &* xStride, xStride, lanes, out + i, inputs, goesOn)
      }
      u &+= 4
    }
    while u < units {
      let d = delta + u &* dStride
      let out = sums + u &* inputs
      var i = 0
      while i &+ 4 <= inputs {
        block1x4(d, dStride, x + i &* xStride, xStride, lanes, out + i, inputs, goesOn)
        i &+= 4
      }
      while i < inputs {
        block1x1(d, dStride, x + i &* xStride, xStride, lanes, out + i, inputs, goesOn)
        i &+= 1
      }
      u &+= 1
    }
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

  /// Adds every sum up across its lanes; `sums` and `gradient` hold `count` rounded up to a multiple of eight.
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

  /// 4 units × 4 inputs.
  @inline(__always)
  private static func block4x4(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int,
    _ lanes: Int, _ sums: UnsafeMutablePointer<Lanes>, _ stride: Int, _ goesOn: Bool
  ) {
    let d1 = delta + dStride
    let d2 = delta + 2 &* dStride
    let d3 = delta + 3 &* dStride
    let x1 = x + xStride
    let x2 = x + 2 &* xStride
    let x3 = x + 3 &* xStride
    let out1 = sums + stride
    let out2 = sums + 2 &* stride
    let out3 = sums + 3 &* stride
    var s00 = Lanes.zero
    var s01 = Lanes.zero
    var s02 = Lanes.zero
    var s03 = Lanes.zero
    var s10 = Lanes.zero
    var s11 = Lanes.zero
    var s12 = Lanes.zero
    var s13 = Lanes.zero
    var s20 = Lanes.zero
    var s21 = Lanes.zero
    var s22 = Lanes.zero
    var s23 = Lanes.zero
    var s30 = Lanes.zero
    var s31 = Lanes.zero
    var s32 = Lanes.zero
    var s33 = Lanes.zero
    if goesOn {
      s00 = sums[0]
      s01 = sums[1]
      s02 = sums[2]
      s03 = sums[3]
      s10 = out1[0]
      s11 = out1[1]
      s12 = out1[2]
      s13 = out1[3]
      s20 = out2[0]
      s21 = out2[1]
      s22 = out2[2]
      s23 = out2[3]
      s30 = out3[0]
      s31 = out3[1]
      s32 = out3[2]
      s33 = out3[3]
    }
    for k in 0..<lanes {
      let b0 = x[k]
      let b1 = x1[k]
      let b2 = x2[k]
      let b3 = x3[k]
      let a0 = delta[k]
      s00.addProduct(a0, b0)
      s01.addProduct(a0, b1)
      s02.addProduct(a0, b2)
      s03.addProduct(a0, b3)
      let a1 = d1[k]
      s10.addProduct(a1, b0)
      s11.addProduct(a1, b1)
      s12.addProduct(a1, b2)
      s13.addProduct(a1, b3)
      let a2 = d2[k]
      s20.addProduct(a2, b0)
      s21.addProduct(a2, b1)
      s22.addProduct(a2, b2)
      s23.addProduct(a2, b3)
      let a3 = d3[k]
      s30.addProduct(a3, b0)
      s31.addProduct(a3, b1)
      s32.addProduct(a3, b2)
      s33.addProduct(a3, b3)
    }
    sums[0] = s00
    sums[1] = s01
    sums[2] = s02
    sums[3] = s03
    out1[0] = s10
    out1[1] = s11
    out1[2] = s12
    out1[3] = s13
    out2[0] = s20
    out2[1] = s21
    out2[2] = s22
    out2[3] = s23
    out3[0] = s30
    out3[1] = s31
    out3[2] = s32
    out3[3] = s33
  }

  /// 4 units × 2 inputs.
  @inline(__always)
  private static func block4x2(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int,
    _ lanes: Int, _ sums: UnsafeMutablePointer<Lanes>, _ stride: Int, _ goesOn: Bool
  ) {
    let d1 = delta + dStride
    let d2 = delta + 2 &* dStride
    let d3 = delta + 3 &* dStride
    let x1 = x + xStride
    let out1 = sums + stride
    let out2 = sums + 2 &* stride
    let out3 = sums + 3 &* stride
    var s00 = Lanes.zero
    var s01 = Lanes.zero
    var s10 = Lanes.zero
    var s11 = Lanes.zero
    var s20 = Lanes.zero
    var s21 = Lanes.zero
    var s30 = Lanes.zero
    var s31 = Lanes.zero
    if goesOn {
      s00 = sums[0]
      s01 = sums[1]
      s10 = out1[0]
      s11 = out1[1]
      s20 = out2[0]
      s21 = out2[1]
      s30 = out3[0]
      s31 = out3[1]
    }
    for k in 0..<lanes {
      let b0 = x[k]
      let b1 = x1[k]
      let a0 = delta[k]
      s00.addProduct(a0, b0)
      s01.addProduct(a0, b1)
      let a1 = d1[k]
      s10.addProduct(a1, b0)
      s11.addProduct(a1, b1)
      let a2 = d2[k]
      s20.addProduct(a2, b0)
      s21.addProduct(a2, b1)
      let a3 = d3[k]
      s30.addProduct(a3, b0)
      s31.addProduct(a3, b1)
    }
    sums[0] = s00
    sums[1] = s01
    out1[0] = s10
    out1[1] = s11
    out2[0] = s20
    out2[1] = s21
    out3[0] = s30
    out3[1] = s31
  }

  /// 4 units × 1 input.
  @inline(__always)
  private static func block4x1(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int,
    _ lanes: Int, _ sums: UnsafeMutablePointer<Lanes>, _ stride: Int, _ goesOn: Bool
  ) {
    let d1 = delta + dStride
    let d2 = delta + 2 &* dStride
    let d3 = delta + 3 &* dStride
    let out1 = sums + stride
    let out2 = sums + 2 &* stride
    let out3 = sums + 3 &* stride
    var s00 = Lanes.zero
    var s10 = Lanes.zero
    var s20 = Lanes.zero
    var s30 = Lanes.zero
    if goesOn {
      s00 = sums[0]
      s10 = out1[0]
      s20 = out2[0]
      s30 = out3[0]
    }
    for k in 0..<lanes {
      let b0 = x[k]
      let a0 = delta[k]
      s00.addProduct(a0, b0)
      let a1 = d1[k]
      s10.addProduct(a1, b0)
      let a2 = d2[k]
      s20.addProduct(a2, b0)
      let a3 = d3[k]
      s30.addProduct(a3, b0)
    }
    sums[0] = s00
    out1[0] = s10
    out2[0] = s20
    out3[0] = s30
  }

  /// 1 unit × 4 inputs.
  @inline(__always)
  private static func block1x4(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int,
    _ lanes: Int, _ sums: UnsafeMutablePointer<Lanes>, _ stride: Int, _ goesOn: Bool
  ) {
    let x1 = x + xStride
    let x2 = x + 2 &* xStride
    let x3 = x + 3 &* xStride
    var s00 = Lanes.zero
    var s01 = Lanes.zero
    var s02 = Lanes.zero
    var s03 = Lanes.zero
    if goesOn {
      s00 = sums[0]
      s01 = sums[1]
      s02 = sums[2]
      s03 = sums[3]
    }
    for k in 0..<lanes {
      let b0 = x[k]
      let b1 = x1[k]
      let b2 = x2[k]
      let b3 = x3[k]
      let a0 = delta[k]
      s00.addProduct(a0, b0)
      s01.addProduct(a0, b1)
      s02.addProduct(a0, b2)
      s03.addProduct(a0, b3)
    }
    sums[0] = s00
    sums[1] = s01
    sums[2] = s02
    sums[3] = s03
  }

  /// 1 unit × 1 input.
  @inline(__always)
  private static func block1x1(
    _ delta: UnsafePointer<Lanes>, _ dStride: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int,
    _ lanes: Int, _ sums: UnsafeMutablePointer<Lanes>, _ stride: Int, _ goesOn: Bool
  ) {
    var s00 = Lanes.zero
    if goesOn {
      s00 = sums[0]
    }
    for k in 0..<lanes {
      let b0 = x[k]
      let a0 = delta[k]
      s00.addProduct(a0, b0)
    }
    sums[0] = s00
  }
}
