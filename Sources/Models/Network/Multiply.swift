package import Lanes

/// The product of a matrix of numbers and a matrix of lanes, in register blocks: `C[u][v] = start + Σ_k W[u,k] X[k][v]`.
///
/// One kernel serves the forward pass (W row by row), the backward pass (W transposed) and weight gradients (slopes as W).
/// Each element is one chain of fused multiply-adds in rising k, so that results do not depend on the blocking.
package enum Multiply {
  /// What sums start from.
  package enum Start: Sendable {
    /// Zero.
    case zero
    /// One number a unit.
    case bias
    /// What stands in C.
    case sum
  }

  /// Multiplies. W[u,k] is `w[u * unit + k * step]`; rows of C and X are `cStride` and `xStride` lanes apart.
  package static func rows(
    _ c: UnsafeMutablePointer<Lanes>, _ cStride: Int, units: Int, lanes: Int,
    _ w: UnsafePointer<Double>, unit: Int, step: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int,
    depth: Int, start: Start, bias: UnsafePointer<Double>
  ) {
    var v = 0
    while Registers.areWide, v &+ 4 <= lanes {
      var u = 0
      while u &+ 4 <= units {
        block4x4(
          c + (u &* cStride &+ v), cStride, w + u &* unit, unit, step, x + v, xStride, depth, start,
          bias + u)
        u &+= 4
      }
      if u &+ 2 <= units {
        block2x4(
          c + (u &* cStride &+ v), cStride, w + u &* unit, unit, step, x + v, xStride, depth, start,
          bias + u)
        u &+= 2
      }
      while u < units {
        block1x4(
          c + (u &* cStride &+ v), cStride, w + u &* unit, unit, step, x + v, xStride, depth, start,
          bias + u)
        u &+= 1
      }
      v &+= 4
    }
    while Registers.areWide, v &+ 2 <= lanes {
      var u = 0
      while u &+ 4 <= units {
        block4x2(
          c + (u &* cStride &+ v), cStride, w + u &* unit, unit, step, x + v, xStride, depth, start,
          bias + u)
        u &+= 4
      }
      while u < units {
        block1x2(
          c + (u &* cStride &+ v), cStride, w + u &* unit, unit, step, x + v, xStride, depth, start,
          bias + u)
        u &+= 1
      }
      v &+= 2
    }
    while v < lanes {
      var u = 0
      while u &+ 4 <= units {
        block4x1(
          c + (u &* cStride &+ v), cStride, w + u &* unit, unit, step, x + v, xStride, depth, start,
          bias + u)
        u &+= 4
      }
      while u < units {
        block1x1(
          c + (u &* cStride &+ v), cStride, w + u &* unit, unit, step, x + v, xStride, depth, start,
          bias + u)
        u &+= 1
      }
      v &+= 1
    }
  }
}
