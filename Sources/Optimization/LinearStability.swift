import Lanes

/// What one step makes of a small error near a minimum, for rules that are linear there.
///
/// Along an eigenvector of the Hessian with eigenvalue λ, an error e and the rule's memory turn by
/// a 2×2 matrix with trace `T = 1 + k − a ηλ − ηw` and determinant `D = k − c ηλ − k ηw`, where k
/// is the share of the memory that is kept and w the decoupled weight decay. Errors shrink in the
/// long run if both roots of z² − Tz + D lie inside the unit circle; the edge is the root −1, that
/// is `η = 2 (1 + k) / ((a + c) λ + (1 + k) w)`. Before the long run, the state of a rule with
/// memory may grow: the matrix is not normal. Rules that divide by a running mean are linear where
/// that is frozen: λ is then an eigenvalue of P^(−½) H P^(−½), P diagonal.
///
/// Polyak (1964); Lessard, Recht, Packard (2016), arXiv 1408.3595; Goh (2017), "Why momentum really
/// works"; Cohen et al. (2021), arXiv 2103.00065, and (2022), arXiv 2207.14484, for Nesterov and
/// Adam.
package struct LinearStability: Sendable, Equatable {
  /// k: the share of the memory that a step keeps.
  package var keep: Double
  /// a: how fast the trace falls with ηλ.
  package var traceSlope: Double
  /// c: how fast the determinant falls with ηλ.
  package var determinantSlope: Double
  /// w: weight decay beside the rule.
  package var decay = 0.0
  /// Weight decay through the gradient: it is added to the Hessian.
  package var addedCurvature = 0.0
  /// 1/P is the effective rate times this, divided by η; nil where P is 1.
  package var correction: Double?

  /// A rule that keeps `keep` of its memory.
  init(
    keep: Double = 0, traceSlope: Double = 1, determinantSlope: Double = 0,
    correction: Double? = nil
  ) {
    self.keep = keep
    self.traceSlope = traceSlope
    self.determinantSlope = determinantSlope
    self.correction = correction
  }

  /// A velocity of which `keep` is kept, with new gradients weakened to `fresh`; `looksAhead` for
  /// Nesterov's θ ← θ − η (g + γ v).
  static func heavyBall(keep: Double, fresh: Double = 1, looksAhead: Bool = false) -> Self {
    looksAhead
      ? Self(keep: keep, traceSlope: 1 + keep * fresh, determinantSlope: keep)
      : Self(keep: keep, traceSlope: fresh)
  }

  /// Whether eigenvalues are those of P^(−½) H P^(−½), with a P that is not 1.
  package var isPreconditioned: Bool { correction != nil }

  /// Whether the error of the next step follows from the error alone.
  package var isMemoryless: Bool { keep == 0 }

  /// The trace of the matrix of one step.
  package func trace(rate: Double, eigenvalue: Double) -> Double {
    1 + keep - rate * (traceSlope * eigenvalue + decay)
  }

  /// The determinant of the matrix of one step.
  package func determinant(rate: Double, eigenvalue: Double) -> Double {
    keep - rate * (determinantSlope * eigenvalue + keep * decay)
  }

  /// What a step leaves of an error when the memory is empty.
  package func firstFactor(rate: Double, eigenvalue: Double) -> Double {
    1 - rate * (traceSlope * eigenvalue + decay)
  }

  /// The factor by which errors change a step, in the long run: the spectral radius.
  package func factor(rate: Double, eigenvalue: Double) -> Double {
    1 - decrement(rate: rate, eigenvalue: eigenvalue)
  }

  /// One less the factor, with all its digits where the factor is near 1; negative where errors
  /// grow.
  package func decrement(rate: Double, eigenvalue: Double) -> Double {
    let t = trace(rate: rate, eigenvalue: eigenvalue)
    let d = determinant(rate: rate, eigenvalue: eigenvalue)
    let root = t * t - 4 * d
    if root < 0 { return 1 - d.squareRoot() }
    guard t >= 0 else { return 1 - (root.squareRoot() - t) / 2 }
    // The greater root is 1 − δ with δ² − (2 − T) δ + (1 − T + D) = 0; neither T nor D is formed.
    let sum = 1 - keep + rate * (traceSlope * eigenvalue + decay)
    let product =
      rate * ((traceSlope - determinantSlope) * eigenvalue + (1 - keep) * decay)
    let square = (sum * sum - 4 * product).squareRoot()
    let below = sum + square
    return below > 0 ? 2 * product / below : (sum - square) / 2
  }

  /// The steps in which the error turns round once where it oscillates by complex roots; nil where
  /// it does not.
  package func period(rate: Double, eigenvalue: Double) -> Double? {
    let t = trace(rate: rate, eigenvalue: eigenvalue)
    let d = determinant(rate: rate, eigenvalue: eigenvalue)
    guard t * t < 4 * d else { return nil }
    return 2 * .pi / Elementary.acos(t / (2 * d.squareRoot()))
  }

  /// The rate below which errors along an eigenvalue shrink; nil where it does not bend upwards.
  package func rateLimit(eigenvalue: Double) -> Double? {
    guard eigenvalue > 0 else { return nil }
    let fall = (traceSlope + determinantSlope) * eigenvalue + (1 + keep) * decay
    return 2 * (1 + keep) / fall
  }

  /// The eigenvalue below which errors shrink at a rate: where λmax hovers at the edge of
  /// stability; nil where decay alone is too much.
  package func eigenvalueLimit(rate: Double) -> Double? {
    guard rate > 0 else { return nil }
    let limit = (1 + keep) * (2 / rate - decay) / (traceSlope + determinantSlope)
    return limit > 0 ? limit : nil
  }
}

/// What is known of the greatest rate at which an optimizer's errors shrink.
package enum RateLimit: Sendable, Equatable {
  /// A formula of the greatest eigenvalue λ of the Hessian.
  case eigenvalue(String)
  /// A formula of the greatest eigenvalue λ of the Hessian divided by what the rule divides by now.
  case preconditioned(String)
  /// None, and why.
  case none(String)

  /// The formula, where there is one.
  package var formula: String? {
    switch self {
    case .eigenvalue(let formula), .preconditioned(let formula): formula
    case .none: nil
    }
  }
}
