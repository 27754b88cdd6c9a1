import CLanes
package import Lanes

/// The product of a matrix of numbers and a matrix of lanes, in register blocks: `C[u][v] = start +
/// Σ_k W[u,k] X[k][v]`.
///
/// One kernel serves the forward pass (W row by row), the backward pass (W transposed) and weight
/// gradients (gradients as W). Each element is one chain of fused multiply-adds in rising k, so
/// that results do not depend on the blocking.
package enum Multiply {
  /// What sums start from.
  package enum Start: Sendable {
    /// Zero.
    case zero
    /// One number a unit.
    case bias
    /// What stands in C.
    case sum

    fileprivate var code: Int32 {
      switch self {
      case .zero: Int32(GLISSADE_START_ZERO.rawValue)
      case .bias: Int32(GLISSADE_START_BIAS.rawValue)
      case .sum: Int32(GLISSADE_START_SUM.rawValue)
      }
    }
  }

  /// What is done to sums on their way to C, while they are in registers.
  package enum Finish {
    /// Nothing.
    case plain
    /// What is not above zero becomes zero: φ of `Activation.relu`.
    case relu
    /// Becomes zero where these rows, as many as C's, are not above zero: φ' of `Activation.relu`,
    /// which its values tell.
    case gated(UnsafePointer<Lanes>, stride: Int)
  }

  /// Multiplies. W[u,k] is `w[u * unit + k * step]`; rows of C and X are `cStride` and `xStride`
  /// lanes apart.
  package static func rows(
    _ c: UnsafeMutablePointer<Lanes>, _ cStride: Int, units: Int, lanes: Int,
    _ w: UnsafePointer<Double>, unit: Int, step: Int, _ x: UnsafePointer<Lanes>, _ xStride: Int,
    depth: Int, start: Start, bias: UnsafePointer<Double>, finish: Finish = .plain
  ) {
    var product = GlissadeProduct(
      c: Rows.doubles(c), w: w, x: Rows.doubles(x), bias: bias, gates: nil,
      c_stride: cStride &* 8, unit: unit, step: step, x_stride: xStride &* 8, gates_stride: 0,
      depth: depth, start: start.code, finish: Int32(GLISSADE_FINISH_PLAIN.rawValue))
    switch finish {
    case .plain: break
    case .relu: product.finish = Int32(GLISSADE_FINISH_RELU.rawValue)
    case .gated(let rows, let stride):
      product.finish = Int32(GLISSADE_FINISH_GATED.rawValue)
      product.gates = Rows.doubles(rows)
      product.gates_stride = stride &* 8
    }
    glissade_product(&product, units, lanes)
  }
}
