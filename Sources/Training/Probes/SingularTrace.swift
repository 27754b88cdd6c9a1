import Differentiation
import Lanes
package import Models
import Optimization

/// The singular values of a dense network's matrices over the steps of a run that is done again
/// beside the one that is watched: of each layer, and of their product where nothing but it is
/// between input and output.
package struct SingularTrace: Sendable {
  /// All values after a step, each from the greatest to the least.
  package struct Record: Sendable, Equatable {
    /// Steps done.
    package var step: Int
    /// Of the product of all layers; empty where activations are not linear.
    package var product: [Double]
    /// Of each layer; empty for matrices that are too large.
    package var layers: [[Double]]
    /// What Saxe's curves say of the product; empty where they say nothing.
    package var predicted: [Double]
  }

  /// What the last step was made of, for one layer.
  package struct Step: Sendable, Equatable {
    /// Of the gradient.
    package var gradient: [Double]
    /// Of the change of the weights.
    package var change: [Double]
  }

  /// What was found, in the order of steps, the last at the snapshot's step.
  package private(set) var records: [Record] = []
  /// The last step, layer by layer; empty before the first.
  package private(set) var step: [Step] = []
  /// The law of the product, where there is one.
  package private(set) var law: SaxeCurves?

  private var replay: ReplayedRun
  private var stride = 1
  private let most: Int
  private var endsOffGrid = false

  /// The most entries of a matrix, times its shorter side.
  static let limit = 8_000_000

  /// Whether the matrices of a network are small enough for at least one to be shown.
  package static func suits(_ snapshot: Snapshot) -> Bool {
    guard let network = snapshot.objective.kind.dense, snapshot.original != nil else {
      return false
    }
    return network.layers.contains { isSmall($0) && min($0.units, $0.inputs) > 1 }
  }

  private static func isSmall(_ layer: DenseLayer) -> Bool {
    layer.units * layer.inputs * min(layer.units, layer.inputs) <= limit
  }

  private init?(_ snapshot: Snapshot) {
    guard SingularTrace.suits(snapshot), let replay = ReplayedRun(snapshot),
      let network = replay.run.objective.kind.dense
    else { return nil }
    self.replay = replay
    let cost = network.layers.filter(SingularTrace.isSmall).reduce(0.0) {
      $0 + 40 * Double($1.units * $1.inputs * min($1.units, $1.inputs))
    }
    most = Int(min(max(2e9 / max(cost, 1), 16), 512))
    while snapshot.step / stride > most { stride *= 2 }
    if replay.run.step == 0 { law = SaxeCurves(network, start: replay.run.parameters) }
  }

  /// The trace up to a snapshot: `earlier` carried on where it leads there, else a new one.
  package static func upTo(_ snapshot: Snapshot, from earlier: SingularTrace?) -> SingularTrace? {
    guard snapshot.parameters.count == snapshot.objective.parameterCount else { return nil }
    var trace =
      earlier.flatMap { $0.replay.precedes(snapshot) ? $0 : nil } ?? SingularTrace(snapshot)
    trace?.advance(to: snapshot)
    return trace
  }

  private mutating func advance(to snapshot: Snapshot) {
    if records.isEmpty { record() }
    guard replay.run.step < snapshot.step else { return }
    if endsOffGrid { records.removeLast() }
    var before: [Double] = []
    while true {
      let rate = replay.run.learningRate
      if replay.run.step == snapshot.step - 1 { before = replay.run.parameters }
      guard replay.step(towards: snapshot) else { break }
      let run = replay.run
      if law != nil {
        if replay.isPlainDescentFromStart {
          law?.descend(rate: rate)
        } else {
          law = nil
        }
      }
      if run.step % stride == 0 { record() }
    }
    if records.last?.step != replay.run.step { record() }
    endsOffGrid = (records.last?.step ?? 0) % stride != 0
    if !before.isEmpty { measureStep(before) }
  }

  private mutating func record() {
    let run = replay.run
    guard let network = run.objective.kind.dense else { return }
    let parameters = run.modelParameters
    let product = SingularTrace.product(network, parameters)
    records.append(
      Record(
        step: run.step,
        product: product.map {
          SingularValues($0, rows: network.outputCount, columns: network.layers[0].inputs).values
        } ?? [],
        layers: network.layers.map { SingularTrace.values($0, parameters) },
        predicted: law?.values ?? []))
    guard records.count > most else { return }
    stride *= 2
    records.removeAll { $0.step % stride != 0 }
  }

  private mutating func measureStep(_ before: [Double]) {
    let run = replay.run
    guard let network = run.objective.kind.dense else { return }
    let change = zip(run.parameters, before).map { $0 - $1 }
    let gradient = run.lastGradient
    step = network.layers.map {
      Step(
        gradient: SingularTrace.values($0, gradient), change: SingularTrace.values($0, change))
    }
  }

  private static func values(_ layer: DenseLayer, _ parameters: [Double]) -> [Double] {
    guard isSmall(layer), parameters.count >= layer.end else { return [] }
    return SingularValues(
      Array(parameters[layer.weights..<layer.biases]), rows: layer.units, columns: layer.inputs
    ).values
  }

  /// The product of all layers' weights, row by row; nil where an activation bends, or where it is
  /// too large.
  package static func product(_ network: DenseNetwork, _ parameters: [Double]) -> [Double]? {
    guard network.layers.count > 1, network.layers.allSatisfy({ $0.activation.isIdentity }),
      network.layers.allSatisfy(isSmall)
    else { return nil }
    var (product, rows) = ([Double](), 0)
    for layer in network.layers {
      let w = Array(parameters[layer.weights..<layer.biases])
      product =
        rows == 0
        ? w : multiply(w, product, rows: layer.units, inner: rows, columns: product.count / rows)
      rows = layer.units
    }
    return product
  }

  /// A (rows × inner) times B (inner × columns), row by row.
  static func multiply(
    _ a: [Double], _ b: [Double], rows: Int, inner: Int, columns: Int
  ) -> [Double] {
    var c = [Double](repeating: 0, count: rows * columns)
    for i in 0..<rows {
      for k in 0..<inner {
        let x = a[i * inner + k]
        for j in 0..<columns { c[i * columns + j] += x * b[k * columns + j] }
      }
    }
    return c
  }
}
