import Lanes

extension Landscape {
  /// The notes' landscape of many valleys: `f(x) = x sin(x² + 1)`, `f' = sin(x² + 1) + 2x² cos(x² + 1)`.
  static let xsin = Landscape(
    "xsin", "x sin(x² + 1)", "Valleys that grow deeper and steeper away from 0", variables: 1,
    x: -5...5, y: -5...5, start: [1],
    minima: { _ in
      // Roots of tan(x² + 1) = −2x² with f'' > 0 on [−5, 5], to the last digit by Newton's method.
      [-4.41, -3.63, -2.63, -1.01, 1.96, 3.17, 4.04, 4.75].compactMap { polished($0) }
    },
    hessian: { point, _ in [second(point[0])] },
    evaluate: { x, _, value, dx, _, count, _ in
      // Sine and cosine are fastest on rows. Angles and cosines take the place of the slopes meanwhile; 1 KB for the sines is
      // what certainly stays on the stack.
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: most) { space in
        guard let sine = space.baseAddress else { return }
        var start = 0
        while start < count {
          let block = min(most, count - start)
          let x = x + start
          let dx = dx + start
          for i in 0..<block { dx[i] = Lanes(repeating: 1).addingProduct(x[i], x[i]) }
          Rows.sincos(dx, sin: sine, cos: dx, count: block)
          if let value {
            for i in 0..<block { value[start + i] = x[i] * sine[i] }
          }
          for i in 0..<block {
            let x = x[i]
            dx[i] = sine[i].addingProduct(x + x, x * dx[i])
          }
          start += block
        }
      }
    })

  /// Lanes that are evaluated together.
  private static let most = 16

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
