package import Lanes

/// A non-linearity that is applied unit by unit, with its first and second derivatives, on rows of
/// lanes.
///
/// Rows are unit-major: pre-activations z, activations a = φ(z). A row of results may be the row of
/// z itself only where said so.
package struct Activation: Named {
  /// φ of a row: `a[i] = φ(z[i])`; `a` may be `z` for tanh and the step, and may not overlap with
  /// it otherwise.
  package typealias Values =
    @Sendable (
      _ z: UnsafePointer<Lanes>, _ a: UnsafeMutablePointer<Lanes>, _ count: Int, _ setting: Double
    ) -> Void
  /// Back-propagation through φ: `delta[i] *= φ'(z[i])`, where a = φ(z) is at hand.
  package typealias PullBack =
    @Sendable (
      _ z: UnsafePointer<Lanes>, _ a: UnsafePointer<Lanes>, _ delta: UnsafeMutablePointer<Lanes>,
      _ count: Int, _ setting: Double
    ) -> Void

  /// The conditions of the notes' universal approximation theorem.
  package struct Conditions: Sendable, Equatable {
    /// It takes more than one value.
    package var nonConstant = true
    /// Its values stay between two numbers.
    package var bounded: Bool
    /// It never falls.
    package var monotone: Bool
    /// It never falls and never stays level.
    package var strictlyMonotone: Bool
    /// It has no jump.
    package var continuous = true

    /// Conditions.
    package init(
      nonConstant: Bool = true, bounded: Bool, monotone: Bool, strictlyMonotone: Bool,
      continuous: Bool = true
    ) {
      self.nonConstant = nonConstant
      self.bounded = bounded
      self.monotone = monotone
      self.strictlyMonotone = strictlyMonotone
      self.continuous = continuous
    }
  }

  package let name: String
  package let summary: String
  /// The formula for people.
  package let formula: String
  /// At most one number that shapes it (`alpha`).
  package let hyperparameters: [Hyperparameter]
  /// What the approximation theorem asks for.
  package let conditions: Conditions
  /// Whether it lets large positive sums through as they are and (nearly) nothing of negative
  /// ones: a ReLU or its kin.
  package let isRectifier: Bool
  /// What multiplies it: 1 but in layers whose outputs are scaled.
  package let scale: Double
  /// Where values stay, ends included; infinite where they do not.
  package let range: ClosedRange<Double>
  /// φ.
  package let values: Values
  /// φ'.
  package let pullBack: PullBack
  /// Multiplies by φ'': `delta[i] *= φ''(z[i])`.
  package let pullBackTwice: PullBack

  init(
    _ name: String, _ formula: String, _ summary: String, hyperparameters: [Hyperparameter] = [],
    conditions: Conditions, isRectifier: Bool = false, scale: Double = 1,
    range: ClosedRange<Double> = -.infinity ... .infinity, values: @escaping Values,
    pullBack: @escaping PullBack,
    pullBackTwice: @escaping PullBack
  ) {
    precondition(hyperparameters.count <= 1, "\(name) has more than one setting")
    self.name = name
    self.formula = formula
    self.summary = summary
    self.hyperparameters = hyperparameters
    self.conditions = conditions
    self.isRectifier = isRectifier
    self.scale = scale
    self.range = range
    self.values = values
    self.pullBack = pullBack
    self.pullBackTwice = pullBackTwice
  }

  /// All activations, from simple to recent.
  package static let all = Catalogue<Activation>(
    kind: "activation",
    [
      .identity, .step, .sigmoid, .tanh, .hardTanh, .softsign, .arctan, .sine, .gaussian, .relu,
      .leakyRelu, .elu, .softplus, .silu, .gelu, .geluTanh, .mish, .square,
    ])

  /// How weights of a layer with it are drawn when nobody says how: He's way under a rectifier
  /// (half of the variance is lost there), Glorot's otherwise.
  package var usualInitializer: Initializer { isRectifier ? .heNormal : .glorotUniform }

  /// Whether z itself is all that comes out.
  package var isIdentity: Bool { name == Activation.identity.name && scale == 1 }

  /// The number that shapes it, of given settings; 0 where there is none.
  package func setting(_ settings: Settings) -> Double {
    hyperparameters.first.map { settings[$0.name] } ?? 0
  }

  /// φ, φ' and φ'' at each of `z`, for plots; `setting` nil takes the default.
  package func table(_ z: [Double], setting: Double? = nil) -> [(
    value: Double, derivative: Double, curvature: Double
  )] {
    let setting = setting ?? hyperparameters.first?.defaultValue ?? 0
    let input = Vector(z).lanes
    var a = input
    var first = [Lanes](repeating: Lanes(repeating: 1), count: input.count)
    var second = first
    let count = input.count
    input.withUnsafeBufferPointer { input in
      a.withUnsafeMutableBufferPointer { a in
        first.withUnsafeMutableBufferPointer { first in
          second.withUnsafeMutableBufferPointer { second in
            guard let z = input.baseAddress, let a = a.baseAddress, let first = first.baseAddress,
              let second = second.baseAddress
            else { return }
            values(z, a, count, setting)
            pullBack(z, a, first, count, setting)
            pullBackTwice(z, a, second, count, setting)
          }
        }
      }
    }
    return z.indices.map { (a[$0 >> 3][$0 & 7], first[$0 >> 3][$0 & 7], second[$0 >> 3][$0 & 7]) }
  }
}
