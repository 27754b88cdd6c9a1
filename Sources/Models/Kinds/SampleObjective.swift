package import Lanes

/// A loss that is a mean over samples, computed for up to 64 samples at once: one sample a lane.
///
/// The order of summation, which no processor and no neighbour in a batch changes: a batch is cut
/// into chunks of 64 samples in its order, a chunk into blocks of eight. Losses are summed lane by
/// lane in rising blocks, then across lanes in `Reduction.sum`'s order. A gradient's entry is one
/// chain of fused multiply-adds a chunk (in the order that its kind states), then a sum across
/// lanes; chunks are added up in rising order, and the whole is divided by the number of samples.
package protocol SampleObjective: Objective {
  /// Samples to learn from.
  var train: Samples { get }
  /// Samples kept for testing.
  var test: Samples { get }
  /// Both as columns of lanes.
  var tables: SampleTables { get }
  /// Whether answers are right or wrong.
  var hasClasses: Bool { get }

  /// The lanes of scratch that a chunk of `lanes` lane blocks needs.
  func chunkScratch(lanes: Int) -> Int

  /// The losses of a chunk's samples; adds the sum of their gradients to `gradient` where one is
  /// wanted.
  func visit(
    _ chunk: SampleChunk, at parameters: UnsafePointer<Double>,
    gradient: UnsafeMutablePointer<Double>?, scratch: UnsafeMutablePointer<Lanes>
  ) -> SampleSums
}

/// What a chunk's samples cost, and how many are answered rightly, lane by lane.
package struct SampleSums {
  var loss = Lanes.zero
  var right = Lanes.zero

  static func += (sums: inout SampleSums, more: SampleSums) {
    sums.loss += more.loss
    sums.right += more.right
  }
}

extension SampleObjective {
  package var sampleCount: Int { train.count }
  package var testCount: Int { test.count }

  package func scratchCount(batch: Int) -> Int {
    // Losses over whole splits are measured in the same scratch.
    let most = max(batch, train.count, test.count)
    let lanes = min((most + 7) / 8, SampleChunk.most)
    return 8 * (tables.train.gatheredLanes(samples: most) + chunkScratch(lanes: lanes))
  }

  package func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    gradient.update(repeating: 0, count: (parameterCount + 7) / 8 * 8)
    let sums = survey(
      tables.train, batch, at: parameters, gradient: gradient, scratch: scratch)
    let share = 1 / Double(max(1, tables.train.count(of: batch)))
    for i in 0..<parameterCount { gradient[i] *= share }
    return LaneFolding.sum(sums.loss) * share
  }

  package func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let table = split == .train ? tables.train : tables.test
    let sums = survey(table, .all, at: parameters, gradient: nil, scratch: scratch)
    return LaneFolding.sum(sums.loss) / Double(max(1, table.count))
  }

  package func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? {
    let table = split == .train ? tables.train : tables.test
    guard hasClasses, table.count > 0 else { return nil }
    let sums = survey(table, .all, at: parameters, gradient: nil, scratch: scratch)
    return LaneFolding.sum(sums.right) / Double(table.count)
  }

  /// Sums over all samples of a batch.
  private func survey(
    _ table: SampleTable, _ batch: Batch, at parameters: UnsafePointer<Double>,
    gradient: UnsafeMutablePointer<Double>?, scratch: UnsafeMutablePointer<Double>
  ) -> SampleSums {
    let space = Rows.lanes(scratch)
    let most = table.gatheredLanes(samples: table.count(of: batch))
    var sums = SampleSums()
    table.forEachChunk(of: batch, scratch: space) { chunk in
      sums += visit(chunk, at: parameters, gradient: gradient, scratch: space + most)
    }
    return sums
  }
}
