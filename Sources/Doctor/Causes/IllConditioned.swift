import Lanes
import Models
import Optimization
import Training

extension Cause {
  /// A gorge: steep walls and a flat floor.
  static let illConditioned = Cause(
    "ill_conditioned", title: "A gorge",
    summary:
      "One rate cannot suit all directions: steep walls allow only tiny steps along a flat floor",
    criterion:
      "λmax/λmin > 1000 at the minimum, the rate between a tenth of the optimizer's limit and the "
      + "limit, and more than half "
      + "of the error along the flattest direction is left: (1 − η λmin)^steps. Of a model, "
      + "moreover, the loss is 10 % above the least",
    certainty: .exactOnQuadratics,
    words: "A gorge: the walls allow only tiny steps along its floor.",
    remedy: "Standardize the inputs, momentum, Newton", question: .onItsWay, proof: .curvature
  ) { run in
    guard let law = run.law, run.isFunction || run.isConvexModel, !run.hasDiverged,
      run.first.parameters.count <= HessianProbe.limit, run.first.parameters.count > 1,
      let minimum = run.minimum, minimum.isAtRest || run.isQuadratic,
      let spectrum = minimum.spectrum,
      let greatest = spectrum.eigenvalues.first, greatest > 0,
      let flattest = spectrum.eigenvalues.indices.last(where: {
        spectrum.eigenvalues[$0] > 1e-13 * greatest
      })
    else { return nil }
    let least = spectrum.eigenvalues[flattest]
    let direction = spectrum.eigenvectors[flattest]
    let condition = greatest / least
    let rate = run.last.rate
    let share = rate / law.limit(eigenvalue: greatest)
    func error(_ parameters: [Double]) -> Double {
      abs(VectorMath.dot(zip(parameters, minimum.parameters).map { $0 - $1 }, direction))
    }
    let left = error(run.last.parameters) / max(error(run.first.parameters), .leastNormalMagnitude)
    let predicted = Elementaries.exp(
      Double(run.steps) * Elementaries.log(max(law.radius(rate: rate, eigenvalue: least), 1e-300)))
    let excess = run.last.loss - minimum.loss
    guard condition > 1000, share > 0.1, share <= 1, left > 0.5, predicted > 0.5,
      run.shareLeft(to: minimum.loss) > 1e-4, excess > 1e-8 * abs(run.first.loss),
      run.isFunction || run.missesMuch(excess, above: minimum.loss)
    else { return nil }
    // The gorge's floor is reached when flat directions have most of the loss that is left.
    let floor = spectrum.eigenvalues.indices.filter {
      (least...0.01 * greatest).contains(spectrum.eigenvalues[$0])
    }
    let since =
      run.firstStep { seen in
        let away = zip(seen.parameters, minimum.parameters).map { $0 - $1 }
        let own = floor.reduce(0) { sum, index in
          let error = VectorMath.dot(away, spectrum.eigenvectors[index])
          return sum + 0.5 * spectrum.eigenvalues[index] * error * error
        }
        return own > 0.5 * (seen.loss - minimum.loss)
      }
      ?? run.observations.first {
        $0.loss - run.last.loss < 0.05 * (run.first.loss - run.last.loss)
      }?.step ?? 0
    var remedies: [Finding.Remedy] = []
    if let model = run.model, !model.data.standardize {
      // The walls are lower then, and the rate that they allowed is too small.
      let scaled = run.trial(steps: 0) { experiment in
        var model = model
        model.data.standardize = true
        experiment.problem = .model(model)
      }
      let top = scaled.flatMap { Extremes($0.objective, at: $0.parameters)?.greatest } ?? 0
      if top > 0 {
        let fitting = (law.limit(eigenvalue: top) / 2).setting
        remedies.append(
          .init(
            "Standardize the inputs, and rate \(fitting) for it",
            ["standardize": "true", "learning_rate": fitting], afresh: true))
      } else {
        remedies.append(.init("Standardize the inputs", ["standardize": "true"], afresh: true))
      }
    }
    if law.keep == 0 {
      remedies.append(.init("Momentum 0.9", ["optimizer": "momentum", "momentum": "0.9"]))
    }
    remedies.append(.init("Newton's method", ["optimizer": "newton", "learning_rate": "1"]))
    return Finding(
      "ill_conditioned", since: since, exact: run.isQuadratic,
      words:
        "A gorge: its walls are \(condition.short) times as steep as its floor and allow only "
        + "tiny steps along it; "
        + "\(left.percent) of the error along the floor is still there.",
      evidence: [
        .init("condition_number", condition), .init("lambda_max", greatest),
        .init("lambda_min", least),
        .init("rate_times_lambda_max", rate * greatest), .init("rate_over_limit", share),
        .init("rate_times_lambda_min_times_steps", rate * least * Double(run.steps)),
        .init("error_left_along_the_flattest_direction", left),
        .init("loss_at_the_end", run.last.loss), .init("least_possible_loss", minimum.loss),
        .init("loss_at_the_end_over_the_least", run.last.loss / minimum.loss),
      ],
      remedies: remedies)
  }
}

extension Examination {
  /// Whether a model could do noticeably better than it does: directions that the data hardly tell
  /// may stay where they are.
  fileprivate func missesMuch(_ excess: Double, above least: Double) -> Bool {
    guard !isClassifier || !didItsWork else { return false }
    return excess > 0.1 * least && excess > 0.002 * ((lossOfGuessing ?? first.loss) - least)
  }
}
