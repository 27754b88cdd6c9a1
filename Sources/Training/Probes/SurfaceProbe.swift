package import Models

/// A function of two parameters on a grid.
package struct Surface: Sendable {
  /// Places across.
  package var columns: Int
  /// Places down.
  package var rows: Int
  /// Values, row by row, the greatest second parameter first.
  package var values: [Double]
  /// The least finite value; NaN when there is none.
  package var low: Double
  /// The greatest finite value; NaN when there is none.
  package var high: Double
}

/// Pictures of losses over two parameters.
package enum SurfaceProbe {
  /// The training loss over a rectangle of the first two parameters, at the centres of
  /// `columns`×`rows` fields; further parameters stay at the snapshot's values.
  package static func surface(
    of snapshot: Snapshot, x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, rows: Int
  ) -> Surface {
    var surface = Surface(columns: columns, rows: rows, values: [], low: .nan, high: .nan)
    guard snapshot.objective.parameterCount >= 2, columns > 0, rows > 0 else {
      surface.columns = 0
      surface.rows = 0
      return surface
    }
    let evaluator = Evaluator(snapshot.objective)
    evaluator.place(snapshot.parameters)
    surface.values.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let v = y.upperBound - (y.upperBound - y.lowerBound) * (Double(row) + 0.5) / Double(rows)
      for column in 0..<columns {
        let u =
          x.lowerBound + (x.upperBound - x.lowerBound) * (Double(column) + 0.5) / Double(columns)
        let value = evaluator.value(u, v)
        surface.values.append(value)
        guard value.isFinite else { continue }
        if !(surface.low <= value) { surface.low = value }
        if !(surface.high >= value) { surface.high = value }
      }
    }
    return surface
  }

  /// Minima of a function of two variables in a rectangle: the lowest fields of a coarse grid,
  /// moved by damped Newton steps (with differences of exact gradients) until the gradient
  /// vanishes; near doubles and saddles are left out.
  package static func minima(
    of snapshot: Snapshot, x: ClosedRange<Double>, y: ClosedRange<Double>
  ) -> [(x: Double, y: Double, value: Double)] {
    guard snapshot.objective.parameterCount == 2 else { return [] }
    let size = 48
    let coarse = surface(of: snapshot, x: x, y: y, columns: size, rows: size)
    let evaluator = Evaluator(snapshot.objective)
    var found: [(x: Double, y: Double, value: Double)] = []
    let spanX = x.upperBound - x.lowerBound
    let spanY = y.upperBound - y.lowerBound
    for row in 0..<size {
      for column in 0..<size {
        let value = coarse.values[row * size + column]
        guard value.isFinite, isLowest(coarse, row: row, column: column) else { continue }
        let start = [
          x.lowerBound + spanX * (Double(column) + 0.5) / Double(size),
          y.upperBound - spanY * (Double(row) + 0.5) / Double(size),
        ]
        guard let place = descend(evaluator, from: start) else { continue }
        let margin = 1e-6
        guard place[0] >= x.lowerBound - margin * spanX, place[0] <= x.upperBound + margin * spanX,
          place[1] >= y.lowerBound - margin * spanY, place[1] <= y.upperBound + margin * spanY,
          !found.contains(where: {
            abs($0.x - place[0]) < 1e-3 * spanX && abs($0.y - place[1]) < 1e-3 * spanY
          })
        else { continue }
        found.append((place[0], place[1], evaluator.loss(at: place)))
      }
    }
    return found.sorted { $0.value < $1.value }
  }

  /// Where a descent by Newton's method from `start` ends, for objectives of two parameters; nil
  /// where it ends nowhere.
  package static func optimum(of snapshot: Snapshot, from start: [Double]) -> [Double]? {
    guard snapshot.objective.parameterCount == 2, start.count == 2 else { return nil }
    return descend(Evaluator(snapshot.objective), from: start)
  }

  /// The largest curvature at a minimum; nil where it does not bend up, or is no parabola `reach`
  /// away along that axis.
  package static func curvature(
    of objective: any Objective, at place: [Double], reach: Double
  ) -> Double? {
    guard let hessian = HessianProbe.hessian(of: objective, at: place) else { return nil }
    let eigen = HessianProbe.eigen(hessian, size: place.count)
    guard let greatest = eigen.eigenvalues.first, greatest > 0 else { return nil }
    let evaluator = Evaluator(objective)
    let bottom = evaluator.loss(at: place)
    let rise = [-reach, reach].map { step in
      evaluator.loss(at: zip(place, eigen.eigenvectors[0]).map { $0 + step * $1 }) - bottom
    }
    return FunctionProbe.isParabola(rise, curvature: greatest, reach: reach) ? greatest : nil
  }

  /// Where a slow descent from a place ends: steps along the gradient of at most `stride`, halved
  /// where the loss would not fall; nil where it is not finite on the way.
  package static func valley(
    of objective: any Objective, from start: [Double], stride: Double
  ) -> [Double]? {
    let evaluator = Evaluator(objective)
    var place = start
    var (loss, gradient) = evaluator.lossAndGradient(at: place)
    var length = stride
    for _ in 0..<600 {
      guard loss.isFinite, gradient.allSatisfy(\.isFinite) else { return nil }
      let size = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard size > 0, length > stride * 1e-6 else { return place }
      let next = zip(place, gradient).map { $0 - length / size * $1 }
      let there = evaluator.lossAndGradient(at: next)
      if there.loss < loss {
        (place, loss, gradient) = (next, there.loss, there.gradient)
        length = min(stride, length * 1.5)
      } else {
        length /= 2
      }
    }
    return place
  }

  private static func isLowest(_ surface: Surface, row: Int, column: Int) -> Bool {
    let value = surface.values[row * surface.columns + column]
    for dy in -1...1 {
      for dx in -1...1 where dx != 0 || dy != 0 {
        let r = row + dy
        let c = column + dx
        guard r >= 0, c >= 0, r < surface.rows, c < surface.columns else { continue }
        if surface.values[r * surface.columns + c] < value { return false }
      }
    }
    return true
  }

  /// Newton's method with a Hessian from differences of gradients; a step that does not lower the
  /// loss is halved, and where the Hessian is not positive the gradient is followed.
  private static func descend(_ evaluator: Evaluator, from start: [Double]) -> [Double]? {
    var point = start
    var (loss, gradient) = evaluator.lossAndGradient(at: point)
    for _ in 0..<120 {
      guard loss.isFinite, gradient.allSatisfy(\.isFinite) else { return nil }
      let size = max(abs(gradient[0]), abs(gradient[1]))
      if size < 1e-9 { break }
      let h = 1e-5 * max(1, abs(point[0]), abs(point[1]))
      let right = evaluator.lossAndGradient(at: [point[0] + h, point[1]]).gradient
      let left = evaluator.lossAndGradient(at: [point[0] - h, point[1]]).gradient
      let up = evaluator.lossAndGradient(at: [point[0], point[1] + h]).gradient
      let down = evaluator.lossAndGradient(at: [point[0], point[1] - h]).gradient
      let a = (right[0] - left[0]) / (2 * h)
      let b = (right[1] - left[1] + up[0] - down[0]) / (4 * h)
      let c = (up[1] - down[1]) / (2 * h)
      let determinant = a * c - b * b
      var step = [-gradient[0], -gradient[1]]
      if a > 0, determinant > 0 {
        step = [
          (b * gradient[1] - c * gradient[0]) / determinant,
          (b * gradient[0] - a * gradient[1]) / determinant,
        ]
      }
      var scale = 1.0
      var moved = false
      for _ in 0..<40 {
        let next = [point[0] + scale * step[0], point[1] + scale * step[1]]
        let result = evaluator.lossAndGradient(at: next)
        if result.loss < loss || (result.loss == loss && scale == 1 && size < 1e-6) {
          point = next
          (loss, gradient) = (result.loss, result.gradient)
          moved = true
          break
        }
        scale /= 2
      }
      if !moved { break }
    }
    return max(abs(gradient[0]), abs(gradient[1])) < 1e-4 ? point : nil
  }
}
