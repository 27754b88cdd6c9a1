import Lanes
import Models
import Training

extension Cause {
  /// Rectifiers that answer 0 to every sample.
  static let deadRelus = Cause(
    "dead_relus", title: "Dead rectifiers",
    summary: "Nearly all units of a rectifier layer are silent on every sample and can never wake",
    criterion:
      "More than 90 % of a ReLU layer's units have pre-activations ≤ 0 on all samples, to the "
      + "end: the gradient of "
      + "their weights is exactly 0. By a rule of thumb more than half, where a run that stands "
      + "still would end at half the loss with a fifteenth of the rate",
    certainty: .exact,
    words: "These units answer 0 to everything and can never wake.",
    remedy: "Begin anew with a lower rate, biases at 0, or leaky_relu", question: .file,
    proof: .units
  ) { run in
    guard let network = run.network, !run.didItsWork, !run.hasDiverged else { return nil }
    let layers = network.layers.dropLast().indices.filter {
      let layer = network.layers[$0]
      return ActivationShape(layer.activation, setting: layer.setting).isSilentBelowZero
    }
    guard !layers.isEmpty else { return nil }
    let inputs = PreparedInputs(network, samples: network.trainSamples)
    func silent(_ parameters: [Double]) -> [Double] {
      let reading = LayerReading(network, parameters: parameters, inputs: inputs)
      return layers.map { reading.layers[$0].silentUnits }
    }
    let shares = silent(run.last.parameters)
    guard let worst = shares.indices.max(by: { shares[$0] < shares[$1] }) else { return nil }
    // Fewer may be too many, where a lower rate, which kills none, does much better.
    let isWhole = shares[worst] > 0.9
    let bar = isWhole ? 0.9 : 0.5
    let gentler = isWhole ? nil : run.lossOfGentlerStart
    guard
      isWhole
        || shares[worst] > bar && silent(run.first.parameters)[worst] < 0.3
          && (gentler ?? .infinity) < 0.5 * run.last.loss
    else { return nil }
    // Backwards to the last place at which the layer was alive, then step by step.
    let seen = run.observations
    var (alive, dead) = (-1, seen.count - 1)
    while dead - alive > 1 {
      let middle = (alive + dead) / 2
      if silent(seen[middle].parameters)[worst] > bar { dead = middle } else { alive = middle }
    }
    var since = seen[dead].step
    if alive >= 0, seen[alive].step + 1 < since {
      since =
        run.course.firstStep(in: seen[alive].step...since) {
          silent($0.parameters)[worst] > bar
        } ?? since
    }
    let then = run.course.run(at: since).parameters
    let shareThen = silent(then)[worst]
    let norms = LayerReading.gradientNorms(network, at: run.last.parameters)
    let rate = run.course.run(at: max(0, since - 1)).learningRate
    let leaky = Finding.Remedy(
      "leaky_relu, which never falls silent", ["activation": "leaky_relu"], afresh: true)
    // What is dead at the start no rate can save.
    let isStillborn = since == 0
    var remedies: [Finding.Remedy] =
      isStillborn
      ? [
        .init(
          "Random weights, biases at 0",
          ["initializer": network.suggestedInitializer], afresh: true)
      ]
      : [15.0, 100].map {
        let lower = (rate / $0).setting
        return .init(
          "Begin anew with a lower rate, \(lower)", ["learning_rate": lower], afresh: true)
      }
    remedies.append(leaky)
    if !isStillborn, let model = run.model, !model.data.standardize {
      remedies.append(.init("Standardize the inputs", ["standardize": "true"], afresh: true))
    }
    return Finding(
      "dead_relus", since: since, exact: isWhole,
      words:
        "\(shares[worst].percent) of the units of layer \(layers[worst] + 1) answer 0 to every "
        + "sample"
        + (shareThen == shares[worst]
          ? " since step \(since)" : " (more than \(bar.percent) since step \(since))")
        + " and can never wake: their weights get no gradient."
        + (gentler.map { " At a fifteenth of the rate the loss comes to \($0.short)." } ?? ""),
      evidence: [
        .init("share_of_dead_units", shares[worst]),
        .init("share_of_dead_units_at_that_step", shareThen, at: since),
        .init("gradient_norm_of_that_layer", norms[layers[worst]]),
        .init("rate", rate, at: max(0, since - 1)),
        .init("loss_at_the_end", run.last.loss),
        .init("loss_at_a_fifteenth_of_the_rate", gentler ?? .nan),
      ],
      remedies: remedies)
  }
}

extension Examination {
  /// The loss that a fifteenth of the rate comes to from the same start, for a run that stands
  /// still; nil for one that does not.
  fileprivate var lossOfGentlerStart: Double? {
    let late = VectorMath.mean(tail(0.25).map(\.loss))
    let early = VectorMath.mean(tail(0.5).prefix(max(1, tail(0.5).count / 2)).map(\.loss))
    guard steps >= 50, late > 0.95 * early else { return nil }
    let greatest = observations.reduce(0) { max($0, $1.rate) }
    return trial { $0.learningRate = .value(greatest / 15) }?.loss
  }
}
