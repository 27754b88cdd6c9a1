import Lanes

/// The matrix kernel of dense layers on plain matrices, for benchmarks and tests: C = W X.
///
/// Rows of many samples lie a large power of two apart, so that all of a column falls on the same few cache sets. So panels of
/// X, four lane blocks wide, are copied together and stay in the cache while all units go over them. (Training keeps its
/// rows short and an odd number of lane blocks apart from the start.) Each element is still one chain of sums in rising k.
package enum MatrixProduct {
  /// The most rows of a panel: what is deeper is summed in turns.
  private static let panelDepth = 128
  /// Lane blocks across a panel.
  private static let panelWidth = 4
  /// Rows of at least this many lane blocks, a multiple of 1 KB apart, are copied to panels.
  private static let fewestLanes = 32

  /// Multiplies `units × depth` weights (row by row) with `depth × samples` inputs (unit-major) into `units × samples`;
  /// `samples` is a multiple of eight, all pointers are 64-byte aligned.
  package static func multiply(
    weights: UnsafePointer<Double>, inputs: UnsafePointer<Double>,
    into outputs: UnsafeMutablePointer<Double>, units: Int, depth: Int, samples: Int
  ) {
    precondition(samples & 7 == 0, "\(samples) samples do not fill whole lanes")
    let lanes = samples / 8
    let x = Rows.lanes(inputs)
    let c = Rows.lanes(outputs)
    guard lanes >= fewestLanes, lanes & 15 == 0 else {
      Multiply.rows(
        c, lanes, units: units, lanes: lanes, weights, unit: depth, step: 1, x, lanes,
        depth: depth, start: .zero, bias: weights)
      return
    }
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: panelDepth * panelWidth) { space in
      guard let panel = space.baseAddress else { return }
      for column in stride(from: 0, to: lanes, by: panelWidth) {
        var first = 0
        repeat {
          let height = min(panelDepth, depth &- first)
          for k in 0..<height {
            let from = x + ((first &+ k) &* lanes &+ column)
            let to = panel + k &* panelWidth
            let (a, b, c, d) = (from[0], from[1], from[2], from[3])
            to[0] = a
            to[1] = b
            to[2] = c
            to[3] = d
          }
          Multiply.rows(
            c + column, lanes, units: units, lanes: panelWidth, weights + first, unit: depth,
            step: 1, panel, panelWidth, depth: height, start: first == 0 ? .zero : .sum,
            bias: weights)
          first &+= height
        } while first < depth
      }
    }
  }
}
