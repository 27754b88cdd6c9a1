import Lanes

/// A loss that is a mean over samples, written for one sample at a time: the small networks that are shown for what they
/// are, not for their speed.
package protocol SampleObjective: Objective {
  /// Samples to learn from.
  var train: Samples { get }
  /// Samples kept for testing.
  var test: Samples { get }
  /// Doubles of scratch that one sample needs.
  var sampleScratch: Int { get }

  /// The loss of one sample; adds its gradient to `gradient` where one is wanted. `correct` is nil where there are no
  /// classes.
  func visit(
    input: UnsafePointer<Double>, target: UnsafePointer<Double>,
    at parameters: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>?,
    scratch: UnsafeMutablePointer<Double>
  ) -> (loss: Double, correct: Bool?)
}

extension SampleObjective {
  package var sampleCount: Int { train.count }
  package var testCount: Int { test.count }
  package func scratchCount(batch: Int) -> Int { (sampleScratch + 7) / 8 * 8 }

  package func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch,
    gradient: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let padded = (parameterCount + 7) / 8 * 8
    gradient.update(repeating: 0, count: padded)
    var sum = 0.0
    var count = train.count
    train.inputs.withUnsafeBufferPointer { inputs in
      train.targets.withUnsafeBufferPointer { targets in
        guard let x = inputs.baseAddress, let t = targets.baseAddress else { return }
        func add(_ row: Int) {
          sum +=
            visit(
              input: x + row * train.inputCount, target: t + row * train.targetCount,
              at: parameters, gradient: gradient, scratch: scratch
            ).loss
        }
        switch batch {
        case .all:
          for row in 0..<count { add(row) }
        case .rows(let rows):
          count = rows.count
          for row in rows { add(Int(row)) }
        }
      }
    }
    let share = 1 / Double(max(1, count))
    for i in 0..<parameterCount { gradient[i] *= share }
    return sum * share
  }

  package func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    survey(at: parameters, split: split, scratch: scratch).loss
  }

  package func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? {
    survey(at: parameters, split: split, scratch: scratch).accuracy
  }

  /// The mean loss and the share of right answers over a split.
  private func survey(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> (loss: Double, accuracy: Double?) {
    let samples = split == .train ? train : test
    var sum = 0.0
    var right = 0
    var judged = 0
    samples.inputs.withUnsafeBufferPointer { inputs in
      samples.targets.withUnsafeBufferPointer { targets in
        guard let x = inputs.baseAddress, let t = targets.baseAddress else { return }
        for row in 0..<samples.count {
          let (loss, correct) = visit(
            input: x + row * samples.inputCount, target: t + row * samples.targetCount,
            at: parameters, gradient: nil, scratch: scratch)
          sum += loss
          if let correct {
            judged += 1
            if correct { right += 1 }
          }
        }
      }
    }
    let count = Double(max(1, samples.count))
    return (sum / count, judged == 0 ? nil : Double(right) / Double(judged))
  }
}

/// Softmax cross-entropy of one sample, in place: `logits` become the gradient `p − onehot`.
///
/// Returns the loss and whether the largest logit is the target's.
func softmaxCrossEntropy(
  logits: UnsafeMutablePointer<Double>, count: Int, target: Int
) -> (loss: Double, correct: Bool) {
  var top = 0
  for c in 1..<max(1, count) where logits[c] > logits[top] { top = c }
  let highest = logits[top]
  let wanted = logits[target] - highest
  var sum = 0.0
  for c in 0..<count {
    logits[c] = Elementary.exp(logits[c] - highest)
    sum += logits[c]
  }
  for c in 0..<count { logits[c] /= sum }
  logits[target] -= 1
  return (Elementary.log(sum) - wanted, top == target)
}
