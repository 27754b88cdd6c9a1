import Lanes

/// Which samples one evaluation looks at.
package enum Batch {
  /// Every training sample (or: the function has no samples).
  case all
  /// The training samples with these numbers, in this order.
  case rows(UnsafeBufferPointer<Int32>)
}

/// The two halves of the data.
package enum Split: Sendable { case train, test }

/// Something to be moved downhill: a loss over parameters, with its gradient.
///
/// Pointers to parameters and gradients hold `paddedCount` doubles in the flat order that `parameterNames` documents
/// (padding is zero and must be written as zero). `scratch` holds `scratchCount(batch:)` doubles, 64-byte aligned,
/// with no promise about its contents; an evaluation allocates nothing.
package protocol Objective: Sendable {
  /// The number of parameters.
  var parameterCount: Int { get }
  /// One name a parameter, in flat order (`x`, `w1[2,1]`, `b1[2]`).
  var parameterNames: [String] { get }
  /// The number of training samples; 0 for a plain function.
  var sampleCount: Int { get }
  /// The number of test samples.
  var testCount: Int { get }

  /// The doubles of scratch that an evaluation of up to `batch` samples needs.
  func scratchCount(batch: Int) -> Int

  /// The loss on `batch` and its gradient (regularisation included in both).
  func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double

  /// The loss over a whole split; regularisation is part of it on `.train` only.
  func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double

  /// The share of samples classified rightly, or nil where there are no classes.
  func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double?

  /// The second derivatives of the training loss, row by row (`parameterCount`²), where they are known in closed form
  /// or by exact differentiation; nil elsewhere.
  func hessian(at parameters: [Double]) -> [Double]?
}
