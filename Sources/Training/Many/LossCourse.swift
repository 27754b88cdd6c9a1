/// Whether and how fast the losses of a run fell, step by step, as pictures of the border of
/// trainability have it.
///
/// With `v_t = min(L_t/L_0, 10⁶)`, where losses that are not finite count as 10⁶, a run has
/// converged if the mean of the last 20 is less than 1. Sohl-Dickstein (2024), "The boundary of
/// neural network trainability is fractal", arXiv 2402.06184, and its notebook.
package struct LossCourse: Sendable, Equatable {
  private static let greatest = 1e6
  /// Losses of 0 count as this share, so that sums stay finite.
  private static let least = 1e-300
  private static let window = 20

  private var first: Double?
  private var count = 0
  private var sum = 0.0
  private var inverseSum = 0.0
  /// The last values, in no particular order.
  private var recent: [Double] = []

  init() {}

  /// Counts the loss before a step.
  mutating func add(_ loss: Double) {
    let start = first ?? loss
    first = start
    // A loss that is 0 or less, or not finite, at the start is no measure of what follows.
    let share = loss / start
    let value =
      start.isFinite && start > 0 && share.isFinite
      ? min(max(share, Self.least), Self.greatest) : Self.greatest
    sum += value
    inverseSum += 1 / value
    if recent.count < Self.window {
      recent.append(value)
    } else {
      recent[count % Self.window] = value
    }
    count += 1
  }

  /// Counts what a run that stopped being finite would have brought up to `steps` steps; of one
  /// that its last step has lost, what the next would find.
  mutating func diverge(until steps: Int) {
    guard first != nil else { return }
    for _ in min(count, steps)..<steps { add(.infinity) }
    if recent[(count - 1) % Self.window] < Self.greatest { add(.infinity) }
  }

  /// Whether the run converged.
  package var isConverged: Bool {
    !recent.isEmpty && recent.reduce(0, +) / Double(recent.count) < 1
  }

  /// `−Σ v_t` of runs that converged, which is near 0 where they did so fast; `Σ 1/v_t` of others,
  /// which is near 0 where they left fast.
  package var measure: Double { isConverged ? -sum : inverseSum }
}
