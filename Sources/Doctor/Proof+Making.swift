import Lanes
import Models
import Training

extension Proof {
  /// Places of a curve, and units, that are kept.
  private static let most = 400
  private static let mostUnits = 16

  /// The picture of a kind for a finding; where the run has no such thing, or too little of it, the
  /// places on a function's curve; nil without them.
  static func make(_ kind: Kind, of run: Examination, since: Int) -> Proof? {
    picture(kind, of: run, since: since) ?? orbit(run)
  }

  private static func picture(_ kind: Kind, of run: Examination, since: Int) -> Proof? {
    switch kind {
    case .loss:
      curves("loss and ‖gradient‖", run, [("loss", \.loss), ("‖gradient‖", \.gradientNorm)])
    case .splits: splits(run)
    case .size:
      curves("‖parameters‖", run, [("‖parameters‖", { VectorMath.norm($0.parameters) })])
    case .rate:
      curves("rate and ‖gradient‖", run, [("rate", \.rate), ("‖gradient‖", \.gradientNorm)])
    case .units: units(run, since: since)
    case .topDirection: topDirection(run, since: since)
    case .orbit: orbit(run)
    case .layers: layers(run)
    case .curvature: curvature(run)
    }
  }

  // MARK: Over steps

  private static func thinned(_ all: [Course.Observation]) -> [Course.Observation] {
    let stride = max(1, all.count / most)
    return all.indices.filter { $0 % stride == 0 || $0 == all.count - 1 }.map { all[$0] }
  }

  private static func curves(
    _ title: String, _ run: Examination, _ series: [(String, (Course.Observation) -> Double)],
    isLogarithmic: Bool? = nil
  ) -> Proof? {
    let seen = thinned(run.observations)
    guard seen.count > 1 else { return nil }
    let steps = seen.map { Double($0.step) }
    let curves = series.map { Curve(name: $0.0, steps: steps, values: seen.map($0.1)) }
    let all = curves.flatMap(\.values).filter { $0.isFinite && $0 > 0 }
    let isPositive = curves.allSatisfy { $0.values.allSatisfy { $0 >= 0 } }
    let isWide = (all.max() ?? 1) > 30 * (all.min() ?? 1)
    return Proof(
      title: title,
      picture: .curves(curves, isLogarithmic: isLogarithmic ?? (isPositive && isWide)))
  }

  private static func splits(_ run: Examination) -> Proof? {
    curves("training and test loss", run, [("train", \.loss), ("test", { $0.testLoss ?? .nan })])
  }

  /// How long steps are along the direction that the Hessian bends most: what is over its limit
  /// grows by the same factor from step to step.
  private static func topDirection(_ run: Examination, since: Int) -> Proof? {
    let seen = run.observations
    let place = seen.last { $0.step <= since } ?? seen.first
    guard let place, let top = run.curvature(at: place)?.greatestDirection, top.count > 0 else {
      return nil
    }
    var start = run.course.run(at: max(0, since - 20))
    var before = start.parameters
    guard before.count == top.count else { return nil }
    var (steps, along, lengths): ([Double], [Double], [Double]) = ([], [], [])
    while steps.count < 120, start.advance(1) == 1, start.parameters.count == top.count {
      let move = VectorMath.add(start.parameters, before, times: -1)
      before = start.parameters
      let length = VectorMath.norm(move)
      guard length.isFinite else { break }
      steps.append(Double(start.step))
      along.append(abs(VectorMath.dot(move, top)))
      lengths.append(length)
    }
    guard steps.count > 2 else { return nil }
    return Proof(
      title: "steps along the steepest direction grow",
      picture: .curves(
        [
          Curve(name: "along λmax’s direction", steps: steps, values: along),
          Curve(name: "whole step", steps: steps, values: lengths),
        ], isLogarithmic: true))
  }

  // MARK: Places

  private static func orbit(_ run: Examination) -> Proof? {
    let last = LastSteps(run, most: 64).places.filter { $0.allSatisfy(\.isFinite) }
    guard last.count > 2 || run.isFunction && last.first?.count == 1 else { return nil }
    if run.isFunction, last[0].count == 1 {
      let places = last.map(\.[0])
      let low = places.min() ?? 0
      let high = places.max() ?? 1
      let margin = high > low ? (high - low) * 0.3 : max(abs(high) * 1.5, 1)
      let x = (0...160).map { low - margin + (high - low + 2 * margin) * Double($0) / 160 }
      let evaluator = Evaluator(run.objective)
      let y = x.map { evaluator.loss(at: [$0]) }
      let points = places.map { (x: $0, y: evaluator.loss(at: [$0])) }
      return Proof(
        title: "the last places on the curve", picture: .places(x: x, y: y, run: points))
    }
    let move = VectorMath.add(last[last.count - 1], last[last.count - 2], times: -1)
    let length = VectorMath.norm(move)
    guard length > 0, length.isFinite else { return nil }
    let end = run.end.step
    let steps = last.indices.map { Double(end - last.count + 1 + $0) }
    let along = last.map {
      VectorMath.dot(VectorMath.add($0, last[last.count - 1], times: -1), move) / length
    }
    return Proof(
      title: "the last places, along the last step",
      picture: .curves(
        [Curve(name: "place", steps: steps, values: along)], isLogarithmic: false))
  }

  // MARK: Networks

  private static func spans(
    _ run: Examination, at step: Int
  ) -> (spans: [ClosedRange<Double>], names: [String])? {
    let at = run.course.run(at: step)
    guard let network = at.objective.kind.dense, network.layers.count > 1 else { return nil }
    let pass = NetworkProbe.forward(
      network, parameters: at.parameters,
      PreparedInputs(network, samples: network.trainSamples))
    var (spans, names): ([ClosedRange<Double>], [String]) = ([], [])
    for (number, values) in pass.layers.dropLast().enumerated() {
      for unit in 0..<values.units {
        let sums = values.preActivations(of: unit).filter(\.isFinite)
        guard let low = sums.min(), let high = sums.max() else { return nil }
        spans.append(low...high)
        names.append("\(number + 1).\(unit + 1)")
      }
    }
    return (spans, names)
  }

  private static func units(_ run: Examination, since: Int) -> Proof? {
    let since = since > 0 ? since : run.end.step
    guard let before = spans(run, at: 0), let after = spans(run, at: since),
      before.names == after.names
    else { return nil }
    let all = before.names.indices.map {
      Span(name: before.names[$0], before: before.spans[$0], since: after.spans[$0])
    }
    return Proof(
      title: "pre-activations, unit by unit",
      picture: .spans(Array(all.prefix(mostUnits)), steps: (before: 0, since: since)))
  }

  private static func layers(_ run: Examination) -> Proof? {
    guard let network = run.network, run.first.parameters.count == network.parameterCount else {
      return nil
    }
    let norms = LayerReading.gradientNorms(network, at: run.first.parameters)
    return Proof(
      title: "‖gradient‖ layer by layer, at the start",
      picture: .bars(
        norms.indices.map { Bar(name: "layer \($0 + 1)", value: norms[$0]) },
        isLogarithmic: true))
  }

  private static func curvature(_ run: Examination) -> Proof? {
    guard let extremes = run.curvature(at: run.last) else { return nil }
    return Proof(
      title: "curvature at the last place",
      picture: .bars(
        [
          Bar(name: "λmax", value: extremes.greatest), Bar(name: "λmin", value: extremes.least),
        ], isLogarithmic: false))
  }
}
