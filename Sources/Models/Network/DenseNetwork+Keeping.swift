package import Lanes

extension DenseNetwork {
  /// For each parameter, where it stands in `other` when it means the same there; nil: it is new.
  ///
  /// A weight means the same when its unit and what comes in are in both: columns by what they are
  /// made of, units of hidden layers by layer and number, units of the output layer by number. A
  /// bias means the same when its unit does.
  ///
  /// - Parameter place: Where a hidden layer or a unit was put in or taken away; what stood behind
  ///   it has another number now. Nil: at the end.
  package func places(in other: DenseNetwork, at place: HiddenPlace? = nil) -> [Int?] {
    var places = [Int?](repeating: nil, count: parameterCount)
    let columns = features.columns.map { other.features.columns.firstIndex(of: $0) }
    let origins = HiddenOrigins(
      of: layers.dropLast().map(\.units), in: other.layers.dropLast().map(\.units), at: place)
    for (l, layer) in layers.enumerated() {
      let isOutput = l == layers.count - 1
      guard let m = isOutput ? other.layers.count - 1 : origins.layer(l) else { continue }
      let before = other.layers[m]
      let sources: [Int?] = (0..<layer.inputs).map { input in
        if l == 0 { return m == 0 ? columns[input] : nil }
        return m > 0 && origins.layer(l - 1) == m - 1 ? origins.unit(input, of: l - 1) : nil
      }
      for unit in 0..<layer.units {
        let origin = isOutput ? (unit < before.units ? unit : nil) : origins.unit(unit, of: l)
        guard let origin else { continue }
        for (input, source) in sources.enumerated() {
          guard let source else { continue }
          places[layer.weights + unit * layer.inputs + input] =
            before.weights + origin * before.inputs + source
        }
        if layer.hasBias, before.hasBias {
          places[layer.biases + unit] = before.biases + origin
        }
      }
    }
    return places
  }

  /// Parameters that keep `values` at `places`; new ones are drawn by an initialiser (nil: each
  /// layer's usual one).
  ///
  /// Each draw has a number of its own, made of layer, unit and input (the output layer counts as
  /// the last of all), so that a unit that is taken away and added again begins as it did, whatever
  /// became of other layers.
  ///
  /// - Parameter addsSilently: Weights by which kept units hear of new ones are 0.
  package func parameters(
    keeping values: [Double], at places: [Int?], _ initializer: Initializer?, settings: Settings,
    seed: UInt64, addsSilently: Bool
  ) -> [Double] {
    let stream = RandomStream(seed: seed, stream: Streams.growth)
    let hasSigmoids = layers[0].activation.name == "sigmoid"
    var parameters = places.map { place in place.map { values[$0] } ?? 0 }
    for (l, layer) in layers.enumerated() {
      let rule = initializer ?? usualInitializer(layer)
      let chosen = initializer == nil ? Settings(defaultsOf: rule.hyperparameters) : settings
      let shape = Initializer.Shape(
        inputs: layer.inputs, units: layer.units, isSigmoid: hasSigmoids)
      let number = UInt64(l == layers.count - 1 ? ModelLimits.layers + 1 : l)
      func draw(unit: Int, input: UInt64) -> Double {
        let at = ((number << 20 | UInt64(unit)) << 32 | input) * 2
        return rule.draw(shape, chosen, stream.uniform(at: at), stream.normal(at: at + 1))
      }
      for unit in 0..<layer.units {
        let row = layer.weights + unit * layer.inputs
        let isKept = (row..<row + layer.inputs).contains { places[$0] != nil }
        for input in 0..<layer.inputs where places[row + input] == nil {
          let isSilent = addsSilently && l > 0 && isKept
          parameters[row + input] = isSilent ? 0 : draw(unit: unit, input: UInt64(input))
        }
        if layer.hasBias, rule.drawsBiases, places[layer.biases + unit] == nil {
          parameters[layer.biases + unit] = draw(unit: unit, input: UInt64(UInt32.max))
        }
      }
    }
    return parameters
  }
}
