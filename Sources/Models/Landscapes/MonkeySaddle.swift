import Lanes

extension Landscape {
  /// Three valleys meet in a flat point: `f = x³ − 3xy² + q (x² + y²)²`; the Hessian vanishes at
  /// the origin.
  static let monkeySaddle = Landscape(
    "monkey_saddle", "x³ − 3 x y² + q (x² + y²)²",
    "Two valleys for the legs and one for the tail; no curvature at the centre",
    hyperparameters: [
      Hyperparameter(
        "quartic", symbol: "q", "Bends the valleys up again; 0 lets the run fall for ever",
        default: 0.25, in: 0...10)
    ],
    x: -4...4, y: -4...4, start: [0.3, 0.02],
    minima: { settings in
      // Along each valley f(r) = −r³ + q r⁴: least at r = 3/(4q).
      let q = settings["quartic"]
      guard q > 0.1875 else { return [] }
      let r = 0.75 / q
      let h = r * Elementary.sqrt(3.0) / 2
      return [[-r, 0], [r / 2, h], [r / 2, -h]]
    },
    hessian: { point, settings in
      let (x, y, q) = (point[0], point[1], settings["quartic"])
      let xy = -6 * y + 8 * q * x * y
      return SIMD4(
        6 * x + q * (12 * x * x + 4 * y * y), xy, xy, -6 * x + q * (4 * x * x + 12 * y * y))
    },
    evaluate: { x, y, value, dx, dy, count, constants in
      let q = Lanes(repeating: constants[0])
      for i in 0..<count {
        let x = x[i]
        let y = y[i]
        let xx = x * x
        let yy = y * y
        let square = xx + yy
        let bend = q * square
        let cubic = x * (xx - 3 * yy)
        value?[i] = cubic.addingProduct(bend, square)
        dx[i] = (3 * (xx - yy)).addingProduct(4 * bend, x)
        dy[i] = (-6 * (x * y)).addingProduct(4 * bend, y)
      }
    })
}
