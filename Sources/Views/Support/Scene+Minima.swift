import Lanes
import Models
import Terminal
import Training

/// A minimum in the picture of a function.
struct KnownMinimum {
  /// Where it is.
  var place: [Double]
  /// The largest curvature there; nil where the function is no parabola nearby (x⁴, |x|), so that
  /// curvature says nothing of rates.
  var curvature: Double?
}

extension Scene {
  /// The minima of a function of one or two variables in the whole of its picture.
  var minima: [KnownMinimum] {
    let objective = snapshot.objective
    guard objective.kind.function != nil, let ranges = functionRanges else { return [] }
    return probes.value("minima", for: snapshot.objectiveID) {
      switch objective.parameterCount {
      case 1:
        FunctionProbe.minima(of: snapshot, over: ranges.x).map {
          KnownMinimum(place: [$0.x], curvature: $0.isParabola ? $0.curvature : nil)
        }
      case 2:
        SurfaceProbe.minima(of: snapshot, x: ranges.x, y: ranges.y).map { minimum in
          let place = [minimum.x, minimum.y]
          let reach = max(
            ranges.x.upperBound - ranges.x.lowerBound, ranges.y.upperBound - ranges.y.lowerBound)
          return KnownMinimum(
            place: place,
            curvature: SurfaceProbe.curvature(of: objective, at: place, reach: reach / 1000))
        }
      default: []
      }
    }
  }

  /// The minimum of the valley that the run is in: where a slow descent from here would end; nil
  /// where it would end nowhere in the picture.
  var valley: KnownMinimum? {
    let now = snapshot.parameters
    guard now.allSatisfy(\.isFinite), let ranges = functionRanges, !minima.isEmpty else {
      return nil
    }
    let known = minima
    switch snapshot.objective.parameterCount {
    case 1:
      let derivative = Evaluator(snapshot.objective).derivative(at: now[0]).derivative
      // Without a hill in between, the next minimum downhill is the valley's.
      let ahead = known.filter { derivative < 0 ? $0.place[0] >= now[0] : $0.place[0] <= now[0] }
      return ahead.min { abs($0.place[0] - now[0]) < abs($1.place[0] - now[0]) }
    case 2:
      let end: [Double]? = probes.value("valley", for: networkKey()) {
        SurfaceProbe.valley(
          of: snapshot.objective, from: now,
          stride: max(
            ranges.x.upperBound - ranges.x.lowerBound, ranges.y.upperBound - ranges.y.lowerBound)
            / 200)
      }
      guard let end else { return nil }
      func distance(_ minimum: KnownMinimum) -> Double {
        zip(minimum.place, end).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      return known.min { distance($0) < distance($1) }
    default: return nil
    }
  }
}
