import Lanes
import Models

/// Gradients of an objective for many runs at once: parameter p of lane block i stands at `p *
/// blocks + i`.
protocol SweepKernel: Sendable {
  /// The most blocks of eight runs that are evaluated together.
  var mostBlocks: Int { get }
  /// Lanes of scratch that an evaluation needs.
  var scratchLanes: Int { get }
  /// The gradient of each run of `blocks` blocks.
  func gradients(
    at parameters: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>, blocks: Int,
    scratch: UnsafeMutablePointer<Lanes>)
  /// Takes `steps` steps of plain gradient descent at one rate; there are `count` lanes of
  /// parameters in all.
  func descend(
    _ parameters: UnsafeMutablePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>,
    blocks: Int, count: Int, rate: Double, steps: Int, scratch: UnsafeMutablePointer<Lanes>)
}

extension SweepKernel {
  func descend(
    _ parameters: UnsafeMutablePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>,
    blocks: Int, count: Int, rate: Double, steps: Int, scratch: UnsafeMutablePointer<Lanes>
  ) {
    let rates = Lanes(repeating: rate)
    for _ in 0..<steps {
      gradients(at: parameters, gradient, blocks: blocks, scratch: scratch)
      for index in 0..<count { parameters[index] -= gradient[index] * rates }
    }
  }
}

/// Many points of a function.
struct FunctionKernel: SweepKernel {
  private let function: any FunctionObjective
  let mostBlocks = 16
  let scratchLanes = 0

  init(_ function: any FunctionObjective) { self.function = function }

  func gradients(
    at parameters: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>, blocks: Int,
    scratch: UnsafeMutablePointer<Lanes>
  ) {
    function.evaluate(
      points: parameters, stride: blocks, count: blocks, value: nil, derivatives: gradient)
  }

  func descend(
    _ parameters: UnsafeMutablePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>,
    blocks: Int, count: Int, rate: Double, steps: Int, scratch: UnsafeMutablePointer<Lanes>
  ) {
    let rates = Lanes(repeating: rate)
    if let descent = function.descent {
      // All lanes have one rate; the gradients' memory has room for it.
      for block in 0..<blocks { gradient[block] = rates }
      return descent(parameters, blocks, gradient, steps)
    }
    for _ in 0..<steps {
      gradients(at: parameters, gradient, blocks: blocks, scratch: scratch)
      for index in 0..<count { parameters[index] -= gradient[index] * rates }
    }
  }
}
