import Differentiation
import Lanes
package import Models

/// A plane through the space of parameters, on which the loss can be drawn.
///
/// A point is `origin + a · first + b · second`. A plane is a slice: of the other directions it
/// shows nothing, and a trajectory lies on it as its projection only.
package struct LossPlane: Sendable, Equatable {
  /// What spans the plane.
  package enum Kind: Int, Sendable, CaseIterable {
    /// The two directions that hold most of the trajectory's motion.
    case trajectory
    /// Two random directions, each unit's weights as long as the network's own.
    case random
    /// The two eigenvectors of the Hessian with the greatest eigenvalues.
    case eigenvectors
  }

  /// Where a and b are 0.
  package var origin: [Double]
  /// The direction across.
  package var first: [Double]
  /// The direction up.
  package var second: [Double]
  /// The shares of the motion that each direction holds, or the eigenvalues; empty for random
  /// directions.
  package var figures: [Double] = []

  /// A plane of two directions through a place.
  package init(origin: [Double], first: [Double], second: [Double], figures: [Double] = []) {
    self.origin = origin
    self.first = first
    self.second = second
    self.figures = figures
  }

  /// The parameters at (a, b).
  package func point(_ a: Double, _ b: Double) -> [Double] {
    origin.indices.map { origin[$0] + a * first[$0] + b * second[$0] }
  }

  /// The (a, b) of the place on the plane that is nearest to a point: its projection.
  package func projection(of point: [Double]) -> (a: Double, b: Double) {
    let away = zip(point, origin).map { $0 - $1 }
    let (ff, ss, fs) = (
      LossPlane.dot(first, first), LossPlane.dot(second, second), LossPlane.dot(first, second)
    )
    let (f, s) = (LossPlane.dot(away, first), LossPlane.dot(away, second))
    let determinant = ff * ss - fs * fs
    guard determinant > 0 else { return (ff > 0 ? f / ff : 0, 0) }
    return ((f * ss - s * fs) / determinant, (s * ff - f * fs) / determinant)
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0.addingProduct($1.0, $1.1) }
  }
}

extension LossPlane {
  /// Two directions drawn by `seed`, filter-normalised (Li et al. 2018, "Visualizing the loss
  /// landscape of neural nets"): each unit's row is as long as the weights of that unit, entries of
  /// biases are 0; blocks of another kind are scaled as a whole.
  package static func random(
    _ objective: any Objective, at parameters: [Double], seed: UInt64
  ) -> LossPlane {
    let stream = RandomStream(seed: seed, stream: 77)
    let count = parameters.count
    func draw(_ number: Int) -> [Double] {
      let raw = (0..<count).map { stream.normal(at: UInt64(number * count + $0)) }
      return normalized(raw, like: parameters, layout: objective.layout)
    }
    return LossPlane(origin: parameters, first: draw(0), second: draw(1))
  }

  /// A direction with each unit's row as long as that of `parameters`, and 0 at biases.
  package static func normalized(
    _ direction: [Double], like parameters: [Double], layout: ParameterLayout
  ) -> [Double] {
    var result = [Double](repeating: 0, count: direction.count)
    for block in layout.blocks where block.role != .biases {
      let rows = block.role == .weights ? max(1, block.shape.first ?? 1) : 1
      let width = block.range.count / rows
      for row in 0..<rows {
        let range =
          (block.range.lowerBound + row * width)..<(block.range.lowerBound + (row + 1) * width)
        let own = Elementary.sqrt(
          range.reduce(0) { $0.addingProduct(direction[$1], direction[$1]) })
        let wanted = Elementary.sqrt(
          range.reduce(0) { $0.addingProduct(parameters[$1], parameters[$1]) })
        guard own > 0 else { continue }
        for index in range { result[index] = direction[index] * (wanted / own) }
      }
    }
    return result
  }

  /// The two principal directions of a trajectory's points, about the last of them, with the shares
  /// of the squared distances from it that they hold; nil where nothing has moved.
  ///
  /// About the last point rather than the mean, as Li et al. do: the plane then goes through the
  /// present parameters. A random walk gives shares near 6/(π²k²), 61 % for the first: a large
  /// share alone says little (Antognini, Sohl-Dickstein 2018).
  package static func principal(_ points: [[Double]]) -> LossPlane? {
    guard let last = points.last else { return nil }
    return principal(points, about: last)
  }

