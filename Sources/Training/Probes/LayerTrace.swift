import Lanes
package import Models

/// What goes on inside the layers over the steps of a run: norms of weights, gradients and
/// updates, and how units stand.
///
/// The run is done again beside the one that is watched, and looked at every so many steps. Norms
/// are of the weights of a layer, without biases, divided by nothing: ‖W‖, ‖∂L/∂W‖ of the step's
/// batch, ‖ΔW‖ of the step.
package struct LayerTrace: Sendable {
  /// One layer after a step.
  package struct Layer: Sendable, Equatable {
    /// ‖W‖.
    package var weights: Double
    /// ‖∂L/∂W‖ on the step's batch, at the weights before the step; NaN before the first.
    package var gradient = Double.nan
    /// ‖ΔW‖ of the step; NaN before the first.
    package var update = Double.nan
    /// The share of units and samples at which the activation is flat: a rectifier below 0, a
    /// bounded activation near an end. NaN where the activation is neither.
    package var flat = Double.nan
    /// Units that are flat at every sample and answer nothing else.
    package var dead = 0
    /// The standard deviation of activations over units and samples; NaN where they are not known.
    package var spread = Double.nan

    /// The step's update beside the weights; NaN where there are none.
    package var relativeUpdate: Double { weights > 0 ? update / weights : .nan }
  }

  /// All layers after a step, the first one first.
  package struct Record: Sendable, Equatable {
    /// Steps done.
    package var step: Int
    /// The layers.
    package var layers: [Layer]
  }

  /// What was found, in the order of steps, the last at the snapshot's step.
  package private(set) var records: [Record] = []

  private var replay: ReplayedRun
  private var stride: Int
  private let most: Int
  private var endsOffGrid = false
  private let blocks: [[Range<Int>]]
  private let samples: PreparedInputs?

  /// The most samples whose activations are looked at: the first ones.
  package static let sampleLimit = 512
  /// How near to an end of its range, as a share of the range, a bounded activation counts as flat.
  package static let saturation = 0.025

  private init?(_ snapshot: Snapshot) {
    guard let replay = ReplayedRun(snapshot) else { return nil }
    self.replay = replay
    let objective = replay.run.objective
    blocks = objective.layout.layers.map { blocks in
      blocks.filter { $0.role == .weights }.map(\.range)
    }
    samples = objective.kind.dense.map { network in
      PreparedInputs(
        network,
        samples: network.trainSamples.selecting(
          Array(0..<min(network.trainSamples.count, LayerTrace.sampleLimit))))
    }
    let cost =
      6.0 * Double(objective.parameterCount)
      * Double(max(1, min(objective.sampleCount, LayerTrace.sampleLimit)))
    most = Int(min(max(1e9 / cost, 24), 256))
    stride = 1
    while snapshot.step / stride > most { stride *= 2 }
  }

  /// The trace up to a snapshot: `earlier` carried on where it leads there, else a new one.
  package static func upTo(_ snapshot: Snapshot, from earlier: LayerTrace?) -> LayerTrace? {
    guard snapshot.parameters.count == snapshot.objective.parameterCount else { return nil }
    var trace = earlier.flatMap { $0.replay.precedes(snapshot) ? $0 : nil } ?? LayerTrace(snapshot)
    trace?.advance(to: snapshot)
    return trace
  }

  private mutating func advance(to snapshot: Snapshot) {
    if records.isEmpty { record(before: nil) }
    guard replay.run.step < snapshot.step else { return }
    if endsOffGrid { records.removeLast() }
    var before: [Double]?
    while true {
      let next = replay.run.step + 1
      before = next % stride == 0 || next == snapshot.step ? replay.run.parameters : nil
      guard replay.step(towards: snapshot) else { break }
      if before != nil { record(before: before) }
    }
    endsOffGrid = (records.last?.step ?? 0) % stride != 0
  }

  private mutating func record(before: [Double]?) {
    let run = replay.run
    let parameters = run.parameters
    let gradient = before == nil ? [] : run.buffers.gradient.values
    var layers = blocks.map { ranges -> Layer in
      func norm(_ value: (Int) -> Double) -> Double {
        var sum = 0.0
        for range in ranges { for i in range { sum += value(i) * value(i) } }
        return sum.squareRoot()
      }
      var layer = Layer(weights: norm { parameters[$0] })
      if let before {
        layer.gradient = norm { gradient[$0] }
        layer.update = norm { parameters[$0] - before[$0] }
      }
      return layer
    }
    if let network = run.objective.kind.dense, let samples,
      parameters.allSatisfy(\.isFinite)
    {
      let pass = NetworkProbe.forward(network, parameters: parameters, samples)
      for (index, layer) in pass.layers.enumerated() where index < layers.count {
        measure(layer, network.layers[index], into: &layers[index])
      }
    }
    records.append(Record(step: run.step, layers: layers))
    guard records.count > most else { return }
    stride *= 2
    records.removeAll { $0.step % stride != 0 }
  }

  /// How units of a layer stand.
  private func measure(_ pass: ForwardPass.Layer, _ layer: DenseLayer, into result: inout Layer) {
    let activation = layer.activation
    let range = activation.range
    let isBounded = range.lowerBound.isFinite && range.upperBound.isFinite
    let margin = LayerTrace.saturation * (range.upperBound - range.lowerBound)
    var (sum, squares, count, flat) = (0.0, 0.0, 0, 0)
    for unit in 0..<pass.units {
      let values = pass.activations(of: unit)
      for value in values {
        sum += value
        squares += value * value
      }
      count += values.count
      guard activation.isRectifier || isBounded else { continue }
      let flatHere =
        isBounded
        ? values.count { $0 < range.lowerBound + margin || $0 > range.upperBound - margin }
        : pass.preActivations(of: unit).count { $0 <= 0 }
      flat += flatHere
      // A rectifier with a slope below 0 is silent there and not dead.
      let isStill = isBounded || values.allSatisfy { $0 == values.first }
      if flatHere == values.count, !values.isEmpty, isStill { result.dead += 1 }
    }
    guard count > 0 else { return }
    let mean = sum / Double(count)
    result.spread = max(0, squares / Double(count) - mean * mean).squareRoot()
    if activation.isRectifier || isBounded { result.flat = Double(flat) / Double(count) }
  }
}
