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
/// Pointers to parameters and gradients hold `paddedCount` doubles in the flat order of `layout`
/// (padding is zero and must be written as zero). `scratch` holds `scratchCount(batch:)` doubles
/// with no promise about their contents. All are aligned as `Vector` is, to 16 bytes; 64 is faster.
/// An evaluation allocates nothing.
package protocol Objective: Sendable {
  /// The number of parameters.
  var parameterCount: Int { get }
  /// How the flat parameters are divided into blocks, and what they are called.
  var layout: ParameterLayout { get }
  /// What it is.
  var kind: ObjectiveKind { get }
  /// What a penalty makes of parameters after a step, where it is kept out of the gradient.
  var shrinkage: Shrinkage? { get }
  /// The number of training samples; 0 for a plain function.
  var sampleCount: Int { get }
  /// The number of test samples.
  var testCount: Int { get }

  /// The doubles of scratch that an evaluation of up to `batch` samples needs.
  func scratchCount(batch: Int) -> Int

  /// Where it starts when nobody says where: parameters in flat order, drawn by the seed where
  /// they are drawn.
  func usualStart(seed: UInt64) -> [Double]

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

  /// The doubles of scratch that `hessian(at:into:scratch:)` needs; nil where second derivatives
  /// are known neither in closed form nor by exact differentiation, and where they would not fit in
  /// reasonable memory.
  var hessianScratchCount: Int? { get }

  /// The second derivatives of the training loss, row by row (`parameterCount`²).
  ///
  /// Only for objectives that have a `hessianScratchCount`.
  func hessian(
    at parameters: UnsafePointer<Double>, into rows: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>)

  /// The Hessian of the training loss times `direction`.
  ///
  /// Exact for functions and networks; otherwise a central difference of gradients.
  func hessianProduct(at parameters: [Double], times direction: [Double]) -> [Double]
}

extension Objective {
  /// Nothing.
  package var shrinkage: Shrinkage? { nil }

  /// One name a parameter, in flat order (`x`, `w1[2,1]`, `b1[2]`), each made when it is read.
  package var parameterNames: ParameterNames { layout.names }

  /// An objective of its own kind.
  package var kind: ObjectiveKind { .other }

  /// All parameters at 0.
  package func usualStart(seed: UInt64) -> [Double] {
    [Double](repeating: 0, count: parameterCount)
  }

  /// Second derivatives are not known.
  package var hessianScratchCount: Int? { nil }

  package func hessian(
    at parameters: UnsafePointer<Double>, into rows: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    preconditionFailure("\(Self.self) knows no second derivatives")
  }

  /// The second derivatives of the training loss, row by row (`parameterCount`²), where they are
  /// known; for callers that are in no hurry (it allocates).
  package func hessian(at parameters: [Double]) -> [Double]? {
    guard let scratchCount = hessianScratchCount else { return nil }
    precondition(
      parameters.count == parameterCount, "\(parameters.count) of \(parameterCount) parameters")
    var rows = Vector(zeros: parameterCount * parameterCount)
    var scratch = Vector(zeros: scratchCount)
    Vector(parameters).withUnsafePointer { at in
      rows.withUnsafeMutablePointer { rows in
        scratch.withUnsafeMutablePointer { hessian(at: at, into: rows, scratch: $0) }
      }
    }
    return rows.values
  }

  /// The training loss and its gradient at `parameters`, for callers that are in no hurry (it
  /// allocates).
  package func lossAndGradient(at parameters: [Double]) -> (loss: Double, gradient: [Double]) {
    precondition(
      parameters.count == parameterCount, "\(parameters.count) of \(parameterCount) parameters")
    let point = Vector(parameters)
    var gradient = Vector(zeros: parameterCount)
    var scratch = Vector(zeros: scratchCount(batch: sampleCount))
    let loss = point.withUnsafePointer { at in
      gradient.withUnsafeMutablePointer { gradients in
        scratch.withUnsafeMutablePointer { space in
          lossAndGradient(at: at, batch: .all, gradient: gradients, scratch: space)
        }
      }
    }
    return (loss, gradient.values)
  }

  /// The loss over a split at `parameters`, for callers that are in no hurry (it allocates).
  package func loss(at parameters: [Double], split: Split = .train) -> Double {
    precondition(
      parameters.count == parameterCount, "\(parameters.count) of \(parameterCount) parameters")
    var scratch = Vector(zeros: scratchCount(batch: sampleCount))
    return Vector(parameters).withUnsafePointer { at in
      scratch.withUnsafeMutablePointer { loss(at: at, split: split, scratch: $0) }
    }
  }

  /// The accuracy on a split at `parameters`, for callers that are in no hurry (it allocates).
  package func accuracy(at parameters: [Double], split: Split = .train) -> Double? {
    precondition(
      parameters.count == parameterCount, "\(parameters.count) of \(parameterCount) parameters")
    var scratch = Vector(zeros: scratchCount(batch: sampleCount))
    return Vector(parameters).withUnsafePointer { at in
      scratch.withUnsafeMutablePointer { accuracy(at: at, split: split, scratch: $0) }
    }
  }

  /// A central difference of gradients: (g(θ + hv) − g(θ − hv)) / 2h with h = ∛ε · max(1, ‖θ‖) /
  /// ‖v‖.
  ///
  /// Its error is of the order of ε^(2/3), that is ten correct digits for a smooth loss.
  package func hessianProduct(at parameters: [Double], times direction: [Double]) -> [Double] {
    precondition(
      direction.count == parameterCount, "\(direction.count) of \(parameterCount) entries")
    func norm(_ x: [Double]) -> Double {
      Elementary.sqrt(x.reduce(0) { $0.addingProduct($1, $1) })
    }
    let length = norm(direction)
    guard length > 0 else { return [Double](repeating: 0, count: parameterCount) }
    let h = 6.055454452393343e-06 * max(1, norm(parameters)) / length
    let ahead = zip(parameters, direction).map { $0.0.addingProduct(h, $0.1) }
    let behind = zip(parameters, direction).map { $0.0.addingProduct(-h, $0.1) }
    let a = lossAndGradient(at: ahead).gradient
    let b = lossAndGradient(at: behind).gradient
    return zip(a, b).map { ($0 - $1) / (2 * h) }
  }
}
