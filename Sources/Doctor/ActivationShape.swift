import Lanes
import Models
import Training

/// What an activation looks like, found by evaluating it: its range, and where its derivative is 0.
struct ActivationShape {
  /// The values that it can come near to; infinite where it grows without bound.
  let range: ClosedRange<Double>
  /// Whether its derivative is 0 everywhere.
  let isFlat: Bool
  /// Whether it is 0 with derivative 0 for all negative numbers, and not for positive ones.
  let isSilentBelowZero: Bool
  /// Whether it levels off at both ends.
  let isBounded: Bool

  init(_ activation: Activation, setting: Double) {
    var points = (0...2000).map { (place: Int) -> Double in -50 + 0.05 * Double(place) + 0.0123 }
    points += [-1e4, 1e4]
    let values = ActivationShape.values(activation, setting, at: points)
    let derivatives = ActivationShape.derivatives(activation, setting, at: points)
    range = activation.range
    isFlat = derivatives.allSatisfy { $0 == 0 }
    let below = points.indices.filter { points[$0] < 0 }
    isSilentBelowZero =
      !isFlat && below.allSatisfy { derivatives[$0] == 0 && values[$0] == 0 }
    isBounded = range.lowerBound.isFinite && range.upperBound.isFinite
  }

  /// φ at points.
  static func values(_ activation: Activation, _ setting: Double, at z: [Double]) -> [Double] {
    let input = lanes(z)
    var output = [Lanes](repeating: .zero, count: input.count)
    input.withUnsafeBufferPointer { z in
      output.withUnsafeMutableBufferPointer { a in
        guard let z = z.baseAddress, let a = a.baseAddress else { return }
        activation.values(z, a, input.count, setting)
      }
    }
    return doubles(output, z.count)
  }

  /// φ' at points.
  static func derivatives(
    _ activation: Activation, _ setting: Double, at z: [Double]
  ) -> [Double] {
    let input = lanes(z)
    let values = lanes(self.values(activation, setting, at: z))
    var delta = [Lanes](repeating: Lanes(repeating: 1), count: input.count)
    input.withUnsafeBufferPointer { z in
      values.withUnsafeBufferPointer { a in
        delta.withUnsafeMutableBufferPointer { delta in
          guard let z = z.baseAddress, let a = a.baseAddress, let delta = delta.baseAddress else {
            return
          }
          activation.pullBack(z, a, delta, input.count, setting)
        }
      }
    }
    return doubles(delta, z.count)
  }

  private static func lanes(_ values: [Double]) -> [Lanes] {
    stride(from: 0, to: values.count, by: 8).map { start in
      var lane = Lanes.zero
      for i in 0..<min(8, values.count - start) { lane[i] = values[start + i] }
      return lane
    }
  }

  private static func doubles(_ lanes: [Lanes], _ count: Int) -> [Double] {
    (0..<count).map { lanes[$0 / 8][$0 % 8] }
  }
}
