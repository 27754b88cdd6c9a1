import Lanes

/// Settings of entries that were left, by catalogue and name.
struct RememberedChoices: Sendable {
  /// Optimizers by name.
  var optimizers: [String: Choice] = [:]
  /// Schedules by name.
  var schedules: [String: Choice] = [:]
  /// Activations by name.
  var activations: [String: Choice] = [:]
}
