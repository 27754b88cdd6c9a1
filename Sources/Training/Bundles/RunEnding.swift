import Lanes
import Models

/// How a run of a study ended.
package struct RunEnding: Sendable, Equatable {
  /// Steps it took.
  package var step: Int
  /// The training loss over all samples.
  package var loss: Double
  /// The share of training samples classified rightly.
  package var accuracy: Double?
  /// Whether a parameter or the loss stopped being finite.
  package var isDiverged: Bool
  /// Whether it has come to rest: its last step moved no parameter by more than 10⁻⁶ of its size.
  package var isSettled: Bool
  /// Where it ended.
  package var parameters: [Double]
  /// Whether and how fast its losses fell, where they were watched.
  package var course: LossCourse?
  /// All samples are right; of what knows no classes: it has come to rest.
  package var isSuccess: Bool { accuracy.map { $0 == 1 } ?? isSettled }

  /// An ending as it was written down.
  package init(
    step: Int, loss: Double, accuracy: Double?, isDiverged: Bool, isSettled: Bool,
    parameters: [Double]
  ) {
    self.step = step
    self.loss = loss
    self.accuracy = accuracy
    self.isDiverged = isDiverged
    self.isSettled = isSettled
    self.parameters = parameters
  }

  /// How a run stands at the end, and where it was before its last step.
  init(
    _ standing: RunBundle.Standing, before: [Double], _ objective: any Objective,
    course: LossCourse? = nil
  ) {
    self.course = course
    parameters = standing.parameters
    step = standing.step
    var scratch = Vector(zeros: max(8, objective.scratchCount(batch: objective.sampleCount)))
    (loss, accuracy) = Vector(parameters).withUnsafePointer { at in
      scratch.withUnsafeMutablePointer { scratch in
        (
          objective.loss(at: at, split: .train, scratch: scratch),
          objective.accuracy(at: at, split: .train, scratch: scratch)
        )
      }
    }
    isDiverged = standing.isDiverged || !loss.isFinite
    isSettled =
      !isDiverged
      && before.count == standing.parameters.count
      && zip(before, standing.parameters).allSatisfy { abs($1 - $0) <= 1e-6 * max(1, abs($1)) }
  }

  /// Takes runs to their last step, side by side.
  ///
  /// - Parameters:
  ///   - steps: the length of each run.
  ///   - watchesLosses: whether the losses of all steps are counted, for `course`.
  ///   - isCancelled: asked now and then.
  /// - Returns: one ending a run; nil when cancelled.
  package static func endings(
    of runs: [Run], steps: [Int], watchesLosses: Bool = false, isCancelled: () -> Bool
  ) -> [RunEnding]? {
    var endings = [RunEnding?](repeating: nil, count: runs.count)
    for length in Set(steps) {
      let numbers = runs.indices.filter { steps[$0] == length }
      var bundle = RunBundle(
        numbers.count == runs.count ? runs : numbers.map { runs[$0] }, watchesLosses: watchesLosses)
      var step = 0
      // In pieces, so that Ctrl-C is heard.
      while step < length - 1 {
        if isCancelled() { return nil }
        step = min(step + 5_000, length - 1)
        bundle.advance(to: step)
      }
      let before = bundle.standings
      bundle.advance(to: length)
      let standings = bundle.standings
      for (place, number) in numbers.enumerated() {
        let course = watchesLosses ? bundle.course(place) : nil
        var ending = RunEnding(
          standings[place], before: before[place].parameters, bundle.objective(place),
          course: course)
        if ending.isDiverged { ending.course?.diverge(until: length) }
        endings[number] = ending
      }
    }
    return endings.compactMap { $0 }
  }
}
