import Lanes
import Models
import Training

extension Cause {
  /// A model that cannot do it.
  static let underfitting = Cause(
    "underfitting", title: "The model cannot do it",
    summary: "At rest, and far worse than the data allow: the model is too simple",
    criterion:
      "At rest (convex losses: within 5 % of the optimum), and the training accuracy is more than "
      + "15 points below a vote of "
      + "the five nearest other samples (few samples: below what a table of them would say); for "
      + "values: nearest samples, or a "
      + "cubic, explain 30 % of what is left. A network that would come down by a tenth within "
      + "four times the steps is not at rest. Loss at the noise floor is healthy",
    certainty: .heuristic,
    words: "A straight line cannot part these.",
    remedy: "Hidden layers, features", question: .atRest
  ) { run in
    guard let network = run.network, !run.hasDiverged, !run.didItsWork,
      run.steps >= 20 || run.steps >= run.now.steps,
      network.sampleCount >= 4
    else { return nil }
    let isAtOptimum: Bool
    var leastEigenvalue = Double.nan
    if run.isConvexModel, let minimum = run.minimum {
      isAtOptimum =
        run.last.loss - minimum.loss <= 0.05
        * max(run.first.loss - minimum.loss, 0.02 * abs(minimum.loss))
      leastEigenvalue = minimum.spectrum?.eigenvalues.last ?? .nan
    } else {
      let late = VectorMath.mean(run.tail(0.25).map(\.loss))
      let early = VectorMath.mean(run.tail(0.5).prefix(max(1, run.tail(0.5).count / 2)).map(\.loss))
      // Mini-batches hide for a while that a loss is on its way: a plateau near the start is none
      // to rest on before the run has come as far as it is meant to.
      isAtOptimum =
        late > 0.99 * early
        && (run.isExact
          ? run.last.gradientNorm <= 0.05 * run.first.gradientNorm
          : run.steps >= min(run.now.steps, 2000))
        && run.isSteady(around: late) && !run.wouldGoDown(from: late)
    }
    guard isAtOptimum, run.now.learningRate != .value(0) else { return nil }
    let richer = Neighbours(network.trainSamples, classes: network.classCount)
    var evidence: [Finding.Evidence] = [
      .init("gradient_norm", run.last.gradientNorm), .init("lambda_min", leastEigenvalue),
      .init("loss_at_the_end", run.last.loss),
      .init("loss_of_guessing", run.lossOfGuessing ?? .nan),
    ]
    // A convex model is judged by the best that it can do, of which little may be missing yet.
    let best = run.isConvexModel ? run.minimum?.parameters ?? run.last.parameters : nil
    let words: String
    if network.classCount != nil {
      let here = best.map { network.accuracy(at: $0) } ?? run.accuracy
      guard let accuracy = here, let vote = richer.accuracy, accuracy < vote - 0.15,
        run.withoutPenalties.map({ ($0.accuracy ?? 0) < vote - 0.15 }) ?? true
      else {
        return nil
      }
      words =
        (run.isConvexModel
          ? "Where its loss is least, the model is right on"
          : "It has come to rest, too small for the task or at a dead end: right on")
        + " \(accuracy.percent) only; the nearest samples would be right on \(vote.percent)."
      evidence.insert(
        contentsOf: [.init("accuracy", accuracy), .init("accuracy_of_the_nearest_samples", vote)],
        at: 0)
    } else {
      guard network.loss.scores == .values, network.outputCount == 1,
        let residual = run.meanSquaredError(at: best ?? run.last.parameters),
        let error = richer.squaredError
      else { return nil }
      guard error < 0.7 * residual,
        run.withoutPenalties.map({ error < 0.7 * $0.loss }) ?? true,
        residual > 1e-6 * VectorMath.variance(network.trainSamples.targets)
      else {
        return nil
      }
      words =
        (run.isConvexModel
          ? "Where its loss is least, the model has" : "It has come to rest with")
        + " a mean squared error of \(residual.short); a richer one would come to "
        + "\(error.short): what is left has structure."
      evidence.insert(
        contentsOf: [
          .init("mean_squared_error", residual),
          .init("mean_squared_error_of_a_richer_model", error),
        ], at: 0)
    }
    var remedies: [Finding.Remedy] = []
    let inputs = network.inputCount
    if run.isConvexModel, let model = run.model {
      // Features that are given leave out the intercept of a logistic model where they name no 1.
      let ones = model.kind == .logistic && model.biases ? "1," : ""
      if inputs == 2 {
        remedies.append(
          .init("A product as a feature", ["features": ones + "x1,x2,x1*x2"], afresh: true))
        remedies.append(
          .init("Squares as features", ["features": ones + "x1,x2,x1*x2,x1^2,x2^2"], afresh: true))
      } else if inputs == 1 {
        let powers = ones + "poly(3)"
        remedies.append(.init("Powers as features", ["features": powers], afresh: true))
        // Powers are larger numbers than what they are of, and bear smaller rates only.
        let richer = run.trial(steps: 0) { experiment in
          var model = model
          model.features = powers.split(separator: ",").map(String.init)
          experiment.problem = .model(model)
        }
        if let law = run.law, let richer,
          let top = Extremes(richer.objective, at: richer.parameters)?.greatest, top > 0,
          law.limit(eigenvalue: top) / 2 < run.last.rate
        {
          let rate = (law.limit(eigenvalue: top) / 2).setting
          remedies.append(
            .init(
              "Powers as features, and rate \(rate) for them",
              ["features": powers, "learning_rate": rate], afresh: true))
        }
      }
      if model.kind == .logistic || model.kind == .linear {
        remedies.append(
          .init(
            "A hidden layer of 8 units",
            [
              "kind": "mlp", "hidden": "8", "activation": "tanh",
              "initializer": "glorot_uniform", "loss": model.loss.name,
            ], afresh: true))
      }
    } else if let model = run.model {
      let more = model.hidden.map { "\($0.units * 4)" }.joined(separator: ",")
      if model.hidden.isEmpty {
        remedies.append(
          .init(
            "A hidden layer of 8 units", ["hidden": "8", "activation": "tanh"], afresh: true))
      } else if model.hidden.allSatisfy({ Activation.all[$0.activation.name]?.isIdentity == true })
      {
        // Layers of straight units are one straight unit, however many there are.
        remedies.append(.init("Units that bend: tanh", ["activation": "tanh"], afresh: true))
        remedies.append(
          .init(
            "Units that bend, and more of them: \(more)", ["hidden": more, "activation": "tanh"],
            afresh: true))
      } else {
        remedies.append(.init("More units: \(more)", ["hidden": more], afresh: true))
      }
      // A dead end, or what a long step threw into a corner, is no fault of the model.
      func helps(_ change: (inout Experiment) -> Void) -> Bool {
        (run.trial(change)?.loss ?? .infinity) < 0.8 * run.last.loss
      }
      let seed = run.now.seed &+ 1
      if helps({ $0.seed = seed }) {
        remedies.append(.init("Another start: seed \(seed)", ["seed": "\(seed)"], afresh: true))
      }
      let lower = run.observations.reduce(0) { max($0, $1.rate) } / 15
      if helps({ $0.learningRate = .value(lower) }) {
        remedies.append(
          .init(
            "Begin anew with a lower rate, \(lower.setting)", ["learning_rate": lower.setting],
            afresh: true))
      }
    }
    return Finding(
      "underfitting", since: run.lastChange, exact: run.isConvexModel, words: words,
      evidence: evidence,
      remedies: remedies)
  }
}

