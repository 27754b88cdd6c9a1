import CLanes
import Lanes

/// How gradients of a bundle of networks are taken in one go: layers of tanh, the rectifier or
/// nothing, and a loss whose derivative is written in a line (C: `CNetBundle`).
struct NetworkBundlePlan: Sendable {
  /// The layers of each pass, which differ in the order of their sums; one after the other.
  private let layers: [GlissadeBundleLayer]
  private let depth: Int
  private let loss: GlissadeLoss

  /// nil: the network is of another kind.
  init?(_ network: DenseNetwork) {
    switch network.loss.name {
    case Loss.binaryCrossEntropy.name: loss = GLISSADE_CROSS_ENTROPY
    case Loss.squared.name: loss = GLISSADE_SQUARED
    case Loss.halfSquared.name: loss = GLISSADE_HALF_SQUARED
    default: return nil
    }
    let kernels = network.kernels
    depth = kernels.count
    guard let last = kernels.last, last.linear,
      kernels.allSatisfy({ $0.linear || $0.isTanh || $0.isRelu })
    else { return nil }
    layers = TrainingPass.allCases.flatMap { pass in
      kernels.enumerated().map { index, layer in
        let order = SummationOrder(pass, layer, isLast: index == kernels.count - 1)
        return GlissadeBundleLayer(
          inputs: layer.inputs, units: layer.units, weights: layer.weights,
          biases: layer.hasBias ? layer.biases : -1,
          activation: layer.isTanh
            ? GLISSADE_BY_TANH : layer.isRelu ? GLISSADE_BY_RECTIFIER : GLISSADE_BY_NOTHING,
          weight_chains: order.weights.rawValue, bias_chains: order.biases.rawValue)
      }
    }
  }

  /// Vectors of scratch that an evaluation needs.
  static func scratchLanes(units: Int, samples: Int) -> Int {
    (glissade_bundle_scratch(units, samples) + 7) / 8
  }

  /// Where numbers stand, as `CNetBundle.h` has it.
  struct Places {
    var parameters: UnsafePointer<Double>
    var gradients: UnsafeMutablePointer<Double>
    var stride: Int
    var inputs: UnsafePointer<Double>
    var targets: UnsafePointer<Double>
    var samples: Int
    var scratch: UnsafeMutablePointer<Double>
  }

  /// Takes the gradients; says whether it has, or whether they have to be taken with more care.
  @inline(__always)
  func run(_ places: Places, _ pass: TrainingPass, scale: Double, isHalved: Bool) -> Bool {
    withNet(places, pass, scale: scale) { net in
      var net = net
      return isHalved
        ? glissade_bundle_gradients_4(&net) != 0 : glissade_bundle_gradients_8(&net) != 0
    } ?? false
  }

  /// Calls `body` with a description of the net for C; nil where its sums are another pass's.
  @inline(__always)
  func withNet<R>(
    _ places: Places, _ pass: TrainingPass, scale: Double, _ body: (GlissadeNetBundle) -> R
  ) -> R? {
    guard serves(pass, samples: places.samples) else { return nil }
    return layers.withUnsafeBufferPointer { layers in
      body(
        GlissadeNetBundle(
          layers: layers.baseAddress.map { $0 + pass.number &* depth }, depth: depth, loss: loss,
          scale: scale, parameters: places.parameters, gradients: places.gradients,
          stride: places.stride, inputs: places.inputs, targets: places.targets,
          samples: places.samples, scratch: places.scratch))
    }
  }

  /// Whether its sums are those of a pass: where they end with a chunk, there may be one chunk only.
  @inline(__always)
  func serves(_ pass: TrainingPass, samples: Int) -> Bool {
    pass != .large || samples <= 8 * ChunkPlan.most
  }
}

extension TrainingPass {
  /// Its place among all passes.
  fileprivate var number: Int {
    switch self {
    case .gate: 0
    case .pair: 1
    case .narrow: 2
    case .tiny: 3
    case .small: 4
    case .large: 5
    }
  }
}
