import Lanes

/// L1 and L2 penalties on weights: `l1 Σ|w| + l2/2 Σ w²`; biases and columns of ones are left out.
struct Penalty: Sendable, Equatable {
  /// The factor of Σ|w|.
  var l1: Double
  /// Half of it is the factor of Σw².
  var l2: Double
  /// Whether both are divided by the number of samples of the batch.
  var perSample: Bool
  /// The flat parameters that count as weights.
  var weights: [Range<Int>]

  /// Whether there is nothing to add.
  var isNone: Bool { l1 == 0 && l2 == 0 }

  /// The penalty at `parameters`; adds its slopes to `gradient` where that is given.
  func add(
    at parameters: UnsafePointer<Double>, samples: Int, gradient: UnsafeMutablePointer<Double>?
  ) -> Double {
    guard !isNone else { return 0 }
    let share = perSample ? 1 / Double(max(samples, 1)) : 1
    let first = l1 * share
    let second = l2 * share
    var size = 0.0
    var squares = 0.0
    for range in weights {
      for i in range {
        let w = parameters[i]
        size += abs(w)
        squares.addProduct(w, w)
        if let gradient {
          let sign: Double = w > 0 ? 1 : w < 0 ? -1 : w
          gradient[i] += (second * w).addingProduct(first, sign)
        }
      }
    }
    return (first * size).addingProduct(second * 0.5, squares)
  }
}
