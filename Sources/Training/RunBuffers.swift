import Lanes
import Models
import Optimization

/// The memory that a step works in: parameters, gradient, change, scratch, and the numbers of the batch's samples.
struct RunBuffers: Sendable {
  var parameters: Vector
  var gradient: Vector
  var change: Vector
  var scratch: [Lanes]
  var rows: [Int32]

  /// Memory for an objective and batches of up to `batchSize` samples (0: all).
  init(parameters: [Double], objective: any Objective, batchSize: Int) {
    self.parameters = Vector(parameters)
    gradient = Vector(zeros: parameters.count)
    change = Vector(zeros: parameters.count)
    scratch = []
    rows = []
    fit(objective: objective, batchSize: batchSize)
  }

  /// Makes room for another objective or other batches; parameters stay.
  mutating func fit(objective: any Objective, batchSize: Int) {
    let most = max(objective.sampleCount, objective.testCount, batchSize)
    let doubles = max(objective.scratchCount(batch: most), objective.scratchCount(batch: batchSize))
    // One vector more, so that it can begin at a multiple of 64 bytes.
    scratch = [Lanes](repeating: .zero, count: max(1, (doubles + 7) / 8) + 1)
    rows = [Int32](repeating: 0, count: max(1, batchSize))
  }

  /// Pointers to the memory; valid inside `withPointers`.
  struct Pointers {
    let parameters: UnsafeMutablePointer<Double>
    let gradient: UnsafeMutablePointer<Double>
    let change: UnsafeMutablePointer<Double>
    let scratch: UnsafeMutablePointer<Double>
    let rows: UnsafeMutablePointer<Int32>
    let paddedCount: Int

    /// The batch of the first `count` rows; all samples when there are none.
    @inline(__always) func batch(_ count: Int) -> Batch {
      count == 0 ? .all : .rows(UnsafeBufferPointer(start: rows, count: count))
    }

    /// `change ← gradient`.
    @inline(__always) func copyGradient() {
      let from = UnsafeMutableRawPointer(gradient).assumingMemoryBound(to: Lanes.self)
      let to = UnsafeMutableRawPointer(change).assumingMemoryBound(to: Lanes.self)
      for index in 0..<paddedCount / 8 { to[index] = from[index] }
    }

    /// `parameters ← parameters − change`; says whether all are finite.
    @inline(__always) func subtractChange() -> Bool { subtract(change, times: nil) }

    /// `parameters ← parameters − rate · gradient`; says whether all are finite.
    @inline(__always) func descend(rate: Double) -> Bool { subtract(gradient, times: rate) }

    @inline(__always)
    private func subtract(_ change: UnsafeMutablePointer<Double>, times factor: Double?) -> Bool {
      let change = UnsafeMutableRawPointer(change).assumingMemoryBound(to: Lanes.self)
      let factor = factor.map { Lanes(repeating: $0) }
      let parameters = UnsafeMutableRawPointer(parameters).assumingMemoryBound(to: Lanes.self)
      // Zero times anything finite is zero, and NaN otherwise.
      var poison = Lanes.zero
      for index in 0..<paddedCount / 8 {
        let step = if let factor { change[index] * factor } else { change[index] }
        let next = parameters[index] - step
        parameters[index] = next
        poison.addProduct(next, Lanes.zero)
      }
      let four = poison.lowHalf + poison.highHalf
      let two = four.lowHalf + four.highHalf
      return two[0] + two[1] == 0
    }
  }

  /// Calls `body` with pointers to the memory, taken once.
  mutating func withPointers<R>(_ body: (Pointers) -> R) -> R {
    let paddedCount = parameters.paddedCount
    return parameters.withUnsafeMutablePointer { parameters in
      gradient.withUnsafeMutablePointer { gradient in
        change.withUnsafeMutablePointer { change in
          scratch.withUnsafeMutableBytes { scratch in
            rows.withUnsafeMutableBufferPointer { rows in
              // `fit` leaves both arrays with at least one element.
              body(
                Pointers(
                  parameters: parameters, gradient: gradient, change: change,
                  scratch: scratch.baseAddress!.alignedUp(toMultipleOf: 64)
                    .assumingMemoryBound(to: Double.self),
                  rows: rows.baseAddress!, paddedCount: paddedCount))
            }
          }
        }
      }
    }
  }
}

/// The loss on the batch of the present step, for optimizers that look around.
final class BatchSurface: LossSurface {
  private let objective: any Objective
  private let scratch: UnsafeMutablePointer<Double>
  /// The samples of the step.
  var batch = Batch.all

  /// A surface that is valid as long as `scratch` is.
  init(objective: any Objective, scratch: UnsafeMutablePointer<Double>) {
    self.objective = objective
    self.scratch = scratch
  }

  func lossAndGradient(
    at parameters: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    objective.lossAndGradient(at: parameters, batch: batch, gradient: gradient, scratch: scratch)
  }

  func hessian(at parameters: UnsafePointer<Double>, count: Int) -> [Double]? {
    guard case .all = batch else { return nil }
    return objective.hessian(at: (0..<count).map { parameters[$0] })
  }
}
