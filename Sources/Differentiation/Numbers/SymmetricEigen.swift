/// Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations.
///
/// Golub, Van Loan: Matrix Computations, §8.5. Cost grows with the cube of the size; meant for up
/// to some hundred rows.
package struct SymmetricEigen: Equatable, Sendable {
  /// The eigenvalues, from the smallest to the largest.
  package let values: [Double]
  /// The eigenvectors, of length 1, in the same order; the entry of largest size is positive.
  package let vectors: [[Double]]

  /// Decomposes a matrix given row by row (`size`² numbers; only its symmetric part counts).
  ///
  /// If an entry is not finite, all values are NaN.
  package init(_ matrix: [Double], size: Int) {
    precondition(matrix.count == size * size, "\(matrix.count) entries for \(size) rows")
    guard matrix.allSatisfy(\.isFinite) else {
      values = [Double](repeating: .nan, count: size)
      vectors = [[Double]](repeating: [Double](repeating: .nan, count: size), count: size)
      return
    }
    var a = matrix
    var v = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      v[i * size + i] = 1
      for j in 0..<i {
        let mean = (matrix[i * size + j] + matrix[j * size + i]) / 2
        a[i * size + j] = mean
        a[j * size + i] = mean
      }
    }
    SymmetricEigen.rotate(&a, &v, size)
    let order = (0..<size).sorted { a[$0 * size + $0] < a[$1 * size + $1] }
    values = order.map { a[$0 * size + $0] }
    vectors = order.map { column in
      let vector = (0..<size).map { v[$0 * size + column] }
      let largest = vector.max { $0.magnitude < $1.magnitude } ?? 1
      return largest < 0 ? vector.map { -$0 } : vector
    }
  }

  /// Sweeps over all pairs until the largest entry beside the diagonal is negligible.
  private static func rotate(_ a: inout [Double], _ v: inout [Double], _ size: Int) {
    for _ in 0..<60 {
      var beside = 0.0
      var diagonal = 0.0
      for i in 0..<size {
        diagonal = max(diagonal, a[i * size + i].magnitude)
        for j in 0..<i { beside = max(beside, a[i * size + j].magnitude) }
      }
      if beside <= diagonal * 1e-17 || beside == 0 { return }
      for p in 0..<size {
        for q in stride(from: p + 1, to: size, by: 1) where a[p * size + q] != 0 {
          let theta = (a[q * size + q] - a[p * size + p]) / (2 * a[p * size + q])
          let root = (theta * theta + 1).squareRoot()
          let t = theta.isFinite ? (theta >= 0 ? 1 / (theta + root) : 1 / (theta - root)) : 0
          let c = 1 / (t * t + 1).squareRoot()
          let s = t * c
          for k in 0..<size {
            let (kp, kq) = (a[k * size + p], a[k * size + q])
            a[k * size + p] = c * kp - s * kq
            a[k * size + q] = s * kp + c * kq
          }
          for k in 0..<size {
            let (pk, qk) = (a[p * size + k], a[q * size + k])
            a[p * size + k] = c * pk - s * qk
            a[q * size + k] = s * pk + c * qk
            let (vp, vq) = (v[k * size + p], v[k * size + q])
            v[k * size + p] = c * vp - s * vq
            v[k * size + q] = s * vp + c * vq
          }
          a[p * size + q] = 0
          a[q * size + p] = 0
        }
      }
    }
  }
}
