/// A loss curve of any length in bounded memory.
///
/// Steps are gathered in buckets of equal width that keep their least and greatest value; when the
/// buckets are used up, pairs are merged and the width doubles.
package struct History: Equatable, Sendable {
  /// Values of `width` consecutive steps.
  package struct Bucket: Equatable, Sendable {
    /// The least finite value.
    package var low: Double
    /// The greatest finite value.
    package var high: Double
    /// The last value (may be non-finite when a run diverges).
    package var last: Double
    /// Whether nothing was measured in these steps: the curve goes straight from the bucket before
    /// to the one after.
    package var isGap = false
  }
  /// One curve.
  package struct Series: Equatable, Sendable {
    /// What was measured.
    package var metric: Metric
    /// The first step that the first bucket covers.
    package var firstStep: Int
    /// Steps per bucket: a power of two times `stride`.
    package var width: Int
    /// The buckets, oldest first; the last may be part full.
    package var buckets: [Bucket]
  }
  /// What a curve shows.
  package struct Metric: Hashable, Sendable {
    /// What people call it (`train`).
    package var name: String
    /// The samples that it was measured on.
    package var samples: Samples

    /// Which samples a measurement is of.
    package enum Samples: Sendable { case train, batch, test, other }

    /// The loss over all training samples.
    package static let train = Metric(name: "train", samples: .train)
    /// The loss over the samples of a step.
    package static let batch = Metric(name: "batch", samples: .batch)
    /// The loss over the test samples.
    package static let test = Metric(name: "test", samples: .test)
  }

  /// The curves: `train` first; `batch` where mini-batches are used; `test` where there are test
  /// samples.
  package var series: [Series] = []
  /// An empty history.
  package init() {}
}

/// The way of the parameters through a small space, in bounded memory: recent points one by one,
/// older ones thinned.
package struct Trajectory: Equatable, Sendable {
  /// Parameters per point (0: no trajectory is kept).
  package var dimension: Int = 0
  /// Points one after another, `dimension` doubles each, oldest first.
  package var points: [Double] = []
  /// The step of each point.
  package var steps: [Int] = []
  /// An empty trajectory.
  package init() {}
}
