import Lanes
import Models

extension NetworkProbe {
  /// Feeds points through a linearised network: values of all units at the origin, and beside them
  /// what they change by along the way from there to the parameters.
  static func linearized(
    _ network: DenseNetwork, around origin: [Double], parameters: [Double], rows: [Lanes],
    stride: Int, count: Int
  ) -> ForwardPass {
    let weights = Vector(origin)
    let change = Vector(zip(parameters, origin).map { $0 - $1 })
    var layers: [ForwardPass.Layer] = []
    var values = rows
    var changes = [Lanes](repeating: .zero, count: rows.count)
    for layer in network.layers {
      if ProbeWork.isCurrentGivenUp { break }
      let size = layer.units * stride
      var z = product(layer, weights, biases: layer.hasBias, values, stride)
      var a = [Lanes](repeating: .zero, count: size)
      var dz = product(layer, change, biases: layer.hasBias, values, stride)
      // The first layer's inputs do not change.
      if !layers.isEmpty {
        let more = product(layer, weights, biases: false, changes, stride)
        for i in 0..<size { dz[i] += more[i] }
      }
      var da = dz
      z.withUnsafeMutableBufferPointer { z in
        a.withUnsafeMutableBufferPointer { a in
          da.withUnsafeMutableBufferPointer { da in
            guard let z = z.baseAddress, let a = a.baseAddress, let da = da.baseAddress else {
              return
            }
            layer.activation.values(z, a, size, layer.setting)
            layer.activation.pullBack(z, a, da, size, layer.setting)
          }
        }
      }
      layers.append(
        ForwardPass.Layer(
          units: layer.units, stride: stride, count: count,
          z: (0..<size).map { z[$0] + dz[$0] }, a: (0..<size).map { a[$0] + da[$0] }))
      (values, changes) = (a, da)
    }
    return ForwardPass(count: count, layers: layers)
  }

  /// `W x`, and `+ b` where biases are wanted.
  private static func product(
    _ layer: DenseLayer, _ weights: Vector, biases: Bool, _ inputs: [Lanes], _ stride: Int
  ) -> [Lanes] {
    var out = [Lanes](repeating: .zero, count: layer.units * stride)
    weights.withUnsafePointer { w in
      inputs.withUnsafeBufferPointer { x in
        out.withUnsafeMutableBufferPointer { out in
          guard let x = x.baseAddress, let out = out.baseAddress else { return }
          Multiply.rows(
            out, stride, units: layer.units, lanes: stride, w + layer.weights, unit: layer.inputs,
            step: 1, x, stride, depth: layer.inputs, start: biases ? .bias : .zero,
            bias: w + layer.biases)
        }
      }
    }
    return out
  }
}
