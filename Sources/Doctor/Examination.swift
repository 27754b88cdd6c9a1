import Differentiation
import Lanes
import Models
import Optimization
import Training

/// A course and what causes ask of it; each answer is worked out once.
package final class Examination {
  /// The run, followed.
  let course: Course
  /// The run at its end.
  var end: Run { course.end }
  /// Settings in force at the end.
  var now: Experiment { course.end.experiment }
  /// What is minimised at the end.
  var objective: any Objective { course.end.objective }
  /// Measurements that are finite, in order of steps; at least one, unless the start is not.
  let observations: [Course.Observation]
  /// Where the run began to be the model that it ends as, finite or not: step 0, or a change.
  var first: Course.Observation { course.observations[0] }
  /// The last finite measurement.
  var last: Course.Observation { observations.last ?? course.observations[0] }
  /// Steps done.
  var steps: Int { course.end.step }

  /// An examination of a course.
  package init(_ course: Course) {
    self.course = course
    observations = course.observations.filter(\.isFinite)
  }

  // MARK: What kind of run it is

  /// The model, where it is one.
  var model: ModelProblem? {
    if case .model(let model) = now.problem { model } else { nil }
  }
  /// The dense network, where it is one.
  var network: DenseNetwork? { objective.kind.dense }
  /// The formula, where it is one.
  var formula: Formula? { (objective as? FormulaObjective)?.source }
  /// Whether it is a plain function.
  var isFunction: Bool { objective.kind.function != nil }
  /// Whether gradients are of the whole loss.
  private(set) lazy var isExact: Bool = {
    if objective is any StochasticObjective { return false }
    guard objective.sampleCount > 0 else { return true }
    return (try? Batcher(now.batching, sampleCount: objective.sampleCount, seed: now.seed))?
      .isFull ?? true
  }()
  /// Whether the loss is convex in the parameters: one layer, and a loss of its outputs as they
  /// are.
  var isConvexModel: Bool {
    guard let network, network.layers.count == 1 else { return false }
    return network.layers[0].activation.isIdentity
  }
  /// Whether the loss tells classes apart.
  var isClassifier: Bool { network?.classCount != nil }
  /// The step from which what `read` reads of the settings in force is what it is at the end.
  func since(_ read: (Experiment) -> some Equatable) -> Int {
    since(read, in: course.experiment)
  }

  private func since<Value: Equatable>(
    _ read: (Experiment) -> Value, in experiment: Experiment
  ) -> Int {
    var settings = experiment
    settings.changes = []
    var (value, since) = (read(settings), 0)
    for change in end.changes {
      settings.apply(change.command)
      let next = read(settings)
      if next != value { (value, since) = (next, change.step) }
    }
    return since
  }

  /// The step from which what `read` reads of the model is what it is at the end.
  func sinceModel<Value: Equatable>(_ read: (ModelProblem) -> Value) -> Int {
    since { settings -> Value? in
      if case .model(let model) = settings.problem { read(model) } else { nil }
    }
  }

  /// The step from which the problem and the way down have been what they are at the end; 0 where
  /// nothing was changed.
  var lastChange: Int {
    since { settings in
      var settings = settings
      settings.name = ""
      settings.start = Start()
      (settings.steps, settings.stop, settings.changes) = (0, StopRule(), [])
      return settings
    }
  }
  /// The step from which the loss has been the one that is minimised at the end.
  private(set) lazy var objectiveSince = since(\.problem)
  /// Measurements of the loss that is minimised at the end.
  private(set) lazy var ofThisLoss = observations.drop { $0.step < objectiveSince }
  /// The steps at which what stands in the file or a dated change took effect.
  var turns: [Int] {
    [course.begin] + Set(end.changes.map(\.step)).filter { $0 > course.begin }.sorted()
  }
  /// A setting of the optimizer in force.
  func setting(_ name: String) -> Double {
    now.optimizer.settings[name]
      ?? Optimizer.catalogue[now.optimizer.name]?.hyperparameters
      .first { $0.name == name }?.defaultValue ?? 0
  }
  /// What one step makes of errors along eigenvectors of the Hessian, where the optimizer in force
  /// at the end is linear in them.
  private(set) lazy var law: LinearStability? = course.end.snapshot().stability.flatMap {
    $0.isPreconditioned ? nil : $0
  }
  private var laws: [Int: LinearStability?] = [:]

  /// The law of the optimizer that was in force at a step.
  func law(at step: Int) -> LinearStability? {
    let turn = turns.last { $0 <= step } ?? 0
    if let known = laws[turn] { return known }
    let found = course.run(at: turn).snapshot().stability.flatMap {
      $0.isPreconditioned ? nil : $0
    }
    laws[turn] = found
    return found
  }

  /// Whether gradients are clipped.
  var clips: Bool { setting("clip_norm") > 0 || setting("clip_value") > 0 }
  /// Whether the run stopped being finite.
  var hasDiverged: Bool { if case .diverged = end.status { true } else { false } }

  /// Whether the start's weights are too large for the network, and how that shows.
  private(set) lazy var tooLarge: WeightsTooLarge? = findTooLarge()

  /// The last steps, one by one.
  private(set) lazy var lastSteps = LastSteps(self)
  /// What becomes of the run beyond its end, where it has not come to rest.
  private(set) lazy var settling = Settling(self, meanLength: lastSteps.meanLength)

  // MARK: Curvature

  private var extremes: [Int: Extremes?] = [:]

  /// The extreme eigenvalues of the Hessian at a measured place.
  func curvature(at observation: Course.Observation) -> Extremes? {
    if let known = extremes[observation.step] { return known }
    let found = Extremes(course.run(at: observation.step).objective, at: observation.parameters)
    extremes[observation.step] = found
    return found
  }

  /// Whether the Hessian is the same everywhere: at the start, and at places around the run.
  private(set) lazy var isQuadratic: Bool = {
    guard first.parameters.count <= HessianProbe.limit, isFunction || isConvexModel,
      model.map({ $0.l1 == 0 }) ?? true, let begin = ofThisLoss.first?.parameters,
      let here = HessianProbe.hessian(of: objective, at: begin)
    else { return false }
    let size = here.reduce(1e-300) { max($0, abs($1)) }
    let width = max(1, VectorMath.norm(begin))
    return (0..<4).allSatisfy { trial in
      let place = begin.indices.map {
        begin[$0] + width * [0.37, -1.13, 0.71, 2.3][(trial + $0 * 3) % 4]
      }
      guard let there = HessianProbe.hessian(of: objective, at: place) else { return false }
      return zip(here, there).allSatisfy { abs($0 - $1) <= 1e-9 * size }
    }
  }()

  // MARK: How far there is to go

  /// The minimum that a descent with second derivatives finds from the run's last place.
  private(set) lazy var minimum: Minimum? = Minimum(objective, from: last.parameters)

  /// The loss of saying the same whatever the input: what a model has to beat; nil for functions.
  private(set) lazy var lossOfGuessing: Double? = {
    guard let network, let bias = network.layers.last else { return nil }
    // All weights 0, and the best constant output that a few hundred trials find; without bias, 0.
    var parameters = [Double](repeating: 0, count: network.parameterCount)
    let evaluator = Evaluator(network)
    let rows: [Int] =
      bias.hasBias
      ? Array(bias.biases..<bias.end)
      : network.features.columns.firstIndex(of: .one).map { [$0] } ?? []
    guard !rows.isEmpty else { return evaluator.loss(at: parameters) }
    for _ in 0..<60 {
      let (_, gradient) = evaluator.lossAndGradient(at: parameters)
      let before = evaluator.loss(at: parameters)
      var rate = 8.0
      while rate > 1e-12 {
        var next = parameters
        for row in rows { next[row] -= rate * gradient[row] }
        if evaluator.loss(at: next) < before {
          parameters = next
          break
        }
        rate /= 2
      }
      if rate <= 1e-12 { break }
    }
    return evaluator.loss(at: parameters)
  }()

  /// The training accuracy at the end.
  private(set) lazy var accuracy: Double? =
    hasDiverged ? nil : objective.accuracy(at: last.parameters)

  /// Whether the run has done what it is meant to do: nearly all classes right, or nearly all of
  /// the targets explained.
  private(set) lazy var didItsWork: Bool = {
    guard !hasDiverged, last.step == steps else { return false }
    if isClassifier {
      guard let accuracy else { return false }
      // As right as the data allow, and no longer by chance alone.
      return accuracy >= 0.97
    }
    guard let lossOfGuessing else { return false }
    return last.loss < 0.05 * lossOfGuessing
  }()

  /// The share of the fall from the start's loss to `least` that is still to be done.
  func shareLeft(to least: Double) -> Double {
    (last.loss - least) / max(first.loss - least, .leastNormalMagnitude)
  }

  // MARK: Trials

  /// The same experiment with something changed, run for as many steps (those that it was given,
  /// where it diverged); nil when it does not fit.
  func trial(steps: Int? = nil, _ change: (inout Experiment) -> Void) -> Run? {
    var experiment = now
    experiment.changes = []
    experiment.stop = StopRule()
    change(&experiment)
    guard var run = try? Run(experiment) else { return nil }
    run.measuresSplits = false
    run.advance(steps ?? (hasDiverged ? course.steps : self.steps))
    return run
  }

  /// The mean loss over the last quarter of the steps of a trial and that at its end, so that they
  /// can be set beside those of this run; nil when it does not fit or stops being finite.
  func tailOfTrial(_ change: (inout Experiment) -> Void) -> (mean: Double, end: Double)? {
    let length = hasDiverged ? course.steps : steps
    guard var run = trial(steps: length * 3 / 4, change) else { return nil }
    let evaluator = Evaluator(run.objective)
    var losses: [Double] = []
    while run.step < length, run.advance(min(max(1, length / 400), length - run.step)) > 0 {
      losses.append(evaluator.loss(at: run.parameters))
    }
    let mean = VectorMath.mean(losses)
    return mean.isFinite ? losses.last.map { (mean, $0) } : nil
  }

  /// The first observed step from which `holds` is true of all that follow; nil when it is not of
  /// the last.
  func firstStep(_ holds: (Course.Observation) -> Bool) -> Int? {
    var first: Int?
    for observation in observations.reversed() {
      guard holds(observation) else { break }
      first = observation.step
    }
    return first
  }

  /// Observations of the last `share` of the steps.
  func tail(_ share: Double) -> ArraySlice<Course.Observation> { tail(share, since: 0) }

  /// Observations of the last `share` of the steps from `since` on.
  func tail(_ share: Double, since: Int) -> ArraySlice<Course.Observation> {
    let from = Double(steps) - Double(steps - since) * share
    return observations.drop { Double($0.step) < from }
  }
}

extension Double {
  /// At most three significant digits, for sentences.
  var short: String {
    guard isFinite, self != 0 else { return Formula.shortNumeral(self) }
    let size = abs(self)
    guard size >= 1e-3, size < 1e5 else {
      // One digit before the point, two after it.
      let exponent = Int(Elementary.log10(size).rounded(.down))
      let mantissa = self / Elementary.pow(10, Double(exponent))
      return "\(Formula.shortNumeral((mantissa * 100).rounded() / 100))e\(exponent)"
    }
    var scale = 1.0
    while size * scale < 100 { scale *= 10 }
    return Formula.shortNumeral((self * scale).rounded() / scale)
  }

  /// A number for a setting: two significant digits, rounded down.
  var setting: String {
    guard isFinite, self > 0 else { return "\(self)" }
    let exponent = Elementary.log10(self).rounded(.down) - 1
    let scale = Elementary.pow(10, abs(exponent))
    let digits = exponent >= 0 ? (self / scale).rounded(.down) : (self * scale).rounded(.down)
    let value = exponent >= 0 ? digits * scale : digits / scale
    return Formula.numeral(value)
  }

  /// A share in per cent.
  var percent: String { "\((self * 100).short) %" }
}
