import Lanes
import Models
import Optimization
import Training

/// What one step of an optimizer without adaptive rates makes of the error along an eigenvector of
/// the Hessian.
///
/// With eigenvalue λ (weight decay added), rate η, momentum γ and dampening d, the error e and the
/// velocity v go through
///
///     v ← γ v + (1 − d) λ e,   e ← e − η v              (gradient descent: γ = 0; heavy ball)
///     v ← γ v + (1 − d) λ e,   e ← e − η (λ e + γ v)    (Nesterov, PyTorch's form)
///
/// The error shrinks when the spectral radius of that 2 × 2 matrix is below 1: for d = 0 when η is
/// below 2/λ, 2(1+γ)/λ and 2(1+γ)/((1+2γ)λ).
struct StepLaw: Equatable {
  /// γ.
  let momentum: Double
  /// d.
  let dampening: Double
  /// Whether the gradient is looked at ahead.
  let isNesterov: Bool
  /// Added to every eigenvalue.
  let decay: Double

  /// The law of a choice of optimizer; nil where there is none of this form.
  init?(_ choice: Choice) {
    guard let entry = Optimizer.catalogue[choice.name],
      [Optimizer.gd, .momentum, .nesterov].contains(where: { $0.name == entry.name })
    else { return nil }
    func setting(_ name: String) -> Double {
      choice.settings[name]
        ?? entry.hyperparameters.first { $0.name == name }?.defaultValue ?? 0
    }
    momentum = setting("momentum")
    dampening = momentum == 0 ? 0 : setting("dampening")
    isNesterov = entry.name == Optimizer.nesterov.name
    decay = setting("weight_decay")
  }

  /// The spectral radius of one step's matrix.
  func radius(rate: Double, eigenvalue: Double) -> Double {
    let curvature = eigenvalue + decay
    let fresh = (1 - dampening) * curvature
    // Rows (e, v) of the matrix that takes (e, v) to the next.
    let (a, b) =
      isNesterov
      ? (1 - rate * (curvature + momentum * fresh), -rate * momentum * momentum)
      : (1 - rate * fresh, -rate * momentum)
    let (c, d) = (fresh, momentum)
    let half = (a + d) / 2
    let determinant = a * d - b * c
    let root = half * half - determinant
    return root >= 0 ? abs(half) + root.squareRoot() : determinant.squareRoot()
  }

  /// The rate above which the error along an eigenvector grows; infinity where it never does, 0
  /// where it always does.
  func limit(eigenvalue: Double) -> Double {
    let curvature = eigenvalue + decay
    guard curvature > 0 else { return curvature < 0 ? 0 : .infinity }
    let fresh = 1 - dampening
    // The eigenvalue −1 is reached first: 2(1 + γ) = η λ (1 − d) for the heavy ball.
    return isNesterov
      ? 2 * (1 + momentum) / ((1 + momentum + momentum * fresh) * curvature)
      : 2 * (1 + momentum) / (fresh * curvature)
  }
}