extension Examination {
  /// Whether the loss comes down by a tenth when the run goes on for four times as many steps: a
  /// plateau that is left is no fault of the model.
  fileprivate func wouldGoDown(from late: Double) -> Bool {
    let size = max(1, objective.sampleCount * first.parameters.count)
    let more = min(4 * steps, max(steps, 200_000_000 / size))
    var on = course.end
    let evaluator = Evaluator(objective)
    var losses: [Double] = []
    var taken = 0
    while taken < more {
      let done = on.advance(min((more + 199) / 200, more - taken))
      guard done > 0 else { break }
      taken += done
      losses.append(evaluator.loss(at: on.parameters))
    }
    let end = losses.suffix(50)
    return (isExact ? end.min() ?? late : VectorMath.mean(end)) < 0.9 * late
  }

  /// Whether a run with exact gradients stands still: its loss stays within a tenth over the last
  /// quarter, and ends near the mean. Mini-batches always tremble.
  fileprivate func isSteady(around late: Double) -> Bool {
    guard isExact else { return true }
    let losses = tail(0.25).map(\.loss)
    guard let least = losses.min(), let greatest = losses.max() else { return false }
    return greatest - least <= 0.1 * abs(late) && abs(last.loss - late) <= 0.05 * abs(late)
  }

  /// What the model could do without penalties and decay: its least loss, and the accuracy there;
  /// nil where there are none.
  var withoutPenalties: (loss: Double, accuracy: Double?)? {
    guard var model, isConvexModel, model.l1 > 0 || model.l2 > 0 || setting("weight_decay") > 0
    else { return nil }
    (model.l1, model.l2) = (0, 0)
    guard let plain = try? ObjectiveFactory.network(model, seed: now.dataSeed ?? now.seed),
      let minimum = Minimum(plain, from: last.parameters)
    else { return nil }
    return (minimum.loss, plain.accuracy(at: minimum.parameters))
  }

  /// The mean squared error over the training samples.
  func meanSquaredError(at parameters: [Double]) -> Double? {
    guard let network else { return nil }
    let inputs = PreparedInputs(network, samples: network.trainSamples)
    let said = NetworkProbe.predictions(network, parameters: parameters, inputs)
    guard let row = said.first, row.count == network.trainSamples.targets.count else { return nil }
    return VectorMath.mean(zip(row, network.trainSamples.targets).map { ($0 - $1) * ($0 - $1) })
  }
}
