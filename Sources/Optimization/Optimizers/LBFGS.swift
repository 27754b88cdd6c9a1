import Lanes

extension Optimizer {
  /// L-BFGS: a Newton step whose Hessian is gathered from the last changes of parameters and
  /// gradient.
  ///
  /// Nocedal (1980), "Updating quasi-Newton matrices with limited storage"; Liu, Nocedal (1989).
  /// One iteration a step, as `torch.optim.LBFGS` with `max_iter=1`: the first goes along −g with
  /// length `η·min(1, 1/Σ|g|)`, later ones with length η along the direction of the two-loop
  /// recursion scaled by `sᵀy/yᵀy`; pairs with `sᵀy ≤ 10⁻¹⁰` are left out; steps end when `max|g| ≤
  /// tolerance_grad` or the derivative is above `−tolerance_change`. `line_search` searches for a
  /// strong Wolfe point as PyTorch's `strong_wolfe` does.
  package static let lbfgs = Optimizer(
    "lbfgs", title: "L-BFGS", summary: "Learns the curvature from its last steps",
    formula: "θ ← θ − t B g,  B from the last (s, y)", reference: "Liu & Nocedal 1989",
    suggestedRate: 1,
    hyperparameters: [
      Hyperparameter(
        "history", symbol: "m", "How many steps are remembered", default: 100, in: 1...1000,
        scale: .integer),
      .lineSearch(default: 0),
      Hyperparameter(
        "tolerance_grad", symbol: "‖g‖∞", "Steps end when no gradient entry is larger",
        default: 1e-7, in: 0...1, scale: .logarithmic),
      Hyperparameter(
        "tolerance_change", symbol: "gᵀd",
        "Steps end when the derivative along the direction is smaller",
        default: 1e-9, in: 0...1, scale: .logarithmic),
    ], shared: SharedSettings(weightDecay: nil),
    memory: [
      MemoryQuantity("last step", "the change before", .change),
      MemoryQuantity("last gradient", "the gradient before"),
    ],
    limit: .none("it divides by a curvature that it gathers")
  ) { settings, count in
    LBFGS(
      history: settings.count("history", atLeast: 1), lineSearch: settings.flag("line_search"),
      toleranceGradient: settings["tolerance_grad"], toleranceChange: settings["tolerance_change"],
      count: count)
  }
}

