import Lanes
import Models

/// Slopes of an objective for many runs at once: parameter p of lane block i stands at `p * lanesPerBlock + i`.
protocol SweepKernel: Sendable {
  /// Blocks of eight runs that are evaluated together.
  var lanesPerBlock: Int { get }
  /// Lanes of scratch that an evaluation needs.
  var scratchLanes: Int { get }
  /// The gradient of each run.
  func slopes(
    at parameters: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>,
    scratch: UnsafeMutablePointer<Lanes>)
}

/// Many points of a function.
struct FunctionKernel: SweepKernel {
  private let function: any FunctionObjective
  let lanesPerBlock = 16
  let scratchLanes = 0

  init(_ function: any FunctionObjective) { self.function = function }

  func slopes(
    at parameters: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>,
    scratch: UnsafeMutablePointer<Lanes>
  ) {
    function.evaluate(
      points: parameters, stride: lanesPerBlock, count: lanesPerBlock, value: nil,
      slopes: gradient)
  }
}
