package import Lanes

/// What it takes to train many copies of a network side by side, one lane a run.
extension DenseNetwork {
  /// Whether weights are penalised.
  package var isPenalized: Bool { !penalty.isNone }

  /// The training samples as columns of features and of targets.
  package var trainingColumns: (inputs: [[Double]], targets: [[Double]]) {
    func columns(_ table: AlignedLanes, _ count: Int) -> [[Double]] {
      (0..<count).map { column in
        (0..<train.count).map { table[column * train.stride + ($0 >> 3)][$0 & 7] }
      }
    }
    return (columns(train.columns, train.inputs), columns(train.targets, train.outputs))
  }

  /// Gradients of the training loss by the output layer's values, for eight runs at once.
  ///
  /// Row k of `z` and `delta` holds output k: one `Lanes` a training sample, one lane a run.
  /// `targets` has the same form, with all lanes alike.
  package func lossGradients(
    _ z: UnsafePointer<Lanes>, _ targets: UnsafePointer<Lanes>,
    _ delta: UnsafeMutablePointer<Lanes>
  ) {
    let block = LossBlock(
      outputs: outputCount, stride: train.count, targetStride: train.count,
      count: train.count * 8, scale: scale(samples: train.count), setting: lossSetting)
    _ = loss.evaluate(z, targets, delta, block)
  }
}
