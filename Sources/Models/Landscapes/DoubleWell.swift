import Lanes

extension Landscape {
  /// Two wells, one deeper: `f(x) = x⁴/4 − x²/2 + t·x`, `f' = x³ − x + t`.
  static let doubleWell = Landscape(
    "double_well", "x⁴/4 − x²/2 + t x", "Two wells; the tilt makes one a trap", variables: 1,
    hyperparameters: [
      Hyperparameter(
        "tilt", symbol: "t", "How much deeper the left well is", default: 0.1, in: -1...1)
    ],
    x: -2...2, y: -0.6...1.2, start: [1.8],
    minima: { settings in
      // Newton's method from each well's untilted place; a well is listed while it exists (|t| <
      // 2/√27).
      let tilt = settings["tilt"]
      return [-1.0, 1.0].compactMap { well in
        guard abs(tilt) < 0.384 || well * tilt < 0 else { return nil }
        var x = well * 1.2
        for _ in 0..<60 { x -= (x * x * x - x + tilt) / (3 * x * x - 1) }
        return x.isFinite && x * well > 0 ? [x] : nil
      }
    },
    hessian: { point, _ in SIMD4(3 * point[0] * point[0] - 1, 0, 0, 0) },
    evaluate: { x, _, value, dx, _, count, constants in
      let tilt = Lanes(repeating: constants[0])
      for i in 0..<count {
        let x = x[i]
        let square = x * x
        let half = square * 0.25 - 0.5
        value?[i] = (tilt * x).addingProduct(square, half)
        dx[i] = tilt.addingProduct(x, square - 1)
      }
    })
}
