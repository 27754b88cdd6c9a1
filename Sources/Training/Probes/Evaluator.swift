package import Models

/// An objective with the memory that evaluating it needs, so that probes can call it many times.
///
/// Made in work that is given up, it gives NaN from then on. It is used where a picture needs a few
/// thousand values of a function of few parameters; nets are evaluated on lanes.
package final class Evaluator {
  /// What is evaluated.
  package let objective: any Objective
  private let storage: UnsafeMutableRawPointer
  private let parameters: UnsafeMutablePointer<Double>
  private let derivatives: UnsafeMutablePointer<Double>
  private let scratch: UnsafeMutablePointer<Double>
  private let count: Int
  /// What it evaluates for, where that can be given up.
  private let work = ProbeWork.current

  /// Memory for `objective`.
  package init(_ objective: any Objective) {
    self.objective = objective
    count = objective.parameterCount
    let padded = max(8, (count + 7) / 8 * 8)
    let extra = max(8, (objective.scratchCount(batch: max(1, objective.sampleCount)) + 7) / 8 * 8)
    let total = 2 * padded + extra
    storage = .allocate(byteCount: total * 8, alignment: 64)
    let doubles = storage.bindMemory(to: Double.self, capacity: total)
    doubles.initialize(repeating: 0, count: total)
    parameters = doubles
    derivatives = doubles + padded
    scratch = doubles + 2 * padded
  }

  deinit { storage.deallocate() }

  /// The training loss at `point` (its first `parameterCount` entries).
  package func loss(at point: [Double]) -> Double {
    if isGivenUp { return .nan }
    place(point)
    return objective.loss(at: parameters, split: .train, scratch: scratch)
  }

  /// The training loss and its gradient.
  package func lossAndGradient(at point: [Double]) -> (loss: Double, gradient: [Double]) {
    if isGivenUp { return (.nan, [Double](repeating: .nan, count: count)) }
    place(point)
    let loss = objective.lossAndGradient(
      at: parameters, batch: .all, gradient: derivatives, scratch: scratch)
    return (loss, Array(UnsafeBufferPointer(start: derivatives, count: count)))
  }

  /// The value and derivative of a function of one variable; no derivative where there is no value.
  package func derivative(at x: Double) -> (value: Double, derivative: Double) {
    if isGivenUp { return (.nan, .nan) }
    parameters[0] = x
    let value = objective.lossAndGradient(
      at: parameters, batch: .all, gradient: derivatives, scratch: scratch)
    return (value, value.isNaN ? .nan : derivatives[0])
  }

  /// The value of a function of two variables; other parameters stay as they were last placed.
  package func value(_ x: Double, _ y: Double) -> Double {
    if isGivenUp { return .nan }
    parameters[0] = x
    if count > 1 { parameters[1] = y }
    return objective.loss(at: parameters, split: .train, scratch: scratch)
  }

  /// Whether nobody wants its values any more.
  private var isGivenUp: Bool { work?.isGivenUp ?? false }

  /// Puts a whole point in place.
  package func place(_ point: [Double]) {
    for index in 0..<min(count, point.count) { parameters[index] = point[index] }
  }
}
