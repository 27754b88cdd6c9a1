package import Lanes

/// A factor on the base learning rate that changes with time, so that keys and commands always act
/// on the base rate.
///
/// Time is counted in steps (in epochs with `per_epoch`) from when the schedule took effect;
/// `total` 0 means the experiment's number of steps (of epochs). Factors are pure functions of that
/// time, except `reduce_on_plateau`'s, which sees the loss. Schedules that end keep their last
/// factor from then on, and their summaries say which it is.
package struct Schedule: Named {
  package let name: String
  package let summary: String
  /// The factor in one line.
  package let formula: String
  /// Everything that can be set.
  package let hyperparameters: [Hyperparameter]
  /// Whether the factor is always 1.
  package let isConstant: Bool
  /// Whether it needs to hear the loss of each epoch.
  package let hearsLoss: Bool
  /// Makes the rule; the number is the experiment's total.
  let makeRule: @Sendable (Settings, Int) -> any ScheduleRule

  /// Describes a schedule.
  init(
    _ name: String, summary: String, formula: String, hyperparameters: [Hyperparameter] = [],
    clock: Bool = true, isConstant: Bool = false, hearsLoss: Bool = false,
    rule: @escaping @Sendable (Settings, Int) -> any ScheduleRule
  ) {
    self.name = name
    self.summary = summary
    self.formula = formula
    self.hyperparameters = hyperparameters + (clock ? [.perEpoch] : [])
    self.isConstant = isConstant
    self.hearsLoss = hearsLoss
    makeRule = rule
  }

  /// A schedule whose factor is `floor + (1 − floor)·f(t)` with a setting `floor`, for an f between
  /// 0 and 1.
  ///
  /// The formula that is shown is made here too, so that it says what is computed.
  static func aboveFloor(
    _ name: String, summary: String, formula: String, hyperparameters: [Hyperparameter],
    floor: Double = 0,
    share: @escaping @Sendable (Settings, Int) -> @Sendable (Int) -> Double
  ) -> Schedule {
    Schedule(
      name, summary: summary, formula: "floor + (1 − floor)·\(formula)",
      hyperparameters: hyperparameters + [.floor(default: floor)]
    ) { settings, total in
      let floor = settings["floor"]
      let share = share(settings, total)
      return PureSchedule { time in floor + (1 - floor) * share(time) }
    }
  }

  /// Whether a choice leaves the base rate as it is.
  package static func isConstant(_ choice: Choice) -> Bool {
    catalogue[choice.name]?.isConstant ?? false
  }

  /// All schedules, from simple to complex.
  package static let catalogue = Catalogue<Schedule>(
    kind: "schedule",
    [
      .constant, .inverseTime, .step, .multiStep, .exponential, .polynomial, .cosine,
      .cosineRestarts, .warmupLinear, .oneCycle, .cyclic, .reduceOnPlateau,
    ])
}

/// All schedules, from simple to complex.
package let schedules = Schedule.catalogue

/// The rule of a schedule: a factor for each time, and memory where the loss has a say. A value.
protocol ScheduleRule: Sendable {
  /// The factor at `time`: steps or epochs since the schedule took effect, from 0.
  func factor(at time: Int) -> Double
  /// Hears the loss of an epoch that has ended (its mean over steps).
  mutating func epochEnded(loss: Double)
  /// What it remembers of losses; nil where they have no say.
  var memory: PlateauMemory? { get set }
}

extension ScheduleRule {
  /// The loss has no say.
  mutating func epochEnded(loss: Double) {}
  /// Nothing is remembered.
  var memory: PlateauMemory? {
    get { nil }
    set {}
  }
}

/// A rule that is a pure function of time.
struct PureSchedule: ScheduleRule {
  let function: @Sendable (Int) -> Double
  func factor(at time: Int) -> Double { function(time) }
}

