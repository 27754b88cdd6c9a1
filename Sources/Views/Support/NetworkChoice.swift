import Lanes
import Models
import Terminal
import Training

/// The unit that a network's picture singles out, and the weight of it.
struct NetworkChoice {
  /// The layer from 0; the output layer is the last.
  let layer: Int
  /// The unit in it.
  let unit: Int
  /// Places of the weights into it, then of its bias, among the parameters.
  let weights: [Int]
  /// Which of them is in hand.
  let parameter: Int?

  /// What a scene's pane singles out; nil where nothing is.
  init?(_ scene: Scene, _ network: DenseNetwork) {
    var rest = scene.state.selection
    let all = network.layers.reduce(0) { $0 + $1.units }
    guard rest > 0, all > 0 else { return nil }
    rest = (rest - 1) % all
    var layer = 0
    while rest >= network.layers[layer].units {
      rest -= network.layers[layer].units
      layer += 1
    }
    self.layer = layer
    unit = rest
    let block = network.layers[layer]
    let first = block.weights + rest * block.inputs
    weights =
      Array(first..<(first + block.inputs)) + (block.hasBias ? [block.biases + rest] : [])
    let detail = scene.state.detail
    parameter =
      detail > 0 && !weights.isEmpty && scene.isHealthy
      ? weights[min(detail, weights.count) - 1] : nil
  }

  /// The selection that singles out a unit: units counted through all layers, from 1.
  static func selection(layer: Int, unit: Int, in network: DenseNetwork) -> Int {
    network.layers[..<layer].reduce(0) { $0 + $1.units } + unit + 1
  }
}
