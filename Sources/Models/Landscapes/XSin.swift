import CLanes
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
    descend: { x, count, rate, steps in
      XSinDescent(rate: rate).run(x, count: count, steps: steps)
    },
    evaluate: { x, _, value, dx, _, count, _ in
      // Two lanes at a time in one go, as long as their angles are ordinary.
      let one = Lanes(repeating: 1)
      var start = 0
      while start < count {
        let next = min(start + 1, count - 1)
        let (a, b) = (x[start], x[next])
        let angle = glissade_join(one.addingProduct(a, a), one.addingProduct(b, b))
        if glissade_any_sign(glissade_sincos_far(angle)) != 0 { break }
        let (sine, cosine) = (glissade_sin(angle), glissade_cos(angle))
        let (s, t) = (glissade_first(sine), glissade_second(sine))
        if let value {
          value[start] = a * s
          value[next] = b * t
        }
        dx[start] = s.addingProduct(a + a, a * glissade_first(cosine))
        dx[next] = t.addingProduct(b + b, b * glissade_second(cosine))
        start += 2
      }
      guard start < count else { return }
      anyAngles(x + start, value.map { $0 + start }, dx + start, count - start)
    })

  /// The same for angles of any size. Angles and cosines take the place of the slopes meanwhile.
  private static func anyAngles(
    _ x: UnsafePointer<Lanes>, _ value: UnsafeMutablePointer<Lanes>?,
    _ dx: UnsafeMutablePointer<Lanes>, _ count: Int
  ) {
    for i in 0..<count { dx[i] = Lanes(repeating: 1).addingProduct(x[i], x[i]) }
    Rows.inBlocks(of: count) { sine, start, block in
      Rows.sincos(dx + start, sin: sine, cos: dx + start, count: block)
      for i in start..<start + block {
        let x = x[i]
        let s = sine[i - start]
        value?[i] = x * s
        dx[i] = s.addingProduct(x + x, x * dx[i])
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
