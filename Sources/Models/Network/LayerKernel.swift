import Lanes

/// What the passes need of a layer, in one flat value: copying a `DenseLayer` would count
/// references to its names.
struct LayerKernel: Sendable {
  let inputs: Int
  let units: Int
  /// Offsets in the flat parameters.
  let weights: Int
  let biases: Int
  let hasBias: Bool
  /// Whether φ does nothing; z and a are then the same rows.
  let linear: Bool
  /// Rows of scratch at which z and a start.
  let z: Int
  let a: Int
  /// Whether φ is the rectifier, which products apply as they store: training then keeps no z.
  let isRelu: Bool
  /// Whether gradients by its weights are taken by `RowGradient`.
  let rowWise: Bool
  /// Whether φ is tanh: going back through it takes two operations, fewer than calling `pullBack`
  /// does.
  let isTanh: Bool
  /// φ's own number.
  let setting: Double
  let values: Activation.Values
  let pullBack: Activation.PullBack

  init(_ layer: DenseLayer, row: Int, isFirst: Bool) {
    inputs = layer.inputs
    units = layer.units
    weights = layer.weights
    biases = layer.biases
    hasBias = layer.hasBias
    linear = layer.linear
    z = row
    a = layer.linear ? row : row + layer.units
    rowWise =
      layer.inputs >= RowGradient.fewestInputs
      && (isFirst || layer.units >= RowGradient.fewestUnits)
    isTanh = layer.activation.name == Activation.tanh.name && layer.activation.scale == 1
    isRelu = layer.activation.name == Activation.relu.name && layer.activation.scale == 1
    setting = layer.setting
    values = layer.activation.values
    pullBack = layer.activation.pullBack
  }

  /// The row after a.
  var end: Int { a + units }
}
