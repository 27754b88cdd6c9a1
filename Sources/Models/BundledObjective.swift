package import Lanes

/// Losses and gradients of many runs at once, one run a lane.
///
/// Parameter p of lane block b stands at `p * blocks + b`; where vectors are shared by two
/// parameters of four runs (`isHalved`), that of run r at `4 * p + r`, counted in numbers. No
/// lane's result depends on another lane, and each has the bits of its run alone.
package protocol BundledObjective: Sendable {
  /// The number of parameters of each run.
  var parameterCount: Int { get }
  /// The most blocks of eight runs that are evaluated together.
  var mostBlocks: Int { get }
  /// Whether there are no more than four runs, whose parameters are kept two a vector: where
  /// eight doubles are worked at in two halves, these cost little more than half of what eight do.
  var isHalved: Bool { get }

  /// The lanes of scratch that an evaluation of batches of up to `batch` samples (0: all) needs.
  func scratchLanes(batch: Int, blocks: Int) -> Int

  /// The loss of each run, one vector a block, and its gradient.
  ///
  /// - Parameters:
  ///   - rows: sample numbers of each lane's batch, `stride` apart, 8 · `blocks` lanes; nil for all
  ///     samples.
  ///   - count: samples in each batch.
  ///   - exact: whether losses are wanted; else a loss that is finite may be given as 0.
  func lossesAndGradients(
    at parameters: UnsafePointer<Lanes>, rows: UnsafePointer<Int32>?, stride: Int, count: Int,
    blocks: Int, exact: Bool, losses: UnsafeMutablePointer<Lanes>,
    gradients: UnsafeMutablePointer<Lanes>,
    scratch: UnsafeMutablePointer<Lanes>)
}

/// Many points of a function.
package struct FunctionBundle: BundledObjective {
  private let function: any FunctionObjective
  package var parameterCount: Int { function.parameterCount }
  package var mostBlocks: Int { 16 }
  package var isHalved: Bool { false }

  /// Runs of one function.
  package init(_ function: any FunctionObjective) { self.function = function }

  package func scratchLanes(batch: Int, blocks: Int) -> Int { 0 }

  package func lossesAndGradients(
    at parameters: UnsafePointer<Lanes>, rows: UnsafePointer<Int32>?, stride: Int, count: Int,
    blocks: Int, exact: Bool, losses: UnsafeMutablePointer<Lanes>,
    gradients: UnsafeMutablePointer<Lanes>,
    scratch: UnsafeMutablePointer<Lanes>
  ) {
    function.evaluate(
      points: parameters, stride: blocks, count: blocks, value: losses, derivatives: gradients)
  }
}
