/// How often each class was taken for each: one row a true class, one column an answer.
package struct Confusion: Equatable, Sendable {
  /// `counts[true][told]`.
  package let counts: [[Int]]
  /// What the data call the classes.
  package let names: [String]

  /// Counts the answers of a network for samples; nil where it tells no classes.
  package init?(_ network: DenseNetwork, at parameters: [Double], of samples: Samples) {
    guard let classes = network.classCount, classes > 1 else { return nil }
    names = (0..<classes).map { network.trainSamples.className($0) }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    if samples.count > 0 {
      let told = network.classes(
        of: network.outputs(at: parameters, inputs: network.inputRows(samples)))
      for (sample, answer) in told.enumerated() {
        counts[Self.truth(samples, sample, classes)][min(answer, classes - 1)] += 1
      }
    }
    self.counts = counts
  }

  private static func truth(_ samples: Samples, _ sample: Int, _ classes: Int) -> Int {
    let target = samples.target(sample)
    guard target.count == 1 else {
      return target.indices.max { target[$0] < target[$1] }.map { $0 - target.startIndex } ?? 0
    }
    let value = target[target.startIndex]
    let number = classes == 2 ? (value >= 0.5 ? 1 : 0) : Int(value)
    return max(0, min(number, classes - 1))
  }

  /// The share of a class's samples that are told right; nil where there are none.
  package func recall(_ class: Int) -> Double? {
    let all = counts[`class`].reduce(0, +)
    return all == 0 ? nil : Double(counts[`class`][`class`]) / Double(all)
  }

  /// The share of a class's answers that are right; nil where there are none.
  package func precision(_ class: Int) -> Double? {
    let all = counts.reduce(0) { $0 + $1[`class`] }
    return all == 0 ? nil : Double(counts[`class`][`class`]) / Double(all)
  }

  /// How many samples were counted.
  package var count: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
}

extension DenseNetwork {
  /// The class that each sample's predictions (one row an output, as `outputs` gives them) tell:
  /// the greatest (the first of equals) or, of one output, on which side of the threshold it is.
  package func classes(of predictions: [[Double]]) -> [Int] {
    guard let first = predictions.first else { return [] }
    guard predictions.count > 1 else {
      let threshold = link == .identity && loss.scores != .values ? 0 : 0.5
      return first.map { $0 >= threshold ? 1 : 0 }
    }
    return first.indices.map { sample in
      var best = 0
      for row in 1..<predictions.count
      where predictions[row][sample] > predictions[best][sample] { best = row }
      return best
    }
  }
}
