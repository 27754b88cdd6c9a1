package import Lanes

/// All benchmarks, in the order in which they are printed.
package let benchmarks = Catalogue(
  kind: "benchmark",
  [peakBenchmark] + elementaryBenchmarks + matrixBenchmarks + trainingBenchmarks
    + optimizerBenchmarks + sessionBenchmarks + bundleBenchmarks + raceBenchmarks
    + descentBenchmarks
    + formulaBenchmarks)
