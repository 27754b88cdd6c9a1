import Lanes

/// Register blocks of four lane blocks, for processors with 32 registers of eight doubles.
extension Multiply {
  /// 4 units × 4 lane blocks.
  @inline(__always)
  static func block4x4(
    _ c: UnsafeMutablePointer<Lanes>, _ cStride: Int, _ w: UnsafePointer<Double>, _ unit: Int,
    _ step: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int, _ depth: Int, _ start: Start,
    _ bias: UnsafePointer<Double>
  ) {
    let c0 = c
    let c1 = c + cStride
    let c2 = c + 2 &* cStride
    let c3 = c + 3 &* cStride
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
    switch start {
    case .zero: break
    case .bias:
      let b0 = Lanes(repeating: bias[0])
      s00 = b0
      s01 = b0
      s02 = b0
      s03 = b0
      let b1 = Lanes(repeating: bias[1])
      s10 = b1
      s11 = b1
      s12 = b1
      s13 = b1
      let b2 = Lanes(repeating: bias[2])
      s20 = b2
      s21 = b2
      s22 = b2
      s23 = b2
      let b3 = Lanes(repeating: bias[3])
      s30 = b3
      s31 = b3
      s32 = b3
      s33 = b3
    case .sum:
      s00 = c0[0]
      s01 = c0[1]
      s02 = c0[2]
      s03 = c0[3]
      s10 = c1[0]
      s11 = c1[1]
      s12 = c1[2]
      s13 = c1[3]
      s20 = c2[0]
      s21 = c2[1]
      s22 = c2[2]
      s23 = c2[3]
      s30 = c3[0]
      s31 = c3[1]
      s32 = c3[2]
      s33 = c3[3]
    }
    var x = x
    var w = w
    for _ in 0..<depth {
      let x0 = x[0]
      let x1 = x[1]
      let x2 = x[2]
      let x3 = x[3]
      let w0 = Lanes(repeating: w[0])
      s00.addProduct(w0, x0)
      s01.addProduct(w0, x1)
      s02.addProduct(w0, x2)
      s03.addProduct(w0, x3)
      let w1 = Lanes(repeating: w[unit])
      s10.addProduct(w1, x0)
      s11.addProduct(w1, x1)
      s12.addProduct(w1, x2)
      s13.addProduct(w1, x3)
      let w2 = Lanes(repeating: w[2 &* unit])
      s20.addProduct(w2, x0)
      s21.addProduct(w2, x1)
      s22.addProduct(w2, x2)
      s23.addProduct(w2, x3)
      let w3 = Lanes(repeating: w[3 &* unit])
      s30.addProduct(w3, x0)
      s31.addProduct(w3, x1)
      s32.addProduct(w3, x2)
      s33.addProduct(w3, x3)
      x += xStride
      w += step
    }
    c0[0] = s00
    c0[1] = s01
    c0[2] = s02
    c0[3] = s03
    c1[0] = s10
    c1[1] = s11
    c1[2] = s12
    c1[3] = s13
    c2[0] = s20
    c2[1] = s21
    c2[2] = s22
    c2[3] = s23
    c3[0] = s30
    c3[1] = s31
    c3[2] = s32
    c3[3] = s33
  }

  /// 2 units × 4 lane blocks.
  @inline(__always)
  static func block2x4(
    _ c: UnsafeMutablePointer<Lanes>, _ cStride: Int, _ w: UnsafePointer<Double>, _ unit: Int,
    _ step: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int, _ depth: Int, _ start: Start,
    _ bias: UnsafePointer<Double>
  ) {
    let c0 = c
    let c1 = c + cStride
    var s00 = Lanes.zero
    var s01 = Lanes.zero
    var s02 = Lanes.zero
    var s03 = Lanes.zero
    var s10 = Lanes.zero
    var s11 = Lanes.zero
    var s12 = Lanes.zero
    var s13 = Lanes.zero
    switch start {
    case .zero: break
    case .bias:
      let b0 = Lanes(repeating: bias[0])
      s00 = b0
      s01 = b0
      s02 = b0
      s03 = b0
      let b1 = Lanes(repeating: bias[1])
      s10 = b1
      s11 = b1
      s12 = b1
      s13 = b1
    case .sum:
      s00 = c0[0]
      s01 = c0[1]
      s02 = c0[2]
      s03 = c0[3]
      s10 = c1[0]
      s11 = c1[1]
      s12 = c1[2]
      s13 = c1[3]
    }
    var x = x
    var w = w
    for _ in 0..<depth {
      let x0 = x[0]
      let x1 = x[1]
      let x2 = x[2]
      let x3 = x[3]
      let w0 = Lanes(repeating: w[0])
      s00.addProduct(w0, x0)
      s01.addProduct(w0, x1)
      s02.addProduct(w0, x2)
      s03.addProduct(w0, x3)
      let w1 = Lanes(repeating: w[unit])
      s10.addProduct(w1, x0)
      s11.addProduct(w1, x1)
      s12.addProduct(w1, x2)
      s13.addProduct(w1, x3)
      x += xStride
      w += step
    }
    c0[0] = s00
    c0[1] = s01
    c0[2] = s02
    c0[3] = s03
    c1[0] = s10
    c1[1] = s11
    c1[2] = s12
    c1[3] = s13
  }

  /// 1 unit × 4 lane blocks.
  @inline(__always)
  static func block1x4(
    _ c: UnsafeMutablePointer<Lanes>, _ cStride: Int, _ w: UnsafePointer<Double>, _ unit: Int,
    _ step: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int, _ depth: Int, _ start: Start,
    _ bias: UnsafePointer<Double>
  ) {
    let c0 = c
    var s00 = Lanes.zero
    var s01 = Lanes.zero
    var s02 = Lanes.zero
    var s03 = Lanes.zero
    switch start {
    case .zero: break
    case .bias:
      let b0 = Lanes(repeating: bias[0])
      s00 = b0
      s01 = b0
      s02 = b0
      s03 = b0
    case .sum:
      s00 = c0[0]
      s01 = c0[1]
      s02 = c0[2]
      s03 = c0[3]
    }
    var x = x
    var w = w
    for _ in 0..<depth {
      let x0 = x[0]
      let x1 = x[1]
      let x2 = x[2]
      let x3 = x[3]
      let w0 = Lanes(repeating: w[0])
      s00.addProduct(w0, x0)
      s01.addProduct(w0, x1)
      s02.addProduct(w0, x2)
      s03.addProduct(w0, x3)
      x += xStride
      w += step
    }
    c0[0] = s00
    c0[1] = s01
    c0[2] = s02
    c0[3] = s03
  }
}
