import Lanes
import Models
import Training

/// Where a run has come to rest.
struct Rest {
  /// The first step from which the gradient was below a thousandth of its greatest.
  let since: Int
  /// Its extreme curvatures there.
  let curvature: Extremes

  /// Where the gradient has all but vanished: 10⁻⁴ of its greatest (10⁻⁵ for networks), or nothing
  /// has moved at all.
  init?(_ run: Examination) {
    guard run.isExact, !run.hasDiverged, run.steps >= 10 else { return nil }
    let greatest = run.observations.reduce(0) { max($0, $1.gradientNorm) }
    let share = run.isFunction ? 1e-4 : 1e-5
    let moved = run.observations.contains { $0.parameters != run.first.parameters }
    guard run.last.gradientNorm <= share * greatest || !moved,
      let curvature = run.curvature(at: run.last)
    else { return nil }
    since = run.firstStep { $0.gradientNorm <= 1e-3 * greatest } ?? (moved ? run.last.step : 0)
    self.curvature = curvature
  }

  /// Whether it goes down on some side: λmin is below 0 by more than rounding.
  var goesDown: Bool {
    curvature.least < -1e-6 * max(abs(curvature.greatest), abs(curvature.least))
      && curvature.least < -1e-9
  }
}
