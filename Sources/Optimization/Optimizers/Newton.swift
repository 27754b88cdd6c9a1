import Lanes

extension Optimizer {
  /// Newton's method, damped: `θ ← θ − t (H + μ I)⁻¹ g`.
  ///
  /// Newton (1669), Raphson (1690); damping after Levenberg (1944) and Marquardt (1963). H is the
  /// Hessian of the loss on the step's batch where it is known, else central differences of
  /// gradients. μ starts at `damping` and grows until `H + μ I` is positive definite, so that the
  /// direction is downhill at saddles too. The step length t begins at the learning rate and is
  /// halved until the loss falls as promised (Armijo 1966; `line_search` 0: t is the learning
  /// rate). Work grows with the cube of the number of parameters: for small problems.
  package static let newton = Optimizer(
    "newton", title: "Newton", summary: "Jumps to the minimum of the local parabola",
    formula: "θ ← θ − t (H + μ I)⁻¹ g", reference: "Newton 1669; Levenberg 1944",
    suggestedRate: 1,
    hyperparameters: [
      Hyperparameter(
        "damping", symbol: "μ", "Added to the Hessian's diagonal", default: 0, in: 0...1e6,
        scale: .logarithmic),
      .lineSearch(default: 1),
    ], shared: SharedSettings(weightDecay: nil, hasState: false),
    limit: .none("it divides by the curvature itself")
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
  /// Memory of a step: the Hessian and its factor, row by row, which the first step makes; the
  /// solution, the direction, and what differences are taken of.
  private var hessian: [Double] = []
  private var factor: [Double] = []
  private var solution: Vector
  private var direction: Vector
  private var place: Vector
  private var ahead: Vector
  private var behind: Vector
  private var search: LineSearch

  package var usesSurface: Bool { true }

  init(damping: Double, lineSearch: Bool, count: Int) {
    self.damping = damping
    self.lineSearch = lineSearch
    self.count = count
    solution = Vector(zeros: count)
    direction = Vector(zeros: count)
    place = Vector(zeros: count)
    ahead = Vector(zeros: count)
    behind = Vector(zeros: count)
    search = LineSearch(count: count)
  }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    guard let surface = context.surface, Self.areFinite(gradient, count) else {
      return scale(gradient, by: context.learningRate, paddedCount: paddedCount)
    }
    look(at: surface, from: parameters)
    guard solve(gradient) else {
      return scale(gradient, by: context.learningRate, paddedCount: paddedCount)
    }
    var t = context.learningRate
    if lineSearch {
      var descent = 0.0
      for index in 0..<count {
        direction[index] = -solution[index]
        descent += solution[index] * gradient[index]
      }
      let ray = Ray(origin: parameters, direction: direction, surface: surface)
      let start = RayPoint(t: 0, loss: context.loss, derivative: -descent)
      t = search.backtrack(on: ray, from: start, first: t)?.t ?? 0
    }
    for index in 0..<count { gradient[index] = t * solution[index] }
  }

  private func scale(
    _ gradient: UnsafeMutablePointer<Double>, by factor: Double, paddedCount: Int
  ) {
    for index in 0..<paddedCount { gradient[index] *= factor }
  }

  private static func areFinite(_ numbers: UnsafePointer<Double>, _ count: Int) -> Bool {
    UnsafeBufferPointer(start: numbers, count: count).allSatisfy { $0.isFinite }
  }

  /// Puts the Hessian at `parameters` into `hessian`.
  private mutating func look(at surface: any LossSurface, from parameters: UnsafePointer<Double>) {
    if hessian.isEmpty {
      hessian = [Double](repeating: 0, count: count * count)
      factor = hessian
    }
    let isKnown = hessian.withUnsafeMutableBufferPointer { rows in
      guard let rows = rows.baseAddress else { return false }
      return surface.hessian(at: parameters, into: rows)
    }
    if !isKnown { takeDifferences(of: surface, at: parameters) }
  }

  /// `solution ← (H + μ I)⁻¹ g` with the least μ tried that makes the matrix positive definite;
  /// false when none does.
  private mutating func solve(_ g: UnsafePointer<Double>) -> Bool {
    guard hessian.allSatisfy({ $0.isFinite }) else { return false }
    var size = 0.0
    for index in 0..<count { size = max(size, abs(hessian[index * count + index])) }
    var shift = damping
    for _ in 0..<60 {
      let count = count
      let isSolved = solution.withUnsafeMutablePointer { x in
        Cholesky.solve(hessian, shift: shift, g, count: count, factor: &factor, into: x)
          && Self.areFinite(x, count)
      }
      if isSolved { return true }
      shift = max(2 * shift, max(size, 1e-8) * 1e-3)
    }
    return false
  }

  /// The Hessian by central differences of gradients, made symmetric.
  private mutating func takeDifferences(
    of surface: any LossSurface, at parameters: UnsafePointer<Double>
  ) {
    for index in 0..<count { place[index] = parameters[index] }
    for index in hessian.indices { hessian[index] = 0 }
    for row in 0..<count {
      let centre = place[row]
      let h = 6e-6 * max(1, abs(centre))
      place[row] = centre + h
      let up = place[row]
      Self.evaluate(surface, place, into: &ahead)
      place[row] = centre - h
      let down = place[row]
      Self.evaluate(surface, place, into: &behind)
      place[row] = centre
      for column in 0..<count {
        let derivative = (ahead[column] - behind[column]) / (up - down)
        hessian[row * count + column] += derivative / 2
        hessian[column * count + row] += derivative / 2
      }
    }
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
  /// Solves `(A + shift · I) x = b` for a symmetric A of `n` rows, given row by row; false unless
  /// the matrix is positive definite. `l` becomes its factor, and is as large as A.
  static func solve(
    _ a: [Double], shift: Double, _ b: UnsafePointer<Double>, count n: Int,
    factor l: inout [Double], into x: UnsafeMutablePointer<Double>
  ) -> Bool {
    for column in 0..<n {
      for row in column..<n {
        var sum = a[row * n + column] + (row == column ? shift : 0)
        for k in 0..<column { sum -= l[row * n + k] * l[column * n + k] }
        if row == column {
          guard sum > 0 else { return false }
          l[row * n + row] = sum.squareRoot()
        } else {
          l[row * n + column] = sum / l[column * n + column]
        }
      }
    }
    for row in 0..<n {
      x[row] = b[row]
      for k in 0..<row { x[row] -= l[row * n + k] * x[k] }
      x[row] /= l[row * n + row]
    }
    for row in stride(from: n - 1, through: 0, by: -1) {
      for k in row + 1..<n { x[row] -= l[k * n + row] * x[k] }
      x[row] /= l[row * n + row]
    }
    return true
  }
}
