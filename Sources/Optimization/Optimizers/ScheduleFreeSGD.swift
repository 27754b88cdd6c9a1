import Lanes

extension Optimizer {
  /// Schedule-Free SGD: `y = (1 − β) z + β x`, `z ← z − η g(y)`, `x ← (1 − c) x + c z`.
  ///
  /// Defazio et al. (2024), "The road less scheduled", arXiv 2405.15682. The average x takes the
  /// place of a falling rate, and is the model: losses, predictions and files are of x, while
  /// gradients are taken at y. Weight decay acts at y. `schedulefree` 1.4.1 gives the same numbers.
  package static let scheduleFreeSGD = Optimizer(
    "schedule_free_sgd", title: "Schedule-Free SGD",
    summary: "Descent whose running average is the model, in place of a falling rate",
    formula: "y = (1−β) z + β x;  z ← z − η g(y);  x ← (1−c) x + c z",
    reference: "Defazio et al. 2024", suggestedRate: 1,
    hyperparameters: [.averaging("beta", symbol: "β")] + .averagingWeights,
    memory: [.lead], limit: .eigenvalue("2(2−c)/((2(1−β) + c(2β−1))λ)")
  ) { settings, count in ScheduleFreeDescent(settings, count: count) }
}

/// Descent of the base point with the gradient at y.
package struct ScheduleFreeDescent: GradientTransformation {
  private var points: ScheduleFree

  init(_ settings: Settings, count: Int) {
    points = ScheduleFree(settings, beta: "beta", count: count)
  }

  package var actsEntrywise: Bool { true }
  package var isMeasuredAtAverage: Bool { true }

  package mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext
  ) {
    let (rate, share) = points.begin(context)
    let move = ScheduleFree.Move(rate: rate, share: share, beta: points.beta)
    let gradient = gradient.lanes
    points.lead.withLanes { lead in
      for index in 0..<paddedCount / 8 {
        gradient[index] = move(gradient[index], &lead[index])
      }
    }
  }

  package func average(
    _ parameters: UnsafePointer<Double>, into average: UnsafeMutablePointer<Double>,
    paddedCount: Int
  ) { points.average(parameters, into: average, paddedCount: paddedCount) }

  package var memory: Memory {
    get {
      var memory = Memory()
      points.write(to: &memory)
      return memory
    }
    set { points.read(from: newValue) }
  }

  package mutating func clear() { points.clear() }

  package func linearStability(step: Int) -> LinearStability? { points.linearStability() }
}
