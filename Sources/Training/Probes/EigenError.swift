import Models
package import Optimization

/// The error θ − θ* of a descent, taken apart along the eigenvectors of the Hessian at the optimum
/// θ*.
///
/// Near θ* the loss is a sum of parabolas, one an eigenvector, and plain descent with rate η
/// multiplies the error along the eigenvector of eigenvalue λ by 1 − ηλ each step. At η = 1/λmax
/// the error along the steepest one dies at once. Rules with a velocity follow `LinearStability`:
/// e′′ = T e′ − D e.
package struct EigenError: Sendable, Equatable {
  /// Where the loss is least.
  package var optimum: [Double]
  /// Second derivatives there.
  package var spectrum: Spectrum
  /// The steps of the trajectory.
  package var steps: [Int]
  /// Signed errors: one row an eigenvector, one entry a step of the trajectory.
  package var errors: [[Double]]

  /// The most parameters: runs keep trajectories of no more.
  package static let limit = 3

  /// The errors along the trajectory of a snapshot; nil without a trajectory, or where a descent by
  /// Newton's method from the trajectory's end finds no place with a vanishing gradient and a
  /// positive Hessian.
  package init?(_ snapshot: Snapshot) {
    let count = snapshot.objective.parameterCount
    let trajectory = snapshot.trajectory
    guard count > 0, count <= EigenError.limit, trajectory.dimension == count,
      trajectory.points.count == trajectory.steps.count * count, !trajectory.steps.isEmpty
    else { return nil }
    let last = trajectory.steps.indices.last {
      trajectory.points[$0 * count..<($0 + 1) * count].allSatisfy { $0.isFinite && abs($0) < 1e100 }
    }
    guard let last,
      let (optimum, spectrum) = EigenError.optimum(
        of: snapshot.objective, from: Array(trajectory.points[last * count..<(last + 1) * count]))
    else { return nil }
    self.optimum = optimum
    self.spectrum = spectrum
    steps = trajectory.steps
    errors = spectrum.eigenvectors.map { direction in
      trajectory.steps.indices.map { index in
        (0..<count).reduce(0) {
          $0 + (trajectory.points[index * count + $1] - optimum[$1]) * direction[$1]
        }
      }
    }
  }

  /// What a step of an optimizer with that law makes of the error along each eigenvector, in the
  /// long run.
  package func factors(_ law: LinearStability, rate: Double) -> [Double] {
    spectrum.eigenvalues.map { law.factor(rate: rate, eigenvalue: $0) }
  }

  /// The errors along an eigenvector that the law foretells for the steps from `first` on, `count`
  /// of them: from two errors that stand one step apart in the trajectory, or from one where the
  /// memory was empty or there is none. Nil where the trajectory has neither.
  package func prediction(
    _ law: LinearStability, rate: Double, along index: Int, from first: Int, count: Int
  ) -> [Double]? {
    let eigenvalue = spectrum.eigenvalues[index]
    guard count > 0, let place = steps.firstIndex(of: first) else { return nil }
    var errors = [self.errors[index][place]]
    if !law.isMemoryless, place + 1 < steps.count, steps[place + 1] == first + 1 {
      errors.append(self.errors[index][place + 1])
    } else if law.isMemoryless || first == 0 {
      errors.append(errors[0] * law.firstFactor(rate: rate, eigenvalue: eigenvalue))
    } else {
      return nil
    }
    let trace = law.trace(rate: rate, eigenvalue: eigenvalue)
    let determinant = law.determinant(rate: rate, eigenvalue: eigenvalue)
    while errors.count < count {
      let last = errors.count - 1
      errors.append(trace * errors[last] - determinant * errors[last - 1])
    }
    return errors
  }

  /// The minimum that Newton's method with damping finds from `start`, polished until rounding ends
  /// it.
  private static func optimum(
    of objective: any Objective, from start: [Double]
  ) -> (place: [Double], spectrum: Spectrum)? {
    let evaluator = Evaluator(objective)
    let count = objective.parameterCount
    var place = start
    var (loss, gradient) = evaluator.lossAndGradient(at: place)
    var spectrum: Spectrum?
    for _ in 0..<100 {
      guard loss.isFinite, let hessian = HessianProbe.hessian(of: objective, at: place) else {
        return nil
      }
      let eigen = HessianProbe.eigen(hessian, size: count)
      spectrum = eigen
      let size = gradient.reduce(0) { max($0, abs($1)) }
      guard size > 0 else { break }
      let most = eigen.eigenvalues.reduce(0) { max($0, abs($1)) }
      guard most > 0 else { return nil }
      // Along each eigenvector −g/|λ|: towards minima and away from maxima; flat directions are
      // left where they are.
      var step = [Double](repeating: 0, count: count)
      for (value, direction) in zip(eigen.eigenvalues, eigen.eigenvectors)
      where abs(value) > most * 1e-12 {
        let derivative = zip(direction, gradient).reduce(0) { $0 + $1.0 * $1.1 }
        for index in 0..<count { step[index] -= derivative / abs(value) * direction[index] }
      }
      var scale = 1.0
      var next: (place: [Double], loss: Double, gradient: [Double])?
      for _ in 0..<40 where next == nil {
        let trial = place.indices.map { place[$0] + scale * step[$0] }
        let result = evaluator.lossAndGradient(at: trial)
        let change = result.gradient.reduce(0) { max($0, abs($1)) }
        if result.loss < loss || result.loss.isFinite && change < size && scale == 1 {
          next = (trial, result.loss, result.gradient)
        }
        scale /= 2
      }
      guard let next else { break }
      (place, loss, gradient) = next
    }
    guard let spectrum, let least = spectrum.eigenvalues.last, least > 0,
      gradient.allSatisfy({ abs($0) < 1e-4 * max(1, spectrum.eigenvalues[0]) })
    else { return nil }
    return (place, spectrum)
  }
}
