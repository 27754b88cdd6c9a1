/// What rows are expected to reach on processors on which they were measured.
package enum Goals {
  /// Units per second of a row on a processor; nil where nobody has measured.
  package static func goal(of row: String, on processor: Processor) -> Double? {
    goals.first { processor.name.contains($0.processor) }?.rows[row]
  }

  /// Whether a figure is more than a tenth under its goal.
  package static func isMissed(_ value: Double, goal: Double?) -> Bool {
    goal.map { value < 0.9 * $0 } ?? false
  }

  /// Medians of one thread of an otherwise idle machine, by a part of the processor's name.
  private static let goals: [(processor: String, rows: [String: Double])] = [
    ("AMD EPYC (family 25, model 17)", zen4)
  ]

  /// Zen 4 at about 3.7 GHz: one 512-bit fused multiply-add a cycle.
  private static let zen4: [String: Double] = [:]
}
