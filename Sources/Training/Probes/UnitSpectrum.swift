import Lanes
package import Models

/// How the weights of the first layer's units are made of waves, where the inputs are one-hot
/// numbers: the power of each frequency, unit by unit.
///
/// Power of frequency k of p weights w: `|Σⱼ wⱼ e^(−2πikj/p)|²`, k from 1 to ⌊p/2⌋; the mean is
/// left out. Nanda et al. (2023), arXiv 2301.05217.
package struct UnitSpectrum: Sendable, Equatable {
  /// One block of one-hot inputs.
  package struct Block: Sendable, Equatable {
    /// How many numbers it tells apart.
    package let size: Int
    /// The share of each frequency in a unit's power, units by frequencies.
    package let shares: [[Double]]
    /// The power of each unit, over frequencies.
    package let power: [Double]

    /// The number of frequencies.
    package var frequencies: Int { size / 2 }
    /// Each unit's strongest frequency, from 0.
    package var top: [Int] {
      shares.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
    }
    /// The median over units of the share of the strongest frequency.
    package var medianTopShare: Double {
      let sorted = shares.map { $0.max() ?? 0 }.sorted()
      guard !sorted.isEmpty else { return .nan }
      let middle = sorted.count / 2
      return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
  }

  /// The blocks, in the order of the inputs.
  package let blocks: [Block]

  /// The spectrum of a network at parameters; nil where inputs are not one-hot numbers of at least
  /// four values.
  package init?(_ network: DenseNetwork, parameters: [Double]) {
    guard network.layers.count > 1, network.features.columns.count == network.inputCount,
      let axes = FiniteMap.blocks([network.trainSamples, network.testSamples])
    else { return nil }
    let layer = network.layers[0]
    blocks = axes.compactMap { axis -> Block? in
      guard case .oneHot(let range) = axis, range.count >= 4 else { return nil }
      return Block(
        size: range.count,
        rows: (0..<layer.units).map { unit in
          let start = layer.weights + unit * layer.inputs
          return parameters[start + range.lowerBound..<start + range.upperBound]
        })
    }
    guard !blocks.isEmpty else { return nil }
  }

  /// The share of units whose strongest frequency is the same in the first two blocks; nil where
  /// there are not two of one size.
  package var sameTop: Double? {
    guard blocks.count >= 2, blocks[0].size == blocks[1].size else { return nil }
    let pairs = zip(blocks[0].top, blocks[1].top)
    return Double(pairs.count { $0 == $1 }) / Double(max(1, blocks[0].shares.count))
  }

  /// The spectrum at the start of a snapshot's run: what the share of the strongest frequency is
  /// where nothing has been learnt; nil where no run made the snapshot.
  package static func atStart(of snapshot: Snapshot) -> UnitSpectrum? {
    guard let original = snapshot.original,
      let (objective, start) = try? ObjectiveFactory.make(original),
      let network = objective.kind.dense
    else { return nil }
    return UnitSpectrum(network, parameters: start)
  }
}

extension UnitSpectrum.Block {
  fileprivate init(size: Int, rows: [ArraySlice<Double>]) {
    self.size = size
    let angle = 2 * Double.pi / Double(size)
    let cosines = (0..<size).map { Elementary.cos(angle * Double($0)) }
    let sines = (0..<size).map { Elementary.sin(angle * Double($0)) }
    let powers = rows.map { row in
      (1...size / 2).map { k -> Double in
        var (re, im) = (0.0, 0.0)
        for (j, w) in row.enumerated() {
          re += w * cosines[k * j % size]
          im += w * sines[k * j % size]
        }
        return re * re + im * im
      }
    }
    power = powers.map { $0.reduce(0, +) }
    shares = zip(powers, power).map { row, sum in row.map { sum > 0 ? $0 / sum : 0 } }
  }
}
