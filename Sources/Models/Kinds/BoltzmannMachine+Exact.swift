import Lanes

/// The exact gradient: what the data expect of −E, less what the machine expects.
///
/// Patterns are lanes: sums over them run over the blocks of a chunk of 64 in rising order, then
/// across lanes; chunks are added up in rising order. A deep machine's patterns are taken one by
/// one, with its states as lanes.
extension BoltzmannMachine {
  /// The loss over all patterns, and the gradient of the mean over a batch, which is not empty.
  func descend(
    _ batch: Batch, at p: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>,
    _ scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let space = space(scratch)
    let logPartition = sumStates(at: p, space)
    space.patternWeights.update(repeating: .zero, count: space.width)
    var logWeight = logWeights(of: batch, at: p, space, gradient)
    finish(gradient, share: 1 / Double(table.count(of: batch)), space)
    if case .rows = batch { logWeight = logWeights(of: .all, at: p, space) }
    return logPartition - logWeight / Double(train.count)
  }

  /// The sum over the patterns of a batch of the logarithm of their unnormalised probability; adds
  /// the sum of what they expect of −E to `gradient` where one is wanted.
  func logWeights(
    of batch: Batch, at p: UnsafePointer<Double>, _ space: Space,
    _ gradient: UnsafeMutablePointer<Double>? = nil
  ) -> Double {
    var total = Lanes.zero
    table.forEachChunk(of: batch, scratch: space.gathered) {
      total += logWeights($0, at: p, space, gradient)
    }
    return LaneFolding.sum(total)
  }

  /// The same of one chunk, lane by lane.
  func logWeights(
    _ chunk: SampleChunk, at p: UnsafePointer<Double>, _ space: Space,
    _ gradient: UnsafeMutablePointer<Double>? = nil
  ) -> Lanes {
    let lanes = chunk.lanes
    let fields = space.fields
    let tails = fields + hidden &* lanes
    let totals = tails + hidden &* lanes
    // What the patterns tell the hidden units, and a · v.
    Multiply.rows(
      fields, lanes, units: hidden, lanes: lanes, p, unit: 1, step: hidden, chunk.inputs,
      chunk.inputStride, depth: visible, start: .bias, bias: p + bOffset)
    Multiply.rows(
      totals, lanes, units: 1, lanes: lanes, p + aOffset, unit: visible, step: 1, chunk.inputs,
      chunk.inputStride, depth: visible, start: .zero, bias: p)
    if top == 0 {
      // Hidden units do not depend on each other, so that their states need not be visited.
      for k in 0..<hidden &* lanes {
        let z = fields[k]
        tails[k] = z.replacing(with: .zero, where: z .< .zero)
      }
      addTails(tails, fields, lanes: lanes, totals)
    } else {
      visitStates(chunk, at: p, space, means: tails, totals, isNeeded: gradient != nil)
    }
    var sum = Lanes.zero
    for k in 0..<lanes { sum += chunk.real(totals[k], k) }
    guard let gradient else { return sum }
    let means = top == 0 ? fields : tails
    chunk.clearPadding(means, rows: hidden, stride: lanes)
    WeightGradient.add(
      chunk.inputs, chunk.inputStride, units: visible, means, lanes, inputs: hidden, lanes: lanes,
      weights: gradient)
    WeightGradient.addBiases(
      chunk.inputs, chunk.inputStride, units: visible, lanes: lanes, gradient + aOffset)
    WeightGradient.addBiases(means, lanes, units: hidden, lanes: lanes, gradient + bOffset)
    return sum
  }

  /// Adds log(1 + e^z) of all hidden units to the totals; `linear` holds their linear parts, `z`
  /// becomes σ(z).
  private func addTails(
    _ linear: UnsafeMutablePointer<Lanes>, _ z: UnsafeMutablePointer<Lanes>, lanes: Int,
    _ totals: UnsafeMutablePointer<Lanes>
  ) {
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: SampleChunk.most) { tails in
      // `most` is not 0.
      guard let tail = tails.baseAddress else { return }
      for j in 0..<hidden {
        let row = z + j &* lanes
        Rows.logistic(row, tail: tail, sigmoid: row, count: lanes)
        for k in 0..<lanes { totals[k] += linear[j &* lanes &+ k] + tail[k] }
      }
    }
  }

  /// The patterns of a chunk one by one: their totals, the means of the hidden units, and the
  /// weights of states.
  private func visitStates(
    _ chunk: SampleChunk, at p: UnsafePointer<Double>, _ space: Space,
    means: UnsafeMutablePointer<Lanes>, _ totals: UnsafeMutablePointer<Lanes>, isNeeded: Bool
  ) {
    let lanes = chunk.lanes
    let fields = Rows.doubles(space.fields)
    let out = Rows.doubles(means)
    let sums = Rows.doubles(totals)
    for pattern in 0..<chunk.count {
      fill(space.row, start: 0, fields + pattern, step: 8 &* lanes)
      for k in 0..<space.width { space.row[k] += space.topTotals[k] }
      sums[pattern] += normalize(space.row, width: space.width)
      guard isNeeded else { continue }
      for k in 0..<space.width { space.patternWeights[k] += space.row[k] }
      _ = halve(space.row, width: space.width) { j, sum in
        out[j &* 8 &* lanes &+ pattern] = sum
      }
    }
  }

  /// Turns sums over patterns into the gradient: what the machine expects of −E, less `share` times
  /// them.
  private func finish(
    _ gradient: UnsafeMutablePointer<Double>, share: Double, _ space: Space
  ) {
    let width = space.width
    let row = space.row
    func put(_ expected: Double, _ place: Int) {
      gradient[place] = expected - share * gradient[place]
    }
    for i in 0..<visible {
      let mean = space.means + i * width
      for k in 0..<width { row[k] = space.weights[k] * mean[k] }
      put(halve(row, width: width) { j, sum in put(sum, i * hidden + j) }, aOffset + i)
    }
    // The top layer's means given a state are the same in both parts.
    let factor = Lanes(repeating: share)
    for t in 0..<top {
      let mean = space.means + (visible + t) * width
      for k in 0..<width {
        row[k] = (space.weights[k] - space.patternWeights[k] * factor) * mean[k]
      }
      gradient[dOffset + t] = halve(row, width: width) { j, sum in
        gradient[uOffset + j * top + t] = sum
      }
    }
    _ = halve(space.weights, width: width) { j, sum in put(sum, bOffset + j) }
  }
}
