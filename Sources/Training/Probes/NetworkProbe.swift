import Lanes
package import Models

/// Points of a network's input space, ready to be fed forward many times.
package struct PreparedInputs: Sendable {
  /// The number of points.
  package let count: Int
  /// Columns after scaling and features, one row of lanes each.
  let columns: [Lanes]
  /// Lanes from one column to the next.
  let stride: Int

  /// Prepares points: `points[i]` holds raw input i of every point, all of one length.
  package init(_ network: DenseNetwork, points: [[Double]]) {
    let count = points.map(\.count).min() ?? 0
    self.count = count
    let stride = (count + 7) / 8
    self.stride = stride
    let inputs = points.count
    let width = network.features.columns.count
    var columns = [Lanes](repeating: .zero, count: stride * width)
    var sample = [Double](repeating: 0, count: inputs)
    let scaling = network.standardization
    let features = network.features
    columns.withUnsafeMutableBytes { bytes in
      let doubles = bytes.bindMemory(to: Double.self)
      for index in 0..<count {
        for input in 0..<inputs {
          let raw = points[input][index]
          sample[input] = scaling?.apply(raw, input: input) ?? raw
        }
        for column in 0..<width {
          doubles[column * stride * 8 + index] = features.value(column, of: sample)
        }
      }
    }
    self.columns = columns
  }

  /// Prepares samples as they are.
  package init(_ network: DenseNetwork, samples: Samples) {
    let count = samples.count
    self.init(
      network,
      points: (0..<samples.inputCount).map { input in
        (0..<count).map { samples.inputs[$0 * samples.inputCount + input] }
      })
  }
}

/// What every layer of a network makes of many points.
package struct ForwardPass: Sendable {
  /// One layer: pre-activations and activations, unit-major.
  package struct Layer: Sendable {
    /// Units.
    package let units: Int
    let stride: Int
    let count: Int
    var z: [Lanes]
    var a: [Lanes]

    /// Pre-activations of one unit, a value a point.
    package func preActivations(of unit: Int) -> [Double] { row(z, unit) }
    /// Activations of one unit, a value a point.
    package func activations(of unit: Int) -> [Double] { row(a, unit) }

    private func row(_ table: [Lanes], _ unit: Int) -> [Double] {
      guard unit >= 0, unit < units else { return [] }
      return table.withUnsafeBytes { bytes in
        Array(bytes.bindMemory(to: Double.self)[unit * stride * 8..<unit * stride * 8 + count])
      }
    }
  }

  /// The number of points.
  package let count: Int
  /// The layers, first hidden one first, the output layer last.
  package let layers: [Layer]
}

