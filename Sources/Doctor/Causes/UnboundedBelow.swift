import Lanes
import Models
import Training

extension Cause {
  /// The loss has no least value, and the run goes there.
  static let unboundedBelow = Cause(
    "unbounded_below", title: "No floor",
    summary: "The function falls without end, and the run with it",
    criterion:
      "The loss falls in 99 % of the steps, the distance from the start still grows by more than "
      + "20 % over the "
      + "second half, and a descent with second derivatives from the end finds no floor either; "
      + "exact for a constant "
      + "Hessian with λmin < 0",
    certainty: .exactOnQuadratics,
    words: "The floor is missing: down is endless.",
    remedy: "Add a bound to the function, such as a small square", question: .unbounded,
    proof: .size
  ) { run in
    let seen = run.observations
    guard run.isFunction, run.isExact, seen.count >= 3, let first = seen.first,
      let last = seen.last,
      last.loss < first.loss
    else { return nil }
    let pairs = zip(seen, seen.dropFirst())
    let falling = pairs.count { $0.loss > $1.loss }
    guard Double(falling) >= 0.99 * Double(seen.count - 1) else { return nil }
    let middle = seen.first { $0.step >= last.step / 2 } ?? last
    let half = VectorMath.distance(middle.parameters, first.parameters)
    let whole = VectorMath.distance(last.parameters, first.parameters)
    let growth = whole / max(half, .leastNormalMagnitude)
    guard growth > 1.2 else { return nil }
    let curvature = run.curvature(at: first)
    let isExact = run.isQuadratic && (curvature?.least ?? 0) < 0
    if !isExact, !run.hasNoFloor { return nil }
    return Finding(
      "unbounded_below", since: 0, exact: isExact,
      words:
        "The floor is missing: the loss falls at every step and has come to \(last.loss.short) "
        + "without end in sight; "
        + "a smaller rate would only take longer.",
      evidence: [
        .init("loss_at_the_end", last.loss), .init("loss_at_the_start", first.loss),
        .init("lambda_min", curvature?.least ?? .nan),
        .init("growth_of_the_distance_over_the_second_half", growth),
        .init("share_of_steps_that_fall", Double(falling) / Double(seen.count - 1)),
      ],
      remedies: [
        .init("Add a bound to the formula, such as + 0.01 x^4", [:], afresh: true)
      ])
  }
}

extension Examination {
  /// Whether a descent with second derivatives from the end finds no floor: it does not come to
  /// rest in a hollow, or only a thousand times as far away as the run has come.
  var hasNoFloor: Bool {
    guard let minimum, minimum.loss.isFinite else { return true }
    let way = VectorMath.distance(minimum.parameters, first.parameters)
    let own = max(1, VectorMath.distance(last.parameters, first.parameters))
    if minimum.isAtRest, way < 1e3 * own, let spectrum = minimum.spectrum,
      let least = spectrum.eigenvalues.last, let greatest = spectrum.eigenvalues.first,
      greatest >= 0, least >= -1e-9 * greatest
    {
      return false
    }
    // As far as the run came, and at least as far as its parameters are great: a run that hardly
    // moved says nothing of what is far away.
    let moved = zip(last.parameters, first.parameters).map { $0 - $1 }
    let reach = max(1, VectorMath.norm(last.parameters)) / VectorMath.norm(moved)
    let heading = reach > 1 && reach.isFinite ? moved.map { $0 * reach } : moved
    let isFlatAhead = [1.0, 10, 100].contains {
      let there = VectorMath.add(last.parameters, heading, times: $0)
      return objective.lossAndGradient(at: there).gradient.allSatisfy { $0 == 0 }
    }
    if isFlatAhead { return false }
    if way >= 1e3 * own, minimum.loss < last.loss {
      return fallsWithoutEnd(along: zip(minimum.parameters, last.parameters).map { $0 - $1 })
    }
    return fallsWithoutEnd(along: heading, below: minimum.loss)
  }

  /// Whether the loss, straight on from the end, still falls a million times as far away, and by no
  /// less from one power of ten to the next: `atan(x)` falls for ever, and has a floor.
  private func fallsWithoutEnd(along heading: [Double], below floor: Double = .infinity) -> Bool {
    let losses = [0, 1e2, 1e4, 1e6].map {
      objective.loss(at: VectorMath.add(last.parameters, heading, times: $0))
    }
    if losses.contains(-.infinity) { return true }
    let falls = zip(losses, losses.dropFirst()).map { $0 - $1 }
    return falls.allSatisfy { $0 > 0 } && falls[2] >= 0.5 * falls[1] && losses[3] < floor
  }
}
