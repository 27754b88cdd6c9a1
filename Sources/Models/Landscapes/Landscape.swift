package import Lanes

/// A function of one or two variables, compiled by hand: value, derivatives and curvature.
///
/// `evaluate` serves one run and a map of many alike: points are rows of lanes, and a single point
/// is a row of one.
package struct Landscape: Named {
  /// Values and derivatives at `count` lanes of points.
  ///
  /// `value` may be nil when only derivatives are wanted; `y` and `dy` are not touched by functions
  /// of one variable. Rows of results may not overlap those of points. `constants` comes from
  /// `constants(of:)`.
  package typealias Evaluate =
    @Sendable (
      _ x: UnsafePointer<Lanes>, _ y: UnsafePointer<Lanes>,
      _ value: UnsafeMutablePointer<Lanes>?, _ dx: UnsafeMutablePointer<Lanes>,
      _ dy: UnsafeMutablePointer<Lanes>, _ count: Int, _ constants: SIMD4<Double>
    ) -> Void
  /// Second derivatives (xx, xy, yx, yy) at a point; functions of one variable have the first
  /// alone.
  package typealias Hessian =
    @Sendable (_ point: SIMD2<Double>, _ settings: Settings) -> SIMD4<Double>

  package let name: String
  package let summary: String
  /// The formula for people (`(1 − x)² + 100 (y − x²)²`).
  package let formula: String
  /// 1 or 2.
  package let variableCount: Int
  /// Numbers that shape it.
  package let hyperparameters: [Hyperparameter]
  /// The part of the x axis worth drawing.
  package let xRange: ClosedRange<Double>
  /// The part of the y axis worth drawing (of the value, when there is one variable).
  package let yRange: ClosedRange<Double>
  /// An instructive start.
  package let start: [Double]
  /// Known local minima inside the ranges.
  package let minima: @Sendable (Settings) -> [[Double]]
  /// The numbers that `evaluate` needs of the settings, worked out once: by default the settings in
  /// order.
  package let constants: @Sendable (Settings) -> SIMD4<Double>
  /// Values and derivatives.
  package let evaluate: Evaluate
  /// A loop of steps of its own, where that is worth it: points stay in registers, and steps of
  /// several overlap.
  package let descent: FunctionObjective.Descent?
  /// Second derivatives.
  package let hessian: Hessian

  init(
    _ name: String, _ formula: String, _ summary: String, variables: Int = 2,
    hyperparameters: [Hyperparameter] = [], x: ClosedRange<Double>, y: ClosedRange<Double>,
    start: [Double], minima: @escaping @Sendable (Settings) -> [[Double]],
    hessian: @escaping Hessian,
    constants: (@Sendable (Settings) -> SIMD4<Double>)? = nil,
    descent: FunctionObjective.Descent? = nil,
    evaluate: @escaping Evaluate
  ) {
    precondition(hyperparameters.count <= 4, "\(name) has more than four settings")
    self.name = name
    self.formula = formula
    self.summary = summary
    variableCount = variables
    self.hyperparameters = hyperparameters
    xRange = x
    yRange = y
    self.start = start
    self.minima = minima
    self.hessian = hessian
    self.evaluate = evaluate
    self.descent = descent
    self.constants =
      constants ?? { settings in
        var numbers = SIMD4<Double>()
        for (i, setting) in hyperparameters.enumerated() { numbers[i] = settings[setting.name] }
        return numbers
      }
  }

  /// All landscapes, from simple to treacherous.
  package static let all = Catalogue<Landscape>(
    kind: "landscape",
    [
      .parabola, .doubleWell, .xsin, .quadratic, .saddle, .monkeySaddle, .booth, .rosenbrock,
      .himmelblau, .beale, .rastrigin,
    ])
}
