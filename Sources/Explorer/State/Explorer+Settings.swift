import Lanes
import Models
import Optimization
import Terminal
import Training

extension Explorer {
  /// The base learning rate in force or asked for.
  var learningRate: Double { pending.learningRate ?? snapshot.baseRate }
  /// The optimizer in force or asked for.
  var optimizer: Choice { expected.optimizer }
  /// The schedule in force or asked for.
  var schedule: Choice { expected.schedule }
  /// The mini-batches in force or asked for.
  var batching: Batching { expected.batching }
  /// The activation of hidden layers in force or asked for; nil where there are none.
  var activation: Choice? { expected.hiddenActivation }
  /// Training samples; 0 for a function.
  var sampleCount: Int { snapshot.objective.sampleCount }

  /// Rates that are accepted.
  static let rates = 0.0...1e9

  /// Multiplies the rate, keeping three digits.
  mutating func scaleRate(by factor: Double) -> [Effect] {
    let rate = rounded(learningRate * factor)
    guard rate.isFinite, Explorer.rates.contains(rate), rate >= 1e-30 else {
      say("the learning rate stays at \(Explorer.text(learningRate))", .warning)
      return []
    }
    let change = setLearningRate(rate)
    say("η = \(Explorer.text(rate))")
    return change
  }

  /// Offers the rate that an optimizer usually has, where that in force is far from it; says what
  /// it lacks, where it lacks anything.
  mutating func offerUsualRate(after old: String, to name: String) {
    guard old != name, let entry = Optimizer.catalogue[name] else { return }
    if let lack = entry.lack(in: snapshot.objective.layout) { return say(lack, .warning) }
    let usual = entry.suggestedRate
    let share = learningRate / usual
    guard share.isFinite, share >= 10 || share <= 0.1 else { return }
    offeredRate = usual
    let told = toast.map { " · " + $0.text } ?? ""
    say(
      "Y takes η = \(Explorer.text(usual)), usual for \(name); now \(Explorer.text(learningRate))"
        + told, .warning)
  }

  /// Takes the rate that is offered.
  mutating func takeOffer() -> [Effect] {
    guard let rate = offeredRate else {
      say("nothing is offered")
      return []
    }
    say("η = \(Explorer.text(rate))")
    return setLearningRate(rate)
  }

  /// Asks for a base rate.
  mutating func setLearningRate(_ rate: Double) -> [Effect] {
    offeredRate = nil
    return [ask(.change(.learningRate(rate)))]
  }

  /// The neighbouring optimizer, weights kept.
  mutating func cycleOptimizer(by places: Int) -> [Effect] {
    guard let next = vocabulary.optimizers.neighbor(of: optimizer.name, by: places) else {
      return []
    }
    return chooseOptimizer(next.name)
  }

  /// The optimizer of that name with the settings it was left with, weights kept.
  mutating func chooseOptimizer(_ name: String) -> [Effect] {
    guard name != optimizer.name || expected.optimizer != snapshot.experiment.optimizer else {
      say("\(name) is in force")
      return []
    }
    offeredRate = nil
    remembered.optimizers[optimizer.name] = optimizer
    let choice = remembered.optimizers[name] ?? Choice(name)
    let old = optimizer.name
    say("\(name): weights kept, memory \(carriesState ? "carried over" : "starts anew")")
    offerUsualRate(after: old, to: name)
    return [ask(.change(.optimizer(choice, carryState: carriesState)))]
  }

  /// Whether a new optimizer takes over the old one's memory.
  mutating func toggleCarriedState() -> [Effect] {
    carriesState.toggle()
    say(
      carriesState
        ? "a new optimizer takes over the old one's memory"
        : "a new optimizer starts its memory anew")
    return []
  }

  /// The neighbouring schedule.
  mutating func cycleSchedule(by places: Int) -> [Effect] {
    guard let next = vocabulary.schedules.neighbor(of: schedule.name, by: places) else { return [] }
    return chooseSchedule(next.name)
  }

  /// The schedule of that name with the settings it was left with.
  mutating func chooseSchedule(_ name: String) -> [Effect] {
    remembered.schedules[schedule.name] = schedule
    say("schedule \(name)")
    return setSchedule(remembered.schedules[name] ?? Choice(name))
  }