/// The two-loop recursion over the last pairs of changes.
package struct LBFGS: GradientTransformation {
  /// A change of the parameters, and the change of the gradient that came with it.
  struct Pair: Sendable {
    /// The change of the parameters.
    var s: Vector
    /// The change of the gradient.
    var y: Vector
    /// `1 / sᵀy`.
    var rho: Double
  }

  let history: Int
  let lineSearch: Bool
  let toleranceGradient: Double
  let toleranceChange: Double
  let count: Int
  /// The last pairs, oldest first; a full list recycles the memory of its oldest one, and what lies
  /// beyond `pairCount` is memory of pairs that were forgotten.
  private var pairs: [Pair] = []
  private var pairCount = 0
  private var scale = 1.0
  private var previousGradient: Vector
  private var lastStep: Vector
  private var started = 0.0
  /// Memory of a step: the gradient, its change, the direction, and what each pair takes from it.
  private var g: Vector
  private var change: Vector
  private var direction: Vector
  private var alphas: [Double] = []
  private var search: LineSearch

  package var usesSurface: Bool { lineSearch }

  init(
    history: Int, lineSearch: Bool, toleranceGradient: Double, toleranceChange: Double, count: Int
  ) {
    self.history = history
    self.lineSearch = lineSearch
    self.toleranceGradient = toleranceGradient
    self.toleranceChange = toleranceChange
    self.count = count
    previousGradient = Vector(zeros: count)
    lastStep = Vector(zeros: count)
    g = Vector(zeros: count)
    change = Vector(zeros: count)
    direction = Vector(zeros: count)
    search = LineSearch(count: lineSearch ? count : 0)
  }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    var sum = 0.0
    var greatest = 0.0
    for index in 0..<count {
      g[index] = gradient[index]
      sum += abs(gradient[index])
      greatest = max(greatest, abs(gradient[index]))
    }
    guard sum.isFinite else { return }
    if greatest <= toleranceGradient { return stay(gradient) }

    let isFirst = started == 0
    if isFirst {
      pairCount = 0
      scale = 1
    } else {
      remember()
    }
    descend()
    var t = isFirst ? min(1, 1 / sum) * context.learningRate : context.learningRate
    Self.copy(g, to: &previousGradient)
    started = 1
    let derivative = dot(g, direction)
    if derivative > -toleranceChange {
      lastStep.clear()
      return stay(gradient)
    }
    if lineSearch, let surface = context.surface {
      let ray = Ray(origin: parameters, direction: direction, surface: surface)
      let start = RayPoint(t: 0, loss: context.loss, derivative: derivative)
      let found = search.strongWolfe(
        on: ray, from: start, first: t, toleranceChange: toleranceChange)
      t = found.loss.isFinite ? found.t : 0
    }
    for index in 0..<count {
      let step = t * direction[index]
      lastStep[index] = step
      gradient[index] = -step
    }
  }

  private func stay(_ gradient: UnsafeMutablePointer<Double>) {
    for index in 0..<count { gradient[index] = 0 }
  }

  private static func copy(_ from: Vector, to vector: inout Vector) {
    for index in vector.lanes.indices { vector.lanes[index] = from.lanes[index] }
  }

  /// Adds the pair of the last step.
  private mutating func remember() {
    for index in change.lanes.indices {
      change.lanes[index] = g.lanes[index] - previousGradient.lanes[index]
    }
    let ys = dot(change, lastStep)
    guard ys > 1e-10 else { return }
    if pairCount == history {
      pairs.append(pairs.removeFirst())
    } else {
      if pairCount == pairs.count {
        pairs.append(Pair(s: Vector(zeros: count), y: Vector(zeros: count), rho: 0))
      }
      pairCount += 1
    }
    let newest = pairCount - 1
    Self.copy(lastStep, to: &pairs[newest].s)
    Self.copy(change, to: &pairs[newest].y)
    pairs[newest].rho = 1 / ys
    scale = ys / dot(change, change)
  }

  /// `direction ← −B g` by the two-loop recursion; `−g` while there are no pairs.
  private mutating func descend() {
    while alphas.count < pairCount { alphas.append(0) }
    for index in direction.lanes.indices { direction.lanes[index] = -g.lanes[index] }
    for index in (0..<pairCount).reversed() {
      let alpha = dot(pairs[index].s, direction) * pairs[index].rho
      alphas[index] = alpha
      Self.add(pairs[index].y, times: -alpha, to: &direction)
    }
    for index in direction.lanes.indices { direction.lanes[index] *= scale }
    for index in 0..<pairCount {
      let beta = dot(pairs[index].y, direction) * pairs[index].rho
      Self.add(pairs[index].s, times: alphas[index] - beta, to: &direction)
    }
  }

  private static func add(_ vector: Vector, times factor: Double, to sum: inout Vector) {
    let factor = Lanes(repeating: factor)
    for index in sum.lanes.indices { sum.lanes[index].addProduct(factor, vector.lanes[index]) }
  }

  package var memory: Memory {
    get {
      var memory = Memory(
        ["last step": lastStep, "last gradient": previousGradient],
        numbers: ["scale": scale, "started": started, "pairs": Double(pairCount)])
      for (number, pair) in pairs[..<pairCount].reversed().enumerated() {
        memory.append(Memory(["s\(number + 1)": pair.s, "y\(number + 1)": pair.y]))
      }
      return memory
    }
    set {
      guard newValue.holds("last step") else { return }
      newValue.read("last step", into: &lastStep)
      newValue.read("last gradient", into: &previousGradient)
      newValue.read("scale", into: &scale)
      newValue.read("started", into: &started)
      var newestFirst: [Pair] = []
      while newestFirst.count < history, newValue.holds("s\(newestFirst.count + 1)") {
        var s = Vector(zeros: count)
        var y = Vector(zeros: count)
        newValue.read("s\(newestFirst.count + 1)", into: &s)
        newValue.read("y\(newestFirst.count + 1)", into: &y)
        newestFirst.append(Pair(s: s, y: y, rho: 1 / dot(s, y)))
      }
      pairs = newestFirst.reversed()
      pairCount = pairs.count
    }
  }

  package mutating func clear() {
    pairCount = 0
    scale = 1
    previousGradient.clear()
    lastStep.clear()
    started = 0
  }
}
