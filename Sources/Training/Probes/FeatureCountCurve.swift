import Differentiation
import Lanes
package import Models

/// The errors of least-norm solutions over the number of features: medians and quartiles over
/// seeds, which draw data and features anew.
///
/// It belongs to linear models whose features are one series: `first(p)` or `fourier(p)`.
/// Belkin, Hsu, Ma, Mandal (2019), arXiv 1812.11118.
package struct FeatureCountCurve: Sendable {
  /// What was found with one number of features.
  package struct Point: Sendable, Equatable {
    /// The number of features.
    package var count: Int
    /// Quartiles of the test error: lower, median, upper.
    package var test: [Double]
    /// The median training error.
    package var train: Double
    /// The median length of the weights.
    package var norm: Double
    /// The mean test error that theory gives, exactly and in the limit; nil where it is silent.
    package var exact: Double?
    package var limit: Double?
  }

  /// The points, by rising number of features.
  package private(set) var points: [Point] = []
  /// Seeds that were drawn.
  package let seeds: Int
  /// Training samples of each draw.
  package let samples: Int
  /// The number of features of the model as it is.
  package let present: Int

  /// The series of features of a model and its present number; nil where it has none.
  private static func series(_ model: ModelProblem) -> (name: String, count: Int, rest: String)? {
    guard model.features.count == 1, model.hidden.isEmpty, model.loss.name == "mse",
      model.l1 == 0, model.l2 == 0
    else { return nil }
    let text = model.features[0].filter { !$0.isWhitespace }
    for name in ["first", "fourier"] where text.hasPrefix(name + "(") && text.hasSuffix(")") {
      let inner = text.dropFirst(name.count + 1).dropLast()
      let parts = inner.split(separator: ":", maxSplits: 1)
      guard let count = parts.first.flatMap({ Int($0) }) else { return nil }
      return (name, count, parts.count == 2 ? ":" + parts[1] : "")
    }
    return nil
  }

  /// Whether a snapshot's model has such a curve.
  package static func suits(_ snapshot: Snapshot) -> Bool {
    guard case .model(let model) = snapshot.experiment.problem, series(model) != nil,
      let network = snapshot.objective.kind.dense
    else { return false }
    return network.isLeastSquares && network.testCount > 0 && network.outputCount == 1
      && network.sampleCount <= 400
  }

  /// The curve of a model, of `seeds` draws.
  package init?(_ snapshot: Snapshot, seeds: Int) {
    guard case .model(let model) = snapshot.experiment.problem,
      let (name, present, rest) = FeatureCountCurve.series(model)
    else { return nil }
    let first = snapshot.experiment.dataSeed ?? snapshot.experiment.seed
    self.seeds = seeds
    self.present = present
    samples = snapshot.objective.sampleCount
    let n = samples
    let isFirst = name == "first"
    let inputs = snapshot.objective.kind.dense?.inputCount ?? 1
    let most = isFirst ? inputs : max(present, 6 * n)
    let counts = FeatureCountCurve.counts(samples: n, most: min(most, 1000))
    var found = counts.map { _ in (test: [Double](), train: [Double](), norm: [Double]()) }
    for draw in 0..<seeds {
      if ProbeWork.isCurrentGivenUp { return nil }
      var widest = model
      widest.features = ["\(name)(\(counts[counts.count - 1])\(rest))"]
      guard let network = try? ObjectiveFactory.network(widest, seed: first &+ UInt64(draw)) else {
        return nil
      }
      let ones = network.features.columns.first == .one ? 1 : 0
      func rows(_ samples: Samples) -> [[Double]] {
        (0..<samples.count).map { network.columns(of: samples.input($0)) }
      }
      let (train, test) = (rows(network.trainSamples), rows(network.testSamples))
      for (place, p) in counts.enumerated() {
        let width = p + ones
        let parts = SingularValues(
          train.flatMap { $0.prefix(width) }, rows: train.count, columns: width)
        let solution = parts.leastNorm(network.trainSamples.targets)
        func error(_ rows: [[Double]], _ targets: [Double]) -> Double {
          var sum = 0.0
          for (row, target) in zip(rows, targets) {
            var value = -target
            for i in 0..<width { value += solution[i] * row[i] }
            sum += value * value
          }
          return sum / Double(max(1, rows.count))
        }
        found[place].test.append(error(test, network.testSamples.targets))
        found[place].train.append(error(train, network.trainSamples.targets))
        found[place].norm.append(solution.reduce(0) { $0 + $1 * $1 }.squareRoot())
      }
    }
    let law = FeatureCountCurve.law(model, isFirst: isFirst && !model.biases)
    points = zip(counts, found).map { p, draws in
      func quartile(_ values: [Double], _ share: Double) -> Double {
        let sorted = values.sorted()
        let place = share * Double(sorted.count - 1)
        let low = Int(place)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
      }
      let theory = law?(n, p)
      return Point(
        count: p, test: [0.25, 0.5, 0.75].map { quartile(draws.test, $0) },
        train: quartile(draws.train, 0.5), norm: quartile(draws.norm, 0.5), exact: theory?.exact,
        limit: theory?.limit)
    }
  }

  private static func law(
    _ model: ModelProblem, isFirst: Bool
  ) -> ((Int, Int) -> (exact: Double, limit: Double))? {
    guard isFirst, case .generated(let choice) = model.data.origin,
      let set = DataSet.all[choice.name], let error = set.leastNormError
    else { return nil }
    var issues: [ProblemIssue] = []
    let settings = Settings(choice, of: set.hyperparameters, key: "data", issues: &issues)
    return issues.isEmpty ? { error(settings, $0, $1) } : nil
  }

  /// Numbers of features to look at: close to the number of samples, and thinning out from there.
  private static func counts(samples n: Int, most: Int) -> [Int] {
    var counts: Set<Int> = [1, most]
    for offset in [0, 1, 2, 3, 5, 8, 12] { counts.formUnion([n - offset, n + offset]) }
    for share in [0.1, 0.25, 0.4, 0.55, 0.7, 1.8, 2.2, 2.8, 3.5, 4.5, 5.5] {
      counts.insert(Int((share * Double(n)).rounded()))
    }
    return counts.filter { $0 >= 1 && $0 <= most }.sorted()
  }
}
