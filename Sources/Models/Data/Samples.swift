import Lanes

/// Samples as they come: inputs and targets, one row a sample.
package struct Samples: Equatable, Sendable {
  /// Numbers per sample.
  package var inputCount: Int
  /// Targets per sample.
  package var targetCount: Int
  /// Inputs, row by row.
  package var inputs: [Double]
  /// Targets, row by row: values, {0, 1}, or class numbers.
  package var targets: [Double]
  /// How many classes the targets number (one target a sample); nil: they are values.
  package var classCount: Int?
  /// What the data call each class; empty where classes are numbered 0, 1, ….
  package var classLabels: [ClassLabel] = []
  /// What the data call each input; empty where they have no names.
  package var inputNames: [String] = []

  /// The number of samples.
  package var count: Int { inputCount == 0 ? 0 : inputs.count / inputCount }

  /// Samples from flat rows.
  package init(
    inputCount: Int, targetCount: Int = 1, inputs: [Double] = [], targets: [Double] = [],
    classCount: Int? = nil
  ) {
    precondition(
      inputCount > 0 && targetCount > 0 && inputs.count % inputCount == 0
        && inputs.count / inputCount * targetCount == targets.count,
      "\(inputs.count) inputs of \(inputCount), \(targets.count) targets of \(targetCount)")
    self.inputCount = inputCount
    self.targetCount = targetCount
    self.inputs = inputs
    self.targets = targets
    self.classCount = classCount
  }

  /// The inputs of one sample.
  package func input(_ sample: Int) -> ArraySlice<Double> {
    inputs[sample * inputCount..<(sample + 1) * inputCount]
  }

  /// The targets of one sample.
  package func target(_ sample: Int) -> ArraySlice<Double> {
    targets[sample * targetCount..<(sample + 1) * targetCount]
  }

  /// Adds a sample.
  package mutating func append(_ input: [Double], _ target: [Double]) {
    precondition(
      input.count == inputCount && target.count == targetCount,
      "\(input.count) inputs and \(target.count) targets for \(inputCount) and \(targetCount)")
    inputs += input
    targets += target
  }

  /// The samples with these numbers, in this order.
  package func selecting(_ numbers: [Int]) -> Samples {
    var chosen = Samples(
      inputCount: inputCount, targetCount: targetCount, inputs: [], targets: [],
      classCount: classCount)
    chosen.classLabels = classLabels
    chosen.inputNames = inputNames
    chosen.inputs.reserveCapacity(numbers.count * inputCount)
    chosen.targets.reserveCapacity(numbers.count * targetCount)
    for number in numbers {
      chosen.inputs += input(number)
      chosen.targets += target(number)
    }
    return chosen
  }

  /// Keeps the last samples for testing, and the first ⌊count · (1 − share)⌋ for training, as
  /// TensorFlow Playground does.
  package func split(lastShare share: Double) -> (train: Samples, test: Samples) {
    // A share of tests that is a rounding error too great takes no sample away.
    let wanted = Int((Double(count) * (1 - share) * (1 + 1e-12)).rounded(.down))
    let first = min(max(wanted, 1), count)
    return (selecting(Array(0..<first)), selecting(Array(first..<count)))
  }

  /// Keeps a share for testing: `round(fraction · count)` samples, drawn by the seed, at least one
  /// staying for training.
  ///
  /// Both halves keep the order of the samples.
  package func split(testFraction: Double, seed: UInt64) -> (train: Samples, test: Samples) {
    let wanted = testFraction > 0 ? (testFraction * Double(count)).rounded() : 0
    let testCount = min(Int(wanted), max(count - 1, 0))
    guard testCount > 0 else { return (self, selecting([])) }
    let order = RandomStream(seed: seed, stream: Streams.split).permutation(of: count, at: 0)
    return (
      selecting(order[testCount...].sorted()), selecting(order[..<testCount].sorted())
    )
  }
}
