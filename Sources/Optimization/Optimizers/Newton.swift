import Lanes

extension Optimizer {
  /// Newton's method, damped: `θ ← θ − t (H + μ I)⁻¹ g`.
  ///
  /// Newton (1669), Raphson (1690); damping after Levenberg (1944) and Marquardt (1963). H is the Hessian of the loss on the
  /// step's batch where it is known, else central differences of gradients. μ starts at `damping` and grows until `H + μ I`
  /// is positive definite, so that the direction is downhill at saddles too. The step length t begins at the learning rate
  /// and is halved until the loss falls as promised (Armijo 1966; `line_search` 0: t is the learning rate). Work grows
  /// with the cube of the number of parameters: for small problems.
  package static let newton = Optimizer(
    "newton", title: "Newton", summary: "Jumps to the minimum of the local parabola",
    formula: "θ ← θ − t (H + μ I)⁻¹ g", reference: "Newton 1669; Levenberg 1944",
    suggestedRate: 1,
    hyperparameters: [
      Hyperparameter(
        "damping", symbol: "μ", "Added to the Hessian's diagonal", default: 0, in: 0...1e6,
        scale: .logarithmic),
      .lineSearch(default: 1),
    ], shared: SharedSettings(weightDecay: nil, hasState: false)
  ) { settings, count in
    Newton(
      damping: settings["damping"], lineSearch: settings.flag("line_search"), count: count)
  }
}

extension Hyperparameter {
  /// Whether the step length is searched.
  static func lineSearch(default value: Double) -> Hyperparameter {
    Hyperparameter(
      "line_search", symbol: "t", "Searches along the direction instead of trusting the rate",
      default: value, in: 0...1, scale: .flag)
  }
}

/// Solves with the Hessian; needs the loss surface, and takes a plain gradient step without one.
package struct Newton: GradientTransformation {
  let damping: Double
  let lineSearch: Bool
  let count: Int

  package var usesSurface: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let g = (0..<count).map { gradient[$0] }
    guard let surface = context.surface, g.allSatisfy(\.isFinite) else {
      return scale(gradient, by: context.learningRate, paddedCount: paddedCount)
    }
    let hessian =
      surface.hessian(at: parameters, count: count)
      ?? Self.differences(of: surface, at: parameters, count: count)
    guard let solution = solve(hessian, g) else {
      return scale(gradient, by: context.learningRate, paddedCount: paddedCount)
    }
    var t = context.learningRate
    if lineSearch {
      let direction = Vector(solution.map { -$0 })
      let slope = -zip(solution, g).reduce(0) { $0 + $1.0 * $1.1 }
      let ray = LineSearch(
        origin: Vector((0..<count).map { parameters[$0] }), direction: direction, surface: surface)
      let start = RayPoint(t: 0, loss: context.loss, gradient: Vector(g), slope: slope)
      t = ray.backtrack(from: start, first: t)?.t ?? 0
    }
    for index in 0..<count { gradient[index] = t * solution[index] }
  }

  private func scale(
    _ gradient: UnsafeMutablePointer<Double>, by factor: Double, paddedCount: Int
  ) {
    for index in 0..<paddedCount { gradient[index] *= factor }
  }

  /// `(H + μ I)⁻¹ g` with the least μ tried that makes the matrix positive definite; nil when none does.
  private func solve(_ hessian: [Double], _ g: [Double]) -> [Double]? {
    guard hessian.allSatisfy(\.isFinite) else { return nil }
    let size = (0..<count).map { abs(hessian[$0 * count + $0]) }.max() ?? 0
    var shift = damping
    for _ in 0..<60 {
      if let solution = Cholesky.solve(hessian, shift: shift, g), solution.allSatisfy(\.isFinite) {
        return solution
      }
      shift = max(2 * shift, max(size, 1e-8) * 1e-3)
    }
    return nil
  }

  /// The Hessian by central differences of gradients, made symmetric.
  static func differences(
    of surface: any LossSurface, at parameters: UnsafePointer<Double>, count: Int
  ) -> [Double] {
    var place = Vector((0..<count).map { parameters[$0] })
    var ahead = Vector(zeros: count)
    var behind = Vector(zeros: count)
    var hessian = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      let centre = place[row]
      let h = 6e-6 * max(1, abs(centre))
      place[row] = centre + h
      let up = place[row]
      evaluate(surface, place, into: &ahead)
      place[row] = centre - h
      let down = place[row]
      evaluate(surface, place, into: &behind)
      place[row] = centre
      for column in 0..<count {
        let slope = (ahead[column] - behind[column]) / (up - down)
        hessian[row * count + column] += slope / 2
        hessian[column * count + row] += slope / 2
      }
    }
    return hessian
  }

  private static func evaluate(
    _ surface: any LossSurface, _ place: Vector, into gradient: inout Vector
  ) {
    place.withUnsafePointer { place in
      gradient.withUnsafeMutablePointer { gradient in
        _ = surface.lossAndGradient(at: place, gradient: gradient)
      }
    }
  }
}

/// Cholesky's factorisation of small symmetric matrices.
enum Cholesky {
  /// Solves `(A + shift · I) x = b` for a symmetric A given row by row; nil unless the matrix is positive definite.
  static func solve(_ a: [Double], shift: Double, _ b: [Double]) -> [Double]? {
    let n = b.count
    var l = a
    for column in 0..<n {
      for row in column..<n {
        var sum = a[row * n + column] + (row == column ? shift : 0)
        for k in 0..<column { sum -= l[row * n + k] * l[column * n + k] }
        if row == column {
          guard sum > 0 else { return nil }
          l[row * n + row] = sum.squareRoot()
        } else {
          l[row * n + column] = sum / l[column * n + column]
        }
      }
    }
    var x = b
    for row in 0..<n {
      for k in 0..<row { x[row] -= l[row * n + k] * x[k] }
      x[row] /= l[row * n + row]
    }
    for row in stride(from: n - 1, through: 0, by: -1) {
      for k in row + 1..<n { x[row] -= l[k * n + row] * x[k] }
      x[row] /= l[row * n + row]
    }
    return x
  }
}
