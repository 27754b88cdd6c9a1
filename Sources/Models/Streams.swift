/// The numbers of the random streams of a run: each use draws from its own, whatever the others
/// draw.
package enum Streams {
  /// Generated samples and their noise.
  package static let data: UInt64 = 1
  /// The choice of test samples.
  package static let split: UInt64 = 2
  /// Initial parameters.
  package static let parameters: UInt64 = 3
  /// Gibbs sampling.
  package static let sampling: UInt64 = 5
  /// Parameters of units that are added to a network at work.
  package static let growth: UInt64 = 6
  /// Random features.
  package static let features: UInt64 = 7
  /// Mini-batches.
  package static let batches: UInt64 = 4
}
