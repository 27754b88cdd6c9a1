package import Lanes

/// All that a schedule at work remembers, exactly.
package struct ScheduleState: Equatable, Sendable, Codable {
  var firstStep: Int
  var firstEpoch: Int
  /// What `total` 0 stands for, in steps or epochs.
  var total: Int
  var memory: PlateauMemory?
}

/// What `reduce_on_plateau` remembers of the losses it has heard.
struct PlateauMemory: Equatable, Sendable, Codable {
  var factor: ExactDouble
  var best: ExactDouble
  var badEpochs: Int
  var cooldownLeft: Int
}
