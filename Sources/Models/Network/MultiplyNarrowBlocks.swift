import Lanes

/// Register blocks of one and two lane blocks: for the ends of rows, and for processors with fewer registers.
extension Multiply {
  /// 4 units × 2 lane blocks.
  @inline(__always)
  static func block4x2(
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
    var s10 = Lanes.zero
    var s11 = Lanes.zero
    var s20 = Lanes.zero
    var s21 = Lanes.zero
    var s30 = Lanes.zero
    var s31 = Lanes.zero
    switch start {
    case .zero: break
    case .bias:
      let b0 = Lanes(repeating: bias[0])
      s00 = b0
      s01 = b0
      let b1 = Lanes(repeating: bias[1])
      s10 = b1
      s11 = b1
      let b2 = Lanes(repeating: bias[2])
      s20 = b2
      s21 = b2
      let b3 = Lanes(repeating: bias[3])
      s30 = b3
      s31 = b3
    case .sum:
      s00 = c0[0]
      s01 = c0[1]
      s10 = c1[0]
      s11 = c1[1]
      s20 = c2[0]
      s21 = c2[1]
      s30 = c3[0]
      s31 = c3[1]
    }
    var x = x
    var w = w
    for _ in 0..<depth {
      let x0 = x[0]
      let x1 = x[1]
      let w0 = Lanes(repeating: w[0])
      s00.addProduct(w0, x0)
      s01.addProduct(w0, x1)
      let w1 = Lanes(repeating: w[unit])
      s10.addProduct(w1, x0)
      s11.addProduct(w1, x1)
      let w2 = Lanes(repeating: w[2 &* unit])
      s20.addProduct(w2, x0)
      s21.addProduct(w2, x1)
      let w3 = Lanes(repeating: w[3 &* unit])
      s30.addProduct(w3, x0)
      s31.addProduct(w3, x1)
      x += xStride
      w += step
    }
    c0[0] = s00
    c0[1] = s01
    c1[0] = s10
    c1[1] = s11
    c2[0] = s20
    c2[1] = s21
    c3[0] = s30
    c3[1] = s31
  }

  /// 1 unit × 2 lane blocks.
  @inline(__always)
  static func block1x2(
    _ c: UnsafeMutablePointer<Lanes>, _ cStride: Int, _ w: UnsafePointer<Double>, _ unit: Int,
    _ step: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int, _ depth: Int, _ start: Start,
    _ bias: UnsafePointer<Double>
  ) {
    let c0 = c
    var s00 = Lanes.zero
    var s01 = Lanes.zero
    switch start {
    case .zero: break
    case .bias:
      let b0 = Lanes(repeating: bias[0])
      s00 = b0
      s01 = b0
    case .sum:
      s00 = c0[0]
      s01 = c0[1]
    }
    var x = x
    var w = w
    for _ in 0..<depth {
      let x0 = x[0]
      let x1 = x[1]
      let w0 = Lanes(repeating: w[0])
      s00.addProduct(w0, x0)
      s01.addProduct(w0, x1)
      x += xStride
      w += step
    }
    c0[0] = s00
    c0[1] = s01
  }

  /// 4 units × 1 lane block.
  @inline(__always)
  static func block4x1(
    _ c: UnsafeMutablePointer<Lanes>, _ cStride: Int, _ w: UnsafePointer<Double>, _ unit: Int,
    _ step: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int, _ depth: Int, _ start: Start,
    _ bias: UnsafePointer<Double>
  ) {
    let c0 = c
    let c1 = c + cStride
    let c2 = c + 2 &* cStride
    let c3 = c + 3 &* cStride
    var s00 = Lanes.zero
    var s10 = Lanes.zero
    var s20 = Lanes.zero
    var s30 = Lanes.zero
    switch start {
    case .zero: break
    case .bias:
      let b0 = Lanes(repeating: bias[0])
      s00 = b0
      let b1 = Lanes(repeating: bias[1])
      s10 = b1
      let b2 = Lanes(repeating: bias[2])
      s20 = b2
      let b3 = Lanes(repeating: bias[3])
      s30 = b3
    case .sum:
      s00 = c0[0]
      s10 = c1[0]
      s20 = c2[0]
      s30 = c3[0]
    }
    var x = x
    var w = w
    for _ in 0..<depth {
      let x0 = x[0]
      let w0 = Lanes(repeating: w[0])
      s00.addProduct(w0, x0)
      let w1 = Lanes(repeating: w[unit])
      s10.addProduct(w1, x0)
      let w2 = Lanes(repeating: w[2 &* unit])
      s20.addProduct(w2, x0)
      let w3 = Lanes(repeating: w[3 &* unit])
      s30.addProduct(w3, x0)
      x += xStride
      w += step
    }
    c0[0] = s00
    c1[0] = s10
    c2[0] = s20
    c3[0] = s30
  }

  /// 1 unit × 1 lane block.
  @inline(__always)
  static func block1x1(
    _ c: UnsafeMutablePointer<Lanes>, _ cStride: Int, _ w: UnsafePointer<Double>, _ unit: Int,
    _ step: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int, _ depth: Int, _ start: Start,
    _ bias: UnsafePointer<Double>
  ) {
    let c0 = c
    var s00 = Lanes.zero
    switch start {
    case .zero: break
    case .bias:
      let b0 = Lanes(repeating: bias[0])
      s00 = b0
    case .sum:
      s00 = c0[0]
    }
    var x = x
    var w = w
    for _ in 0..<depth {
      let x0 = x[0]
      let w0 = Lanes(repeating: w[0])
      s00.addProduct(w0, x0)
      x += xStride
      w += step
    }
    c0[0] = s00
  }
}
