package import Models

/// How well a classifier remembers each class: the mean probability that it gives to the right
/// answer on the training samples of the class, and how many there are.
package struct ClassMemory: Sendable, Equatable {
  /// Training samples of each class.
  package let counts: [Int]
  /// The mean probability of the right answer; NaN for classes without a sample.
  package let shares: [Double]

  /// The memory of a network at parameters; nil where it does not tell at least three classes apart
  /// by shares.
  package init?(_ network: DenseNetwork, parameters: [Double]) {
    guard let classes = network.classCount, classes > 2, network.link == .softmax,
      network.trainSamples.targetCount == 1
    else { return nil }
    let samples = network.trainSamples
    let answers = NetworkProbe.predictions(
      network, parameters: parameters, PreparedInputs(network, samples: samples))
    guard answers.count == classes else { return nil }
    var counts = [Int](repeating: 0, count: classes)
    var sums = [Double](repeating: 0, count: classes)
    for sample in 0..<samples.count {
      let right = Int(samples.targets[sample])
      guard counts.indices.contains(right) else { continue }
      counts[right] += 1
      sums[right] += answers[right][sample]
    }
    self.counts = counts
    shares = zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : .nan }
  }

  /// Classes whose right answer has a probability above ½.
  package var remembered: Int { shares.count { $0 > 0.5 } }
}
