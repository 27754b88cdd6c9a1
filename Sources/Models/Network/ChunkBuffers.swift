import Lanes

/// Where one chunk's inputs, activations and slopes lie in scratch.
///
/// A value of pointers that lives for one evaluation.
struct ChunkBuffers {
  /// Samples in the chunk.
  var count: Int
  /// Lanes in the chunk.
  var lanes: Int
  /// Lanes from row to row in scratch.
  let stride: Int
  /// Input columns and the lanes between them.
  var inputs: UnsafePointer<Lanes>
  var inputStride: Int
  /// Target columns and the lanes between them.
  var targets: UnsafePointer<Lanes>
  var targetStride: Int
  /// Slopes of the layer in hand, and space for those of the layer before.
  let delta: UnsafeMutablePointer<Lanes>
  let nextDelta: UnsafeMutablePointer<Lanes>
  /// The first layer's pre-activations; each layer's z is followed by its a (linear layers have z only).
  let activations: UnsafeMutablePointer<Lanes>
  /// Space for gathered inputs and targets.
  let gathered: UnsafeMutablePointer<Lanes>
  private let offsets: UnsafePointer<Int32>

  init(
    _ network: DenseNetwork, stride: Int, scratch: UnsafeMutablePointer<Lanes>,
    offsets: UnsafePointer<Int32>
  ) {
    self.stride = stride
    self.offsets = offsets
    count = 0
    lanes = 0
    let widest = network.widestLayer &* stride
    delta = scratch
    nextDelta = delta + widest
    gathered = nextDelta + widest
    activations = gathered + (network.train.inputs &+ network.train.outputs) &* stride
    inputs = UnsafePointer(gathered)
    inputStride = stride
    targets = UnsafePointer(gathered + network.train.inputs &* stride)
    targetStride = stride
  }

  /// Pre-activations of a layer.
  @inline(__always)
  func z(_ layer: Int) -> UnsafeMutablePointer<Lanes> {
    activations + Int(offsets[2 &* layer]) &* stride
  }
  /// Activations of a layer.
  @inline(__always)
  func values(_ layer: Int) -> UnsafeMutablePointer<Lanes> {
    activations + Int(offsets[2 &* layer &+ 1]) &* stride
  }

  /// The lanes that buffers take at a stride.
  static func lanes(of network: DenseNetwork, stride: Int) -> Int {
    let rows =
      2 * network.widestLayer + network.train.inputs + network.train.outputs
      + network.activationRows
    return rows * stride
  }
}
