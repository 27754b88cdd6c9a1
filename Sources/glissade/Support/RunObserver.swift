import Lanes
import Models
import Training

/// What is measured on the way of a headless run, step by step: when the loss first falls below a
/// level, and how far the last steps are from the minimum.
struct RunObserver {
  /// Why the distance cannot be measured.
  struct NoMinimum: Error, CustomStringConvertible {
    var description: String {
      "--tail needs a minimum to measure from, and Newton's method finds none from this start"
    }
  }

  /// The level that the loss is to fall below; nil: not asked for.
  let level: Double?
  /// How many of the last steps are measured; 0: none.
  let tail: Int
  /// The first step at which the loss was below the level.
  private(set) var firstBelow: Int?
  /// The minimum from which distances are measured: Newton's method's, from the same start and with
  /// all samples.
  let minimum: [Double]
  private var squares = 0.0
  private var count = 0

  /// An observer of runs of `experiment`.
  init(_ experiment: Experiment, level: Double?, tail: Int) throws {
    self.level = level
    self.tail = tail
    minimum = tail > 0 ? try Self.minimum(of: experiment) : []
  }

  /// Whether the run must go step by step at `step` of `steps`.
  func isLooking(step: Int, of steps: Int) -> Bool {
    level != nil && firstBelow == nil || tail > 0 && step >= steps - tail
  }

  /// How many steps may pass unseen.
  func stride(step: Int, of steps: Int) -> Int {
    if isLooking(step: step, of: steps) { return 1 }
    return tail > 0 ? max(1, steps - tail - step) : .max
  }

  /// Takes in the state after a step of `steps`.
  mutating func see(_ run: Run, of steps: Int) {
    if let level, firstBelow == nil, run.loss < level { firstBelow = run.step }
    guard tail > 0, run.step > steps - tail else { return }
    squares += zip(run.modelParameters, minimum).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    count += 1
  }

  /// The root mean square distance from the minimum over the last steps; nil when none was
  /// measured.
  var distance: Double? { count > 0 ? (squares / Double(count)).squareRoot() : nil }

  private static func minimum(of experiment: Experiment) throws -> [Double] {
    var bowl = experiment
    bowl.optimizer = Choice("newton")
    bowl.learningRate = .value(1)
    bowl.schedule = Choice("constant")
    bowl.batching = .full
    bowl.stop = StopRule()
    bowl.changes = []
    var run = try Run(bowl)
    let before = Curvature.largestEigenvalue(of: run.objective, at: run.parameters) ?? 0
    run.advance(50)
    let after = Curvature.largestEigenvalue(of: run.objective, at: run.parameters) ?? 0
    // Where there is no minimum, Newton's steps end on ever flatter ground.
    let isBowl = after > 1e-6 * abs(before)
    let gradient = run.objective.lossAndGradient(at: run.parameters).gradient
    let isFlat = gradient.allSatisfy { abs($0) <= 1e-8 }
    guard isFlat, isBowl, run.parameters.allSatisfy(\.isFinite) else { throw NoMinimum() }
    return run.parameters
  }
}
