import Lanes

/// L1 and L2 penalties on weights: `l1 Σ|w| + l2/2 Σ w²`; biases and columns of ones are left out.
struct Penalty: Sendable, Equatable {
  /// The factor of Σ|w|.
  let l1: Double
  /// Half of it is the factor of Σw².
  let l2: Double
  /// Whether both are divided by the number of samples of the batch.
  let perSample: Bool
  /// The flat parameters that count as weights.
  let weights: [Range<Int>]
  /// Whether there is nothing to add.
  let isNone: Bool
  /// How steps heed the part with absolute values; only `subgradient` puts it into the gradient.
  let rule: L1Rule

  init(
    l1: Double, l2: Double, perSample: Bool, weights: [Range<Int>], rule: L1Rule = .subgradient
  ) {
    self.l1 = l1
    self.l2 = l2
    self.perSample = perSample
    self.weights = weights
    isNone = l1 == 0 && l2 == 0
    self.rule = rule
  }

  /// What is made of weights after a step; nil: nothing, the gradient says it all.
  var shrinkage: Shrinkage? {
    guard rule != .subgradient, l1 != 0 else { return nil }
    return Shrinkage(rule: rule, l1: l1, perSample: perSample, weights: weights)
  }

  /// The penalty at `parameters`; adds its gradients to `gradient` where that is given.
  @inline(__always)
  func add(
    at parameters: UnsafePointer<Double>, samples: Int, gradient: UnsafeMutablePointer<Double>?
  ) -> Double {
    isNone ? 0 : addAll(at: parameters, samples: samples, gradient: gradient)
  }

  @inline(never)
  private func addAll(
    at parameters: UnsafePointer<Double>, samples: Int, gradient: UnsafeMutablePointer<Double>?
  ) -> Double {
    let share = perSample ? 1 / Double(max(samples, 1)) : 1
    let first = l1 * share
    let second = l2 * share
    let subgradient = rule == .subgradient ? first : 0
    var size = 0.0
    var squares = 0.0
    for range in weights {
      for i in range {
        let w = parameters[i]
        size += abs(w)
        squares.addProduct(w, w)
        if let gradient {
          let sign: Double = w > 0 ? 1 : w < 0 ? -1 : w
          gradient[i] += (second * w).addingProduct(subgradient, sign)
        }
      }
    }
    return (first * size).addingProduct(second * 0.5, squares)
  }
}
