import Lanes

/// A restricted Boltzmann machine, or a deep one with a second hidden layer, on binary units.
///
/// `E(v, h, g) = −a·v − b·h − vᵀW h − hᵀU g − d·g`. The loss is the exact mean negative log-likelihood of the data: for each
/// state of the first hidden layer the others are summed in closed form, so at most 2¹² states are visited. Learned by the
/// exact gradient, or by contrastive divergence (k steps of Gibbs sampling; restricted machines only), whose step is not the
/// gradient of any function. Flat parameters: W (visible × hidden) row by row, a, b, then U (hidden × top), d.
/// Hinton, "Training products of experts by minimizing contrastive divergence", Neural Computation 14 (2002); Salakhutdinov
/// and Hinton, "Deep Boltzmann machines", AISTATS (2009).
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
  }

  package var sampleCount: Int { train.count }
  package var testCount: Int { 0 }
  private var aOffset: Int { visible * hidden }
  private var bOffset: Int { aOffset + visible }
  private var uOffset: Int { bOffset + hidden }
  private var dOffset: Int { uOffset + hidden * top }
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

  package func scratchCount(batch: Int) -> Int { (visible + 2 * hidden + top + 15) / 8 * 8 }
  package func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? { nil }

  package func loss(
    at p: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    guard split == .train, train.count > 0 else { return 0 }
    let logZ = logSum { logWeight(state: $0, visible: nil, at: p) }
    var sum = 0.0
    train.inputs.withUnsafeBufferPointer { inputs in
      guard let base = inputs.baseAddress else { return }
      for row in 0..<train.count {
        let v = base + row * visible
        sum += logZ - logSum { logWeight(state: $0, visible: v, at: p) }
      }
    }
    return sum / Double(train.count)
  }

  package func lossAndGradient(
    at p: UnsafePointer<Double>, batch: Batch, gradient: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    lossAndGradient(at: p, batch: batch, draw: 0, gradient: gradient, scratch: scratch)
  }

  /// The log of the sum over all states of the first hidden layer of `exp(logWeight)`.
  func logSum(_ logWeight: (Int) -> Double) -> Double {
    var highest = -Double.infinity
    for state in 0..<1 << hidden { highest = max(highest, logWeight(state)) }
    guard highest.isFinite else { return highest }
    var sum = 0.0
    for state in 0..<1 << hidden { sum += Elementary.exp(logWeight(state) - highest) }
    return highest + Elementary.log(sum)
  }

  /// The log of the unnormalised probability of a state of the first hidden layer, with the top layer summed out, and the
  /// visible layer given or (nil) summed out too.
  func logWeight(
    state: Int, visible v: UnsafePointer<Double>?, at p: UnsafePointer<Double>
  ) -> Double {
    var total = 0.0
    for j in 0..<hidden where state >> j & 1 == 1 { total += p[bOffset + j] }
    for i in 0..<visible {
      let z = visibleField(i, state: state, at: p)
      if let v { total = total.addingProduct(v[i], z) } else { total += Elementary.softplus(z) }
    }
    for k in 0..<top { total += Elementary.softplus(topField(k, state: state, at: p)) }
    return total
  }

  /// What visible unit i is told by a state of the hidden layer.
  func visibleField(_ i: Int, state: Int, at p: UnsafePointer<Double>) -> Double {
    var z = p[aOffset + i]
    for j in 0..<hidden where state >> j & 1 == 1 { z += p[i * hidden + j] }
    return z
  }

  /// What top unit k is told by a state of the hidden layer.
  func topField(_ k: Int, state: Int, at p: UnsafePointer<Double>) -> Double {
    var z = p[dOffset + k]
    for j in 0..<hidden where state >> j & 1 == 1 { z += p[uOffset + j * top + k] }
    return z
  }

  /// Adds `share` times the expected gradient of −E over the hidden states, given the visible layer or (nil) over it too.
  func addExpectation(
    visible v: UnsafePointer<Double>?, share: Double, at p: UnsafePointer<Double>,
    to gradient: UnsafeMutablePointer<Double>
  ) {
    let logTotal = logSum { logWeight(state: $0, visible: v, at: p) }
    for state in 0..<1 << hidden {
      let weight = share * Elementary.exp(logWeight(state: state, visible: v, at: p) - logTotal)
      for j in 0..<hidden where state >> j & 1 == 1 { gradient[bOffset + j] += weight }
      for i in 0..<visible {
        let mean = v.map { $0[i] } ?? Elementary.sigmoid(visibleField(i, state: state, at: p))
        gradient[aOffset + i] = gradient[aOffset + i].addingProduct(weight, mean)
        for j in 0..<hidden where state >> j & 1 == 1 {
          let w = i * hidden + j
          gradient[w] = gradient[w].addingProduct(weight, mean)
        }
      }
      for k in 0..<top {
        let mean = Elementary.sigmoid(topField(k, state: state, at: p))
        gradient[dOffset + k] = gradient[dOffset + k].addingProduct(weight, mean)
        for j in 0..<hidden where state >> j & 1 == 1 {
          let u = uOffset + j * top + k
          gradient[u] = gradient[u].addingProduct(weight, mean)
        }
      }
    }
  }
}
