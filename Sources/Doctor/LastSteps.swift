import Lanes
import Models
import Training

/// The last steps of a run, one by one.
struct LastSteps {
  /// Parameters before the first and after each step.
  let places: [[Double]]
  /// The length of each step.
  let lengths: [Double]
  /// The step of the first place.
  let first: Int

  /// Up to `most` of the last steps; fewer where the parameters are many.
  init(_ run: Examination, most: Int = 600) {
    let room = min(most, run.steps, max(8, 2_000_000 / max(run.first.parameters.count, 1)))
    var place = run.course.run(at: run.steps - room)
    first = place.step
    var places = [place.parameters]
    while place.step < run.steps, place.advance(1) == 1 { places.append(place.parameters) }
    self.places = places
    lengths = zip(places, places.dropFirst()).map { VectorMath.distance($0, $1) }
  }

  /// The mean length of the last quarter of the steps, over that of the quarter before.
  var shortening: Double {
    guard lengths.count >= 40 else { return 0 }
    var quarter = lengths.count / 4
    // Whole periods beside whole periods.
    if let period = period(upTo: min(64, quarter)) { quarter -= quarter % period }
    let late = VectorMath.mean(lengths.suffix(quarter))
    let early = VectorMath.mean(lengths.suffix(2 * quarter).prefix(quarter))
    return early > 0 ? late / early : 0
  }

  /// The mean length of the last steps.
  var meanLength: Double { VectorMath.mean(lengths.suffix(64)) }

  /// The shortest period up to `most` with which the last places repeat, to a thousandth of a step;
  /// nil without one.
  func period(upTo most: Int) -> Int? {
    guard meanLength > 0 else { return nil }
    return (1...most).first { period in
      guard places.count > 2 * period else { return false }
      return (0..<period).allSatisfy { back in
        let here = places.count - 1 - back
        return VectorMath.distance(places[here], places[here - period]) < 1e-3 * meanLength
      }
    }
  }
}

extension Examination {
  /// Whether the run never comes to rest although its gradients are exact: steps that do not get
  /// shorter (but for `slack`) at a rate that is not made smaller meanwhile, and that are not lost
  /// in rounding beside the way that was gone.
  func wanders(_ steps: LastSteps, slack: Double = 0.01) -> Bool {
    let rates = observations.filter { $0.step >= steps.first }.map(\.rate)
    guard let greatest = rates.max(), last.rate >= 0.9 * greatest else { return false }
    let way = max(
      VectorMath.distance(last.parameters, first.parameters), VectorMath.norm(last.parameters),
      1e-3)
    return isExact && !hasDiverged && steps.shortening > 1 - slack
      && steps.meanLength > 1e-7 * way
  }
}
