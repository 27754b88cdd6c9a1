package import CLanes
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

  /// Whether there is a way to take many steps in one go.
  var takesStretches: Bool { get }

  /// Takes the steps of a stretch by a rule, as many as it can; their number. Fewer than all where
  /// the next one has to be taken by itself, or where the last has ended a run.
  func take(_ stretch: borrowing Stretch, by rule: GlissadeRule) -> Int
}

extension BundledObjective {
  package var takesStretches: Bool { false }

  package func take(_ stretch: borrowing Stretch, by rule: GlissadeRule) -> Int { 0 }
}

/// Steps of a bundle that are taken in one go, and where.
package struct Stretch {
  /// How many steps.
  package var steps: Int
  /// Samples of each step's batch.
  package var count: Int
  /// Sample numbers of all lanes as `lossesAndGradients` has them, one step after the other; nil
  /// for all samples.
  package var rows: UnsafePointer<Int32>?
  /// Sample numbers from one lane to the next.
  package var rowStride: Int
  /// Whether all lanes have the batches of the first.
  package var isShared: Bool
  /// Vectors that the parameters of all runs fill.
  package var vectors: Int
  /// The parameters, and room for gradients.
  package var parameters: UnsafeMutablePointer<Lanes>
  package var gradients: UnsafeMutablePointer<Lanes>
  package var scratch: UnsafeMutablePointer<Lanes>
  /// One vector a block: 1 in lanes whose runs go on, 0 in others, whose results are of no use.
  package var living: UnsafeBufferPointer<Lanes>
  /// One vector a block, written: NaN in lanes that go on and whose parameters are not finite after
  /// the last step; 0 at the beginning.
  package var poison: UnsafeMutablePointer<Lanes>

  /// A stretch.
  package init(
    steps: Int, count: Int, rows: UnsafePointer<Int32>?, rowStride: Int, isShared: Bool,
    vectors: Int, parameters: UnsafeMutablePointer<Lanes>, gradients: UnsafeMutablePointer<Lanes>,
    scratch: UnsafeMutablePointer<Lanes>, living: UnsafeBufferPointer<Lanes>,
    poison: UnsafeMutablePointer<Lanes>
  ) {
    self.steps = steps
    self.count = count
    self.rows = rows
    self.rowStride = rowStride
    self.isShared = isShared
    self.vectors = vectors
    self.parameters = parameters
    self.gradients = gradients
    self.scratch = scratch
    self.living = living
    self.poison = poison
  }
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
