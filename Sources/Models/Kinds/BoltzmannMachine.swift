import Lanes

/// A restricted Boltzmann machine, or a deep one with a second hidden layer, on binary units.
///
/// `E(v, h, g) = −a·v − b·h − vᵀW h − hᵀU g − d·g`. The loss is the exact mean negative
/// log-likelihood of the data: for each state of the first hidden layer the others are summed in
/// closed form, so at most 2¹² states are visited. Learned by the exact gradient, or by contrastive
/// divergence (k steps of Gibbs sampling; restricted machines only), whose step is not the gradient
/// of any function. Flat parameters: W (visible × hidden) row by row, a, b, then U (hidden × top),
/// d. Hinton, "Training products of experts by minimizing contrastive divergence", Neural
/// Computation 14 (2002); Salakhutdinov and Hinton, "Deep Boltzmann machines", AISTATS (2009).
package struct BoltzmannMachine: Objective {
  /// How the gradient is found.
  package enum Rule: Equatable, Sendable {
    /// By summing over all states.
    case exact
    /// By k steps of Gibbs sampling from the data; draws come from the stream of this seed.
    case contrastiveDivergence(steps: Int, seed: UInt64)
  }

  /// Visible units.
  package let visible: Int
  /// Units of the first hidden layer; at most 12.
  package let hidden: Int
  /// Units of the second hidden layer; 0 for a restricted machine.
  package let top: Int
  /// How the gradient is found.
  package let rule: Rule
  /// The patterns to be learned: inputs of 0 and 1.
  package let train: Samples
  /// The patterns as columns of lanes.
  let table: SampleTable

  /// The most hidden units of the first layer: 2¹² states are visited a pattern.
  package static let mostHidden = 12

  /// A machine for patterns.
  package init(hidden: Int, top: Int = 0, rule: Rule = .exact, train: Samples) {
    precondition(hidden > 0 && hidden <= Self.mostHidden && top >= 0)
    if case .contrastiveDivergence(let steps, _) = rule { precondition(top == 0 && steps > 0) }
    visible = train.inputCount
    self.hidden = hidden
    self.top = top
    self.rule = rule
    self.train = train
    table = SampleTable(train)
  }

  package var sampleCount: Int { train.count }
  package var testCount: Int { 0 }
  var aOffset: Int { visible * hidden }
  var bOffset: Int { aOffset + visible }
  var uOffset: Int { bOffset + hidden }
  var dOffset: Int { uOffset + hidden * top }
  package var parameterCount: Int { dOffset + top }

  package var layout: ParameterLayout {
    var blocks: [ParameterLayout.Block] = [
      .block("w", [visible, hidden], role: .weights, layer: 0),
      .block("a", [visible], role: .biases, layer: 0),
      .block("b", [hidden], role: .biases, layer: 0),
    ]
    if top > 0 {
      blocks.append(.block("u", [hidden, top], role: .weights, layer: 1))
      blocks.append(.block("d", [top], role: .biases, layer: 1))
    }
    return ParameterLayout(blocks)
  }

  package var kind: ObjectiveKind { .boltzmann(self) }

  package func scratchCount(batch: Int) -> Int {
    let lanes = min((max(batch, train.count) + 7) / 8, SampleChunk.most)
    // Draws of contrastive divergence take less, and take it before the rest is needed.
    return max(8 * scratchLanes(lanes: lanes), (visible + 2 * hidden + 15) / 8 * 8)
  }

  package func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? { nil }

  package func loss(
    at p: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    guard split == .train, train.count > 0 else { return 0 }
    let space = space(scratch)
    let logPartition = sumStates(at: p, space)
    return logPartition - logWeights(of: .all, at: p, space) / Double(train.count)
  }

  package func lossAndGradient(
    at p: UnsafePointer<Double>, batch: Batch, gradient: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    lossAndGradient(at: p, batch: batch, draw: 0, gradient: gradient, scratch: scratch)
  }
}
