import Lanes
import Models

/// Measures many runs one after the other, in memory that is kept from one to the next.
struct LossGauge {
  private var point: [Lanes] = []
  private var scratch: [Lanes] = []

  /// How a run stands in its course.
  mutating func moment(
    _ standing: RunBundle.Standing, _ objective: any Objective
  ) -> RunBundle.Moment {
    RunBundle.Moment(
      loss: standing.isDiverged ? .nan : loss(standing.parameters, objective),
      place: objective.parameterCount <= 2 ? standing.parameters : [])
  }

  /// The training loss at a point.
  private mutating func loss(_ parameters: [Double], _ objective: any Objective) -> Double {
    let lanes = (parameters.count + 7) / 8
    if point.count != lanes { point = Array(repeating: .zero, count: lanes) }
    let needed = max(1, (objective.scratchCount(batch: objective.sampleCount) + 7) / 8)
    if scratch.count < needed { scratch = Array(repeating: .zero, count: needed) }
    return point.withUnsafeMutableBytes { point in
      scratch.withUnsafeMutableBytes { scratch in
        parameters.withUnsafeBytes { point.copyMemory(from: $0) }
        guard let at = point.baseAddress, let space = scratch.baseAddress else { return .nan }
        return objective.loss(
          at: UnsafePointer(at.assumingMemoryBound(to: Double.self)), split: .train,
          scratch: space.assumingMemoryBound(to: Double.self))
      }
    }
  }
}
