package import Models

/// The requirements of the universal approximation theorem, tried out on an activation's values.
///
/// They are looked for on a fine grid near 0 and far out, so what is said is what the values show,
/// with the place where a requirement fails.
package struct ActivationCheck: Sendable, Equatable {
  /// A sudden change of value.
  package struct Jump: Sendable, Equatable {
    /// Where.
    package var place: Double
    /// How much.
    package var size: Double
  }

  /// What the values show.
  package let conditions: Activation.Conditions
  /// The least and greatest value that were met.
  package let range: ClosedRange<Double>
  /// Where values fall, as near to 0 as they do; nil: nowhere.
  package let fall: Double?
  /// The greatest jump; nil: none.
  package let jump: Jump?

  /// Tries an activation out; `setting` is its own number.
  package init(_ activation: Activation, setting: Double) {
    let near = (0...Int(2 * ActivationCheck.reach / ActivationCheck.spacing)).map {
      -ActivationCheck.reach + Double($0) * ActivationCheck.spacing
    }
    func values(_ places: [Double]) -> [Double] {
      activation.table(places, setting: setting).map(\.value)
    }
    let heights = values(near)
    let far = values([-1e6, -1e3, 1e3, 1e6])
    let low = (heights + far).min() ?? 0
    let high = (heights + far).max() ?? 0
    range = low...max(low, high)
    let grows = max(abs(far[0]), abs(far[3])) > 10 * max(abs(far[1]), abs(far[2]), 1)
    // A fall by rounding is none.
    let slack = 1e-12 * max(1, abs(heights[0]), abs(heights[heights.count - 1]))
    let fallIndex = heights.indices.dropFirst()
      .filter { heights[$0] < heights[$0 - 1] - slack }
      .min { abs(near[$0]) < abs(near[$1]) }
    fall = fallIndex.map { near[$0 - 1] }
    // Far out values agree to the last bit although the function still rises.
    let middle = near.indices.dropFirst().filter { abs(near[$0]) <= 5 }
    let rises = middle.allSatisfy { heights[$0] > heights[$0 - 1] }
    jump = ActivationCheck.jump(near, heights, values)
    conditions = Activation.Conditions(
      nonConstant: high > low, bounded: !grows, monotone: fallIndex == nil,
      strictlyMonotone: fallIndex == nil && rises, continuous: jump == nil)
  }

  private static let reach = 30.0
  private static let spacing = 1.0 / 64

  /// The greatest difference of neighbours that does not shrink when they move together.
  private static func jump(
    _ places: [Double], _ heights: [Double], _ values: ([Double]) -> [Double]
  ) -> Jump? {
    var greatest: Jump?
    for index in places.indices.dropFirst() {
      let whole = abs(heights[index] - heights[index - 1])
      guard whole > 0.05, whole > greatest?.size ?? 0 else { continue }
      var (left, right) = (places[index - 1], places[index])
      var (low, high) = (heights[index - 1], heights[index])
      for _ in 0..<60 {
        let middle = left + (right - left) / 2
        guard middle > left, middle < right else { break }
        let height = values([middle])[0]
        if abs(height - low) > abs(high - height) {
          (right, high) = (middle, height)
        } else {
          (left, low) = (middle, height)
        }
      }
      if abs(high - low) > 0.5 * whole { greatest = Jump(place: right, size: abs(high - low)) }
    }
    return greatest
  }
}
