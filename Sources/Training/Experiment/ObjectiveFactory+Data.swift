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
    case .generated(let choice):
      samples = generated(choice, seed: seed, page: source.pageSeed, issues: &issues)
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
    var (train, test) =
      isInOrder(source.origin)
      ? samples.split(lastShare: source.testFraction)
      : samples.split(testFraction: source.testFraction, seed: seed)
    for point in source.added { train.append(point.inputs, point.targets) }
    return (train, test)
  }

  private static func generated(
    _ choice: Choice, seed: UInt64, page: String?, issues: inout [ProblemIssue]
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
    guard let page else { return set.generate(settings, seed) }
    guard let draw = set.page else {
      issues.append(
        ProblemIssue(
          key: "data.page_seed", value: page,
          allowed: "only TensorFlow Playground's data sets are drawn by a text; give seed"))
      return nil
    }
    var random = PageRandom(seed: page)
    return draw(settings, &random)
  }

  /// Whether samples are a data set whose order decides which are for tests.
  private static func isInOrder(_ origin: DataSource.Origin) -> Bool {
    if case .generated(let choice) = origin { return DataSet.all[choice.name]?.isInOrder == true }
    return false
  }

  /// The stream that drew the samples of TensorFlow Playground's page, as it stands after them; nil
  /// for other problems.
  static func page(of experiment: Experiment) -> PageRandom? {
    guard case .model(let model) = experiment.problem,
      case .generated(let choice) = model.data.origin, let set = DataSet.all[choice.name],
      let draw = set.page
    else { return nil }
    var issues: [ProblemIssue] = []
    let settings = Settings(choice, of: set.hyperparameters, key: "data", issues: &issues)
    guard issues.isEmpty else { return nil }
    let seed = experiment.dataSeed ?? experiment.seed
    var random = PageRandom(seed: model.data.pageSeed ?? String(seed))
    _ = draw(settings, &random)
    return random
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