  /// The same about any place.
  package static func principal(_ points: [[Double]], about origin: [Double]) -> LossPlane? {
    let away = points.map { zip($0, origin).map { $0 - $1 } }
    let count = away.count
    guard count > 1, away.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    // Of the Gram matrix, which has as many rows as there are points, however many parameters.
    var gram = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0...i {
        gram[i * count + j] = dot(away[i], away[j])
        gram[j * count + i] = gram[i * count + j]
      }
    }
    let eigen = SymmetricEigen(gram, size: count)
    let total = (0..<count).reduce(0) { $0 + gram[$1 * count + $1] }
    guard total > 0 else { return nil }
    func direction(_ rank: Int) -> [Double]? {
      let index = count - 1 - rank
      guard index >= 0, eigen.values[index] > total * 1e-14 else { return nil }
      var sum = [Double](repeating: 0, count: origin.count)
      for (weight, point) in zip(eigen.vectors[index], away) {
        for i in sum.indices { sum[i] = sum[i].addingProduct(weight, point[i]) }
      }
      let length = Elementary.sqrt(dot(sum, sum))
      let top = sum.max { abs($0) < abs($1) } ?? 1
      return length > 0 ? sum.map { $0 / (top < 0 ? -length : length) } : nil
    }
    guard let first = direction(0) else { return nil }
    let second = direction(1) ?? perpendicular(to: first)
    let shares = [0, 1].map {
      count - 1 - $0 >= 0 ? max(0, eigen.values[count - 1 - $0]) / total : 0
    }
    return LossPlane(origin: origin, first: first, second: second, figures: shares)
  }

  /// The two eigenvectors with the greatest eigenvalues, which are the figures; nil where the
  /// Hessian is not finite.
  package static func eigenvectors(
    _ objective: any Objective, at parameters: [Double]
  ) -> LossPlane? {
    let count = parameters.count
    if let hessian = HessianProbe.hessian(of: objective, at: parameters), count > 1 {
      let eigen = HessianProbe.eigen(hessian, size: count)
      return LossPlane(
        origin: parameters, first: eigen.eigenvectors[0], second: eigen.eigenvectors[1],
        figures: Array(eigen.eigenvalues.prefix(2)))
    }
    guard count > 1 else { return nil }
    let first = Differentiation.Curvature.extremes(count: count) {
      objective.hessianProduct(at: parameters, times: $0)
    }
    guard first.largest.isFinite else { return nil }
    // The first is taken out of the way, down to the smallest.
    let second = Differentiation.Curvature.extremes(count: count, seed: 2) { direction in
      let overlap = dot(direction, first.largestDirection) * (first.largest - first.smallest)
      let image = objective.hessianProduct(at: parameters, times: direction)
      return zip(image, first.largestDirection).map { $0 - overlap * $1 }
    }
    guard second.largest.isFinite else { return nil }
    return LossPlane(
      origin: parameters, first: first.largestDirection, second: second.largestDirection,
      figures: [first.largest, second.largest])
  }

  /// The loss on a rectangle of the plane, at the centres of `columns`×`rows` fields.
  package func surface(
    of objective: any Objective, a: ClosedRange<Double>, b: ClosedRange<Double>, columns: Int,
    rows: Int
  ) -> Surface {
    var surface = Surface(columns: columns, rows: rows, values: [], low: .nan, high: .nan)
    let evaluator = Evaluator(objective)
    for row in 0..<rows {
      let v = b.upperBound - (b.upperBound - b.lowerBound) * (Double(row) + 0.5) / Double(rows)
      for column in 0..<columns {
        let u =
          a.lowerBound + (a.upperBound - a.lowerBound) * (Double(column) + 0.5) / Double(columns)
        let value = evaluator.loss(at: point(u, v))
        surface.values.append(value)
        guard value.isFinite else { continue }
        if !(surface.low <= value) { surface.low = value }
        if !(surface.high >= value) { surface.high = value }
      }
    }
    return surface
  }

  private static func perpendicular(to direction: [Double]) -> [Double] {
    guard let least = direction.indices.min(by: { abs(direction[$0]) < abs(direction[$1]) }) else {
      return []
    }
    var result = direction.map { -$0 * direction[least] }
    result[least] += 1
    let length = Elementary.sqrt(dot(result, result))
    return length > 0 ? result.map { $0 / length } : result
  }
}
