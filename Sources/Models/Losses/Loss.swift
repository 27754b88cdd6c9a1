package import Lanes

/// What one sample costs, from the output layer's values (or logits) and targets, with derivatives,
/// on rows of lanes.
///
/// Losses that have a matching output activation (`bce`: sigmoid, `softmax_ce`: softmax) are
/// computed from the pre-activations, so that no logarithm of 0 arises.
package struct Loss: Named {
  /// The sum over a block of samples, with derivatives.
  ///
  /// Row k of `z` and `delta` starts at lane `k * stride`, of `targets` at `k * targetStride`.
  /// `count` samples are real: what stands in the other lanes adds nothing, and their `delta` is 0.
  /// `delta[k][s] = scale · ∂ℓ_s/∂z_k`. `delta` may be nil when only the sum is wanted. The sum is
  /// taken lane by lane, and not multiplied by `scale`.
  package typealias Evaluate =
    @Sendable (
      _ z: UnsafePointer<Lanes>, _ targets: UnsafePointer<Lanes>,
      _ delta: UnsafeMutablePointer<Lanes>?, _ block: LossBlock
    ) -> Lanes
  /// How derivatives change when the values move along `direction`: `out[k][s] = scale · Σ_j
  /// ∂²ℓ_s/∂z_k∂z_j · direction[j][s]`.
  package typealias Curvature =
    @Sendable (
      _ z: UnsafePointer<Lanes>, _ targets: UnsafePointer<Lanes>,
      _ direction: UnsafePointer<Lanes>, _ out: UnsafeMutablePointer<Lanes>, _ block: LossBlock
    ) -> Void

  /// What a loss's values are, and which outputs go with it.
  package enum Scores: Sendable, Equatable {
    /// Values of a function: any output activation may be set; a class is told by 0.5.
    case values
    /// Signed scores: any output activation may be set; a class is told by the sign.
    case margins
    /// Logits of the logistic function; the output is its sigmoid.
    case logits
    /// Logits of a distribution over classes; the output is their softmax.
    case classes
  }

  package let name: String
  package let summary: String
  /// The formula of one output of one sample, for people.
  package let formula: String
  /// At most one number that shapes it (`delta`).
  package let hyperparameters: [Hyperparameter]
  /// What its values are.
  package let scores: Scores
  /// Its derivative over the error where that is the same everywhere: where it is the square of the
  /// error times half of it; else 0.
  package let slopeOfError: Double
  /// Whether it is the square of the error, times a number.
  package var isSquared: Bool { slopeOfError > 0 }
  /// Sum and derivatives.
  package let evaluate: Evaluate
  /// Change of derivatives.
  package let curvature: Curvature

  init(
    _ name: String, _ formula: String, _ summary: String, scores: Scores,
    hyperparameters: [Hyperparameter] = [], slopeOfError: Double = 0,
    evaluate: @escaping Evaluate,
    curvature: @escaping Curvature
  ) {
    precondition(hyperparameters.count <= 1, "\(name) has more than one setting")
    self.name = name
    self.formula = formula
    self.summary = summary
    self.scores = scores
    self.slopeOfError = slopeOfError
    self.hyperparameters = hyperparameters
    self.evaluate = evaluate
    self.curvature = curvature
  }

  /// All losses: of values, then of classes.
  package static let all = Catalogue<Loss>(
    kind: "loss",
    [
      .squared, .halfSquared, .absolute, .huber, .binaryCrossEntropy, .softmaxCrossEntropy, .hinge,
      .perceptron, .signedSquared,
    ])

  /// The number that shapes it, of given settings; 0 where there is none.
  package func setting(_ settings: Settings) -> Double {
    hyperparameters.first.map { settings[$0.name] } ?? 0
  }
}

/// The shape of a block of samples that a loss is computed on.
package struct LossBlock: Sendable {
  /// Rows: outputs.
  package var outputs: Int
  /// Lanes from one row of values or derivatives to the next.
  package var stride: Int
  /// Lanes from one row of targets to the next.
  package var targetStride: Int
  /// Samples that are real.
  package var count: Int
  /// Multiplies derivatives (1/n for a mean).
  package var scale: Double
  /// The loss's own setting.
  package var setting: Double
  /// Whether the sum is wanted beside the derivatives; where it is not, what stands for it says
  /// nothing.
  package var wantsSum = true
  /// Lanes that hold samples.
  var lanes: Int { (count &+ 7) >> 3 }

  /// What `x` holds of real samples in lane block `i`, and 0 elsewhere.
  @inline(__always)
  func real(_ x: Lanes, _ i: Int) -> Lanes {
    let left = count &- (i &<< 3)
    guard left < 8 else { return x }
    let numbers = Lanes(0, 1, 2, 3, 4, 5, 6, 7)
    return Lanes.zero.replacing(with: x, where: numbers .< Lanes(repeating: Double(left)))
  }

  /// Goes over all rows lane by lane, keeping what `body` says of real samples only: its value is
  /// summed, its derivative stored.
  ///
  /// The sum is taken lane by lane, row by row; whoever has samples in lanes folds it in
  /// `Reduction.sum`'s order.
  @inline(__always)
  func each(
    _ z: UnsafePointer<Lanes>, _ targets: UnsafePointer<Lanes>,
    _ delta: UnsafeMutablePointer<Lanes>?,
    _ body: (_ z: Lanes, _ target: Lanes) -> (value: Lanes, derivative: Lanes)
  ) -> Lanes {
    var sum = Lanes.zero
    for k in 0..<outputs {
      let row = k &* stride
      for i in 0..<lanes {
        let (value, derivative) = body(z[row &+ i], targets[k &* targetStride &+ i])
        sum += real(value, i)
        delta?[row &+ i] = real(derivative * scale, i)
      }
    }
    return sum
  }

  /// Goes over all rows lane by lane for losses whose second derivatives are diagonal: `body` gives
  /// ∂²ℓ/∂z².
  @inline(__always)
  func eachCurvature(
    _ z: UnsafePointer<Lanes>, _ targets: UnsafePointer<Lanes>, _ direction: UnsafePointer<Lanes>,
    _ out: UnsafeMutablePointer<Lanes>, _ body: (_ z: Lanes, _ target: Lanes) -> Lanes
  ) {
    for k in 0..<outputs {
      let row = k &* stride
      for i in 0..<lanes {
        let value = body(z[row &+ i], targets[k &* targetStride &+ i]) * direction[row &+ i] * scale
        out[row &+ i] = real(value, i)
      }
    }
  }
}
