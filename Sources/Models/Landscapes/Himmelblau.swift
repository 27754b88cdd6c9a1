import Lanes

extension Landscape {
  /// Himmelblau's function: `f = (x² + y − 11)² + (x + y² − 7)²`, with four minima of value 0.
  ///
  /// D. M. Himmelblau, "Applied Nonlinear Programming", 1972.
  static let himmelblau = Landscape(
    "himmelblau", "(x² + y − 11)² + (x + y² − 7)²", "Four minima of equal depth", x: -5...5,
    y: -5...5, start: [0, 0],
    minima: { _ in
      [
        [3, 2], [-2.805118086952745, 3.131312518250573],
        [-3.779310253377747, -3.283185991286170], [3.584428340330492, -1.848126526964404],
      ]
    },
    hessian: { point, _ in
      let (x, y) = (point[0], point[1])
      let xy = 4 * (x + y)
      return SIMD4(12 * x * x + 4 * y - 42, xy, xy, 12 * y * y + 4 * x - 26)
    },
    evaluate: { x, y, value, dx, dy, count, _ in
      for i in 0..<count {
        let x = x[i]
        let y = y[i]
        let a = (y - 11) + x * x
        let b = (x - 7) + y * y
        value?[i] = (b * b).addingProduct(a, a)
        dx[i] = 4 * (a * x) + 2 * b
        dy[i] = 2 * a + 4 * (b * y)
      }
    })
}
