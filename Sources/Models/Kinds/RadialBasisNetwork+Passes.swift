package import Lanes

/// The pass of a radial basis network, one sample a lane.
///
/// Sums over samples run over the blocks of a chunk in rising order, then across lanes.
extension RadialBasisNetwork {
  package func chunkScratch(lanes: Int) -> Int { (2 * bumps + 2) * lanes }

  package func visit(
    _ chunk: SampleChunk, at p: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>?,
    scratch: UnsafeMutablePointer<Lanes>
  ) -> SampleSums {
    let lanes = chunk.lanes
    let heights = scratch
    let distances = heights + bumps &* lanes
    let values = distances + bumps &* lanes
    let errors = values + lanes
    for i in 0..<bumps {
      let minus = Lanes(repeating: -width(i, p))
      for k in 0..<lanes {
        var distance = Lanes.zero
        for j in 0..<inputCount {
          let d = chunk.inputs[j &* chunk.inputStride &+ k] - Lanes(repeating: coordinate(i, j, p))
          distance.addProduct(d, d)
        }
        distances[i &* lanes &+ k] = distance
        heights[i &* lanes &+ k] = minus * distance
      }
    }
    Rows.exp(heights, heights, count: bumps &* lanes)
    for k in 0..<lanes { values[k] = hasBias ? Lanes(repeating: p[bumps]) : .zero }
    Multiply.rows(
      values, lanes, units: 1, lanes: lanes, p, unit: bumps, step: 1, heights, lanes, depth: bumps,
      start: .sum, bias: p)
    var sums = SampleSums()
    for k in 0..<lanes {
      let difference = values[k] - chunk.targets[k]
      sums.loss += chunk.real(difference * difference, k)
      errors[k] = difference + difference
    }
    guard let gradient else { return sums }
    chunk.clearPadding(errors, rows: 1, stride: lanes)
    WeightGradient.add(
      errors, lanes, units: 1, heights, lanes, inputs: bumps, lanes: lanes, weights: gradient)
    if hasBias {
      WeightGradient.addBiases(errors, lanes, units: 1, lanes: lanes, gradient + bumps)
    }
    guard learnsBumps else { return sums }
    for i in 0..<bumps {
      // What both gradients have in common takes the heights' place.
      let common = heights + i &* lanes
      let factor = Lanes(repeating: p[i])
      let width = Lanes(repeating: width(i, p))
      for k in 0..<lanes { common[k] = errors[k] * factor * common[k] * width }
      for j in 0..<inputCount {
        let center = Lanes(repeating: coordinate(i, j, p))
        var sum = Lanes.zero
        for k in 0..<lanes {
          sum.addProduct(common[k], chunk.inputs[j &* chunk.inputStride &+ k] - center)
        }
        gradient[bumpOffset &+ i &* inputCount &+ j] += 2 * LaneFolding.sum(sum)
      }
      var sum = Lanes.zero
      for k in 0..<lanes { sum.addProduct(common[k], distances[i &* lanes &+ k]) }
      gradient[bumpOffset &+ bumps &* inputCount &+ i] -= LaneFolding.sum(sum)
    }
    return sums
  }

  @inline(__always)
  private func coordinate(_ i: Int, _ j: Int, _ p: UnsafePointer<Double>) -> Double {
    learnsBumps ? p[bumpOffset + i * inputCount + j] : centers[i][j]
  }

  @inline(__always)
  private func width(_ i: Int, _ p: UnsafePointer<Double>) -> Double {
    learnsBumps ? Elementary.exp(p[bumpOffset + bumps * inputCount + i]) : gamma
  }
}
