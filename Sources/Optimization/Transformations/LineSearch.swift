import Lanes

/// A ray of the loss surface: `origin + t · direction`.
struct Ray {
  /// Where the ray begins; padded.
  let origin: UnsafePointer<Double>
  /// Where it goes.
  let direction: Vector
  /// What is searched.
  let surface: any LossSurface
}

/// A point on a ray, with the loss and its derivative along the ray there.
struct RayPoint {
  /// How far along the ray.
  var t: Double
  /// The loss.
  var loss: Double
  /// The derivative along the ray.
  var derivative: Double
}

/// Two points of a ray with a minimum between them.
private struct Bracket {
  var first: RayPoint
  var second: RayPoint

  subscript(index: Int) -> RayPoint {
    get { index == 0 ? first : second }
    set { if index == 0 { first = newValue } else { second = newValue } }
  }
}

/// Searches along rays of the loss surface, in memory of its own.
struct LineSearch: Sendable {
  private var place: Vector
  private var gradient: Vector

  /// A search among `count` parameters.
  init(count: Int) {
    place = Vector(zeros: count)
    gradient = Vector(zeros: count)
  }

  /// The loss and the derivative at distance `t`.
  private mutating func point(at t: Double, on ray: Ray) -> RayPoint {
    let origin = ray.origin.lanes
    let step = Lanes(repeating: t)
    for index in place.lanes.indices {
      place.lanes[index] = origin[index].addingProduct(step, ray.direction.lanes[index])
    }
    let loss = place.withUnsafePointer { place in
      gradient.withUnsafeMutablePointer { gradient in
        ray.surface.lossAndGradient(at: place, gradient: gradient)
      }
    }
    return RayPoint(t: t, loss: loss, derivative: dot(gradient, ray.direction))
  }

  /// The longest of `first`, `first/2`, `first/4`, … that lowers the loss by at least `share` of
  /// what the derivative promises (Armijo 1966); nil when forty halvings do not.
  mutating func backtrack(
    on ray: Ray, from start: RayPoint, first: Double, share: Double = 1e-4
  ) -> RayPoint? {
    var t = first
    for _ in 0..<40 {
      let candidate = point(at: t, on: ray)
      if candidate.loss.isFinite, candidate.loss <= start.loss + share * t * start.derivative {
        return candidate
      }
      t /= 2
    }
    return nil
  }

  /// A point that meets the strong Wolfe conditions: bracketing, then zooming in by cubic
  /// interpolation.
  ///
  /// The procedure and its constants are those of `torch.optim.LBFGS`
  /// (`line_search_fn="strong_wolfe"`), which follows minFunc: c₁ = 10⁻⁴, c₂ = 0.9, at most 25
  /// iterations.
  mutating func strongWolfe(
    on ray: Ray, from start: RayPoint, first: Double, c1: Double = 1e-4, c2: Double = 0.9,
    toleranceChange: Double = 1e-9, maxIterations: Int = 25
  ) -> RayPoint {
    let directionNorm = Self.greatest(ray.direction)
    var previous = start
    previous.t = 0
    var current = point(at: first, on: ray)
    var iteration = 0
    while iteration < maxIterations {
      if current.loss > start.loss + c1 * current.t * start.derivative
        || (iteration > 1 && current.loss >= previous.loss)
      {
        break
      }
      if abs(current.derivative) <= -c2 * start.derivative { return current }
      if current.derivative >= 0 { break }
      let least = current.t + 0.01 * (current.t - previous.t)
      let greatest = current.t * 10
      let next = Self.cubicMinimum(previous, current, within: (least, greatest))
      previous = current
      current = point(at: next, on: ray)
      iteration += 1
    }
    if iteration == maxIterations {
      previous = start
      previous.t = 0
    }
    var bracket = Bracket(first: previous, second: current)
    var stalled = false
    var low = bracket[0].loss <= bracket[1].loss ? 0 : 1
    while iteration < maxIterations {
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
      let new = point(at: t, on: ray)
      iteration += 1
      if new.loss > start.loss + c1 * t * start.derivative || new.loss >= bracket[low].loss {
        bracket[1 - low] = new
        low = bracket[0].loss <= bracket[1].loss ? 0 : 1
      } else {
        if abs(new.derivative) <= -c2 * start.derivative { return new }
        if new.derivative * (bracket[1 - low].t - bracket[low].t) >= 0 {
          bracket[1 - low] = bracket[low]
        }
        bracket[low] = new
      }
    }
    return bracket[low]
  }

  /// The greatest magnitude in a vector.
  private static func greatest(_ vector: Vector) -> Double {
    guard vector.count > 0 else { return 0 }
    var greatest = abs(vector[0])
    for index in 1..<vector.count { greatest = max(greatest, abs(vector[index])) }
    return greatest
  }

  /// The minimum of the cubic through two points with their derivatives, kept within bounds (the
  /// two points when nil).
  static func cubicMinimum(
    _ a: RayPoint, _ b: RayPoint, within bounds: (Double, Double)?
  ) -> Double {
    let (low, high) = bounds ?? (min(a.t, b.t), max(a.t, b.t))
    let d1 = a.derivative + b.derivative - 3 * (a.loss - b.loss) / (a.t - b.t)
    let square = d1 * d1 - a.derivative * b.derivative
    guard square >= 0 else { return (low + high) / 2 }
    let d2 = square.squareRoot()
    let minimum =
      a.t <= b.t
      ? b.t - (b.t - a.t) * ((b.derivative + d2 - d1) / (b.derivative - a.derivative + 2 * d2))
      : a.t - (a.t - b.t) * ((a.derivative + d2 - d1) / (a.derivative - b.derivative + 2 * d2))
    return min(max(minimum, low), high)
  }
}
