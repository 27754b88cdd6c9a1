import Lanes
import Models
import Training

extension Cause {
  /// A plain.
  static let flatStart = Cause(
    "flat_start", title: "Started on a plain",
    summary: "Gradient and curvature are 0 at the start, and nothing ever moves",
    criterion:
      "The gradient and the Hessian are 0 at the start, nothing moves, and the loss is lower "
      + "elsewhere",
    certainty: .exact,
    words: "There is no slope here at all.",
    remedy: "Another start", question: .atRest
  ) { run in
    guard run.isExact, !run.hasDiverged, run.steps > 0, run.first.gradientNorm <= 1e-14,
      run.observations.allSatisfy({ $0.parameters == run.first.parameters }),
      let curvature = run.curvature(at: run.first),
      max(abs(curvature.least), abs(curvature.greatest)) <= 1e-12, run.isLowerElsewhere
    else { return nil }
    return Finding(
      "flat_start", since: 0, exact: true,
      words: "There is no slope here at all: gradient and curvature are 0, and nothing moves.",
      evidence: [
        .init("gradient_norm_at_the_start", run.first.gradientNorm),
        .init("lambda_max", curvature.greatest),
        .init("lambda_min", curvature.least), .init("loss_at_the_end", run.last.loss),
      ],
      remedies: [
        run.isFunction
          ? .init(
            "Start at 0.5 everywhere", ["initializer": "{name: uniform, low: 0.4, high: 0.6}"],
            afresh: true)
          : .init(
            "Another start: seed \(run.now.seed + 1)", ["seed": "\(run.now.seed + 1)"], afresh: true
          )
      ])
  }
}

extension Examination {
  /// Whether the loss is lower somewhere else: in the part of the plane that is drawn, or around
  /// the start.
  var isLowerElsewhere: Bool {
    let evaluator = Evaluator(objective)
    let here = evaluator.loss(at: first.parameters)
    let stream = RandomStream(seed: 1, stream: 0)
    let ranges = objective.kind.function.map { [$0.xRange, $0.yRange] } ?? []
    var number: UInt64 = 0
    func draw() -> Double {
      number += 1
      return stream.uniform(at: number)
    }
    for trial in 0..<2000 {
      let width = max(1, VectorMath.norm(first.parameters)) * (trial % 4 == 0 ? 10 : 1)
      let place = first.parameters.indices.map { index in
        trial % 2 == 0 && index < ranges.count
          ? ranges[index].lowerBound + draw()
            * (ranges[index].upperBound - ranges[index].lowerBound)
          : first.parameters[index] + (draw() * 2 - 1) * width
      }
      let there = evaluator.loss(at: place)
      if there.isFinite, there < here - 1e-9 * max(abs(here), 1e-9) { return true }
    }
    return false
  }
}
