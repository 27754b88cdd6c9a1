package import Lanes

/// An optimizer at work on a number of parameters: its transformations, its memory, and its count
/// of steps. A value.
///
/// Transformations act in this order: `clip_value`, `clip_norm`, weight decay through the gradient,
/// the rule, decoupled weight decay, rates of single entries.
package struct OptimizerChain: Sendable {
  /// The optimizer and its settings.
  package let choice: Choice
  /// What comes before the rule, the rule, and what comes after it.
  private var before: [any GradientTransformation] = []
  private var rule: any GradientTransformation
  private var after: [any GradientTransformation] = []
  private var rates: EntryRates?
  /// Steps since the memory began.
  package private(set) var stepsTaken = 0
  /// The count that bias corrections last used.
  private var count = 0

  /// Whether the chain is its rule and nothing else, and counts its steps: callers may call the
  /// rule by themselves, for the steps that follow `stepsTaken`, and then say `count(to:)`.
  package let isBare: Bool
  /// Whether, moreover, the rule is gradient descent: the change is the learning rate times the
  /// gradient.
  package let isPlain: Bool

  /// Whether the rule looks at the loss around the parameters.
  package let usesSurface: Bool

  /// Whether each entry of the change depends on that entry alone.
  package let actsEntrywise: Bool

  /// Whether the model is an average that the rule makes of the parameters.
  package let isMeasuredAtAverage: Bool

  /// Weight decay through the gradient, and beside the rule.
  private let coupledDecay: Double
  private let decoupledDecay: Double
  private let resetsEachEpoch: Bool
  private let countsEpochs: Bool
  private(set) var firstEpoch: Int?

  /// An optimizer with empty memory, for parameters that form no matrices.
  ///
  /// - Throws: `ChoiceError` for an unknown name or setting, or a value outside its range.
  package init(_ choice: Choice, parameterCount: Int) throws(ChoiceError) {
    try self.init(choice, ParameterShape(count: parameterCount))
  }

  /// An optimizer with empty memory.
  ///
  /// - Throws: `ChoiceError` for an unknown name or setting, or a value outside its range.
  package init(_ choice: Choice, _ parameters: ParameterShape) throws(ChoiceError) {
    guard let optimizer = Optimizer.catalogue[choice.name] else {
      throw ChoiceError(
        kind: "optimizer", entry: choice.name,
        problem: .unknownEntry(suggestion: Optimizer.catalogue.suggestion(for: choice.name)))
    }
    let settings = try Settings(
      choice, hyperparameters: optimizer.hyperparameters, kind: "optimizer")
    func value(_ name: String) -> Double {
      optimizer.hyperparameters.contains { $0.name == name } ? settings[name] : 0
    }
    if value("clip_value") > 0 { before.append(ClipValue(limit: value("clip_value"))) }
    if value("clip_norm") > 0 { before.append(ClipNorm(limit: value("clip_norm"))) }
    let decay = optimizer.decaysItself ? 0 : value("weight_decay")
    let decoupled = value("decoupled") != 0
    if decay > 0, !decoupled { before.append(WeightDecay(coefficient: decay)) }
    rule = optimizer.makeRule(settings, parameters)
    usesSurface = rule.usesSurface
    isMeasuredAtAverage = rule.isMeasuredAtAverage
    if decay > 0, decoupled { after.append(DecoupledWeightDecay(coefficient: decay)) }
    actsEntrywise = (before + [rule] + after).allSatisfy(\.actsEntrywise)
    rates = EntryRates(parameters)
    coupledDecay = decoupled ? 0 : decay
    decoupledDecay = decoupled ? decay : 0
    self.choice = choice
    resetsEachEpoch = value("reset_each_epoch") != 0
    countsEpochs = value("step_per_epoch") != 0
    isBare =
      before.isEmpty && after.isEmpty && rates == nil && !resetsEachEpoch && !countsEpochs
    isPlain = isBare && rule is GradientDescent
  }

  /// Turns the gradient into the change to subtract from the parameters.
  ///
  /// `context.step` is filled in here; everything else is the caller's.
  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: inout StepContext
  ) {
    var rule = takeRule()
    update(
      by: &rule, gradient, into: gradient, parameters: parameters, paddedCount: paddedCount,
      context: &context)
    put(rule)
  }

  /// Takes the rule out of the chain, for steps by `update(by:)` and until it is `put` back;
  /// meanwhile the chain has gradient descent in its place, and what it says of its memory is of no
  /// use.
  ///
  /// A generic function that is given the rule knows its kind from then on, and need not look it up
  /// at every step.
  package mutating func takeRule() -> any GradientTransformation {
    let taken = rule
    rule = GradientDescent()
    return taken
  }

  /// Puts the rule back.
  package mutating func put(_ rule: any GradientTransformation) { self.rule = rule }

  /// Turns the gradient into the change to subtract from the parameters, by the rule that was taken
  /// out; the gradient stays as it is, unless it is `change` itself.
  ///
  /// `context.step` is filled in here; everything else is the caller's.
  package mutating func update<Rule: GradientTransformation>(
    by rule: inout Rule, _ gradient: UnsafePointer<Double>,
    into change: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: inout StepContext
  ) {
    if resetsEachEpoch, context.beginsEpoch, stepsTaken > 0 { rule.clear() }
    stepsTaken &+= 1
    if countsEpochs {
      let first = firstEpoch ?? context.epoch
      firstEpoch = first
      context.step = context.epoch - first + 1
    } else {
      context.step = stepsTaken
    }
    count = context.step
    var source = gradient
    for index in before.indices {
      before[index].update(
        source, into: change, parameters: parameters, paddedCount: paddedCount, context: context)
      source = UnsafePointer(change)
    }
    rule.update(
      source, into: change, parameters: parameters, paddedCount: paddedCount, context: context)
    for index in after.indices {
      after[index].update(
        gradient: change, parameters: parameters, paddedCount: paddedCount, context: context)
    }
    rates?.apply(change, paddedCount: paddedCount)
  }

  /// Counts the steps of a bare chain up to `step`, which the caller has taken.
  package mutating func count(to step: Int) {
    guard step > stepsTaken else { return }
    stepsTaken = step
    count = step
  }

  /// The model that the parameters and the memory make: the parameters, or the rule's average.
  package func average(_ parameters: Vector) -> Vector {
    guard isMeasuredAtAverage else { return parameters }
    var average = parameters
    average.withUnsafeMutablePointer { place in
      rule.average(UnsafePointer(place), into: place, paddedCount: parameters.paddedCount)
    }
    return average
  }

  /// What the optimizer remembers.
  package var memory: Memory { rule.memory }

  /// The count that bias corrections last used: steps or epochs since the memory began; 0 before
  /// the first step.
  package var correctionCount: Int { count }

  /// The factor on each entry of the gradient at the last step, where that makes sense.
  package func effectiveRate(learningRate: Double) -> Vector? {
    guard count > 0 else { return nil }
    let rate = rule.effectiveRate(learningRate: learningRate, step: count)
    return rates.flatMap { rates in rate.map { rates.applied(to: $0) } } ?? rate
  }

  /// What a step makes of a small error near a minimum, weight decay included, with the memory as
  /// it is; nil where the rule is not linear there, or divides by what it has not yet met.
  /// Clipping, which small gradients do not feel, has no say.
  package var linearStability: LinearStability? {
    guard var law = rule.linearStability(step: max(1, count)), count > 0 || !law.isPreconditioned
    else { return nil }
    // Rates of single entries are part of what the gradient is divided by; without such a divisor
    // the law is not known.
    if rates != nil, !law.isPreconditioned || coupledDecay + decoupledDecay > 0 { return nil }
    law.addedCurvature = coupledDecay
    law.decay = decoupledDecay
    return law
  }

  /// Forgets everything.
  package mutating func reset() {
    rule.clear()
    stepsTaken = 0
    count = 0
    firstEpoch = nil
  }

  /// Takes over what `other`, of the same kind, remembers of other parameters: `places` says where
  /// each stood there, nil for new ones, of which nothing is known.
  package mutating func adopt(_ other: OptimizerChain, at places: [Int?]) {
    rule.memory = other.memory.moved(to: places)
    stepsTaken = other.stepsTaken
    count = other.count
    firstEpoch = other.firstEpoch
  }

  /// Takes memory and counts as they are.
  mutating func take(_ memory: Memory, stepsTaken: Int, count: Int, firstEpoch: Int?) {
    rule.memory = memory
    self.stepsTaken = stepsTaken
    self.count = count
    self.firstEpoch = firstEpoch
  }

  /// Remembers for each parameter what was remembered for the one at `places`; steps are counted
  /// on.
  package mutating func rearrange(_ places: [Int]) {
    rule.memory = rule.memory.moved(to: places)
    rates?.rearrange(places)
  }

  /// Takes over what `other` remembers under the same names; the step count too, if there was
  /// anything to take.
  package mutating func adopt(_ other: OptimizerChain) {
    let theirs = other.memory
    let mine = memory
    rule.memory = theirs
    let sharesVectors = mine.vectors.contains { theirs.holds($0.name) }
    guard sharesVectors || choice.name == other.choice.name else { return }
    stepsTaken = other.stepsTaken
    count = other.count
    firstEpoch = other.firstEpoch
  }
}
