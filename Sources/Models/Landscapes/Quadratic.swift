import Lanes

extension Landscape {
  /// A valley of a given condition number: `f = (u² + κ v²)/2`, with (u, v) the point turned by an
  /// angle.
  ///
  /// Gradient descent converges for η < 2/κ; its rate is (κ−1)/(κ+1) at best, heavy-ball's is
  /// (√κ−1)/(√κ+1).
  static let quadratic = Landscape(
    "quadratic", "(u² + κ v²) / 2", "A valley κ times steeper across than along",
    hyperparameters: [
      Hyperparameter(
        "kappa", symbol: "κ", "The condition number: largest over least curvature", default: 10,
        in: 1...1e6, scale: .logarithmic),
      Hyperparameter(
        "angle", symbol: "α", "By how many degrees the valley is turned", default: 0,
        in: -180...180),
    ],
    x: -5...5, y: -3...3, start: [-4, 2],
    minima: { _ in [[0, 0]] },
    hessian: { _, settings in
      let h = curvature(settings)
      return SIMD4(h.xx, h.xy, h.xy, h.yy)
    },
    constants: { settings in
      let h = curvature(settings)
      return SIMD4(h.xx, h.xy, h.yy, 0)
    },
    evaluate: { x, y, value, dx, dy, count, constants in
      let xx = Lanes(repeating: constants[0])
      let xy = Lanes(repeating: constants[1])
      let yy = Lanes(repeating: constants[2])
      for i in 0..<count {
        let x = x[i]
        let y = y[i]
        let sx = (xy * y).addingProduct(xx, x)
        let sy = (yy * y).addingProduct(xy, x)
        value?[i] = (y * sy).addingProduct(x, sx) * 0.5
        dx[i] = sx
        dy[i] = sy
      }
    })

  private static func curvature(_ settings: Settings) -> (xx: Double, xy: Double, yy: Double) {
    let kappa = settings["kappa"]
    let (s, c) = Elementary.sincos(settings["angle"] * (Double.pi / 180))
    return (c * c + kappa * s * s, (1 - kappa) * s * c, s * s + kappa * c * c)
  }
}
