import Lanes

extension Landscape {
  /// The saddle at the origin: `f = x² − y² + q y⁴`; with q > 0 it is bounded, with minima at y =
  /// ±1/√(2q).
  static let saddle = Landscape(
    "saddle", "x² − y² + q y⁴", "Down along y, up along x: the gradient vanishes at no minimum",
    hyperparameters: [
      Hyperparameter(
        "quartic", symbol: "q", "Bends the sides up again; 0 lets the run fall for ever",
        default: 0.25, in: 0...10)
    ],
    x: -2...2, y: -2...2, start: [1.5, 0.001],
    minima: { settings in
      let q = settings["quartic"]
      guard q > 0 else { return [] }
      let y = Elementary.sqrt(1 / (2 * q))
      return [[0, -y], [0, y]]
    },
    hessian: { point, settings in
      SIMD4(2, 0, 0, 12 * settings["quartic"] * point[1] * point[1] - 2)
    },
    evaluate: { x, y, value, dx, dy, count, constants in
      let q = constants[0]
      let quartic = Lanes(repeating: q)
      let fourfold = Lanes(repeating: 4 * q)
      for i in 0..<count {
        let x = x[i]
        let y = y[i]
        let square = y * y
        let bend = Lanes(repeating: -1).addingProduct(quartic, square)
        value?[i] = (x * x).addingProduct(square, bend)
        dx[i] = x + x
        dy[i] = y * Lanes(repeating: -2).addingProduct(fourfold, square)
      }
    })
}
