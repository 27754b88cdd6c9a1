/// Singular values of a small matrix, with their vectors: `A = Σ σₖ uₖ vₖᵀ`.
///
/// Hestenes (1958): columns are rotated in pairs until all are at right angles to each other; small
/// singular values keep their digits. Golub, Van Loan: Matrix Computations, §8.6.
package struct SingularValues: Sendable {
  /// σ, from the greatest to the least; as many as the shorter side has entries.
  package let values: [Double]
  /// u, of length 1, in the same order; zeros where σ is 0.
  package let left: [[Double]]
  /// v, of length 1.
  package let right: [[Double]]

  /// Decomposes a matrix given row by row. If an entry is not finite, all values are NaN.
  package init(_ matrix: [Double], rows: Int, columns: Int) {
    precondition(
      matrix.count == rows * columns, "\(matrix.count) entries for \(rows) × \(columns)")
    let isWide = columns > rows
    let (long, short) = isWide ? (columns, rows) : (rows, columns)
    guard matrix.allSatisfy(\.isFinite) else {
      values = [Double](repeating: .nan, count: short)
      left = [[Double]](repeating: [Double](repeating: .nan, count: rows), count: short)
      right = [[Double]](repeating: [Double](repeating: .nan, count: columns), count: short)
      return
    }
    // One after another the columns of A, or of its transpose where that has fewer; then V.
    var columnsOfA = [Double](repeating: 0, count: short * long)
    for row in 0..<rows {
      for column in 0..<columns {
        let place = isWide ? row * long + column : column * long + row
        columnsOfA[place] = matrix[row * columns + column]
      }
    }
    var turned = [Double](repeating: 0, count: short * short)
    for index in 0..<short { turned[index * short + index] = 1 }
    SingularValues.rotate(&columnsOfA, &turned, long: long, short: short)
    let norms = (0..<short).map { column in
      columnsOfA[column * long..<(column + 1) * long].reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    let order = (0..<short).sorted { norms[$0] > norms[$1] }
    values = order.map { norms[$0] }
    let longVectors = order.map { column in
      columnsOfA[column * long..<(column + 1) * long].map {
        norms[column] > 0 ? $0 / norms[column] : 0
      }
    }
    let shortVectors = order.map { column in
      Array(turned[column * short..<(column + 1) * short])
    }
    (left, right) = isWide ? (shortVectors, longVectors) : (longVectors, shortVectors)
  }

  /// Sweeps over all pairs of columns until none leans on another.
  private static func rotate(
    _ a: inout [Double], _ v: inout [Double], long: Int, short: Int
  ) {
    a.withUnsafeMutableBufferPointer { a in
      v.withUnsafeMutableBufferPointer { v in
        for _ in 0..<60 {
          var isDone = true
          for p in 0..<short {
            for q in stride(from: p + 1, to: short, by: 1) {
              var (alpha, beta, gamma) = (0.0, 0.0, 0.0)
              for k in 0..<long {
                let (x, y) = (a[p * long + k], a[q * long + k])
                alpha += x * x
                beta += y * y
                gamma += x * y
              }
              guard gamma.magnitude > 1e-15 * (alpha * beta).squareRoot(), gamma != 0 else {
                continue
              }
              isDone = false
              let zeta = (beta - alpha) / (2 * gamma)
              let root = zeta.magnitude + (1 + zeta * zeta).squareRoot()
              let t = root.isFinite ? (zeta >= 0 ? 1 / root : -1 / root) : 0
              let c = 1 / (1 + t * t).squareRoot()
              let s = c * t
              turn(a, p * long, q * long, long, c, s)
              turn(v, p * short, q * short, short, c, s)
            }
          }
          if isDone { return }
        }
      }
    }
  }

  private static func turn(
    _ a: UnsafeMutableBufferPointer<Double>, _ p: Int, _ q: Int, _ count: Int, _ c: Double,
    _ s: Double
  ) {
    for k in 0..<count {
      let (x, y) = (a[p + k], a[q + k])
      a[p + k] = c * x - s * y
      a[q + k] = s * x + c * y
    }
  }

  /// The solution of `A x = b` in the sense of least squares that has the least norm. Singular
  /// values below `cut` of the greatest count as 0.
  package func leastNorm(_ b: [Double], cut: Double = 1e-10) -> [Double] {
    let columns = right.first?.count ?? 0
    var x = [Double](repeating: 0, count: columns)
    guard let greatest = values.first, greatest > 0 else { return x }
    for (k, value) in values.enumerated() where value > cut * greatest {
      let share = zip(left[k], b).reduce(0) { $0 + $1.0 * $1.1 } / value
      for column in 0..<columns { x[column] += share * right[k][column] }
    }
    return x
  }

  /// How many singular values are more than `cut` of the greatest.
  package func rank(cut: Double = 1e-10) -> Int {
    values.count { $0 > cut * (values.first ?? 0) }
  }
}
