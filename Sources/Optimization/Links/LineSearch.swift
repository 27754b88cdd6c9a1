import Lanes

/// A point on the ray `origin + t · direction`, with the loss and its slope along the ray there.
struct RayPoint {
  /// How far along the ray.
  var t: Double
  /// The loss.
  var loss: Double
  /// The gradient.
  var gradient: Vector
  /// The slope along the ray.
  var slope: Double
}

/// Searches along a ray of the loss surface.
struct LineSearch {
  /// Where the ray begins.
  let origin: Vector
  /// Where it goes.
  let direction: Vector
  /// What is searched.
  let surface: any LossSurface

  /// The loss and the slope at distance `t`.
  func point(at t: Double) -> RayPoint {
    var place = origin
    let step = Lanes(repeating: t)
    for index in place.lanes.indices { place.lanes[index].addProduct(step, direction.lanes[index]) }
    var gradient = Vector(zeros: origin.count)
    let loss = place.withUnsafePointer { place in
      gradient.withUnsafeMutablePointer { gradient in
        surface.lossAndGradient(at: place, gradient: gradient)
      }
    }
    return RayPoint(t: t, loss: loss, gradient: gradient, slope: dot(gradient, direction))
  }

  /// The longest of `first`, `first/2`, `first/4`, … that lowers the loss by at least `share` of what the slope promises
  /// (Armijo 1966); nil when forty halvings do not.
  func backtrack(from start: RayPoint, first: Double, share: Double = 1e-4) -> RayPoint? {
    var t = first
    for _ in 0..<40 {
      let candidate = point(at: t)
      if candidate.loss.isFinite, candidate.loss <= start.loss + share * t * start.slope {
        return candidate
      }
      t /= 2
    }
    return nil
  }

  /// A point that meets the strong Wolfe conditions: bracketing, then zooming in by cubic interpolation.
  ///
  /// The procedure and its constants are those of `torch.optim.LBFGS` (`line_search_fn="strong_wolfe"`), which follows
  /// minFunc: c₁ = 10⁻⁴, c₂ = 0.9, at most 25 iterations.
  func strongWolfe(
    from start: RayPoint, first: Double, c1: Double = 1e-4, c2: Double = 0.9,
    toleranceChange: Double = 1e-9, maxIterations: Int = 25
  ) -> RayPoint {
    let directionNorm = direction.values.map { abs($0) }.max() ?? 0
    var previous = start
    previous.t = 0
    var current = point(at: first)
    var iteration = 0
    var bracket: [RayPoint] = []
    var done = false
    while iteration < maxIterations {
      if current.loss > start.loss + c1 * current.t * start.slope
        || (iteration > 1 && current.loss >= previous.loss)
      {
        bracket = [previous, current]
        break
      }
      if abs(current.slope) <= -c2 * start.slope {
        bracket = [current]
        done = true
        break
      }
      if current.slope >= 0 {
        bracket = [previous, current]
        break
      }
      let least = current.t + 0.01 * (current.t - previous.t)
      let greatest = current.t * 10
      let next = Self.cubicMinimum(previous, current, within: (least, greatest))
      previous = current
      current = point(at: next)
      iteration += 1
    }
    if bracket.isEmpty {
      var origin = start
      origin.t = 0
      bracket = [origin, current]
    }
    guard bracket.count == 2 else { return bracket[0] }
    var stalled = false
    var low = bracket[0].loss <= bracket[1].loss ? 0 : 1
    while !done, iteration < maxIterations {
      if abs(bracket[1].t - bracket[0].t) * directionNorm < toleranceChange { break }
      let left = min(bracket[0].t, bracket[1].t)
      let right = max(bracket[0].t, bracket[1].t)
      var t = Self.cubicMinimum(bracket[0], bracket[1], within: nil)
      let margin = 0.1 * (right - left)
      if min(right - t, t - left) < margin {
        if stalled || t >= right || t <= left {
          t = abs(t - right) < abs(t - left) ? right - margin : left + margin
          stalled = false
        } else {
          stalled = true
        }
      } else {
        stalled = false
      }
      let new = point(at: t)
      iteration += 1
      if new.loss > start.loss + c1 * t * start.slope || new.loss >= bracket[low].loss {
        bracket[1 - low] = new
        low = bracket[0].loss <= bracket[1].loss ? 0 : 1
      } else {
        if abs(new.slope) <= -c2 * start.slope {
          done = true
        } else if new.slope * (bracket[1 - low].t - bracket[low].t) >= 0 {
          bracket[1 - low] = bracket[low]
        }
        bracket[low] = new
      }
    }
    return bracket[low]
  }

  /// The minimum of the cubic through two points with their slopes, kept within bounds (the two points when nil).
  static func cubicMinimum(
    _ a: RayPoint, _ b: RayPoint, within bounds: (Double, Double)?
  ) -> Double {
    let (low, high) = bounds ?? (min(a.t, b.t), max(a.t, b.t))
    let d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t)
    let square = d1 * d1 - a.slope * b.slope
    guard square >= 0 else { return (low + high) / 2 }
    let d2 = square.squareRoot()
    let minimum =
      a.t <= b.t
      ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
      : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2))
    return min(max(minimum, low), high)
  }
}
