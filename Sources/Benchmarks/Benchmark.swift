import Lanes

/// One thing that is timed. Figures of one machine at one moment: compare them only within one
/// interleaved run.
package struct Benchmark: Named {
  /// `elementary.exp`, `gemm.64x64x64`, `training.xor`.
  package let name: String
  /// What is done.
  package let summary: String
  /// What is counted per second: `elements`, `flop`, `steps`, `pixels`, `points`.
  package let unit: String
  /// Floating-point operations a unit, where a share of the peak is meaningful.
  package let flopsPerUnit: Double?
  /// Whether the figure is no rate but the speed that is left, as a share of the speed alone.
  package let isShare: Bool
  /// Units per second, the median of several timings.
  package let measure: @Sendable (Options) throws -> Double

  /// How to measure.
  package struct Options: Sendable {
    /// Seconds spent on each benchmark.
    package var seconds: Double
    /// Threads of the rows that are called threaded.
    package var threads: Int
    /// Options.
    package init(seconds: Double = 0.5, threads: Int = 2) {
      self.seconds = seconds
      self.threads = threads
    }
  }

  /// A row.
  package init(
    _ name: String, _ summary: String, unit: String, flopsPerUnit: Double? = nil,
    isShare: Bool = false,
    measure: @escaping @Sendable (Options) throws -> Double
  ) {
    self.name = name
    self.summary = summary
    self.unit = unit
    self.flopsPerUnit = flopsPerUnit
    self.isShare = isShare
    self.measure = measure
  }
}
