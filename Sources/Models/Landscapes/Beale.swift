import Lanes

extension Landscape {
  /// Beale's function: `f = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²`, least at (3,
  /// 0.5).
  ///
  /// E. M. L. Beale, "On an iterative method for finding a local minimum of a function of more than
  /// one variable", 1958.
  static let beale = Landscape(
    "beale", "(1.5 − x + x y)² + (2.25 − x + x y²)² + (2.625 − x + x y³)²",
    "Flat plains and sharp corners", x: -4.5...4.5, y: -4.5...4.5, start: [1, 1.5],
    minima: { _ in [[3, 0.5]] },
    hessian: { point, _ in
      let (x, y) = (point[0], point[1])
      let (p, q, r) = (y - 1, y * y - 1, y * y * y - 1)
      let (a, b, c) = (1.5 + x * p, 2.25 + x * q, 2.625 + x * r)
      let (u, v, w) = (x, 2 * x * y, 3 * x * y * y)
      let xy = 2 * (p * u + a + q * v + 2 * b * y + r * w + 3 * c * y * y)
      let yy = 2 * (u * u + v * v + 2 * b * x + w * w + 6 * c * x * y)
      return SIMD4(2 * (p * p + q * q + r * r), xy, xy, yy)
    },
    evaluate: { x, y, value, dx, dy, count, _ in
      for i in 0..<count {
        let x = x[i]
        let y = y[i]
        let square = y * y
        let p = y - 1
        let q = square - 1
        let r = square * y - 1
        let a = Lanes(repeating: 1.5).addingProduct(x, p)
        let b = Lanes(repeating: 2.25).addingProduct(x, q)
        let c = Lanes(repeating: 2.625).addingProduct(x, r)
        let ab = (b * b).addingProduct(a, a)
        value?[i] = ab.addingProduct(c, c)
        let alongX = (b * q).addingProduct(a, p)
        dx[i] = 2 * alongX.addingProduct(c, r)
        let alongY = a.addingProduct(2 * b, y)
        dy[i] = 2 * (x * alongY.addingProduct(3 * c, square))
      }
    })
}
