import Lanes
import Models
import Training

/// The hidden units of a network by what comes in and goes out.
struct HiddenUnits {
  /// The number of hidden units.
  let count: Int
  /// The number of different ones.
  let different: Int
  /// The greatest difference between two units of one layer, over incoming weights, biases and
  /// outgoing weights; 0 where layers have one unit.
  let greatestDifference: Double

  /// Units are equal when incoming weights, bias and outgoing weights are, to `tolerance`.
  init(_ network: DenseNetwork, parameters: [Double], tolerance: Double = 1e-12) {
    var (count, different, greatest) = (0, 0, 0.0)
    for (number, layer) in network.layers.dropLast().enumerated() {
      let next = network.layers[number + 1]
      let units = (0..<layer.units).map { unit in
        Array(parameters[(layer.weights + unit * layer.inputs)...].prefix(layer.inputs))
          + (layer.hasBias ? [parameters[layer.biases + unit]] : [])
          + (0..<next.units).map { parameters[next.weights + $0 * next.inputs + unit] }
      }
      var kinds: [[Double]] = []
      for unit in units {
        let size = max(1, unit.reduce(0) { max($0, abs($1)) })
        let known = kinds.contains { kind in
          zip(kind, unit).allSatisfy { abs($0 - $1) <= tolerance * size }
        }
        if !known { kinds.append(unit) }
        for (a, b) in zip(unit, units[0]) { greatest = max(greatest, abs(a - b)) }
      }
      count += units.count
      different += kinds.count
    }
    self.count = count
    self.different = different
    greatestDifference = greatest
  }
}
