import Models
import Terminal
import Training

/// The trajectory of a descent on a line, sorted into what was slid over, what was jumped over, and
/// where it stood lately.
struct DrawnTrajectory {
  /// A place on the curve; `age` is 0 for the oldest shown and 1 for the newest.
  struct Mark {
    var x: Double
    var y: Double
    var age: Double
  }
  /// A step too long to have followed the curve.
  struct Jump {
    var from: Mark
    var to: Mark
    var age: Double
  }

  /// How many of the latest points are told apart.
  private static let memory = 160
  /// How many of the latest jumps are drawn.
  private static let shownJumps = 14

  private var ages: [Double]
  /// The latest long steps.
  private(set) var jumps: [Jump] = []
  /// Where the latest long steps landed.
  private(set) var recent: [Mark] = []

  /// The trajectory of a snapshot's trajectory, where it has one dimension.
  init(_ snapshot: Snapshot, plot: Plot) {
    ages = [Double](repeating: -1, count: max(0, plot.raster.width))
    let trajectory = snapshot.trajectory
    guard trajectory.dimension == 1, trajectory.points.count > 1, !ages.isEmpty else { return }
    let points = Array(trajectory.points.suffix(4096))
    let oldest = max(1, points.count - DrawnTrajectory.memory)
    let short = max(6.0, Double(ages.count) * 0.07)
    let evaluator = Evaluator(snapshot.objective)
    for index in 1..<points.count {
      let from = plot.dotX(points[index - 1])
      let to = plot.dotX(points[index])
      guard from.isFinite, to.isFinite else { continue }
      let age =
        index < oldest ? 0.0 : Double(index - oldest + 1) / Double(points.count - oldest)
      if abs(to - from) <= short {
        let last = ages.count - 1
        guard max(from, to) >= 0, min(from, to) <= Double(last) else { continue }
        let low = PlotMath.int(min(from, to).rounded(.down), in: 0...last)
        let high = PlotMath.int(max(from, to).rounded(.down), in: 0...last)
        for column in low...max(low, high) { ages[column] = age }
      } else if index >= points.count - DrawnTrajectory.shownJumps {
        let share = 1 - Double(points.count - 1 - index) / Double(DrawnTrajectory.shownJumps)
        let a = Mark(
          x: points[index - 1], y: evaluator.derivative(at: points[index - 1]).value, age: share)
        let b = Mark(x: points[index], y: evaluator.derivative(at: points[index]).value, age: share)
        jumps.append(Jump(from: a, to: b, age: share))
        recent.append(a)
        recent.append(b)
      }
    }
  }

  /// The age of what was slid over at a dot; below 0 where nothing was.
  func age(atDot x: Double) -> Double {
    guard x >= 0, x < Double(ages.count) else { return -1 }
    return ages[Int(x)]
  }
}
