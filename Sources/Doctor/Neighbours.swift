import Lanes
import Models
import Training

/// What could be done with samples by models that need no training: a vote of near samples, a
/// cubic.
struct Neighbours {
  /// The share of samples that the other samples near them classify rightly.
  var accuracy: Double?
  /// The mean squared error of the better of two guesses: the mean of near samples, a cubic.
  var squaredError: Double?

  /// The most samples that are looked at.
  private static let most = 1500
  private static let votes = 5

  init(_ samples: Samples, classes: Int?) {
    let count = min(samples.count, Neighbours.most)
    guard count >= 4, samples.targetCount == 1 else { return }
    let rows = samples.scaled
    // Far apart in the file rather than the first ones: files may be sorted.
    let chosen = (0..<count).map { $0 * samples.count / count }
    let points = chosen.map { Array(rows.input($0)) }
    let targets = chosen.map { samples.targets[$0] }
    if classes != nil, count < 20 {
      accuracy = Neighbours.table(points, targets)
      return
    }
    var (right, error) = (0, 0.0)
    for index in points.indices {
      let near = points.indices.filter { $0 != index }
        .map { (distance: Neighbours.squared(points[$0], points[index]), target: targets[$0]) }
        .sorted { $0.distance < $1.distance }.prefix(Neighbours.votes)
      var counts: [Double: Int] = [:]
      for neighbour in near { counts[neighbour.target, default: 0] += 1 }
      let vote = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      right += vote == targets[index] ? 1 : 0
      let mean = VectorMath.mean(near.map(\.target))
      error += (mean - targets[index]) * (mean - targets[index])
    }
    if classes != nil { accuracy = Double(right) / Double(count) }
    // A mean of five noisy neighbours has a fifth more error than the noise.
    let local = error / Double(count) / 1.2
    squaredError = min(local, Neighbours.cubic(points, targets) ?? .infinity)
  }

  /// The share of samples that a table of them would classify rightly.
  private static func table(_ points: [[Double]], _ targets: [Double]) -> Double {
    var right = 0
    for point in Set(points) {
      let same = points.indices.filter { points[$0] == point }
      var counts: [Double: Int] = [:]
      for index in same { counts[targets[index], default: 0] += 1 }
      right += counts.values.max() ?? 0
    }
    return Double(right) / Double(points.count)
  }

  private static func squared(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// The mean squared error of least squares on powers up to 3 and products of pairs, corrected for
  /// its freedom; nil where there are too few samples for that.
  private static func cubic(_ points: [[Double]], _ targets: [Double]) -> Double? {
    let inputs = points[0].count
    guard inputs <= 6 else { return nil }
    let columns = points.map { point -> [Double] in
      var row = [1.0]
      for x in point { row += [x, x * x, x * x * x] }
      for i in point.indices {
        for j in point.indices where j > i { row.append(point[i] * point[j]) }
      }
      return row
    }
    let size = columns[0].count
    guard points.count >= 3 * size else { return nil }
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
    for (row, target) in zip(columns, targets) {
      for i in 0..<size {
        for j in 0..<size { matrix[i][j] += row[i] * row[j] }
        matrix[i][size] += row[i] * target
      }
    }
    for i in 0..<size { matrix[i][i] += 1e-9 * Double(points.count) }
    for pivot in 0..<size {
      guard let best = (pivot..<size).max(by: { abs(matrix[$0][pivot]) < abs(matrix[$1][pivot]) }),
        abs(matrix[best][pivot]) > 1e-12
      else { return nil }
      matrix.swapAt(pivot, best)
      for row in 0..<size where row != pivot {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in pivot...size { matrix[row][column] -= factor * matrix[pivot][column] }
      }
    }
    let weights = (0..<size).map { matrix[$0][size] / matrix[$0][$0] }
    let error = zip(columns, targets).reduce(0) { sum, pair in
      let rest = VectorMath.dot(pair.0, weights) - pair.1
      return sum + rest * rest
    }
    return error / Double(points.count - size)
  }
}
