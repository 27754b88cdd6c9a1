import Differentiation
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
    guard run.isExact, !run.hasDiverged, run.steps > 0, run.last.gradientNorm <= 1e-14,
      let since = run.firstStep({ $0.parameters == run.last.parameters }),
      run.turns.contains(since), since < run.steps,
      let curvature = run.curvature(at: run.last),
      max(abs(curvature.least), abs(curvature.greatest)) <= 1e-12,
      let lower = run.lowerPlace
    else { return nil }
    let names = run.objective.parameterNames
    let isNamed = run.isFunction && names.count == lower.count && names.count <= 6
    var place = zip(names, lower).map { Setting(key: "start.\($0)", value: "\($1)") }
    var text =
      "Start where there is a slope: "
      + zip(names, lower).map { "\($0) = \($1.short)" }.joined(separator: ", ")
    // A rate that does not throw it back onto the plain.
    if let law = run.law, let minimum = Minimum(run.objective, from: lower),
      let top = Extremes(run.objective, at: minimum.parameters)?.greatest, top > 0,
      law.limit(eigenvalue: top) < run.last.rate
    {
      let rate = (law.limit(eigenvalue: top) / 2).setting
      place.append(Setting(key: "learning_rate", value: rate))
      text += ", with rate \(rate)"
    }
    return Finding(
      "flat_start", since: since, exact: true,
      words:
        "There is no slope here at all: gradient and curvature are 0, and nothing moves. "
        + "It is lower elsewhere.",
      evidence: [
        .init("gradient_norm_at_the_start", run.last.gradientNorm),
        .init("lambda_max", curvature.greatest),
        .init("lambda_min", curvature.least), .init("loss_at_the_end", run.last.loss),
        .init("loss_at_a_lower_place", run.objective.loss(at: lower)),
      ],
      remedies: [
        isNamed
          ? .init(text, place, afresh: true)
          : .init(
            "Another start: seed \(run.now.seed + 1)", ["seed": "\(run.now.seed + 1)"], afresh: true
          )
      ])
  }
}

extension Examination {
  /// A place where the loss is lower than at the start: near the numbers that stand in the formula,
  /// in the part of the plane that is drawn, or up to a thousand times as far away as the start;
  /// the lowest that is found with a slope, nil where none is.
  var lowerPlace: [Double]? {
    let evaluator = Evaluator(objective)
    let here = evaluator.loss(at: last.parameters)
    let margin = 1e-9 * max(abs(here), 1e-9)
    let stream = RandomStream(seed: 1, stream: 0)
    let ranges = objective.kind.function.map { [$0.xRange, $0.yRange] } ?? []
    let size = max(1, VectorMath.norm(last.parameters))
    let landmarks = formula?.graph.map { graph in
      let numbers = graph.nodes.filter { $0.operation == .constant }.map(\.constant)
      return Set(numbers.flatMap { [$0, -$0] }).filter(\.isFinite).sorted()
    }
    var number: UInt64 = 0
    func draw() -> Double {
      number += 1
      return stream.uniform(at: number)
    }
    var best: (place: [Double], loss: Double)?
    for trial in 0..<(isFunction ? 6000 : 2000) {
      let width = size * [1, 10, 1, 100, 1, 1000][trial % 12 / 2]
      let place = last.parameters.indices.map { index -> Double in
        let beside = draw() * 2 - 1
        if trial % 4 == 0, let landmarks, !landmarks.isEmpty {
          return landmarks[min(landmarks.count - 1, Int(draw() * Double(landmarks.count)))] + beside
        }
        return trial % 2 == 0 && index < ranges.count
          ? ranges[index].lowerBound + draw()
            * (ranges[index].upperBound - ranges[index].lowerBound)
          : last.parameters[index] + beside * width
      }
      let rounded = isFunction ? place.map { Double($0.short) ?? $0 } : place
      let there = evaluator.loss(at: rounded)
      guard there.isFinite, there < min(here - margin, best?.loss ?? .infinity) else { continue }
      if VectorMath.norm(evaluator.lossAndGradient(at: rounded).gradient) > 0 {
        best = (rounded, there)
      }
      if !isFunction { break }
    }
    return best?.place
  }
}
