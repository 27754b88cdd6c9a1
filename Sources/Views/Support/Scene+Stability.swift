import Lanes
import Optimization
import Terminal
import Training

extension Scene {
  /// What the optimizer in force says of its own limit.
  var rateLimit: RateLimit? { optimizers[snapshot.experiment.optimizer.name]?.limit }

  /// The law by which errors near any minimum shrink now, where it does not depend on what the
  /// optimizer divides by: then a curvature alone tells the limit.
  var lawOfCurvature: LinearStability? {
    guard let law = snapshot.stability, !law.isPreconditioned else { return nil }
    return law
  }

  /// The rate below which the run would settle where the greatest curvature is `curvature`; nil
  /// where no curvature tells.
  func rateLimit(curvature: Double?) -> Double? {
    guard let curvature, let law = lawOfCurvature else { return nil }
    return law.rateLimit(eigenvalue: curvature + law.addedCurvature)
  }

  /// The name of the factor by which errors change a step.
  var factorName: String {
    guard let law = snapshot.stability else { return "" }
    return law.isMemoryless && !law.isPreconditioned && law.decay == 0 ? "|1 − ηλ|" : "factor ρ"
  }

  /// Why there is no limit to show; nil where there is one.
  var missingLimit: String? {
    guard snapshot.stability == nil, let rateLimit else { return nil }
    let title = optimizers[snapshot.experiment.optimizer.name]?.title ?? ""
    switch rateLimit {
    case .none where snapshot.optimizerLack != nil:
      return title + " goes by Adam here (no matrices): Adam's limit"
    case .none(let why): return title + " has no limit of this form: " + why
    case .preconditioned: return title + " divides by what it has met: after the first step"
    case .eigenvalue: return nil
    }
  }
}
