import Models

extension Experiment {
  /// These settings with what `other` differs by from `base`; planned changes stay.
  func taking(_ other: Experiment, since base: Experiment) -> Experiment {
    guard base != self else {
      var next = other
      next.changes = changes
      return next
    }
    var next = self
    func take<Value: Equatable>(_ field: WritableKeyPath<Experiment, Value>) {
      if other[keyPath: field] != base[keyPath: field] {
        next[keyPath: field] = other[keyPath: field]
      }
    }
    take(\.name)
    take(\.start)
    take(\.optimizer)
    take(\.learningRate)
    take(\.layerRates)
    take(\.schedule)
    take(\.batching)
    take(\.seed)
    take(\.dataSeed)
    take(\.steps)
    take(\.stop)
    if case .model(let model) = problem, case .model(let theirs) = other.problem,
      case .model(let before) = base.problem
    {
      next.problem = .model(model.taking(theirs, since: before))
    } else {
      take(\.problem)
    }
    return next
  }
}

extension ModelProblem {
  /// This model with what `other` differs by from `base`.
  fileprivate func taking(_ other: ModelProblem, since base: ModelProblem) -> ModelProblem {
    var next = self
    func take<Value: Equatable>(_ field: WritableKeyPath<ModelProblem, Value>) {
      if other[keyPath: field] != base[keyPath: field] {
        next[keyPath: field] = other[keyPath: field]
      }
    }
    take(\.data.origin)
    take(\.data.testFraction)
    take(\.data.standardize)
    take(\.data.pageSeed)
    take(\.data.added)
    take(\.data.csv)
    take(\.features)
    take(\.biases)
    take(\.scaling)
    take(\.isLinearized)
    take(\.kind)
    take(\.hidden)
    take(\.output)
    take(\.loss)
    take(\.reduction)
    take(\.l1)
    take(\.l1Rule)
    take(\.l2)
    take(\.penaltyPerSample)
    return next
  }
}
