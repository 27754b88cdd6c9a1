import Lanes
import Models
import Training

/// The minimum that a descent with second derivatives finds from a place.
struct Minimum {
  /// The place.
  var parameters: [Double]
  /// The training loss there.
  var loss: Double
  /// The norm of the gradient there.
  var gradientNorm: Double
  /// The Hessian there, where it has few rows.
  var spectrum: Spectrum?
  /// Whether the descent ended because the gradient vanished (to 10⁻⁶ of the greatest on the way).
  var isAtRest: Bool

  /// Newton's method with the Levenberg–Marquardt damping for up to `HessianProbe.limit`
  /// parameters, L-BFGS for more.
  init?(_ objective: any Objective, from start: [Double], iterations: Int = 200) {
    guard objective.parameterCount == start.count, start.allSatisfy(\.isFinite) else { return nil }
    guard start.count <= HessianProbe.limit else {
      guard let result = Minimum.limitedMemory(objective, from: start, iterations) else {
        return nil
      }
      self = result
      return
    }
    let evaluator = Evaluator(objective)
    var place = start
    var (value, gradient) = evaluator.lossAndGradient(at: place)
    guard value.isFinite else { return nil }
    var size = VectorMath.norm(gradient)
    let greatest = size
    var damping = 1e-6
    for _ in 0..<iterations {
      guard size > 1e-13 * greatest, size > 0,
        let hessian = HessianProbe.hessian(of: objective, at: place)
      else { break }
      let eigen = HessianProbe.eigen(hessian, size: start.count)
      let scale = max(eigen.eigenvalues.reduce(0) { max($0, abs($1)) }, 1e-300)
      var improved = false
      for _ in 0..<30 {
        var next = place
        for (eigenvalue, direction) in zip(eigen.eigenvalues, eigen.eigenvectors) {
          let along = VectorMath.dot(direction, gradient)
          let divisor = abs(eigenvalue) + damping * scale
          next = VectorMath.add(next, direction, times: -along / divisor)
        }
        let trial = evaluator.lossAndGradient(at: next)
        let trialSize = VectorMath.norm(trial.gradient)
        if trial.loss < value || trial.loss <= value && trialSize < size {
          (place, value, gradient, size) = (next, trial.loss, trial.gradient, trialSize)
          damping = max(damping / 10, 1e-14)
          improved = true
          break
        }
        damping = min(damping * 10, 1e6)
      }
      if !improved { break }
    }
    parameters = place
    loss = value
    gradientNorm = size
    isAtRest = size <= 1e-6 * greatest || size <= 1e-10
    spectrum = HessianProbe.hessian(of: objective, at: place).map {
      HessianProbe.eigen($0, size: start.count)
    }
  }

  private init(parameters: [Double], loss: Double, gradientNorm: Double, isAtRest: Bool) {
    self.parameters = parameters
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.isAtRest = isAtRest
    spectrum = nil
  }

  private static func limitedMemory(
    _ objective: any Objective, from start: [Double], _ iterations: Int
  ) -> Minimum? {
    var experiment = Experiment(
      name: "minimum", problem: .function(FunctionProblem(formula: "")))
    experiment.optimizer = .init("lbfgs")
    experiment.learningRate = .value(1)
    guard var run = try? Run(experiment, objective: objective, start: start) else { return nil }
    run.measuresSplits = false
    let first = VectorMath.norm(objective.lossAndGradient(at: start).gradient)
    run.advance(iterations)
    let (loss, gradient) = objective.lossAndGradient(at: run.parameters)
    guard loss.isFinite else { return nil }
    let size = VectorMath.norm(gradient)
    return Minimum(
      parameters: run.parameters, loss: loss, gradientNorm: size, isAtRest: size <= 1e-6 * first)
  }
}
