import CLanes
import Lanes

/// Gradient descent on x sin(x² + 1), whole runs in one loop, with the bits of `Landscape.xsin`'s slopes.
///
/// A step is a chain of some ninety cycles, of which one vector fills a third: several vectors take the same step one after
/// the other, and overlap. Whether angles were ordinary is asked once in a few steps, which are taken again with more care
/// where they were not.
struct XSinDescent {
  /// Steps between two looks at angles.
  private static let leap = 8
  /// The most lanes that are moved together: what is kept of them certainly stays on the stack.
  private static let most = 16

  private let rate: Double

  /// Steps at one rate.
  init(rate: Double) { self.rate = rate }

  /// Moves `count` lanes of points by `steps` steps.
  func run(_ x: UnsafeMutablePointer<Lanes>, count: Int, steps: Int) {
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: Self.most) { space in
      guard let space = space.baseAddress else { return }
      for start in stride(from: 0, to: count, by: Self.most) {
        let group = min(Self.most, count - start)
        for step in stride(from: 0, to: steps, by: Self.leap) {
          leap(x + start, group, min(Self.leap, steps - step), space)
        }
      }
    }
  }

  /// Moves a group of lanes by a few steps; `space` holds as many lanes.
  @inline(__always)
  private func leap(
    _ x: UnsafeMutablePointer<Lanes>, _ count: Int, _ steps: Int,
    _ space: UnsafeMutablePointer<Lanes>
  ) {
    for i in 0..<count { space[i] = x[i] }
    let isOrdinary = count == 1 ? single(x, steps) : several(x, count, steps)
    if isOrdinary { return }
    for i in 0..<count { x[i] = space[i] }
    carefully(x, count, steps, slopes: space)
  }

  /// Moves one vector, which stays in registers; false where its points cannot be trusted.
  @inline(__always)
  private func single(_ x: UnsafeMutablePointer<Lanes>, _ steps: Int) -> Bool {
    var point = x[0]
    var margin = SIMD8<Int64>()
    for _ in 0..<steps {
      margin = glissade_least_lanes(margin, glissade_xsin_margin_lanes(point))
      point = glissade_xsin_step_lanes(point, rate)
    }
    x[0] = point
    return glissade_is_marginal_lanes(margin) == 0
  }

  /// Moves vectors two by two; false where points cannot be trusted.
  @inline(__always)
  private func several(_ x: UnsafeMutablePointer<Lanes>, _ count: Int, _ steps: Int) -> Bool {
    var margin = SIMD16<Int64>()
    var lastMargin = SIMD8<Int64>()
    for _ in 0..<steps {
      var i = 0
      while i &+ 1 < count {
        let pair = glissade_join(x[i], x[i &+ 1])
        margin = glissade_least(margin, glissade_xsin_margin(pair))
        let moved = glissade_xsin_step(pair, rate)
        x[i] = glissade_first(moved)
        x[i &+ 1] = glissade_second(moved)
        i &+= 2
      }
      if i < count {
        lastMargin = glissade_least_lanes(lastMargin, glissade_xsin_margin_lanes(x[i]))
        x[i] = glissade_xsin_step_lanes(x[i], rate)
      }
    }
    return glissade_is_marginal(margin) == 0 && glissade_is_marginal_lanes(lastMargin) == 0
  }

  /// Moves lanes of which some need more care.
  @inline(never)
  private func carefully(
    _ x: UnsafeMutablePointer<Lanes>, _ count: Int, _ steps: Int,
    slopes: UnsafeMutablePointer<Lanes>
  ) {
    let rate = Lanes(repeating: rate)
    for _ in 0..<steps {
      Landscape.xsin.evaluate(x, x, nil, slopes, slopes, count, .zero)
      for i in 0..<count { x[i] -= slopes[i] * rate }
    }
  }
}
