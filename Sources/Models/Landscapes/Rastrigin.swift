import Lanes

extension Landscape {
  /// Rastrigin's function: `f = 20 + x² + y² − 10 (cos 2πx + cos 2πy)`, a bowl full of dimples,
  /// least at 0.
  ///
  /// L. A. Rastrigin, "Systems of extremal control", 1974.
  static let rastrigin = Landscape(
    "rastrigin", "20 + x² + y² − 10 (cos 2πx + cos 2πy)", "A bowl full of local minima",
    x: -3...3, y: -3...3, start: [2.4, 1.6],
    minima: { _ in [[0, 0]] },
    hessian: { point, _ in
      let turn = 2 * Double.pi
      let scale = 10 * turn * turn
      return SIMD4(
        2 + scale * Elementary.cos(turn * point[0]), 0, 0,
        2 + scale * Elementary.cos(turn * point[1]))
    },
    evaluate: { x, y, value, dx, dy, count, _ in
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 16) { space in
        guard let sine = space.baseAddress else { return }
        let cosine = sine + 8
        let turn = 2 * Double.pi
        var start = 0
        while start < count {
          // Of x in the first four lanes of the block, of y in the other four.
          let block = min(4, count - start)
          for i in 0..<block {
            dx[start + i] = turn * x[start + i]
            dy[start + i] = turn * y[start + i]
          }
          Rows.sincos(dx + start, sin: sine, cos: cosine, count: block)
          Rows.sincos(dy + start, sin: sine + 4, cos: cosine + 4, count: block)
          for i in 0..<block {
            let x = x[start + i]
            let y = y[start + i]
            let bowl = (y * y).addingProduct(x, x)
            value?[start + i] = (bowl + 20) - 10 * (cosine[i] + cosine[4 + i])
            dx[start + i] = 2 * x + (10 * turn) * sine[i]
            dy[start + i] = 2 * y + (10 * turn) * sine[4 + i]
          }
          start += block
        }
      }
    })
}
