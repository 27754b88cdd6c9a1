import Lanes
import Models
import Terminal
import Training

/// A minimum in the picture of a function, and which rates let plain descent settle there.
struct KnownMinimum {
  /// Where it is.
  var place: [Double]
  /// 2 over the largest curvature; infinite where none is known.
  var rateLimit: Double
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
          KnownMinimum(place: [$0.x], rateLimit: $0.rateLimit)
        }
      case 2:
        SurfaceProbe.minima(of: snapshot, x: ranges.x, y: ranges.y).map { minimum in
          let place = [minimum.x, minimum.y]
          return KnownMinimum(
            place: place, rateLimit: Scene.rateLimit(objective.hessian(at: place) ?? []))
        }
      default: []
      }
    }
  }

  /// 2 over the greatest eigenvalue of a symmetric matrix of two rows; infinite where that is not positive.
  static func rateLimit(_ hessian: [Double]) -> Double {
    guard hessian.count == 4 else { return .infinity }
    let mean = (hessian[0] + hessian[3]) / 2
    let half = (hessian[0] - hessian[3]) / 2
    let greatest = mean + (half * half + hessian[1] * hessian[2]).squareRoot()
    return greatest > 0 ? 2 / greatest : .infinity
  }
}
