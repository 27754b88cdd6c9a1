import Lanes
import Models
import Optimization

extension Run {
  /// An immutable picture of the run as it is now.
  package func snapshot() -> Snapshot {
    let losses = measure()
    var status = core.status
    // Over all samples the next step finds the same loss, and goes no further, unless it looks
    // elsewhere than where the model is.
    let isNext = core.batcher.isFull && !core.optimizer.isMeasuredAtAverage
    if status == .running, isNext, !losses.train.isFinite {
      status = .diverged(step: core.step, parameter: nil)
    }
    var memory = core.optimizer.memory.vectors
      .filter { $0.values.count == objective.parameterCount }
      .prefix(4)
      .map { Snapshot.NamedVector(name: $0.name, values: $0.values.values) }
    if let rates = core.optimizer.effectiveRate(learningRate: learningRate) {
      memory.append(
        Snapshot.NamedVector(name: MemoryQuantity.effectiveRate.name, values: rates.values))
    }
    return Snapshot(
      run: id, experiment: experiment, original: original, objective: objective,
      objectiveID: objectiveID, step: core.step,
      epoch: core.epoch, parameters: modelParameters,
      gradientPoint: core.optimizer.isMeasuredAtAverage ? parameters : nil, loss: losses.train,
      testLoss: losses.test,
      accuracy: losses.trainAccuracy, testAccuracy: losses.testAccuracy,
      gradient: core.step > 0 ? buffers.gradient.values : [],
      learningRate: learningRate, baseRate: core.baseRate, optimizerState: memory,
      stability: core.optimizer.linearStability,
      lastBatch: lastBatch, history: core.record.history, trajectory: core.record.trajectory,
      changes: core.record.changes, omissions: core.record.omissions, status: status,
      stepsPerSecond: 0, generation: 0)
  }

  /// Sample numbers of the last batch; empty for full batches.
  package var lastBatch: [Int] { buffers.workspace.rows[0..<core.lastRowCount].map { Int($0) } }

  /// The training accuracy at the present parameters, for classifiers.
  package var accuracy: Double? { measure(.train).accuracy }

  /// The training loss over all samples at the present parameters.
  package var loss: Double { measure(.train).loss }

  /// The accuracy on a split at the present parameters; nil where there are no classes, or no
  /// samples.
  func accuracy(_ split: Split) -> Double? {
    split == .test && objective.testCount == 0 ? nil : measure(split).accuracy
  }

  private struct Losses {
    var train: Double
    var test: Double?
    var trainAccuracy: Double?
    var testAccuracy: Double?
  }

  private func measure() -> Losses {
    let train = measure(.train)
    guard objective.testCount > 0 else {
      return Losses(train: train.loss, trainAccuracy: train.accuracy)
    }
    let test = measure(.test)
    return Losses(
      train: train.loss, test: test.loss, trainAccuracy: train.accuracy,
      testAccuracy: test.accuracy)
  }

  private func measure(_ split: Split) -> (loss: Double, accuracy: Double?) {
    let count = split == .train ? objective.sampleCount : objective.testCount
    var scratch = Vector(zeros: max(8, objective.scratchCount(batch: count)))
    return core.optimizer.average(buffers.parameters).withUnsafePointer { parameters in
      scratch.withUnsafeMutablePointer { scratch in
        (
          objective.loss(at: parameters, split: split, scratch: scratch),
          objective.accuracy(at: parameters, split: split, scratch: scratch)
        )
      }
    }
  }
}
