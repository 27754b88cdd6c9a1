import Lanes

/// One dense layer: `a = φ(W y + b)`, W of shape units × inputs.
package struct DenseLayer: Sendable {
  /// Numbers that come in.
  package let inputs: Int
  /// Units.
  package let units: Int
  /// Whether each unit has a bias.
  package let hasBias: Bool
  /// φ; identity in an output layer whose loss is computed from pre-activations.
  package let activation: Activation
  /// φ's own number.
  package let setting: Double
  /// Where W starts in the flat parameters, row by row.
  package let weights: Int
  /// Where b starts in the flat parameters.
  package var biases: Int { weights + units * inputs }
  /// Where the next layer starts.
  package var end: Int { biases + (hasBias ? units : 0) }
  /// Whether φ does nothing.
  let linear: Bool

  init(
    inputs: Int, units: Int, hasBias: Bool, activation: Activation, setting: Double, weights: Int
  ) {
    self.inputs = inputs
    self.units = units
    self.hasBias = hasBias
    self.activation = activation
    self.setting = setting
    self.weights = weights
    linear = activation.isIdentity
  }
}
