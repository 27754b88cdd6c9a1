import Lanes
import Models

/// The distance between a run and a twin that began 10⁻¹⁵ beside it, over steps.
///
/// A twin that rounding has laid upon the run is moved aside by as much again: that is what another
/// program, as right as this one but with its sums in another order, would do all the time.
///
/// Where descent is a contraction the twins approach; where it is chaotic (RMSprop near an optimum
/// without noise, rates beyond a minimum's limit) rounding grows to the size of the steps, and no
/// two correct programs agree.
package struct TwinTrace: Sendable {
  /// How far each parameter is moved: 10⁻¹⁵, or the least that changes it.
  package static let nudge = 1e-15
  private static let capacity = 2048

  private var one: ReplayedRun
  private var other: ReplayedRun
  /// Steps at which distances were taken, rising.
  package private(set) var steps: [Int] = []
  /// Euclidean distances between the parameters.
  package private(set) var distances: [Double] = []

  /// Twins at their start; nil where no run made the snapshot.
  package init?(_ snapshot: Snapshot) {
    guard let one = ReplayedRun(snapshot),
      let other = ReplayedRun(snapshot, nudge: TwinTrace.moved)
    else { return nil }
    self.one = one
    self.other = other
    record()
  }

  /// The twins up to a snapshot: `earlier` carried on where it leads there, else new ones.
  package static func upTo(_ snapshot: Snapshot, from earlier: TwinTrace?) -> TwinTrace? {
    guard snapshot.parameters.count == snapshot.objective.parameterCount else { return nil }
    var twins = earlier.flatMap { $0.one.precedes(snapshot) ? $0 : nil } ?? TwinTrace(snapshot)
    twins?.advance(to: snapshot)
    return twins
  }

  /// The parameters of the first twin: those of the watched run at its step.
  package var parameters: [Double] { one.run.parameters }

  private static func moved(_ value: Double) -> Double { value + max(nudge, value.ulp) }

  private mutating func advance(to snapshot: Snapshot) {
    while one.step(towards: snapshot), other.step(towards: snapshot) {
      record()
      if distances.last == 0 { other.move(TwinTrace.moved) }
    }
  }

  private mutating func record() {
    let a = one.run.buffers.parameters
    let b = other.run.buffers.parameters
    var sum = 0.0
    for index in 0..<a.count { sum += (a[index] - b[index]) * (a[index] - b[index]) }
    steps.append(one.run.step)
    distances.append(sum.squareRoot())
    if steps.count > TwinTrace.capacity {
      let half = steps.count / 2
      let kept = steps.indices.filter { $0 >= half || $0 % 2 == 0 }
      steps = kept.map { steps[$0] }
      distances = kept.map { distances[$0] }
    }
  }
}
