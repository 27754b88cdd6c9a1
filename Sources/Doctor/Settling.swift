import Lanes
import Models
import Optimization
import Training

/// What becomes of a run that has not come to rest, when it goes on beyond its end.
///
/// A number has finitely many values: a run at a constant rate whose parameters and memory are
/// once again what they were, to the last bit, repeats for ever. That is certain; that a run
/// tumbles is only known for the steps that it was followed.
struct Settling {
  /// What was met.
  enum Fate: Equatable {
    /// It came to rest.
    case rests
    /// It repeats bit for bit after so many steps.
    case repeats(period: Int)
    /// Neither.
    case wanders
  }
  let fate: Fate
  /// Steps beyond the end that were taken.
  let steps: Int
  /// The last places.
  let places: [[Double]]

  /// The most steps, and the most samples times parameters times steps.
  private static let most = 12_000
  private static let budget = 30_000_000
  /// Places that are kept.
  private static let kept = 130

  /// Follows a run from its end; nil where its rate or what it does changes by itself.
  init?(_ run: Examination, meanLength: Double) {
    guard run.isExact, !run.hasDiverged, Schedule.isConstant(run.now.schedule), let law = run.law,
      law == run.law(at: run.lastChange), meanLength > 0
    else { return nil }
    var on = run.course.end
    let size = max(1, run.objective.sampleCount) * max(1, run.first.parameters.count)
    let most = min(Settling.most, Settling.budget / size)
    // Brent's search for a cycle: the place that is compared with moves up at powers of two.
    var (before, power, apart) = (on, 1, 0)
    var (places, taken) = ([on.parameters], 0)
    var fate = Fate.wanders
    let changes = on.changes.count
    while taken < most, on.advance(1) == 1 {
      guard on.changes.count == changes else { return nil }
      taken += 1
      apart += 1
      let here = on.parameters
      let moved = VectorMath.distance(here, places[places.count - 1])
      guard moved.isFinite else { return nil }
      if places.count >= 2 * Settling.kept { places.removeFirst(Settling.kept) }
      places.append(here)
      if here == before.parameters, Settling.memory(on) == Settling.memory(before) {
        fate = apart == 1 ? .rests : .repeats(period: apart)
        break
      }
      if taken % 64 == 0, Settling.longest(places.suffix(64)) < 1e-6 * meanLength {
        fate = .rests
        break
      }
      if apart == power { (before, power, apart) = (on, power * 2, 0) }
    }
    if case .repeats(let period) = fate,
      let shorter = Settling.shorter(period, places, of: &on, within: 1e-9 * meanLength)
    {
      fate = shorter == 1 ? .rests : .repeats(period: shorter)
    }
    self.fate = fate
    steps = taken
    self.places = places
  }

  /// The shorter period of what repeats but for rounding: places that far apart are alike all the
  /// way through one period, and so for ever; nil where there is none up to 64.
  private static func shorter(
    _ period: Int, _ places: [[Double]], of run: inout Run, within gap: Double
  ) -> Int? {
    var last = Array(places.suffix(64))
    var parts = (1..<period).prefix(last.count).filter { period % $0 == 0 }
    for _ in 0..<period where !parts.isEmpty {
      guard run.advance(1) == 1 else { return nil }
      let here = run.parameters
      parts.removeAll { VectorMath.distance(here, last[last.count - $0]) >= gap }
      last.append(here)
      if last.count > 64 { last.removeFirst() }
    }
    return parts.first
  }

  private static func memory(_ run: Run) -> [Snapshot.NamedVector] {
    run.snapshot().optimizerState
  }

  private static func longest(_ places: ArraySlice<[Double]>) -> Double {
    zip(places, places.dropFirst()).reduce(0) { max($0, VectorMath.distance($1.0, $1.1)) }
  }

  /// Whether the last places still repeat with a period, to a thousandth of a step.
  func keeps(_ period: Int, meanLength: Double) -> Bool {
    guard places.count > period else { return true }
    return places.indices.suffix(max(1, places.count - period)).suffix(period).allSatisfy {
      VectorMath.distance(places[$0], places[$0 - period]) < 1e-3 * meanLength
    }
  }

  /// Whether it is certain that the run repeats for ever.
  var isCertain: Bool { if case .repeats = fate { true } else { false } }
}
