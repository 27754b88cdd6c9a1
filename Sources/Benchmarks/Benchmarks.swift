package import Lanes
package import Training

/// All benchmarks, in the order in which they are printed.
package let benchmarks = Catalogue(
  kind: "benchmark",
  [peakBenchmark] + elementaryBenchmarks + matrixBenchmarks + trainingBenchmarks
    + optimizerBenchmarks + sessionBenchmarks + bundleBenchmarks + raceBenchmarks
    + descentBenchmarks
    + formulaBenchmarks)

/// What the rows `training.*` train, for rows that measure what else is done beside it.
package enum TrainedExperiments {
  /// A 2-4-1 net on the four rows of XOR.
  package static var xor: Experiment { Benchmarks.xor() }
  /// A 2-8-8-1 net on 500 points of two spirals.
  package static var spiral: Experiment { Benchmarks.spiral() }
  /// A 64-64-10 net on 1797 glyphs.
  package static var digits: Experiment { Benchmarks.digits() }
}
