/// How a step heeds the L1 penalty.
package enum L1Rule: String, Sendable, CaseIterable {
  /// Its subgradient is part of the gradient: weights come near 0 and swing about it.
  case subgradient
  /// After the step each weight goes towards 0 by rate · λ and stops there (soft threshold):
  /// weights become 0 and may come back.
  case proximal
  /// TensorFlow Playground's: the step of `subgradient`; a weight that its penalty carries over 0
  /// becomes 0 and stays 0.
  case clip
}

/// What the L1 penalty makes of weights after a step, for rules that do not put it into the
/// gradient.
package struct Shrinkage: Sendable, Equatable {
  /// The rule; not `subgradient`.
  package let rule: L1Rule
  /// The penalty's factor.
  package let l1: Double
  /// Whether it is divided by the number of samples of the batch.
  package let perSample: Bool
  /// The flat parameters that are weights.
  package let weights: [Range<Int>]

  /// Moves the weights of a step, and leaves no change of theirs to be subtracted.
  ///
  /// - Parameters:
  ///   - change: What the optimizer would subtract, made of the gradient without the penalty.
  ///   - dead: The weights that `clip` has cut, one flag a parameter; they stay as they are.
  package func apply(
    _ parameters: UnsafeMutablePointer<Double>, change: UnsafeMutablePointer<Double>,
    rate: Double, samples: Int, dead: inout [Bool]
  ) {
    let strength = rate * (perSample ? l1 / Double(max(samples, 1)) : l1)
    for range in weights {
      for i in range {
        let weight = parameters[i]
        let moved = weight - change[i]
        change[i] = 0
        switch rule {
        case .subgradient: parameters[i] = moved
        case .proximal:
          // NaN goes through.
          parameters[i] =
            moved > strength
            ? moved - strength : moved < -strength ? moved + strength : moved.isNaN ? moved : 0
        case .clip:
          guard !dead[i] else { continue }
          let sign: Double = weight > 0 ? 1 : weight < 0 ? -1 : weight
          let next = moved - strength * sign
          dead[i] = moved * next < 0
          parameters[i] = dead[i] ? 0 : next
        }
      }
    }
  }
}
