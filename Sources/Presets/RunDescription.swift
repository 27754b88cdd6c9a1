import Foundation
import Lanes
import Models
package import Training

/// A run told in sentences, with the numbers that they round.
package struct RunDescription {
  /// What a sentence speaks of, exactly.
  package enum Fact: Equatable, Sendable {
    case number(Double)
    case integer(Int)
    case text(String)
  }

  /// The sentences, in the order of telling.
  package private(set) var sentences: [String] = []
  /// Numbers of the sentences that the snapshot does not have, by name.
  package private(set) var facts: [(String, Fact)] = []
  let snapshot: Snapshot
  private let preset: Preset
  /// Steps and training losses on the way, evenly spaced.
  private let curve: [(step: Int, loss: Double)]
  /// Whether the preset's stop rule ended the run.
  private let metRule: Bool
  /// The steps that were asked for, where somebody ended the run before.
  private let interruptedOf: Int?

  /// The telling of a run of `preset` that stands at `snapshot`.
  ///
  /// - Parameters:
  ///   - curve: Steps and training losses on the way, the first and the last among them.
  ///   - metRule: Whether the preset's stop rule ended the run.
  ///   - interruptedOf: The steps that were asked for, where somebody ended the run before.
  package init(
    _ snapshot: Snapshot, of preset: Preset, curve: [(step: Int, loss: Double)], metRule: Bool,
    interruptedOf: Int? = nil
  ) {
    self.snapshot = snapshot
    self.preset = preset
    self.curve = curve.isEmpty ? [(snapshot.step, snapshot.loss)] : curve
    self.metRule = metRule
    self.interruptedOf = interruptedOf
    tell()
  }

  /// The telling of a run that is watched, its curve taken from the snapshot's history.
  package init(_ snapshot: Snapshot, of preset: Preset) {
    let series = snapshot.history.series.first {
      !$0.buckets.isEmpty && $0.metric.samples == .train
    }
    let points =
      series.map { series in
        series.buckets.enumerated().filter { !$1.isGap }.map { index, bucket in
          (step: series.firstStep + index * series.width, loss: bucket.last)
        }
      } ?? []
    let curve = points.filter { $0.step < snapshot.step } + [(snapshot.step, snapshot.loss)]
    self.init(snapshot, of: preset, curve: curve, metRule: snapshot.status == .finished)
  }

  /// For people; the last line has the numbers of the end.
  package var text: String {
    var end = ["step \(snapshot.step)", "loss \(rounded(snapshot.loss))"]
    if let loss = snapshot.testLoss { end.append("test loss \(rounded(loss))") }
    if let share = snapshot.accuracy { end.append("accuracy \(rounded(share))") }
    if let share = snapshot.testAccuracy { end.append("test accuracy \(rounded(share))") }
    end.append("learning rate \(rounded(snapshot.learningRate))")
    return sentences.joined(separator: " ") + "\n" + end.joined(separator: ", ") + "\n"
  }

  // MARK: - Telling

  private mutating func say(_ sentence: String) { sentences.append(sentence) }

  /// A number of a sentence, kept under `key`.
  private mutating func number(_ key: String, _ value: Double) -> String {
    facts.append((key, .number(value)))
    return rounded(value)
  }

  /// A count: a word up to twelve, else digits, kept under `key`.
  private mutating func count(_ key: String, _ value: Int, _ noun: String) -> String {
    facts.append((key, .integer(value)))
    let words = [
      "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
      "twelve",
    ]
    let plural = noun.hasSuffix("s") ? noun : noun + "s"
    return (value < words.count ? words[value] : "\(value)") + " " + (value == 1 ? noun : plural)
  }

  /// Four significant digits.
  private func rounded(_ value: Double) -> String {
    guard value.isFinite else { return ExactDecimal.shortest(value) }
    return ExactDecimal.shortest(Double(String(format: "%.4g", value)) ?? value)
  }

  private mutating func tell() {
    say("\(preset.title).")
    tellProblem()
    tellMethod()
    tellCourse()
    tellPlace()
    tellChanges()
  }

  private mutating func tellProblem() {
    let objective = snapshot.objective
    let variables = count("parameters", objective.parameterCount, "parameter")
    switch snapshot.experiment.problem {
    case .function(let problem):
      if problem.landscape == nil { facts.append(("formula", .text(problem.formula))) }
      let what =
        problem.landscape.map { "the function \($0.name)" } ?? "the formula \(problem.formula)"
      say("The lowest point of \(what) is looked for, over \(variables).")
    case .model(let model):
      let samples = count("samples", objective.sampleCount, "training sample")
      var net = "A \(model.kind.rawValue) model"
      if model.kind == .mlp {
        let layers = model.hidden.map(\.units)
        let units = layers.enumerated().map { count("hidden_\($0 + 1)", $1, "unit") }
        let names = Set(model.hidden.map(\.activation.name)).sorted().joined(separator: " and ")
        net =
          layers.isEmpty
          ? "A network without hidden layers"
          : "A network with \(layers.count == 1 ? "a hidden layer" : "hidden layers") of "
            + "\(units.joined(separator: ", then ")) (\(names))"
      }
      say(
        "\(net), of \(variables), learns \(source(model.data)), \(samples)\(classes), "
          + "by the loss \(model.loss.name)"
          + (model.l1 != 0 || model.l2 != 0 ? " with a penalty on large weights" : "") + ".")
      if !model.scaling.isEmpty {
        say(
          "What comes into a layer of n inputs is multiplied by "
            + model.scaling.joined(separator: ", then ") + ".")
      }
      if model.isLinearized {
        say(
          "In its place its linearisation at the start learns, which is linear in its parameters.")
      }
    case .network(let problem):
      let samples = count("samples", objective.sampleCount, "training sample")
      say(
        "\(objective.kind.article), of \(variables), learns \(source(problem.data)), "
          + "\(samples)\(classes).")
    }
    if objective.testCount > 0 {
      say(
        count("test_samples", objective.testCount, "sample").capitalizedFirst
          + " are kept for testing."
      )
    }
  }

  /// How many samples a step sees.
  private mutating func batches() -> String {
    let samples = snapshot.objective.sampleCount
    let all = "all samples at each step"
    switch snapshot.experiment.batching {
    case .full: return all
    case .sequential(let size), .carried(let size), .shuffled(let size), .blocks(let size),
      .numpyBlocks(let size, _), .blockSequence(let size, _, _):
      return size >= samples ? all : "mini-batches of \(count("batch_size", size, "sample"))"
    case .withReplacement(let size):
      return "\(count("batch_size", size, "sample")) drawn with replacement at each step"
    case .explicit: return "mini-batches that are given"
    }
  }

  private mutating func tellMethod() {
    let experiment = snapshot.experiment
    let schedule =
      experiment.schedule.name == "constant"
      ? "" : ", under the schedule \(experiment.schedule.name)"
    let batches = snapshot.objective.sampleCount > 0 ? ", with \(batches())" : ""
    say("It moves by \(experiment.optimizer.name)\(schedule)\(batches).")
    if let lack = snapshot.optimizerLack { say(lack.capitalizedFirst + ".") }
    if experiment.layerRates.contains(where: { $0 != 1 }) {
      let rates = experiment.layerRates.enumerated().map { layer, rate in
        number("layer_rate_\(layer + 1)", rate)
      }
      say("Its layers learn at these multiples of the rate: \(rates.joined(separator: ", ")).")
    }
  }

  private mutating func tellCourse() {
    // What was measured before the problem changed is the loss of another one.
    let isOther = snapshot.original.map { $0.problem != snapshot.experiment.problem } ?? false
    let change = snapshot.changes.last { $0.command.breaksCurve(isOther) }?.step
    let since = change.map { step in self.curve.filter { $0.step > step } } ?? []
    let curve = since.isEmpty ? self.curve : since
    let losses = curve.map(\.loss)
    let first = number("first_loss", losses[0])
    let steps = snapshot.step == 1 ? "one step" : "\(snapshot.step) steps"
    if case .diverged = snapshot.status {
      say(
        "It diverged after \(snapshot.step) steps: the loss began at \(first), and then numbers"
          + " stopped being finite.")
      return
    }
    if snapshot.step == 0 {
      say("No step has been taken; the loss is \(rounded(snapshot.loss)).")
      return
    }
    if let change, !since.isEmpty {
      facts.append(("since_step", .integer(change)))
      say(
        "After \(steps) the loss is \(rounded(snapshot.loss)); after the change at step "
          + "\(change) it was \(first)."
          + (isOther ? " Losses before are those of another problem." : ""))
    } else {
      say("After \(steps) the loss is \(rounded(snapshot.loss)); it began at \(first).")
    }
    let least = losses.min() ?? losses[0]
    let greatest = losses.max() ?? 0
    let range = max(greatest - least, .leastNormalMagnitude)
    let last = losses[losses.count - 1]
    let before = losses[max(0, losses.count - 1 - max(1, losses.count / 10))]
    let place = curve.first { $0.loss == least }?.step ?? 0
    if last - least > 0.05 * range, place == curve[0].step {
      say("It was lowest at the beginning.")
    } else if last - least > 0.05 * range {
      facts.append(("least_step", .integer(place)))
      say(
        "It was lower on the way: \(number("least_loss", least)), about step \(place).")
    } else if greatest == least {
      say("It did not change.")
    } else if zip(losses, losses.dropFirst()).allSatisfy({ $1 <= $0 }) {
      say("The curve fell all the way.")
    } else if last < losses[0] {
      say("The curve fell, with rises in between.")
    } else {
      say("The curve rose on the way, and came back.")
    }
    if losses.count >= 10, abs(last - before) <= 1e-3 * range {
      say("Over the last tenth of the run it hardly moved.")
    } else if last != before {
      say("At the end it still moves.")
    }
    if metRule { say("The preset's stop rule ended it.") }
    if let interruptedOf {
      let whole = number("steps_asked_for", Double(interruptedOf))
      say("It was interrupted; \(whole) steps were asked for.")
    }
  }

  private mutating func tellPlace() {
    if let share = snapshot.accuracy {
      say(
        share == 1
          ? "All training samples are classified rightly."
          : "A share of \(rounded(share)) of the training samples is classified rightly.")
    }
    if let share = snapshot.testAccuracy, let own = snapshot.accuracy {
      let isByHeart = share < own - 0.05 && own > 0.9
      say(
        share == 1
          ? "All test samples are classified rightly."
          : "Of the test samples the share is \(rounded(share))"
            + (isByHeart ? ", clearly less: it has learned its samples by heart." : "."))
    }
    if let network = snapshot.objective.kind.mapping, let words = boundary(of: network) {
      say(words)
    }
    let names = snapshot.objective.parameterNames
    if snapshot.objective.kind.function != nil, names.count <= 4 {
      let places = zip(names, snapshot.parameters).map { "\($0) = \(rounded($1))" }
      say("It stands at \(places.joined(separator: ", ")).")
    } else if let largest = snapshot.parameters.indices.max(by: {
      snapshot.parameters[$0].magnitude < snapshot.parameters[$1].magnitude
    }) {
      say(
        "The largest parameter by size is \(names[largest]), "
          + "\(rounded(snapshot.parameters[largest]))."
      )
    }
  }

  /// Where a classifier of two inputs sees its second class.
  private func boundary(of network: DenseNetwork) -> String? {
    guard network.inputCount == 2, network.outputCount == 1,
      network.link == .sigmoid || network.link == .step
    else { return nil }
    let samples = network.trainSamples
    let xs = stride(from: 0, to: samples.inputs.count, by: 2).map { samples.inputs[$0] }
    let ys = stride(from: 1, to: samples.inputs.count, by: 2).map { samples.inputs[$0] }
    guard let left = xs.min(), let right = xs.max(), let low = ys.min(), let high = ys.max(),
      right > left, high > low
    else { return nil }
    let side = 41
    func at(_ index: Int, _ from: Double, _ to: Double) -> Double {
      from + (to - from) * Double(index) / Double(side - 1)
    }
    let places = (0..<side * side).map { ($0 % side, $0 / side) }
    let inputs = [
      places.map { at($0.0, left, right) }, places.map { at($0.1, low, high) },
    ]
    let outputs = network.outputs(at: snapshot.parameters, inputs: inputs)[0]
    var sums = [(x: 0.0, y: 0.0, count: 0.0), (x: 0.0, y: 0.0, count: 0.0)]
    for (place, output) in zip(places, outputs) {
      let group = output >= 0.5 ? 1 : 0
      sums[group].x += Double(place.0) / Double(side - 1)
      sums[group].y += Double(place.1) / Double(side - 1)
      sums[group].count += 1
    }
    guard sums[0].count > 0, sums[1].count > 0 else {
      return "There is no boundary within the samples: everywhere the same class is seen."
    }
    let dx = sums[1].x / sums[1].count - sums[0].x / sums[0].count
    let dy = sums[1].y / sums[1].count - sums[0].y / sums[0].count
    guard max(abs(dx), abs(dy)) > 0.12 else {
      return "The boundary bends: neither class lies on one side of the other."
    }
    var sides: [String] = []
    if abs(dy) > 0.4 * abs(dx) { sides.append(dy > 0 ? "above" : "below") }
    if abs(dx) > 0.4 * abs(dy) { sides.append(dx > 0 ? "to the right of" : "to the left of") }
    let names = labelled.map { samples in (0..<2).map { samples.className($0) } }
    return
      "The boundary runs through the samples; \(names?[1] ?? "the second class") is seen mostly "
      + "\(sides.joined(separator: " and ")) \(names?[0] ?? "the first")."
  }

  private mutating func tellChanges() {
    for change in snapshot.changes.prefix(6) {
      facts.append(("change_step", .integer(change.step)))
      let what: String
      switch change.command {
      case .learningRate(let rate):
        what = "the base learning rate became \(number("change_rate", rate))"
      case .optimizer(let choice, _): what = "the optimizer became \(choice.name)"
      case .hyperparameter(let name, let value):
        what = "\(name) became \(number("change_value", value))"
      case .schedule(let choice): what = "the schedule became \(choice.name)"
      case .batching: what = "the batches were drawn another way"
      case .activation(let choice): what = "the activation became \(choice.name)"
      case .parameters: what = "the parameters were put elsewhere"
      case .addPoint: what = "a sample was added"
      case .entries(let values):
        what =
          values.count == 1
          ? "one of the parameters was given another value"
          : "some of the parameters were given other values"
      case .set(let change): what = "\(change.setting.key) became \(change.setting.value)"
      case .ignoreStopRule: what = "the run went on without its stop rule"
      }
      say("After \(change.step) steps \(what).")
    }
    let rest = snapshot.changes.count - 6
    if rest > 0 { say("More changes followed.") }
  }
}

extension String {
  /// The text with a capital letter in front.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
