import Lanes
import Models
import Optimization

/// Where steps are taken. Scratch: no part of a run's state, and in no checkpoint.
struct Workspace: Sendable {
  /// Room for parameters, gradient, change and what objectives work in.
  fileprivate var lanes: [Lanes] = []
  /// The numbers of the batch's samples.
  var rows: [Int32] = []
}

/// The vectors of a run, and the workspace in which steps move them.
struct RunBuffers: Sendable {
  var parameters: Vector
  var gradient: Vector
  var workspace = Workspace()

  /// Memory for an objective and batches of up to `batchSize` samples (0: all).
  init(parameters: [Double], objective: any Objective, batchSize: Int) {
    self.parameters = Vector(parameters)
    gradient = Vector(zeros: parameters.count)
    fit(objective: objective, batchSize: batchSize)
  }

  /// Makes room for another objective or other batches; parameters stay.
  mutating func fit(objective: any Objective, batchSize: Int) {
    let most = max(objective.sampleCount, objective.testCount, batchSize)
    let doubles = max(
      objective.scratchCount(batch: most), objective.scratchCount(batch: batchSize),
      objective.hessianScratchCount ?? 0)
    let vectors = 3 * parameters.paddedCount / 8 + (doubles + 7) / 8
    // One more, because the first may lie before a cache line begins.
    workspace.lanes = [Lanes](repeating: .zero, count: vectors + 1)
    workspace.rows = [Int32](repeating: 0, count: max(1, batchSize))
  }

  /// Gives the room for scratch back; the numbers of the last batch stay.
  mutating func releaseScratch() { workspace.lanes = [] }

  /// Whether there is room to take steps in.
  var isReady: Bool { !workspace.lanes.isEmpty }

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

    /// Copies a vector to the workspace, and back.
    fileprivate func fetch(_ vector: Vector, _ place: UnsafeMutablePointer<Double>) {
      vector.withUnsafePointer { place.update(from: $0, count: paddedCount) }
    }
    fileprivate func put(_ place: UnsafeMutablePointer<Double>, _ vector: inout Vector) {
      vector.withUnsafeMutablePointer { $0.update(from: place, count: paddedCount) }
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
      let vectors = paddedCount >> 3
      var index = 0
      while index < vectors {
        let step = if let factor { change[index] * factor } else { change[index] }
        let next = parameters[index] - step
        parameters[index] = next
        poison.addProduct(next, Lanes.zero)
        index &+= 1
      }
      let four = poison.lowHalf + poison.highHalf
      let two = four.lowHalf + four.highHalf
      return two[0] + two[1] == 0
    }
  }

  /// Calls `body` with pointers to the memory, taken once.
  ///
  /// Parameters and gradient stand on a workspace that begins at a cache line for that time, with
  /// what is made of them: vectors that cross lines would take twice as long. Arrays promise no
  /// more than 16 bytes.
  mutating func withPointers<R>(_ body: (Pointers) -> R) -> R {
    let paddedCount = parameters.paddedCount
    return workspace.lanes.withUnsafeMutableBytes { workspace in
      self.workspace.rows.withUnsafeMutableBufferPointer { rows in
        // `fit` leaves both arrays with at least one element.
        let first = workspace.baseAddress!.alignedUp(toMultipleOf: 64)
          .assumingMemoryBound(to: Double.self)
        let memory = Pointers(
          parameters: first, gradient: first + paddedCount, change: first + 2 * paddedCount,
          scratch: first + 3 * paddedCount, rows: rows.baseAddress!, paddedCount: paddedCount)
        memory.fetch(parameters, memory.parameters)
        memory.fetch(gradient, memory.gradient)
        defer {
          memory.put(memory.parameters, &parameters)
          memory.put(memory.gradient, &gradient)
        }
        return body(memory)
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

  func hessian(
    at parameters: UnsafePointer<Double>, into rows: UnsafeMutablePointer<Double>
  ) -> Bool {
    guard case .all = batch, objective.hessianScratchCount != nil else { return false }
    objective.hessian(at: parameters, into: rows, scratch: scratch)
    return true
  }
}
