import Lanes

/// Where one chunk's inputs, activations and gradients lie in scratch; pointers that live for one
/// evaluation.
struct ChunkBuffers {
  /// The layers, first to last.
  let layers: UnsafeBufferPointer<LayerKernel>
  /// Samples in the chunk.
  var count = 0
  /// Lanes in the chunk.
  var lanes = 0
  /// Lanes from row to row in scratch.
  let stride: Int
  /// Input columns and the lanes between them.
  var inputs: UnsafePointer<Lanes>
  var inputStride: Int
  /// Target columns and the lanes between them.
  var targets: UnsafePointer<Lanes>
  var targetStride: Int
  /// Sums over samples, one a parameter, for networks of at most `LaneSums.limit` parameters.
  let sums: UnsafeMutablePointer<Lanes>
  /// Gradients of the layer in hand, and space for those of the layer before.
  let delta: UnsafeMutablePointer<Lanes>
  let nextDelta: UnsafeMutablePointer<Lanes>
  /// Space for gathered inputs and targets.
  let gathered: UnsafeMutablePointer<Lanes>
  /// z of the first layer, its a, z of the second, …
  let activations: UnsafeMutablePointer<Lanes>
  /// Inputs sample by sample, where the first layer wants them; else nil.
  var inputRows: UnsafePointer<Lanes>?
  /// Space for gathered inputs sample by sample, for a hidden layer's, and for a product of
  /// gradients and inputs.
  let gatheredRows: UnsafeMutablePointer<Lanes>
  let hiddenRows: UnsafeMutablePointer<Lanes>
  let product: UnsafeMutablePointer<Lanes>

  @inline(__always)
  init(
    _ shape: ScratchShape, layers: UnsafeBufferPointer<LayerKernel>, stride: Int,
    scratch: UnsafeMutablePointer<Lanes>
  ) {
    self.layers = layers
    self.stride = stride
    sums = scratch
    delta = scratch + shape.sums
    nextDelta = delta + shape.widestLayer &* stride
    gathered = nextDelta + shape.widestLayer &* stride
    activations = gathered + (shape.inputs &+ shape.outputs) &* stride
    gatheredRows = activations + shape.activations &* stride
    hiddenRows = gatheredRows + shape.rowStride &* 8 &* stride
    product = hiddenRows + shape.rowStride &* 8 &* stride
    inputs = UnsafePointer(gathered)
    inputStride = stride
    targets = UnsafePointer(gathered + shape.inputs &* stride)
    targetStride = stride
  }

  /// Inputs and targets are those that have been gathered.
  @inline(__always)
  mutating func pointToGathered(_ shape: ScratchShape) {
    inputs = UnsafePointer(gathered)
    inputStride = stride
    targets = UnsafePointer(gathered + shape.inputs &* stride)
    targetStride = stride
  }

  /// Pre-activations of a layer.
  @inline(__always)
  func z(_ layer: Int) -> UnsafeMutablePointer<Lanes> { activations + layers[layer].z &* stride }

  /// Activations of a layer.
  @inline(__always)
  func values(_ layer: Int) -> UnsafeMutablePointer<Lanes> {
    activations + layers[layer].a &* stride
  }

  /// What the output layer says.
  @inline(__always)
  var outputs: UnsafeMutablePointer<Lanes> { values(layers.count &- 1) }
}

/// How much scratch a network needs.
struct ScratchShape: Sendable {
  /// Lanes of sums over samples: one a parameter, rounded up to a multiple of eight; 0 for large
  /// networks.
  let sums: Int
  /// The most rows of gradients.
  let widestLayer: Int
  /// Input columns.
  let inputs: Int
  /// Target columns.
  let outputs: Int
  /// Rows that all z and a take.
  let activations: Int
  /// The widest stride of samples in layers that are learnt by `RowGradient`; 0 where there are
  /// none.
  let rowStride: Int
  /// The most lanes of a product of gradients and inputs of such a layer.
  let product: Int
  /// Whether rows of a chunk follow each other without gaps: few rows get by with it, and are then
  /// treated as one.
  let isContiguous: Bool
  /// The row at which the output layer's a starts.
  let output: Int

  init(_ layers: [LayerKernel], parameters: Int) {
    sums = parameters <= LaneSums.limit ? (parameters + 7) & ~7 : 0
    widestLayer = layers.map(\.units).max() ?? 0
    inputs = layers.first?.inputs ?? 0
    outputs = layers.last?.units ?? 0
    activations = layers.last?.end ?? 0
    output = layers.last?.a ?? 0
    let rowWise = sums > 0 ? [] : layers.filter(\.rowWise)
    rowStride = rowWise.map { RowGradient.stride(inputs: $0.inputs) }.max() ?? 0
    product = rowWise.map { $0.units * RowGradient.stride(inputs: $0.inputs) }.max() ?? 0
    isContiguous = widestLayer <= 16
  }

  /// The lanes of scratch at a stride.
  func lanes(stride: Int) -> Int {
    let rows = 2 * widestLayer + inputs + outputs + activations + 16 * rowStride
    return sums + rows * stride + product
  }
}
