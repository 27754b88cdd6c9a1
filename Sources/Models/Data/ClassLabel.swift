/// What the data call a class.
package struct ClassLabel: Equatable, Sendable {
  /// The target of its samples, as the data have it.
  package var value: Double
  /// Its name: a word, or the number as text.
  package var name: String

  /// A label.
  package init(value: Double, name: String) {
    self.value = value
    self.name = name
  }
}

/// Classes are the values that occur: `1` and `2` are two classes, not three.
extension Samples {
  /// Names the classes by words; targets hold the number of each word.
  ///
  /// Classes are numbered anew, in the alphabetical order of the words, so that the order of
  /// samples does not matter.
  package mutating func name(_ words: [String: Int]) {
    let sorted = words.keys.sorted()
    var numbers = [Double](repeating: 0, count: words.count)
    for (number, word) in sorted.enumerated() { numbers[words[word] ?? 0] = Double(number) }
    for index in targets.indices { targets[index] = numbers[Int(targets[index])] }
    classCount = words.count
    classLabels = sorted.enumerated().map { ClassLabel(value: Double($0), name: $1) }
  }

  /// Numbers the classes of whole targets 0, 1, … in their order, and keeps what the data call
  /// them.
  ///
  /// Nothing changes where targets are such numbers already; 0 and 1 are two classes even if only
  /// one of them occurs.
  ///
  /// - Returns: how many classes there are; nil when a target is no whole number, or when there are
  ///   more than `limit`.
  package static func numberClasses(
    _ train: inout Samples, _ test: inout Samples, limit: Int
  ) -> Int? {
    var seen = Set<Double>()
    for targets in [train.targets, test.targets] {
      for target in targets {
        guard target == target.rounded(), abs(target) <= 1e15 else { return nil }
        seen.insert(target)
        if seen.count > limit { return nil }
      }
    }
    if seen.isSubset(of: [0, 1]) { return 2 }
    let values = seen.sorted()
    if values == values.indices.map(Double.init) { return values.count }
    // Both zeros are one class.
    let numbers = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, Double($0)) })
    let labels = values.map { value in
      ClassLabel(value: value, name: "\(Int(value))")
    }
    for index in train.targets.indices { train.targets[index] = numbers[train.targets[index]] ?? 0 }
    for index in test.targets.indices { test.targets[index] = numbers[test.targets[index]] ?? 0 }
    train.classLabels = labels
    test.classLabels = labels
    return values.count
  }

  /// The name of a class.
  package func className(_ number: Int) -> String {
    classLabels.indices.contains(number) ? classLabels[number].name : "\(number)"
  }

  /// A class in a sentence: its name where it has a word for one, `class 2` otherwise.
  package func classPhrase(_ number: Int) -> String {
    let name = className(number)
    return Double(name) == nil ? name : "class \(name)"
  }

  /// The name of an input: its column's, or `x2`.
  package func inputName(_ index: Int) -> String {
    inputNames.indices.contains(index) ? inputNames[index] : "x\(index + 1)"
  }
}
