/// The order in which a pass adds up a layer's gradients over the samples of a batch.
///
/// This file says it for every pass, and every pass keeps to it: a bundle, whose lanes are runs,
/// reads it here and takes the very same sums, so that a run in a lane has the bits that it has
/// alone (`RunBundleTests` compares them, pass by pass).
///
/// What all passes share needs no entry:
/// - A unit's sum, and a gradient sent back to an activation, is one chain of fused multiply-adds
///   in rising inputs (units), which begins at the bias (zero).
/// - Batches are cut into chunks of at most 160 samples by their size alone (`ChunkPlan`).
/// - Losses of samples make eight chains a chunk, sample s in chain s mod 8, output by output;
///   they are folded, and chunks are added up in order.
struct SummationOrder: Sendable, Equatable {
  /// How many chains a sum is made of; sample s is added in chain s mod n. Two are added up as
  /// 0 + 1, eight as ((0+4)+(2+6)) + ((1+5)+(3+7)): as lanes of a vector are.
  enum Chains: Int, Sendable {
    /// One sample after the other.
    case one = 1
    /// Even samples, and odd ones.
    case two = 2
    /// Eight samples a vector.
    case eight = 8
  }

  /// Of gradients by weights: chains of fused multiply-adds.
  var weights: Chains
  /// Of gradients by biases: chains of additions.
  var biases: Chains
  /// Whether eight chains are added up after each chunk, and chunks one after the other; else once,
  /// after the last sample.
  var endsWithChunk: Bool

  /// The order of a layer in a pass.
  init(_ pass: TrainingPass, _ layer: LayerKernel, isLast: Bool) {
    switch pass {
    case .gate, .pair: self.init(.two, .two)
    case .narrow: self.init(.one, isLast ? .eight : .one)
    case .tiny, .small: self.init(.eight, .eight)
    case .large: self.init(layer.rowWise ? .one : .eight, .eight, endsWithChunk: true)
    }
  }

  private init(_ weights: Chains, _ biases: Chains, endsWithChunk: Bool = false) {
    self.weights = weights
    self.biases = biases
    self.endsWithChunk = endsWithChunk
  }
}
