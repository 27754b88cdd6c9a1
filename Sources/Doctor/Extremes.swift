import Differentiation
import Lanes
import Models
import Training

/// The extreme eigenvalues of the Hessian of the training loss at one place.
struct Extremes {
  /// λmin.
  var least: Double
  /// λmax.
  var greatest: Double
  /// The unit eigenvector of λmin.
  var leastDirection: [Double]
  /// The unit eigenvector of λmax.
  var greatestDirection: [Double]
  /// Whether all eigenvalues are known, not only the extreme ones from inside.
  var isComplete: Bool

  /// Exact for up to `HessianProbe.limit` parameters; by Lanczos' iteration for more. Nil where it
  /// is not finite.
  init?(_ objective: any Objective, at parameters: [Double]) {
    guard !parameters.isEmpty, parameters.allSatisfy(\.isFinite) else { return nil }
    if let hessian = HessianProbe.hessian(of: objective, at: parameters) {
      let eigen = HessianProbe.eigen(hessian, size: parameters.count)
      guard let first = eigen.eigenvalues.first, let last = eigen.eigenvalues.last,
        first.isFinite, last.isFinite
      else { return nil }
      greatest = first
      least = last
      greatestDirection = eigen.eigenvectors.first ?? []
      leastDirection = eigen.eigenvectors.last ?? []
      isComplete = true
      return
    }
    let found = Differentiation.Curvature.extremes(count: parameters.count) {
      objective.hessianProduct(at: parameters, times: $0)
    }
    guard found.largest.isFinite, found.smallest.isFinite else { return nil }
    greatest = found.largest
    least = found.smallest
    greatestDirection = found.largestDirection
    leastDirection = found.smallestDirection
    isComplete = false
  }
}
