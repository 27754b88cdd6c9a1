/// Gathers the way of a few parameters in a fixed number of points; allocates nothing after the
/// first point.
///
/// When the points are used up, every second one of the older half is dropped, so that recent steps
/// stand one by one and older ones thin out the further back they lie. The first point is always
/// kept.
struct TrajectoryRecorder: Sendable {
  /// Parameters per point; 0 keeps no trajectory.
  let dimension: Int
  private let capacity: Int
  private var points: [Double]
  private var steps: [Int]
  private(set) var count = 0

  /// The memory of trajectories of 0, 1, 2 and 3 parameters without a point, which share it.
  private static let unused = (0...3).map { [Double](repeating: 0, count: $0 * 2048) }
  private static let unusedSteps = [Int](repeating: 0, count: 2048)

  /// An empty trajectory of points with `dimension` parameters.
  init(dimension: Int, capacity: Int = 2048) {
    precondition(capacity >= 8, "\(capacity) points are too few to thin")
    self.dimension = dimension
    self.capacity = capacity
    if capacity == Self.unusedSteps.count, Self.unused.indices.contains(dimension) {
      points = Self.unused[dimension]
      steps = dimension > 0 ? Self.unusedSteps : []
    } else {
      points = [Double](repeating: 0, count: dimension * capacity)
      steps = [Int](repeating: 0, count: dimension > 0 ? capacity : 0)
    }
  }

  /// Adds the point after `step` steps.
  mutating func append(_ parameters: UnsafePointer<Double>, step: Int) {
    guard dimension > 0 else { return }
    if count == capacity { thin() }
    for index in 0..<dimension { points[count * dimension + index] = parameters[index] }
    steps[count] = step
    count += 1
  }

  /// Drops the points after `step` steps; a beginning has none, since the run adds it anew.
  mutating func truncate(to step: Int) {
    while count > 0, steps.indices.contains(count - 1), steps[count - 1] > step || step == 0 {
      count -= 1
    }
  }

  private mutating func thin() {
    let half = count / 2
    var kept = 0
    for index in 0..<count where index >= half || index % 2 == 0 {
      steps[kept] = steps[index]
      for entry in 0..<dimension {
        points[kept * dimension + entry] = points[index * dimension + entry]
      }
      kept += 1
    }
    count = kept
  }

  /// The trajectory so far.
  var trajectory: Trajectory {
    var trajectory = Trajectory()
    trajectory.dimension = dimension
    trajectory.points = Array(points[0..<count * dimension])
    trajectory.steps = Array(steps[0..<min(count, steps.count)])
    return trajectory
  }
}
