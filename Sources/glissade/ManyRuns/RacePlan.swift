import Presets
import Training

/// A race before its runs: each value from each seed is one of them.
struct RacePlan: TilePlan {
  static let command = TiledCommand.race.rawValue
  static let tile = 16

  var preset: String
  var title: String
  /// Steps of each run.
  var steps: Int
  /// What differs.
  var over: PlanAxis
  /// Whether each value runs at its own best rate.
  var isFair: Bool
  /// Seeds of each value.
  var seeds: Int
  /// The loss at which a run has arrived.
  var goal: Double?
  var fingerprint: String

  var count: Int { over.values.count * seeds }
  var isSound: Bool {
    (1...Race.limit).contains(over.values.count) && (1...RacePlan.mostSeeds).contains(seeds)
  }

  /// The most seeds of each value.
  static let mostSeeds = 1000

  /// A plan of a race of `preset`.
  init(
    _ preset: Preset, over axis: SweepAxis, of race: Race, steps: Int, isFair: Bool, seeds: Int
  ) throws {
    self.preset = preset.name
    title = preset.title
    self.steps = steps
    over = PlanAxis(axis)
    over.key = race.key
    over.values = race.members.map(\.name)
    self.isFair = isFair
    self.seeds = seeds
    goal = race.goal
    fingerprint = ""
    fingerprint = try makeFingerprint(preset)
  }

  func json(withFingerprint: Bool) -> JSONText {
    .object(
      [
        ("preset", .text(preset)), ("title", .text(title)), ("steps", .integer(steps)),
        ("over", over.json), ("isFair", .flag(isFair)), ("seeds", .integer(seeds)),
        ("goal", .optional(goal)),
      ] + (withFingerprint ? [("fingerprint", .text(fingerprint))] : []))
  }

  /// What a race keeps of a run.
  struct Item: Codable {
    /// Its base rate, where it is given as a number.
    var rate: Double?
    /// The training loss at the end; nil where it diverged.
    var loss: Double?
    /// The share of training samples classified rightly.
    var accuracy: Double?
    /// The first measured step at the goal.
    var arrival: Int?
    var diverged: Bool
  }

  static func json(_ item: Item) -> JSONText {
    .object([
      ("rate", .optional(item.rate)), ("loss", .optional(item.loss)),
      ("accuracy", .optional(item.accuracy)),
      ("arrival", item.arrival.map { .integer($0) } ?? .null),
      ("diverged", .flag(item.diverged)),
    ])
  }
}
