import CLanes
import Lanes

extension Landscape {
  /// The notes' landscape of many valleys: `f(x) = x sin(x² + 1)`, `f' = sin(x² + 1) + 2x² cos(x² +
  /// 1)`.
  ///
  /// Derivatives are worked out in one go, not from a sine and a cosine: with u = x² + 1, rounded,
  /// the result is within 4 units in the last place of |sin u| + 2(u − 1)|cos u| from sin u + 2(u −
  /// 1) cos u. Away from 0 it matters far more to the derivative that u was rounded.
  static let xsin = Landscape(
    "xsin", "x sin(x² + 1)", "Valleys that grow deeper and steeper away from 0", variables: 1,
    x: -5...5, y: -5...5, start: [1],
    minima: { _ in
      // Roots of tan(x² + 1) = −2x² with f'' > 0 on [−5, 5], to the last digit by Newton's method.
      [-4.41, -3.63, -2.63, -1.01, 1.96, 3.17, 4.04, 4.75].compactMap { polished($0) }
    },
    hessian: { point, _ in SIMD4(second(point[0]), 0, 0, 0) },
    descent: { x, count, rates, steps in
      XSinDescent(rates: rates).run(x, count: count, steps: steps)
    },
    evaluate: { x, _, value, dx, _, count, _ in
      if let value {
        for i in 0..<count { dx[i] = glissade_xsin_angle(x[i]) }
        Rows.sin(dx, value, count: count)
        for i in 0..<count { value[i] *= x[i] }
      }
      var farthest = Lanes.zero
      for i in 0..<count {
        farthest = glissade_farther(glissade_xsin_angle(x[i]), farthest)
        dx[i] = glissade_xsin_derivative(x[i])
      }
      if glissade_any_far(farthest) != 0 { replaceFar(x, dx, count) }
    })

  /// Puts derivatives right where angles are too large for `glissade_xsin_derivative`.
  private static func replaceFar(
    _ x: UnsafePointer<Lanes>, _ dx: UnsafeMutablePointer<Lanes>, _ count: Int
  ) {
    Rows.inBlocks(of: count, rows: 2) { space, start, block in
      let (sine, cosine) = (space, space + block)
      for i in 0..<block { sine[i] = glissade_xsin_angle(x[start + i]) }
      Rows.sincos(sine, sin: sine, cos: cosine, count: block)
      for i in 0..<block {
        let angle = glissade_xsin_angle(x[start + i])
        let derivative = sine[i].addingProduct(angle + angle - Lanes(repeating: 2), cosine[i])
        let isFar = glissade_far_mask(angle)
        dx[start + i] = glissade_choose(isFar, dx[start + i], derivative)
      }
    }
  }

  private static func second(_ x: Double) -> Double {
    let (sine, cosine) = Elementary.sincos(Double(1).addingProduct(x, x))
    return 6 * x * cosine - 4 * x * x * x * sine
  }

  /// The minimum near `guess`, or nil when Newton's method leaves it.
  private static func polished(_ guess: Double) -> [Double]? {
    var x = guess
    for _ in 0..<60 {
      let (sine, cosine) = Elementary.sincos(Double(1).addingProduct(x, x))
      x -= (sine + 2 * x * x * cosine) / second(x)
    }
    return abs(x - guess) < 0.4 && second(x) > 0 ? [x] : nil
  }
}
