import CLanes
import Lanes

/// The matrix kernel of dense layers on plain matrices, for benchmarks and tests: C = W X.
///
/// Rows of many samples lie a large power of two apart, so that all of a column falls on the same few cache sets. So panels of
/// X, four lane blocks wide, are copied together and stay in the cache while all units go over them; the copying is done
/// along with the products of the panel before. (Training keeps its rows short and an odd number of lane blocks apart from
/// the start.) Each element is still one chain of sums in rising k.
package enum MatrixProduct {
  /// Rows of a multiple of this many lane blocks (4 KB: a way of the first-level cache) are copied to panels.
  private static let aliasing = 64

  /// Multiplies `units × depth` weights (row by row) with `depth × samples` inputs (unit-major) into `units × samples`;
  /// `samples` is a multiple of eight, and all pointers are best 64-byte aligned.
  package static func multiply(
    weights: UnsafePointer<Double>, inputs: UnsafePointer<Double>,
    into outputs: UnsafeMutablePointer<Double>, units: Int, depth: Int, samples: Int
  ) {
    precondition(samples & 7 == 0, "\(samples) samples do not fill whole lanes")
    var product = GlissadeProduct(
      c: outputs, w: weights, x: inputs, bias: nil, gates: nil, c_stride: samples, unit: depth,
      step: 1, x_stride: samples, gates_stride: 0, depth: depth,
      start: Int32(GLISSADE_START_ZERO.rawValue), finish: Int32(GLISSADE_FINISH_PLAIN.rawValue))
    guard samples > 0, (samples / 8) % aliasing == 0 else {
      glissade_product(&product, units, samples / 8)
      return
    }
    withUnsafeTemporaryAllocation(
      byteCount: Int(GLISSADE_PANEL_SPACE) * 8, alignment: 64
    ) { space in
      glissade_product_panels(
        &product, units, samples / 8, space.baseAddress?.assumingMemoryBound(to: Double.self))
    }
  }
}