  /// Asks for a schedule.
  mutating func setSchedule(_ choice: Choice) -> [Effect] {
    return [ask(.change(.schedule(choice)))]
  }

  /// The neighbouring activation.
  mutating func cycleActivation(by places: Int) -> [Effect] {
    guard let activation else {
      say("no hidden layers here", .warning)
      return []
    }
    guard let next = vocabulary.activations.neighbor(of: activation.name, by: places) else {
      return []
    }
    return chooseActivation(next.name)
  }

  /// The activation of that name in every hidden layer, weights kept.
  mutating func chooseActivation(_ name: String) -> [Effect] {
    guard let activation else {
      say("no hidden layers here", .warning)
      return []
    }
    remembered.activations[activation.name] = activation
    say("activation \(name): weights kept")
    return setActivation(remembered.activations[name] ?? Choice(name))
  }

  /// Asks for an activation.
  mutating func setActivation(_ choice: Choice) -> [Effect] {
    return [ask(.change(.activation(choice)))]
  }

  /// The next smaller (−1) or larger (1) power of two, all samples being the largest.
  mutating func cycleBatchSize(by direction: Int) -> [Effect] {
    let count = sampleCount
    guard count > 1 else {
      say(count == 0 ? "a function has no batches" : "there is one sample", .warning)
      return []
    }
    let powers = (0..<31).map { 1 << $0 }.prefix { $0 < count }
    let size = batching.size ?? count
    let next =
      direction < 0
      ? powers.last { $0 < size } ?? (size > 1 ? 1 : count)
      : size >= count ? 1 : powers.first { $0 > size } ?? count
    return setBatchSize(next >= count ? nil : next)
  }

  /// Asks for mini-batches of a size, drawn as they are drawn now; nil: all samples.
  mutating func setBatchSize(_ size: Int?) -> [Effect] {
    let batching = self.batching.resized(to: size)
    say(size.map { "batches of \($0), \(batching.kind)" } ?? "all samples every step")
    return [ask(.change(.batching(batching)))]
  }

  /// One setting of the optimizer, its memory kept.
  mutating func setHyperparameter(_ name: String, _ value: Double) -> [Effect] {
    var choice = optimizer
    choice.settings[name] = value
    return [ask(.change(.hyperparameter(name, value)))]
  }

  /// A number as short as people write it.
  static func text(_ value: Double) -> String {
    NumberText.trimmed(NumberText.compact(value, digits: 4))
  }

  /// Three significant digits, so that stepping a rate stays readable.
  func rounded(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return value }
    let scale = PlotMath.pow(10, PlotMath.log10(value).rounded(.down) - 2)
    guard scale > 0, scale.isFinite else { return value }
    // Through text: 0.0125 and not 0.012499999999999999.
    return Double(
      NumberText.scientific((value / scale).rounded() * scale, digits: 3)
        .replacing("−", with: "-")) ?? value
  }
}

extension Batching {
  /// Samples a batch; nil for all of them, or where it differs from step to step.
  var size: Int? {
    switch self {
    case .full, .explicit: nil
    case .sequential(let size), .carried(let size), .shuffled(let size),
      .withReplacement(let size),
      .blocks(let size), .numpyBlocks(let size, _), .blockSequence(let size, _, _):
      size
    }
  }

  /// How samples are drawn, in a word or two.
  var kind: String {
    switch self {
    case .full: "all"
    case .sequential: "in order"
    case .carried: "in order, the rest carried on"
    case .shuffled: "shuffled each epoch"
    case .withReplacement: "drawn with replacement"
    case .blocks, .numpyBlocks, .blockSequence: "fixed blocks"
    case .explicit: "as listed"
    }
  }

  /// Batches of another size drawn the same way; from all or listed samples: shuffled.
  func resized(to size: Int?) -> Batching {
    guard let size else { return .full }
    switch self {
    case .full, .explicit, .shuffled: return .shuffled(size: size)
    case .sequential: return .sequential(size: size)
    case .carried: return .carried(size: size)
    case .withReplacement: return .withReplacement(size: size)
    case .blocks, .numpyBlocks, .blockSequence: return .blocks(size: size)
    }
  }
}
