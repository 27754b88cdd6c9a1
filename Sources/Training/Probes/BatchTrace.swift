import Models

/// Which samples the steps of a run have taken: the latest batches, the present epoch, and how many
/// distinct samples (or blocks) epochs see.
///
/// Batches depend on the seed and on the step's number only, so they are drawn again here and the
/// run need not remember them.
package struct BatchTrace: Sendable, Equatable {
  /// Training samples.
  package let sampleCount: Int
  /// Samples of one batch; units are counted in blocks of so many where batches are fixed blocks,
  /// else 1.
  package let unitSize: Int
  /// Samples or blocks that can be drawn.
  package let unitCount: Int
  /// Steps in an epoch.
  package let stepsPerEpoch: Int
  /// Steps done of the present epoch; a full epoch right after its last step.
  package private(set) var position = 0
  /// The latest batches, oldest first: sample numbers.
  package private(set) var batches: [[Int]] = []
  /// How often each sample was taken in the present epoch.
  package private(set) var visits: [Int]
  /// The distinct units of earlier whole epochs, oldest first; of the last `epochLimit` epochs.
  package private(set) var distinct: [Int] = []

  /// Epochs that are looked at.
  package static let epochLimit = 200

  /// The trace of a snapshot's run; nil for full batches, or where batches do not fit.
  ///
  /// - Parameter recent: how many of the latest batches are kept.
  package init?(_ snapshot: Snapshot, recent: Int) {
    let experiment = snapshot.experiment
    guard snapshot.objective.sampleCount > 0, snapshot.step >= 0, snapshot.step < 1 << 52,
      var batcher = try? Batcher(
        experiment.batching, sampleCount: snapshot.objective.sampleCount, seed: experiment.seed),
      !batcher.isFull
    else { return nil }
    sampleCount = snapshot.objective.sampleCount
    stepsPerEpoch = batcher.stepsPerEpoch
    visits = [Int](repeating: 0, count: sampleCount)
    switch batcher.batching {
    case .blocks(let size), .blockSequence(let size, _, _), .numpyBlocks(let size, _):
      unitSize = size
      unitCount = sampleCount / size
    default:
      unitSize = 1
      unitCount = sampleCount
    }
    let began = BatchTrace.beginning(snapshot)
    let steps = max(0, snapshot.step - began)
    guard steps > 0 else { return }
    let epoch = (steps - 1) / stepsPerEpoch
    position = steps - epoch * stepsPerEpoch
    let firstEpoch = max(0, epoch - BatchTrace.epochLimit)
    let firstRecent = max(0, steps - max(0, recent))
    // Epochs of very many steps are looked at from where it is still worth waiting for.
    let firstStep = max(
      firstEpoch * stepsPerEpoch, steps - max(BatchTrace.rowLimit / batcher.greatestSize, position))
    var rows = [Int32](repeating: 0, count: batcher.greatestSize)
    var seen = [Int](repeating: -1, count: unitCount)
    var count = 0
    var isWhole = firstStep % stepsPerEpoch == 0
    for step in min(firstStep, firstRecent)..<steps {
      let number = step / stepsPerEpoch
      let taken = rows.withUnsafeMutableBufferPointer { rows in
        // `greatestSize` is at least 1 where batches are not full.
        batcher.draw(
          step: step, epoch: number, position: step % stepsPerEpoch, into: rows.baseAddress!)
      }
      let batch = rows[0..<taken].map(Int.init)
      if step >= firstRecent { batches.append(batch) }
      guard step >= firstStep else { continue }
      for sample in batch {
        if number == epoch { visits[sample] += 1 }
        let unit = sample / unitSize
        guard unit < unitCount, seen[unit] != number else { continue }
        seen[unit] = number
        count += 1
      }
      if (step + 1) % stepsPerEpoch == 0 {
        if isWhole, number < epoch || step + 1 == steps { distinct.append(count) }
        count = 0
        isWhole = true
      }
    }
  }

  /// Rows drawn again at most for one picture, the present epoch excepted.
  private static let rowLimit = 24_000

  /// The step at which the present way of drawing took effect.
  private static func beginning(_ snapshot: Snapshot) -> Int {
    snapshot.changes.reduce(0) { latest, change in
      switch change.command {
      case .batching, .addPoint: change.step <= snapshot.step ? max(latest, change.step) : latest
      default: latest
      }
    }
  }

  /// How often each unit was taken in the present epoch.
  package var unitVisits: [Int] {
    guard unitSize > 1 else { return visits }
    return (0..<unitCount).map { visits[$0 * unitSize] }
  }

  /// Distinct units of the present epoch so far.
  package var distinctNow: Int { unitVisits.count { $0 > 0 } }

  /// The mean of distinct units over whole epochs; nil before the first.
  package var meanDistinct: Double? {
    distinct.isEmpty ? nil : Double(distinct.reduce(0, +)) / Double(distinct.count)
  }

  /// How many distinct units an epoch sees on average when each draw is free: `n (1 − (1 −
  /// 1/n)^draws)`.
  package func expectedDistinct(_ batching: Batching) -> Double? {
    let draws: Int
    switch batching {
    case .blocks, .numpyBlocks: draws = stepsPerEpoch
    case .withReplacement(let size): draws = stepsPerEpoch * size
    default: return nil
    }
    let n = Double(unitCount)
    var left = n
    for _ in 0..<min(draws, 100_000) { left *= 1 - 1 / n }
    return n - left
  }
}
