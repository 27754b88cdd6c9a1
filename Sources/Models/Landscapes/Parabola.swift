import Lanes

extension Landscape {
  /// The notes' first descent: `f(x) = x²`, `f' = 2x`; gradient descent multiplies x by 1 − 2η each
  /// step.
  static let parabola = Landscape(
    "parabola", "x²", "The simplest bowl", variables: 1, x: -6...6, y: -2...36, start: [5],
    minima: { _ in [[0]] },
    hessian: { _, _ in SIMD4(2, 0, 0, 0) },
    evaluate: { x, _, value, dx, _, count, _ in
      for i in 0..<count {
        let x = x[i]
        value?[i] = x * x
        dx[i] = x + x
      }
    })
}
