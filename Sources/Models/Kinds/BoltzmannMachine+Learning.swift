import Lanes

/// An objective whose "gradient" is drawn at random: the draw's number makes it a function again,
/// so that runs replay.
package protocol StochasticObjective: Objective {
  /// As `lossAndGradient(at:batch:gradient:scratch:)`; `draw` is the step's number.
  func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch, draw: UInt64,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double
}

extension BoltzmannMachine: StochasticObjective {
  package func lossAndGradient(
    at p: UnsafePointer<Double>, batch: Batch, draw: UInt64,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    gradient.update(repeating: 0, count: (parameterCount + 7) / 8 * 8)
    let rows = table.count(of: batch)
    guard rows > 0 else { return 0 }
    switch rule {
    case .exact:
      return descend(batch, at: p, gradient, scratch)
    case .contrastiveDivergence(let steps, let seed):
      contrast(batch, rows: rows, steps: steps, seed: seed, draw: draw, at: p, gradient, scratch)
      return loss(at: p, split: .train, scratch: scratch)
    }
  }

  /// Adds the contrast of each pattern of a batch.
  private func contrast(
    _ batch: Batch, rows: Int, steps: Int, seed: UInt64, draw: UInt64, at p: UnsafePointer<Double>,
    _ gradient: UnsafeMutablePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
  ) {
    let share = 1 / Double(rows)
    train.inputs.withUnsafeBufferPointer { inputs in
      guard let base = inputs.baseAddress else { return }
      for place in 0..<rows {
        let pattern =
          switch batch {
          case .all: base + place * visible
          case .rows(let numbers): base + Int(numbers[place]) * visible
          }
        addContrast(
          pattern, share: share, steps: steps,
          draws: Draws(seed: seed, first: (draw &* UInt64(rows) &+ UInt64(place)) << 16),
          at: p, to: gradient, scratch: scratch)
      }
    }
  }

  /// Uniform numbers taken one after another.
  private struct Draws {
    private let stream: RandomStream
    private var position: UInt64

    init(seed: UInt64, first: UInt64) {
      stream = RandomStream(seed: seed, stream: Streams.sampling)
      position = first
    }

    mutating func bit(probability: Double) -> Double {
      defer { position &+= 1 }
      return stream.uniform(at: position) < probability ? 1 : 0
    }
  }

  /// Adds `share` · (gradient of −E after k Gibbs steps − gradient of −E at the pattern),
  /// mean-field in the hidden layer.
  private func addContrast(
    _ pattern: UnsafePointer<Double>, share: Double, steps: Int, draws: Draws,
    at p: UnsafePointer<Double>, to gradient: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    var draws = draws
    let v = scratch
    let h = scratch + visible
    let sampled = h + hidden
    v.update(from: pattern, count: visible)
    hiddenProbabilities(v, at: p, into: h)
    addProduct(v, h, share: -share, to: gradient)
    for _ in 0..<steps {
      for j in 0..<hidden { sampled[j] = draws.bit(probability: h[j]) }
      for i in 0..<visible {
        var z = p[visible * hidden + i]
        for j in 0..<hidden { z = z.addingProduct(p[i * hidden + j], sampled[j]) }
        v[i] = draws.bit(probability: Elementary.sigmoid(z))
      }
      hiddenProbabilities(v, at: p, into: h)
    }
    addProduct(v, h, share: share, to: gradient)
  }

  /// p(h = 1 | v) of a restricted machine.
  private func hiddenProbabilities(
    _ v: UnsafePointer<Double>, at p: UnsafePointer<Double>, into h: UnsafeMutablePointer<Double>
  ) {
    for j in 0..<hidden {
      var z = p[visible * hidden + visible + j]
      for i in 0..<visible { z = z.addingProduct(p[i * hidden + j], v[i]) }
      h[j] = Elementary.sigmoid(z)
    }
  }

  private func addProduct(
    _ v: UnsafePointer<Double>, _ h: UnsafePointer<Double>, share: Double,
    to gradient: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<visible {
      let scaled = share * v[i]
      gradient[visible * hidden + i] += scaled
      for j in 0..<hidden {
        let w = i * hidden + j
        gradient[w] = gradient[w].addingProduct(scaled, h[j])
      }
    }
    for j in 0..<hidden {
      let b = visible * hidden + visible + j
      gradient[b] = gradient[b].addingProduct(share, h[j])
    }
  }
}
