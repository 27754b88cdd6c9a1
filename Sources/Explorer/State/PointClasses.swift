import Training

/// The classes a point added by hand can be of, and how targets spell them.
struct PointClasses {
  private let spellings: [[Double]]

  /// The classes of an experiment: as its data spell them, else 0 and 1.
  init(_ experiment: Experiment) {
    guard case .model(let model) = experiment.problem else {
      spellings = [[0], [1]]
      return
    }
    var seen: [[Double]] = []
    switch model.data.origin {
    case .inline(_, let targets), .csv(_, _, _, _, let targets):
      for target in targets where !seen.contains(target) {
        seen.append(target)
        if seen.count > PointClasses.limit { break }
      }
    case .generated: break
    }
    let isCategorical = (2...PointClasses.limit).contains(seen.count)
    spellings = isCategorical ? seen.sorted { $0.lexicographicallyPrecedes($1) } : [[0], [1]]
  }

  /// More distinct targets than this are no classes.
  private static let limit = 12

  /// How many classes there are; at least 2.
  var count: Int { spellings.count }

  /// The targets of a class; an unknown one counts as the last.
  func targets(of index: Int) -> [Double] {
    spellings[max(0, min(index, spellings.count - 1))]
  }
}
