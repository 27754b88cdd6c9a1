/// Lines of equal height through a grid of values, by marching squares (Lorensen and Cline 1987, in
/// two dimensions).
package enum IsoLines {
  /// Calls `emit` with each piece (x₀, y₀, x₁, y₁) of the line where the values equal `level`.
  ///
  /// Coordinates are in grid steps: value (column, row) lies at (column, row). Squares with a value
  /// that is not finite are left out. In a saddle the mean of the corners decides which pair of
  /// pieces is drawn.
  package static func trace(
    _ values: [Double], columns: Int, rows: Int, level: Double,
    emit: (Double, Double, Double, Double) -> Void
  ) {
    guard columns > 1, rows > 1, values.count >= columns * rows, level.isFinite else { return }
    values.withUnsafeBufferPointer { values in
      for row in 0..<rows - 1 {
        for column in 0..<columns - 1 {
          let start = row * columns + column
          let a = values[start] - level
          let b = values[start + 1] - level
          let c = values[start + columns + 1] - level
          let d = values[start + columns] - level
          let mask = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (c > 0 ? 4 : 0) | (d > 0 ? 8 : 0)
          if mask == 0 || mask == 15 { continue }
          guard (a + b + c + d).isFinite else { continue }
          let x = Double(column)
          let y = Double(row)
          let top = (x + a / (a - b), y)
          let right = (x + 1, y + b / (b - c))
          let bottom = (x + d / (d - c), y + 1)
          let left = (x, y + a / (a - d))
          switch mask {
          case 1, 14: emit(left.0, left.1, top.0, top.1)
          case 2, 13: emit(top.0, top.1, right.0, right.1)
          case 3, 12: emit(left.0, left.1, right.0, right.1)
          case 4, 11: emit(right.0, right.1, bottom.0, bottom.1)
          case 6, 9: emit(top.0, top.1, bottom.0, bottom.1)
          case 7, 8: emit(left.0, left.1, bottom.0, bottom.1)
          default:
            let joined = (a + b + c + d > 0) == (mask == 5)
            if joined {
              emit(left.0, left.1, bottom.0, bottom.1)
              emit(top.0, top.1, right.0, right.1)
            } else {
              emit(left.0, left.1, top.0, top.1)
              emit(right.0, right.1, bottom.0, bottom.1)
            }
          }
        }
      }
    }
  }
}
