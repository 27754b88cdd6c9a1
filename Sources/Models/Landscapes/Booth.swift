import Lanes

extension Landscape {
  /// Booth's function: `f = (x + 2y − 7)² + (2x + y − 5)²`, a convex bowl with its minimum at (1,
  /// 3).
  static let booth = Landscape(
    "booth", "(x + 2y − 7)² + (2x + y − 5)²", "A tilted convex bowl", x: -6...8, y: -4...10,
    start: [-4, -2],
    minima: { _ in [[1, 3]] },
    hessian: { _, _ in SIMD4(10, 8, 8, 10) },
    evaluate: { x, y, value, dx, dy, count, _ in
      for i in 0..<count {
        let x = x[i]
        let y = y[i]
        let a = (x - 7) + 2 * y
        let b = (y - 5) + 2 * x
        value?[i] = (b * b).addingProduct(a, a)
        dx[i] = 2 * a + 4 * b
        dy[i] = 4 * a + 2 * b
      }
    })
}
