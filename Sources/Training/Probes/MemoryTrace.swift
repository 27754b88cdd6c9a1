import Lanes
import Models
import Optimization

/// What the optimizer remembered and the rate that each parameter got, over the steps of a run,
/// found by replaying it.
package struct MemoryTrace: Sendable {
  /// One quantity (`m`, `effective rate`, `gradient`) over steps.
  package struct Curve: Sendable, Equatable {
    /// The quantity's name.
    package var name: String
    /// Steps done when it was so.
    package var steps: [Int]
    /// One row a parameter, one entry a step.
    package var values: [[Double]]
  }

  private struct Record: Sendable {
    var step: Int
    var names: [String]
    var values: [[Double]]
  }

  /// The most parameters whose curves are kept: the first ones.
  package static let parameterLimit = 6
  private static let capacity = 1024

  private var replay: ReplayedRun
  private var records: [Record] = []
  /// The count that bias corrections last used.
  package private(set) var correctionCount = 0

  /// A trace from where the replay of the snapshot begins; nil where no run made it.
  package init?(_ snapshot: Snapshot) {
    guard let replay = ReplayedRun(snapshot) else { return nil }
    self.replay = replay
  }

  /// The trace up to a snapshot: `earlier` carried on where it leads there, else a new one.
  package static func upTo(_ snapshot: Snapshot, from earlier: MemoryTrace?) -> MemoryTrace? {
    guard snapshot.parameters.count == snapshot.objective.parameterCount else { return nil }
    var trace =
      earlier.flatMap { $0.replay.precedes(snapshot) ? $0 : nil } ?? MemoryTrace(snapshot)
    trace?.advance(to: snapshot)
    return trace
  }

  /// Steps done.
  package var step: Int { replay.run.step }

  private mutating func advance(to snapshot: Snapshot) {
    while replay.step(towards: snapshot) { record() }
    correctionCount = replay.run.core.optimizer.correctionCount
  }

  private mutating func record() {
    let run = replay.run
    let count = run.objective.parameterCount
    let shown = min(count, MemoryTrace.parameterLimit)
    var names: [String] = []
    var values: [[Double]] = []
    func add(_ name: String, _ vector: Vector) {
      names.append(name)
      values.append((0..<shown).map { vector[$0] })
    }
    if let rates = run.core.optimizer.effectiveRate(learningRate: run.learningRate) {
      add(MemoryQuantity.effectiveRate.name, rates)
    }
    for vector in run.core.optimizer.memory.vectors.prefix(4) where vector.values.count == count {
      add(vector.name, vector.values)
    }
    add(MemoryQuantity.gradient.name, run.buffers.gradient)
    records.append(Record(step: run.step, names: names, values: values))
    // Older ones thin out, recent steps stand one by one.
    if records.count > MemoryTrace.capacity {
      let half = records.count / 2
      records = records.indices.filter { $0 >= half || $0 % 2 == 0 }.map { records[$0] }
    }
  }

  /// The names of what was recorded at the last step.
  package var names: [String] { records.last?.names ?? [] }

  /// A quantity over steps; steps at which the optimizer did not have it are left out.
  package func curve(_ name: String) -> Curve {
    var curve = Curve(name: name, steps: [], values: [])
    for record in records {
      guard let place = record.names.firstIndex(of: name) else { continue }
      curve.steps.append(record.step)
      if curve.values.isEmpty { curve.values = record.values[place].map { _ in [] } }
      for (index, value) in record.values[place].enumerated() where index < curve.values.count {
        curve.values[index].append(value)
      }
    }
    return curve
  }
}