/// A schedule at work: it knows when it began, and keeps the last factor. A value.
package struct ScheduleClock: Sendable {
  /// The schedule and its settings.
  package let choice: Choice
  /// The steps done when it took effect.
  package let firstStep: Int
  /// Whether the factor is always 1.
  package let isConstant: Bool
  /// Whether it needs to hear the loss of each epoch.
  package let hearsLoss: Bool
  private let perEpoch: Bool
  private let firstEpoch: Int
  /// The experiment's total in the units of time.
  private let total: Int
  private var rule: any ScheduleRule
  private var time = -1
  private var factor = 1.0

  /// A schedule that takes effect now.
  ///
  /// - Parameters:
  ///   - totalSteps: the experiment's number of steps, what `total` 0 stands for.
  ///   - stepsPerEpoch: turns that into epochs for `per_epoch`.
  /// - Throws: `ChoiceError` for an unknown name or setting, or a value outside its range.
  package init(
    _ choice: Choice, totalSteps: Int, stepsPerEpoch: Int = 1, firstStep: Int = 0,
    firstEpoch: Int = 0
  ) throws(ChoiceError) {
    try self.init(
      choice, firstStep: firstStep, firstEpoch: firstEpoch,
      total: { max(1, totalSteps / ($0 ? max(1, stepsPerEpoch) : 1)) })
  }

  /// A schedule as it stood.
  ///
  /// - Throws: `ChoiceError`, as beginning it does.
  package init(_ choice: Choice, _ state: ScheduleState) throws(ChoiceError) {
    try self.init(
      choice, firstStep: state.firstStep, firstEpoch: state.firstEpoch, total: { _ in state.total })
    rule.memory = state.memory
  }

  /// What the schedule remembers, exactly.
  package var state: ScheduleState {
    ScheduleState(firstStep: firstStep, firstEpoch: firstEpoch, total: total, memory: rule.memory)
  }

  /// A schedule; `total` says the experiment's total, told whether epochs are counted.
  private init(
    _ choice: Choice, firstStep: Int, firstEpoch: Int, total: (Bool) -> Int
  ) throws(ChoiceError) {
    guard let schedule = Schedule.catalogue[choice.name] else {
      throw ChoiceError(
        kind: "schedule", entry: choice.name,
        problem: .unknownEntry(suggestion: Schedule.catalogue.suggestion(for: choice.name)))
    }
    let settings = try Settings(
      choice, hyperparameters: schedule.hyperparameters, kind: "schedule")
    perEpoch =
      schedule.hyperparameters.contains { $0.name == "per_epoch" } && settings.flag("per_epoch")
    self.total = total(perEpoch)
    rule = schedule.makeRule(settings, self.total)
    self.choice = choice
    self.firstStep = firstStep
    self.firstEpoch = firstEpoch
    isConstant = schedule.isConstant
    hearsLoss = schedule.hearsLoss
  }

  /// The factor for the step that comes after `step` done steps, in `epoch`.
  package mutating func factor(step: Int, epoch: Int) -> Double {
    if isConstant { return 1 }
    let now = perEpoch ? epoch - firstEpoch : step - firstStep
    if now != time {
      time = now
      factor = rule.factor(at: max(0, now))
    }
    return factor
  }

  /// Hears the mean loss of an epoch that has ended.
  package mutating func epochEnded(loss: Double) {
    guard hearsLoss else { return }
    rule.epochEnded(loss: loss)
    time = -1
  }
}

extension Hyperparameter {
  /// Counts epochs.
  static let perEpoch = Hyperparameter(
    "per_epoch", symbol: "t", "Time is counted in epochs instead of steps", default: 0, in: 0...1,
    scale: .flag)
  /// When the schedule ends.
  static let total = Hyperparameter(
    "total", symbol: "T", "When it ends (0: with the experiment)", default: 0, in: 0...1e12,
    scale: .integer)
  /// What the factor does not fall below.
  static func floor(default value: Double = 0) -> Hyperparameter {
    Hyperparameter(
      "floor", symbol: "⌊·⌋", "The least factor, a share of the base rate", default: value,
      in: 0...1, scale: .linear)
  }
  /// A factor per unit of time.
  static func gamma(default value: Double) -> Hyperparameter {
    Hyperparameter(
      "gamma", symbol: "γ", "The factor that is applied again and again", default: value,
      in: 0...2)
  }
}

extension Settings {
  /// The end of a schedule: `total`, or the experiment's.
  func end(_ total: Int) -> Int {
    let given = count("total")
    return given > 0 ? given : total
  }
}
