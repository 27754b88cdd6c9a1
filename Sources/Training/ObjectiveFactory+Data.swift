import Lanes
package import Models

extension ObjectiveFactory {
  /// The training and test samples of a source.
  package static func samples(
    _ source: DataSource, seed: UInt64
  ) throws(InvalidProblem) -> (train: Samples, test: Samples) {
    var issues: [ProblemIssue] = []
    var samples: Samples?
    switch source.origin {
    case .generated(let choice): samples = generated(choice, seed: seed, issues: &issues)
    case .inline(let inputs, let targets):
      samples = given(inputs, targets, key: "data", issues: &issues)
    case .csv(let table): samples = table.samples
    }
    if !(source.testFraction >= 0 && source.testFraction <= 0.9) {
      issues.append(
        ProblemIssue(
          key: "data.test_fraction", value: "\(source.testFraction)",
          allowed: "a number from 0 to 0.9"))
    }
    guard let samples else { throw InvalidProblem(issues) }
    for (i, point) in source.added.enumerated() {
      check(point.inputs, count: samples.inputCount, key: "data.added[\(i + 1)].inputs", &issues)
      check(
        point.targets, count: samples.targetCount, key: "data.added[\(i + 1)].targets", &issues)
      if let classes = samples.classCount, samples.targetCount == 1,
        let target = point.targets.first,
        !(target >= 0 && target < Double(classes) && target == target.rounded())
      {
        issues.append(
          ProblemIssue(
            key: "data.added[\(i + 1)].targets", value: "\(target)",
            allowed: "a class number from 0 to \(classes - 1)"))
      }
    }
    guard issues.isEmpty else { throw InvalidProblem(issues) }
    // Points put there by hand are always for training.
    var (train, test) = samples.split(testFraction: source.testFraction, seed: seed)
    for point in source.added { train.append(point.inputs, point.targets) }
    return (train, test)
  }

  private static func generated(
    _ choice: Choice, seed: UInt64, issues: inout [ProblemIssue]
  ) -> Samples? {
    guard let set = DataSet.all.entry(for: choice, key: "data", issues: &issues) else { return nil }
    let settings = Settings(choice, of: set.hyperparameters, key: "data", issues: &issues)
    guard issues.isEmpty else { return nil }
    let count = settings.values["samples"].map { Int($0) } ?? 0
    let inputs = set.inputCount(settings)
    guard count * inputs <= ModelLimits.numbers else {
      issues.append(
        ProblemIssue(
          key: "data.samples", value: "\(count)",
          allowed: "at most \(ModelLimits.numbers / inputs) samples of \(inputs) inputs"))
      return nil
    }
    return set.generate(settings, seed)
  }

  private static func given(
    _ inputs: [[Double]], _ targets: [[Double]], key: String, issues: inout [ProblemIssue]
  ) -> Samples? {
    guard let first = inputs.first, let firstTarget = targets.first, !first.isEmpty,
      !firstTarget.isEmpty
    else {
      issues.append(
        ProblemIssue(key: key, value: "no samples", allowed: "at least one sample"))
      return nil
    }
    guard inputs.count == targets.count else {
      issues.append(
        ProblemIssue(
          key: key, value: "\(inputs.count) rows of inputs, \(targets.count) of targets",
          allowed: "as many targets as inputs"))
      return nil
    }
    for row in inputs.indices {
      check(inputs[row], count: first.count, key: "\(key).inputs[\(row + 1)]", &issues)
      check(targets[row], count: firstTarget.count, key: "\(key).targets[\(row + 1)]", &issues)
      if issues.count >= 10 { return nil }
    }
    guard issues.isEmpty else { return nil }
    return Samples(
      inputCount: first.count, targetCount: firstTarget.count, inputs: inputs.flatMap { $0 },
      targets: targets.flatMap { $0 })
  }

  private static func check(
    _ row: [Double], count: Int, key: String, _ issues: inout [ProblemIssue]
  ) {
    if row.count != count {
      issues.append(
        ProblemIssue(key: key, value: "\(row.count) numbers", allowed: "\(count) are needed"))
    } else if let bad = row.first(where: { !$0.isFinite }) {
      issues.append(ProblemIssue(key: key, value: "\(bad)", allowed: "finite numbers"))
    }
  }
}