/// Pictures of what a network does, evaluated on lanes: a lane is a point.
package enum NetworkProbe {
  /// Feeds points forward through all layers.
  package static func forward(
    _ network: DenseNetwork, parameters: [Double], _ inputs: PreparedInputs
  ) -> ForwardPass {
    forward(
      network, parameters: parameters, from: 0, rows: inputs.columns, stride: inputs.stride,
      count: inputs.count)
  }

  /// Feeds values of a hidden layer's units forward through the layers after it: `activations[u]`
  /// holds unit u's value at every point. Layers are counted from 0.
  package static func forward(
    _ network: DenseNetwork, parameters: [Double], after hidden: Int, activations: [[Double]]
  ) -> ForwardPass {
    precondition(
      hidden >= 0 && hidden < network.layers.count - 1
        && activations.count == network.layers[hidden].units,
      "\(activations.count) units after layer \(hidden)")
    let count = activations.map(\.count).min() ?? 0
    let stride = (count + 7) / 8
    var rows = [Lanes](repeating: .zero, count: stride * activations.count)
    rows.withUnsafeMutableBytes { bytes in
      let doubles = bytes.bindMemory(to: Double.self)
      for (unit, values) in activations.enumerated() {
        for point in 0..<count { doubles[unit * stride * 8 + point] = values[point] }
      }
    }
    return forward(
      network, parameters: parameters, from: hidden + 1, rows: rows, stride: stride, count: count)
  }

  private static func forward(
    _ network: DenseNetwork, parameters: [Double], from first: Int, rows: [Lanes], stride: Int,
    count: Int
  ) -> ForwardPass {
    guard parameters.count >= network.parameterCount, stride > 0 else {
      return ForwardPass(count: 0, layers: [])
    }
    if let origin = network.origin {
      return linearized(
        network, around: origin, parameters: parameters, rows: rows, stride: stride, count: count)
    }
    let weights = Vector(parameters)
    var layers: [ForwardPass.Layer] = []
    var input = rows
    for layer in network.layers[first...] {
      var z = [Lanes](repeating: .zero, count: layer.units * stride)
      var a = z
      input.withUnsafeBufferPointer { input in
        z.withUnsafeMutableBufferPointer { z in
          a.withUnsafeMutableBufferPointer { a in
            guard let x = input.baseAddress, let z = z.baseAddress, let a = a.baseAddress else {
              return
            }
            weights.withUnsafePointer { w in
              // Tiles of a few lanes, so that inputs and sums stay in the nearest cache.
              for start in Swift.stride(from: 0, to: stride, by: tile) {
                if ProbeWork.isCurrentGivenUp { return }
                Multiply.rows(
                  z + start, stride, units: layer.units, lanes: min(tile, stride - start),
                  w + layer.weights, unit: layer.inputs, step: 1, x + start, stride,
                  depth: layer.inputs, start: layer.hasBias ? .bias : .zero,
                  bias: w + layer.biases)
              }
            }
            layer.activation.values(z, a, layer.units * stride, layer.setting)
          }
        }
      }
      layers.append(
        ForwardPass.Layer(units: layer.units, stride: stride, count: count, z: z, a: a))
      input = a
    }
    return ForwardPass(count: count, layers: layers)
  }

  /// The last layer of `forward`, carried tile by tile through all layers: for fine grids, where
  /// keeping what hidden layers make of every point would cost more than computing it. Nil when the
  /// parameters are too few.
  package static func outputLayer(
    _ network: DenseNetwork, parameters: [Double], _ inputs: PreparedInputs
  ) -> ForwardPass.Layer? {
    let stride = inputs.stride
    guard parameters.count >= network.parameterCount, stride > 0, let last = network.layers.last
    else { return nil }
    if network.isLinearized {
      return forward(network, parameters: parameters, inputs).layers.last
    }
    let widest = network.layers.map(\.units).max() ?? 1
    let weights = Vector(parameters)
    var z = [Lanes](repeating: .zero, count: last.units * stride)
    var a = z
    // What a layer makes of a tile, and what the layer before made of it.
    var space = [Lanes](repeating: .zero, count: 3 * widest * tile)
    space.withUnsafeMutableBufferPointer { space in
      inputs.columns.withUnsafeBufferPointer { columns in
        z.withUnsafeMutableBufferPointer { z in
          a.withUnsafeMutableBufferPointer { a in
            guard let space = space.baseAddress, let columns = columns.baseAddress,
              let z = z.baseAddress, let a = a.baseAddress
            else { return }
            weights.withUnsafePointer { w in
              for start in Swift.stride(from: 0, to: stride, by: tile) {
                if ProbeWork.isCurrentGivenUp { return }
                let count = min(tile, stride - start)
                var x = columns + start
                var xStride = stride
                let sums = space
                var values = space + widest * tile
                var others = space + 2 * widest * tile
                for layer in network.layers {
                  Multiply.rows(
                    sums, count, units: layer.units, lanes: count, w + layer.weights,
                    unit: layer.inputs, step: 1, x, xStride, depth: layer.inputs,
                    start: layer.hasBias ? .bias : .zero, bias: w + layer.biases)
                  layer.activation.values(sums, values, layer.units * count, layer.setting)
                  x = UnsafePointer(values)
                  xStride = count
                  swap(&values, &others)
                }
                for unit in 0..<last.units {
                  for i in 0..<count {
                    z[unit * stride + start + i] = sums[unit * count + i]
                    a[unit * stride + start + i] = x[unit * count + i]
                  }
                }
              }
            }
          }
        }
      }
    }
    return ForwardPass.Layer(units: last.units, stride: stride, count: inputs.count, z: z, a: a)
  }

  /// A network's predictions at points: one row an output, turned into probabilities where the
  /// model means them so.
  ///
  /// A single output of a classifier becomes a share between 0 (first class) and 1 (second class),
  /// whatever its loss: 0.5 is where the decision changes.
  package static func predictions(
    _ network: DenseNetwork, parameters: [Double], _ inputs: PreparedInputs
  ) -> [[Double]] {
    outputLayer(network, parameters: parameters, inputs).map { outputs(network, $0) } ?? []
  }

  /// Predictions from the output layer's values.
  package static func outputs(_ network: DenseNetwork, _ last: ForwardPass.Layer) -> [[Double]] {
    if network.link == .sigmoid {
      var shares = last
      shares.a.withUnsafeMutableBytes { bytes in
        let doubles = bytes.bindMemory(to: Double.self)
        guard let start = doubles.baseAddress else { return }
        Elementary.sigmoid(start, start, count: doubles.count)
      }
      return (0..<last.units).map { shares.activations(of: $0) }
    }
    var rows = (0..<last.units).map { last.activations(of: $0) }
    switch network.link {
    case .sigmoid: break
    case .softmax:
      for point in 0..<last.count {
        let top = rows.reduce(-Double.infinity) { max($0, $1[point]) }
        var sum = 0.0
        for row in rows.indices {
          rows[row][point] = Elementary.exp(rows[row][point] - top)
          sum += rows[row][point]
        }
        for row in rows.indices { rows[row][point] /= sum }
      }
    case .step:
      for row in rows.indices {
        rows[row] = rows[row].map { $0.isNaN ? .nan : $0 >= 0 ? 1 : 0 }
      }
    case .identity:
      // Scores of a margin loss decide at 0; their steepness is only for the picture.
      if network.classCount != nil, network.loss.scores == .classes, rows.count == 1 {
        rows[0] = rows[0].map { logistic(2 * $0) }
      }
    }
    return rows
  }

  /// The classes that predictions decide for: which side of 0.5, or the greatest output.
  package static func classes(_ predictions: [[Double]]) -> [Int] {
    guard let first = predictions.first else { return [] }
    if predictions.count == 1 { return first.map { $0 >= 0.5 ? 1 : 0 } }
    return first.indices.map { point in
      var best = 0
      for row in 1..<predictions.count
      where predictions[row][point] > predictions[best][point] { best = row }
      return best
    }
  }

  /// Lanes that are computed together.
  private static let tile = 16

  private static func logistic(_ z: Double) -> Double {
    z >= 0
      ? 1 / (1 + Elementary.exp(-z))
      : Elementary.exp(z) / (1 + Elementary.exp(z))
  }
}
