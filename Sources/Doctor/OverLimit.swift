import Lanes
import Models
import Optimization
import Training

/// A rate over the limit that the optimizer's own law sets, and a loss that grows for good.
struct OverLimit {
  /// The step from which both hold.
  let since: Int
  /// λmax there.
  let eigenvalue: Double
  /// The rate there.
  let rate: Double
  /// The rate that would have been right at that curvature: the limit.
  let limit: Double
  /// The spectral radius of one step along the steepest direction.
  let radius: Double
  /// Whether the Hessian is constant, so that it is a theorem.
  let isExact: Bool

  init?(_ run: Examination, law: LinearStability) {
    let seen = run.observations
    guard seen.count > 1 || run.hasDiverged && !seen.isEmpty else { return nil }
    func isOver(_ observation: Course.Observation, _ greatest: Double) -> Bool {
      guard let law = run.law(at: observation.step) else { return false }
      return observation.rate > law.limit(eigenvalue: greatest)
        && greatest + law.addedCurvature > 0
    }
    if run.isQuadratic, run.isExact, !run.clips {
      // The error along the steepest direction, seen by the gradient: it grows by the radius at
      // every step.
      guard let begin = run.ofThisLoss.first, let curvature = run.curvature(at: begin),
        isOver(run.last, curvature.greatest),
        let since = run.firstStep({
          $0.step >= begin.step && isOver($0, curvature.greatest)
        })
      else { return nil }
      let from = run.course.run(at: since)
      let v = curvature.greatestDirection
      func along(_ parameters: [Double]) -> Double {
        abs(VectorMath.dot(run.objective.lossAndGradient(at: parameters).gradient, v))
      }
      let (before, after) = (along(from.parameters), along(run.last.parameters))
      let excess = after * after / (2 * curvature.greatest)
      let least = run.minimum?.loss ?? 0
      // That the loss ends above where it began is enough, however little of it is along that
      // direction yet.
      guard
        run.hasDiverged || run.last.loss > begin.loss
          || after > before && excess > 0.01 * (run.last.loss - least), after > 0
      else { return nil }
      self.init(
        since: since, eigenvalue: curvature.greatest, rate: from.learningRate,
        law: run.law(at: since) ?? law,
        isExact: true)
      return
    }
    guard OverLimit.growsForGood(run) else { return nil }
    let lowest = seen.indices.min { seen[$0].loss < seen[$1].loss } ?? 0
    var known: [Int: Bool] = [:]
    func isOver(_ index: Int) -> Bool {
      if let answer = known[index] { return answer }
      let answer = run.curvature(at: seen[index]).map { isOver(seen[index], $0.greatest) } ?? false
      known[index] = answer
      return answer
    }
    var index = lowest
    let turns = Set(run.turns)
    let ahead =
      seen.indices.dropFirst(lowest).prefix(12)
      + seen.indices.dropFirst(lowest + 12).filter { turns.contains(seen[$0].step) }
    if let over = ahead.first(where: { isOver($0) }) {
      index = over
      // From the beginning, if it was over all the time; else back as far as it was.
      let samples = Set((0...6).map { lowest * $0 / 6 }).sorted()
      if over == lowest, samples.allSatisfy({ isOver($0) }) {
        index = 0
      } else {
        var room = 48
        while index > 0, room > 0, isOver(index - 1) {
          index -= 1
          room -= 1
        }
      }
    } else {
      // No place of the run was over it: does a smaller rate cure it?
      guard let cured = run.trial({ $0.learningRate = .value(seen[lowest].rate / 4) }),
        cured.loss.isFinite, cured.loss < seen[0].loss
      else { return nil }
    }
    let place = seen[index]
    guard let curvature = run.curvature(at: place) else { return nil }
    self.init(
      since: place.step, eigenvalue: curvature.greatest, rate: place.rate,
      law: run.law(at: place.step) ?? law, isExact: false)
  }

  private init(since: Int, eigenvalue: Double, rate: Double, law: LinearStability, isExact: Bool) {
    self.since = since
    self.eigenvalue = eigenvalue
    self.rate = rate
    limit = law.limit(eigenvalue: eigenvalue)
    radius = law.radius(rate: rate, eigenvalue: eigenvalue)
    self.isExact = isExact
  }

  /// Whether the loss stopped being finite, or stays above where it began and far above its least;
  /// of functions with exact gradients, which may hop between bounded places, it has to grow to the
  /// end.
  static func growsForGood(_ run: Examination) -> Bool {
    if run.hasDiverged || !run.end.loss.isFinite || explodes(run) { return true }
    guard let begin = run.ofThisLoss.first?.loss else { return false }
    let least = run.ofThisLoss.reduce(.infinity) { min($0, $1.loss) }
    let floor =
      run.isFunction || run.isConvexModel ? min(run.minimum?.loss ?? least, least) : least
    let since = run.objectiveSince
    let tail = run.tail(0.25, since: since).map(\.loss)
    guard let lowest = tail.min(), tail.count >= 4 else { return false }
    guard lowest > begin, lowest - floor > 3 * (begin - floor) else { return false }
    guard run.isFunction, run.isExact else { return true }
    // Thrown out onto a plain, where it rests higher than it began.
    if tail.first == tail.last, run.last.gradientNorm <= 1e-12 * run.first.gradientNorm {
      return true
    }
    let before = run.tail(0.5, since: since).prefix(tail.count).map(\.loss)
    return VectorMath.mean(tail) - floor > 1.5 * (VectorMath.mean(before) - floor)
  }

  /// Whether the loss is a million times what it was and rose to the end: no catapult throws so
  /// far.
  private static func explodes(_ run: Examination) -> Bool {
    let losses = run.observations.suffix(3).map(\.loss)
    guard losses.count == 3, losses[0] < losses[1], losses[1] < losses[2] else { return false }
    return losses[2] > 1e6 * max(1, abs(run.ofThisLoss.first?.loss ?? run.first.loss))
  }

  /// The numbers, and rates that are below the limit.
  func finding(_ cause: String, _ run: Examination, words: String, limitName: String) -> Finding {
    var words = words
    if rate <= limit {
      // No place of the run was over the limit of the whole loss: batches or bends between places
      // are.
      words =
        "The loss grows for good, though the rate \(rate.short) is below the limit of the whole "
        + "loss: mini-batches are steeper, or the way there is. A quarter of the rate cures it."
    }
    let safe = limit.isFinite && limit > 0 && limit < rate ? limit / 2 : rate / 4
    var evidence: [Finding.Evidence] = [
      .init("lambda_max", eigenvalue, at: since), .init("rate", rate, at: since),
      .init("rate_times_lambda_max", rate * eigenvalue, at: since),
      .init(limitName, limit, at: since), .init("rate_over_limit", rate / limit, at: since),
      .init("spectral_radius", radius, at: since),
      .init("loss_at_the_start", run.first.loss), .init("loss_at_the_end", run.end.loss),
    ]
    if limitName != "limit" {
      evidence.insert(.init("limit_of_plain_descent", 2 / eigenvalue, at: since), at: 4)
    }
    return Finding(
      cause, since: since, exact: isExact, words: words, evidence: evidence,
      remedies: [
        .init(
          "Learning rate \(safe.setting), half the limit", ["learning_rate": safe.setting])
      ])
  }
}
