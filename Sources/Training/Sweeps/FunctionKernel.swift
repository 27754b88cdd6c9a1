import Lanes
import Models

/// Many points of a function at once: parameter p of lane block i stands at `p * blocks + i`.
struct FunctionKernel: Sendable {
  /// The most blocks of eight runs that are evaluated together.
  static let mostBlocks = 16

  private let function: any FunctionObjective

  init(_ function: any FunctionObjective) { self.function = function }

  /// The gradient of each run of `blocks` blocks.
  func gradients(
    at parameters: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>, blocks: Int
  ) {
    function.evaluate(
      points: parameters, stride: blocks, count: blocks, value: nil, derivatives: gradient)
  }

  /// Takes `steps` steps of plain gradient descent at one rate; there are `count` lanes of
  /// parameters in all.
  func descend(
    _ parameters: UnsafeMutablePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>,
    blocks: Int, count: Int, rate: Double, steps: Int
  ) {
    let rates = Lanes(repeating: rate)
    if let descent = function.descent {
      // All lanes have one rate; the gradients' memory has room for it.
      for block in 0..<blocks { gradient[block] = rates }
      return descent(parameters, blocks, gradient, steps)
    }
    for _ in 0..<steps {
      gradients(at: parameters, gradient, blocks: blocks)
      for index in 0..<count { parameters[index] -= gradient[index] * rates }
    }
  }
}
