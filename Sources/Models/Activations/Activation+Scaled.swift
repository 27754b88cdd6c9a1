import Lanes

extension Activation {
  /// `c φ(z)`, with φ's name: what the next layer of a net with `scaling` reads.
  func scaled(by factor: Double) -> Activation {
    guard factor != 1 else { return self }
    let (values, once, twice) = (values, pullBack, pullBackTwice)
    let ends = [range.lowerBound * factor, range.upperBound * factor].sorted()
    return Activation(
      name, formula, summary, hyperparameters: hyperparameters, conditions: conditions,
      isRectifier: isRectifier && factor > 0, scale: scale * factor, range: ends[0]...ends[1],
      values: { z, a, count, setting in
        values(z, a, count, setting)
        let factor = Lanes(repeating: factor)
        for i in 0..<count { a[i] *= factor }
      },
      pullBack: { z, a, delta, count, setting in
        Activation.unscaled(a, factor, delta, count) { a, first, count in
          once(z + first, a, delta + first, count, setting)
        }
      },
      pullBackTwice: { z, a, delta, count, setting in
        Activation.unscaled(a, factor, delta, count) { a, first, count in
          twice(z + first, a, delta + first, count, setting)
        }
      })
  }

  /// Vectors that are taken at once.
  private static let tile = 32

  /// Hands φ's own values over, tile by tile, and multiplies what comes of `delta` by the factor.
  @inline(__always)
  private static func unscaled(
    _ a: UnsafePointer<Lanes>, _ factor: Double, _ delta: UnsafeMutablePointer<Lanes>,
    _ count: Int, _ body: (UnsafePointer<Lanes>, _ first: Int, _ count: Int) -> Void
  ) {
    let multiple = Lanes(repeating: factor)
    // Powers of two, the usual case, come out exactly.
    let inverse = Lanes(repeating: 1 / factor)
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: tile) { own in
      // It has room.
      let own = own.baseAddress!
      for first in stride(from: 0, to: count, by: tile) {
        let count = min(tile, count - first)
        for i in 0..<count { own[i] = a[first + i] * inverse }
        body(own, first, count)
        for i in first..<first + count { delta[i] *= multiple }
      }
    }
  }
}
