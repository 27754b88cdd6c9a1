import Lanes
import Models
import Training

extension Cause {
  /// Sorted samples in a fixed order.
  static let batchOrder = Cause(
    "batch_order", title: "Batches in a sorted order",
    summary:
      "Samples are sorted and taken in order, so that for long stretches it sees one class only",
    criterion:
      "Order sequential; over tenths of the samples the shares of the classes differ from the "
      + "whole by more than 0.3 "
      + "on average (regression: two thirds of the targets' spread lies between tenths), the loss "
      + "swings within an epoch by more than 10 % of itself (or 3 %, and 10 % of its way down), "
      + "and shuffled batches "
      + "end lower by 10 % of it or by 5 % of the way",
    certainty: .heuristic,
    words: "For half an epoch it sees only one class.",
    remedy: "Shuffle", question: .batches
  ) { run in
    guard case .sequential(let size) = run.now.batching, !run.isExact, let network = run.network,
      !run.hasDiverged, run.last.gradientNorm > 0
    else { return nil }
    let deviation = network.trainSamples.unevenness(blocks: 10, atLeast: size)
    let isSorted =
      network.classCount == nil ? deviation > 0.66 : deviation > 0.3
    guard isSorted else { return nil }
    let perEpoch = run.end.stepsPerEpoch
    guard perEpoch >= 2, run.steps >= 2 * perEpoch else { return nil }
    // The loss over all samples within the last epoch, and how far it leaves the line from the
    // epoch's beginning to its end: a run that is merely falling does not.
    let stride = max(1, perEpoch / 50)
    var place = run.course.run(at: run.steps - perEpoch)
    let meter = Meter(run.objective)
    var losses = [meter.observe(place).loss]
    while place.step < run.steps, place.advance(min(stride, run.steps - place.step)) > 0 {
      losses.append(meter.observe(place).loss)
    }
    let fall = losses[0] - losses[losses.count - 1]
    let waves = losses.enumerated().map { place, loss in
      loss - losses[0] + fall * Double(place) / Double(max(1, losses.count - 1))
    }
    let mean = VectorMath.mean(losses) - fall / 2
    let height = (waves.max() ?? 0) - (waves.min() ?? 0)
    let swing = height / mean
    guard mean > 1e-8 * run.first.loss,
      swing > 0.1
        || swing > 0.03 && height > 0.1 * abs(run.first.loss - (losses.min() ?? 0)),
      let mixed = run.trial({ $0.batching = .shuffled(size: size) })
    else { return nil }
    guard
      swing > 0.1 && (mixed.loss < 0.9 * mean || mixed.loss < 0.9 * run.last.loss)
        || mean - mixed.loss > 0.05 * (run.first.loss - mixed.loss)
    else { return nil }
    return Finding(
      "batch_order", since: run.sinceBatching, exact: false,
      words:
        "The samples are sorted and taken in order: for long stretches of an epoch it sees one "
        + "kind only, and the loss "
        + "swings by \(swing.percent) with the epoch's period of \(perEpoch) steps.",
      evidence: [
        .init("deviation_of_the_shares", deviation), .init("swing_within_an_epoch", swing),
        .init("steps_an_epoch", Double(perEpoch)), .init("mean_loss_of_the_last_epoch", mean),
        .init("loss_with_shuffled_batches", mixed.loss), .init("loss_at_the_end", run.last.loss),
      ],
      remedies: [.init("Shuffle", ["batch": "{size: \(size), order: shuffled}"])])
  }
}

extension Examination {
  /// The step at which the batches in force took effect.
  var sinceBatching: Int { since(\.batching) }
}

extension Samples {
  /// How much consecutive blocks differ from the whole: the mean distance of their shares of
  /// classes (0 to 1), or, for values, the share of the targets' standard deviation that lies
  /// between blocks.
  func unevenness(blocks: Int, atLeast size: Int) -> Double {
    let length = max(size, (count + blocks - 1) / blocks, 1)
    let ranges = Swift.stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
    let column = (0..<count).map { targets[$0 * targetCount] }
    let kinds = Set(column)
    guard ranges.count > 1, kinds.count > 1 else { return 0 }
    if kinds.count <= 20, kinds.allSatisfy({ $0 == $0.rounded() }) {
      func share(_ kind: Double, _ range: Range<Int>) -> Double {
        Double(range.count { column[$0] == kind }) / Double(range.count)
      }
      return VectorMath.mean(
        ranges.map { range in
          kinds.reduce(0) { $0 + abs(share($1, range) - share($1, 0..<count)) } / 2
        })
    }
    let means = ranges.map { VectorMath.mean(column[$0]) }
    return (VectorMath.variance(means) / max(VectorMath.variance(column), .leastNormalMagnitude))
      .squareRoot()
  }
}
