import Lanes
import Models

/// Slopes of an objective for many runs at once: parameter p of lane block i stands at `p * blocks + i`.
protocol SweepKernel: Sendable {
  /// The most blocks of eight runs that are evaluated together.
  var mostBlocks: Int { get }
  /// Lanes of scratch that an evaluation needs.
  var scratchLanes: Int { get }
  /// The gradient of each run of `blocks` blocks.
  func slopes(
    at parameters: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>, blocks: Int,
    scratch: UnsafeMutablePointer<Lanes>)
}

/// Many points of a function.
struct FunctionKernel: SweepKernel {
  private let function: any FunctionObjective
  let mostBlocks = 16
  let scratchLanes = 0

  init(_ function: any FunctionObjective) { self.function = function }

  func slopes(
    at parameters: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>, blocks: Int,
    scratch: UnsafeMutablePointer<Lanes>
  ) {
    function.evaluate(
      points: parameters, stride: blocks, count: blocks, value: nil, slopes: gradient)
  }
}
