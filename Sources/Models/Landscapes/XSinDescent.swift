import CLanes
import Lanes

/// Gradient descent on x sin(x² + 1), whole runs in one loop, with the bits of `Landscape.xsin`'s slopes.
///
/// A step is a chain of some ninety cycles, of which one vector fills a third: several vectors take the same step one after
/// the other, and overlap. Whether angles were ordinary is asked once in a few steps, which are taken again with more care
/// where they were not.
struct XSinDescent {
  /// Two vectors.
  private typealias Pair = SIMD16<Double>

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
    var far = SIMD8<UInt64>()
    for _ in 0..<steps { far |= move(&point) }
    x[0] = point
    return glissade_any_sign_lanes(far) == 0
  }

  /// Moves vectors two by two; false where points cannot be trusted.
  @inline(__always)
  private func several(_ x: UnsafeMutablePointer<Lanes>, _ count: Int, _ steps: Int) -> Bool {
    var far = SIMD16<UInt64>()
    var farLast = SIMD8<UInt64>()
    for _ in 0..<steps {
      var i = 0
      while i + 1 < count {
        var pair = glissade_join(x[i], x[i + 1])
        far = glissade_or(far, move(&pair))
        x[i] = glissade_first(pair)
        x[i + 1] = glissade_second(pair)
        i += 2
      }
      if i < count { farLast |= move(&x[i]) }
    }
    return glissade_any_sign(far) == 0 && glissade_any_sign_lanes(farLast) == 0
  }

  /// Moves points by a step, and says in sign bits where they cannot be trusted.
  @inline(__always)
  private func move(_ x: inout Pair) -> SIMD16<UInt64> {
    let angle = glissade_fma_wide(x, x, Pair(repeating: 1))
    let steep = glissade_multiply_wide(x, glissade_cos(angle))
    let slope = glissade_fma_wide(glissade_add_wide(x, x), steep, glissade_sin(angle))
    x = glissade_subtract_wide(x, glissade_multiply_wide(slope, Pair(repeating: rate)))
    return glissade_sincos_far(angle)
  }

  /// The same of one vector.
  @inline(__always)
  private func move(_ x: inout Lanes) -> SIMD8<UInt64> {
    let angle = Lanes(repeating: 1).addingProduct(x, x)
    let slope = glissade_sin_lanes(angle).addingProduct(x + x, x * glissade_cos_lanes(angle))
    x -= slope * Lanes(repeating: rate)
    return glissade_sincos_far_lanes(angle)
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
