import Differentiation
import Lanes
import Models
import Training

extension Cause {
  /// A corner with a constant rate.
  static let l1NeverZero = Cause(
    "l1_never_zero", title: "Hopping over a corner",
    summary:
      "At a corner such as |w| the gradient does not get smaller, so that a constant rate hops "
      + "over it for ever",
    criterion:
      "Exact gradients, a function with corners (an L1 penalty, |x|), steps that do not get "
      + "shorter; an entry turns "
      + "round in at least 60 % of the last steps by no more than 3 η l1, and the change of the "
      + "gradient between its ends "
      + "is not what the Hessian between them gives. Exact where the run comes back to the last "
      + "bit",
    certainty: .heuristic,
    words: "The slope does not get smaller near the corner, so neither do the steps.",
    remedy: "Decay the rate", question: .neverAtRest, proof: .orbit
  ) { run in
    let l1 = run.model?.l1 ?? 0
    guard l1 > 0 || run.hasCorners, run.isExact, !run.hasDiverged, run.steps >= 40 else {
      return nil
    }
    let steps = run.lastSteps
    guard run.wanders(steps, slack: 0.1), steps.places.count > 20 else { return nil }
    let count = run.first.parameters.count
    let places = steps.places.suffix(200)
    let moves = zip(places, places.dropFirst()).map { pair in zip(pair.1, pair.0).map { $0 - $1 } }
    let turning = (0..<count).filter { index in
      let turns = zip(moves, moves.dropFirst()).count { $0[index] * $1[index] < 0 }
      let crossings = zip(places, places.dropFirst()).count { $0[index] * $1[index] < 0 }
      return Double(turns) >= 0.6 * Double(moves.count - 1)
        && (l1 == 0 || Double(crossings) >= 0.5 * Double(places.count - 1))
    }
    guard !turning.isEmpty else { return nil }
    // The gradient at the ends of the last steps, against the Hessian between them.
    let evaluator = Evaluator(run.objective)
    var (change, smooth, move) = ([Double](), [Double](), [Double]())
    var jumps: [Int] = []
    for (a, b) in zip(places.suffix(9), places.suffix(8)) where jumps.isEmpty {
      change = zip(
        evaluator.lossAndGradient(at: b).gradient, evaluator.lossAndGradient(at: a).gradient
      ).map { $0 - $1 }
      move = zip(b, a).map { $0 - $1 }
      smooth = [Double](repeating: 0, count: count)
      for part in 0..<16 {
        let place = VectorMath.add(a, move, times: (Double(part) + 0.5) / 16)
        smooth = VectorMath.add(
          smooth, run.objective.hessianProduct(at: place, times: move), times: 1.0 / 16)
      }
      jumps = turning.filter {
        abs(change[$0] - smooth[$0]) > 0.5 * abs(change[$0]) && change[$0] != 0
      }
    }
    guard let entry = jumps.max(by: { abs(move[$0]) < abs(move[$1]) }) else { return nil }
    let rate = run.last.rate
    let size = VectorMath.mean(places.map { abs($0[entry]) })
    let step = abs(move[entry])
    guard
      l1 == 0
        || size <= 3 * rate * l1
          * (run.now.optimizer.settings["momentum"].map { 1 / (1 - $0) } ?? 1)
    else { return nil }
    let since = run.turningSince(entry)
    let total = max(run.steps, run.now.steps)
    let name = run.objective.parameterNames[entry]
    return Finding(
      "l1_never_zero", since: since, exact: run.settling?.isCertain ?? false,
      words:
        "\(name) hops over a corner for ever, by \(step.short) a step: the slope does not get "
        + "smaller near the corner, so "
        + "neither do the steps.",
      evidence: [
        .init("entries_that_turn_at_every_step", Double(turning.count)),
        .init("step_of_the_entry", step),
        .init("mean_size_of_the_entry", size), .init("rate_times_l1", rate * l1),
        .init("change_of_the_gradient", change[entry]),
        .init("change_that_the_hessian_gives", smooth[entry]),
        .init("loss_at_the_end", run.last.loss),
      ],
      remedies: [
        .init("Let the rate decay (cosine)", ["schedule": "{name: cosine, total: \(total)}"]),
        .init("Learning rate \((rate / 10).setting)", ["learning_rate": (rate / 10).setting]),
      ])
  }
}

extension Examination {
  /// The first step from which an entry turns round as often as it does to the end.
  fileprivate func turningSince(_ entry: Int) -> Int {
    var place = course.run(at: 0)
    let start = place.step
    var (before, last) = (place.parameters[entry], 0.0)
    var turns: [Bool] = []
    while place.step < steps, place.advance(1) == 1 {
      let next = place.parameters[entry]
      turns.append((next - before) * last < 0)
      (last, before) = (next - before, next)
    }
    let late = turns.suffix(200)
    let usual = Double(late.count { $0 }) / Double(max(late.count, 1))
    var (since, count) = (turns.count, 0)
    for (index, isTurn) in turns.enumerated().reversed() {
      count += isTurn ? 1 : 0
      let seen = Double(turns.count - index)
      if isTurn, Double(count) >= 0.95 * usual * seen { since = index }
    }
    return start + since
  }

  /// Whether the formula has corners: |·|, minimum, maximum, ReLU.
  var hasCorners: Bool {
    guard let graph = formula?.graph else { return false }
    return graph.nodes.contains {
      [.abs, .min, .max, .relu, .select].contains($0.operation)
    }
  }
}
