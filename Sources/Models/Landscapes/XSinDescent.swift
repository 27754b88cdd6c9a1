import CLanes
import Lanes

/// Gradient descent on x sin(x² + 1), whole runs in one loop, with the bits of `Landscape.xsin`'s
/// derivatives.
///
/// A step is a chain of some sixty cycles, of which one vector fills a third: several vectors take
/// the same step one after the other, and overlap. How large angles became is asked once in a few
/// steps, which are taken again with more care where that was too far.
struct XSinDescent {
  /// Steps between two looks at angles.
  private static let chunk = 8
  /// The most lanes that are moved together: what is kept of them certainly stays on the stack.
  private static let most = 16

  /// The rates of each lane.
  private let rates: UnsafePointer<Lanes>

  /// Steps at rates that stand as points do.
  init(rates: UnsafePointer<Lanes>) { self.rates = rates }

  /// Moves `count` lanes of points by `steps` steps.
  func run(_ x: UnsafeMutablePointer<Lanes>, count: Int, steps: Int) {
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: Self.most) { space in
      guard let space = space.baseAddress else { return }
      for start in stride(from: 0, to: count, by: Self.most) {
        let group = min(Self.most, count - start)
        for step in stride(from: 0, to: steps, by: Self.chunk) {
          advance(x + start, rates + start, group, min(Self.chunk, steps - step), space)
        }
      }
    }
  }

  /// Moves a group of lanes by a few steps; `space` holds as many lanes.
  @inline(__always)
  private func advance(
    _ x: UnsafeMutablePointer<Lanes>, _ rates: UnsafePointer<Lanes>, _ count: Int, _ steps: Int,
    _ space: UnsafeMutablePointer<Lanes>
  ) {
    for i in 0..<count { space[i] = x[i] }
    let farthest = count == 1 ? single(x, rates[0], steps) : several(x, rates, count, steps)
    if glissade_any_far(farthest) == 0 { return }
    for i in 0..<count { x[i] = space[i] }
    carefully(x, rates, count, steps, derivatives: space)
  }

  /// Moves one vector, which stays in registers; the result holds its largest angles.
  @inline(__always)
  private func single(
    _ x: UnsafeMutablePointer<Lanes>, _ rate: Lanes, _ steps: Int
  ) -> Lanes {
    var point = x[0]
    var farthest = Lanes.zero
    for _ in 0..<steps {
      farthest = glissade_farther(glissade_xsin_angle(point), farthest)
      point = glissade_xsin_step(point, rate)
    }
    x[0] = point
    return farthest
  }

  /// Moves vectors one after the other; the result holds their largest angles.
  @inline(__always)
  private func several(
    _ x: UnsafeMutablePointer<Lanes>, _ rates: UnsafePointer<Lanes>, _ count: Int, _ steps: Int
  ) -> Lanes {
    var farthest = Lanes.zero
    for _ in 0..<steps {
      for i in 0..<count {
        let point = x[i]
        farthest = glissade_farther(glissade_xsin_angle(point), farthest)
        x[i] = glissade_xsin_step(point, rates[i])
      }
    }
    return farthest
  }

  /// Moves lanes of which some need more care.
  @inline(never)
  private func carefully(
    _ x: UnsafeMutablePointer<Lanes>, _ rates: UnsafePointer<Lanes>, _ count: Int, _ steps: Int,
    derivatives: UnsafeMutablePointer<Lanes>
  ) {
    for _ in 0..<steps {
      Landscape.xsin.evaluate(x, x, nil, derivatives, derivatives, count, .zero)
      for i in 0..<count { x[i] -= derivatives[i] * rates[i] }
    }
  }
}
