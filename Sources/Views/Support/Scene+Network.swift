import Lanes
import Models
import Terminal
import Training

extension Scene {
  /// The network that is trained, if one is whose layers act as they stand.
  var network: DenseNetwork? { snapshot.objective.kind.dense }

  /// The network that is trained, linearised or not.
  var mapping: DenseNetwork? { snapshot.objective.kind.mapping }

  /// Whether the parameters can be used for pictures of a network.
  var isHealthy: Bool {
    snapshot.parameters.count == snapshot.objective.parameterCount
      && snapshot.parameters.allSatisfy(\.isFinite)
  }

  /// The layers' sizes, inputs first: `2·10·8·1`.
  var shape: String? {
    guard let network = mapping else { return nil }
    let shape = ([network.inputCount] + network.layers.map(\.units)).map(String.init)
      .joined(separator: "·")
    return network.isLinearized ? shape + " linearised" : shape
  }

  /// What everything computed from a network at the snapshot's parameters depends on.
  struct NetworkKey: Hashable {
    var problem: ObjectiveID
    var parameters: [Double]
    var plane: InputPlane?
    var columns = 0
    var rows = 0
  }

  /// The key of things computed from the network now.
  func networkKey(plane: InputPlane? = nil, columns: Int = 0, rows: Int = 0) -> NetworkKey {
    NetworkKey(
      problem: snapshot.objectiveID, parameters: snapshot.parameters, plane: plane,
      columns: columns,
      rows: rows)
  }

  /// The part of the input plane that all pictures of this network show before zooming.
  func plane(_ network: DenseNetwork) -> InputPlane {
    probes.value("plane", for: snapshot.objectiveID) { InputPlane(around: network) }
  }

  /// Everything that the network makes of a grid of the plane.
  func pass(
    _ network: DenseNetwork, over plane: InputPlane, columns: Int, rows: Int, slot: String
  ) -> ForwardPass {
    var gridKey = networkKey(plane: plane, columns: columns, rows: rows)
    gridKey.parameters = []
    let inputs = probes.value(slot + ".grid", for: gridKey) {
      plane.prepared(network, columns: columns, rows: rows)
    }
    return probes.value(
      slot + ".pass", for: networkKey(plane: plane, columns: columns, rows: rows)
    ) { NetworkProbe.forward(network, parameters: snapshot.parameters, inputs) }
  }

  /// The network's answers over a grid of the plane: a row an output, as `NetworkProbe.predictions`
  /// gives them.
  func answers(
    _ network: DenseNetwork, over plane: InputPlane, columns: Int, rows: Int, slot: String
  ) -> [[Double]] {
    var gridKey = networkKey(plane: plane, columns: columns, rows: rows)
    gridKey.parameters = []
    let inputs = probes.value(slot + ".grid", for: gridKey) {
      plane.prepared(network, columns: columns, rows: rows)
    }
    return probes.value(
      slot + ".answers", for: networkKey(plane: plane, columns: columns, rows: rows)
    ) { NetworkProbe.predictions(network, parameters: snapshot.parameters, inputs) }
  }

  /// Everything that the network makes of its training (or test) samples.
  func pass(_ network: DenseNetwork, on split: Split) -> ForwardPass {
    let slot = split == .train ? "train" : "test"
    var inputKey = networkKey()
    inputKey.parameters = []
    let samples = split == .train ? network.trainSamples : network.testSamples
    let inputs = probes.value(slot + ".inputs", for: inputKey) {
      PreparedInputs(network, samples: samples)
    }
    return probes.value(slot + ".pass", for: networkKey()) {
      NetworkProbe.forward(network, parameters: snapshot.parameters, inputs)
    }
  }

  /// The class of each sample, from its targets; empty where targets are values.
  static func trueClasses(_ network: DenseNetwork, _ samples: Samples) -> [Int] {
    guard network.classCount != nil else { return [] }
    return (0..<samples.count).map { sample in
      let target = samples.target(sample)
      if target.count == 1, let value = target.first {
        // Signs count as classes too: −1 is the first.
        return network.classCount == 2
          ? (value > 0.5 ? 1 : 0) : PlotMath.int(value, in: 0...1_000_000)
      }
      return target.indices.max { target[$0] < target[$1] }.map { $0 - target.startIndex } ?? 0
    }
  }
}

extension DenseNetwork {
  /// What becomes of the last layer's sums, in a word or two: its own activation, or what reads its
  /// logits.
  var outputCaption: String {
    switch link {
    case .identity: layers.last?.activation.name ?? ""
    case .sigmoid: "logit → σ"
    case .softmax: "logits → softmax"
    case .step: "step"
    }
  }

  /// The function of one variable that a layer's sums go through; nil for a softmax, which is none.
  func activation(ofLayer index: Int) -> Activation? {
    guard index == layers.count - 1 else { return layers[index].activation }
    return switch link {
    case .identity: layers[index].activation
    case .sigmoid: Activation.all["sigmoid"]
    case .softmax: nil
    case .step: Activation.all["step"]
    }
  }
}

extension DenseNetwork {
  /// What the first input is called.
  var inputName: String { trainSamples.inputNames.first ?? "x1" }
}
