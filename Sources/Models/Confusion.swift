import Lanes

/// What a network says of samples whose classes are known.
package struct ClassAnswers: Equatable, Sendable {
  /// The class of each sample.
  package let truth: [Int]
  /// The class that the network says, sample by sample.
  package let told: [Int]
  /// How likely it takes each class to be, a row a class; one row: how much it is for the second.
  /// Scores where the loss knows no probabilities.
  package let scores: [[Double]]
  /// The samples.
  package let samples: Samples
  /// What the data call the classes.
  package let names: [String]

  /// The answers of an objective of any kind for one split; nil where it tells no classes.
  package init?(_ objective: any Objective, at parameters: [Double], split: Split) {
    guard parameters.count == objective.parameterCount, parameters.allSatisfy(\.isFinite),
      let classes = ClassAnswers.classCount(objective)
    else { return nil }
    switch objective.kind {
    case .dense(let network):
      samples = split == .train ? network.trainSamples : network.testSamples
      scores =
        samples.count == 0
        ? [] : network.outputs(at: parameters, inputs: network.inputRows(samples))
      told = network.classes(of: scores)
      names = (0..<classes).map { network.trainSamples.className($0) }
    case .convolutional(let network):
      let samples = split == .train ? network.train : network.test
      self.samples = samples
      let answers = (0..<samples.count).map {
        network.trace(Array(samples.input($0)), at: parameters).probabilities
      }
      scores = (0..<classes).map { number in answers.map { $0[number] } }
      told = answers.map { row in
        row.indices.dropFirst().reduce(0) { row[$1] > row[$0] ? $1 : $0 }
      }
      names = (0..<classes).map { network.train.className($0) }
    case .recurrent(let network):
      let samples = split == .train ? network.train : network.test
      self.samples = samples
      let logits = (0..<samples.count).map {
        network.trace(Array(samples.input($0)), at: parameters).outputs.last ?? 0
      }
      scores = [logits.map { Elementary.sigmoid($0) }]
      told = logits.map { $0 >= 0 ? 1 : 0 }
      names = (0..<classes).map { network.train.className($0) }
    default: return nil
    }
    truth = (0..<samples.count).map { [samples] in Self.truth(samples, $0, classes) }
  }

  /// How many classes an objective tells apart; nil: none.
  package static func classCount(_ objective: any Objective) -> Int? {
    let count: Int?
    switch objective.kind {
    case .dense(let network): count = network.classCount
    case .convolutional(let network): count = network.classes
    case .recurrent(let network): count = network.hasClasses ? 2 : nil
    default: count = nil
    }
    return count.flatMap { $0 > 1 ? $0 : nil }
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

  /// How likely a class was taken to be for a sample.
  package func score(_ sample: Int, _ number: Int) -> Double {
    guard scores.count > 1 else {
      let second = scores.first?[sample] ?? .nan
      return number == 1 ? second : 1 - second
    }
    return scores[number][sample]
  }
}

/// How often each class was taken for each: one row a true class, one column an answer.
package struct Confusion: Equatable, Sendable {
  /// `counts[true][told]`.
  package let counts: [[Int]]
  /// What the data call the classes.
  package let names: [String]

  /// Counts answers.
  package init(_ answers: ClassAnswers) {
    names = answers.names
    let none = [Int](repeating: 0, count: names.count)
    var counts = [[Int]](repeating: none, count: names.count)
    for (truth, told) in zip(answers.truth, answers.told) {
      counts[truth][min(told, names.count - 1)] += 1
    }
    self.counts = counts
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

  /// The harmonic mean of precision and recall; 0 where a class is never right, nil where it
  /// neither occurs nor is told.
  package func f1(_ class: Int) -> Double? {
    let right = counts[`class`][`class`]
    let occurs = counts[`class`].reduce(0, +)
    let told = counts.reduce(0) { $0 + $1[`class`] }
    return occurs + told == 0 ? nil : 2 * Double(right) / Double(occurs + told)
  }

  /// The mean of the classes' F1; nil where there is no class.
  package var macroF1: Double? {
    let all = counts.indices.compactMap(f1)
    return all.isEmpty ? nil : all.reduce(0, +) / Double(all.count)
  }

  /// How many samples were counted.
  package var count: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// How many were told right.
  package var right: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }

  /// The share that was told right; nil where there are no samples.
  package var accuracy: Double? { count == 0 ? nil : Double(right) / Double(count) }

  /// One class taken for another.
  package struct Mistake: Equatable, Sendable {
    /// The true class.
    package let truth: Int
    /// The answer.
    package let told: Int
    /// How often.
    package let times: Int
  }

  /// The mistakes that were made, the most frequent first.
  package var mistakes: [Mistake] {
    var all: [Mistake] = []
    for truth in counts.indices {
      for told in counts.indices where truth != told && counts[truth][told] > 0 {
        all.append(Mistake(truth: truth, told: told, times: counts[truth][told]))
      }
    }
    return all.sorted { ($1.times, $0.truth, $0.told) < ($0.times, $1.truth, $1.told) }
  }
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
