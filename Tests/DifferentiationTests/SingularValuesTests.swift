import Testing

@testable import Differentiation

/// Laws of the decomposition `A = Σ σ u vᵀ`.
@Suite("Singular values")
struct SingularValuesTests {
  /// Numbers without order.
  private static func matrix(_ rows: Int, _ columns: Int) -> [Double] {
    (0..<rows * columns).map { index -> Double in
      let residue = (index * 7919 + 13) % 101
      return Double(residue) / 50 - 1
    }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for (x, y) in zip(a, b) { sum += x * y }
    return sum
  }

  @Test(
    "the parts add up to the matrix, and stand at right angles",
    arguments: [(1, 1), (3, 3), (2, 7), (7, 2), (20, 5), (5, 20)])
  func parts(rows: Int, columns: Int) {
    let a = Self.matrix(rows, columns)
    let parts = SingularValues(a, rows: rows, columns: columns)
    #expect(parts.values.count == min(rows, columns))
    for (first, second) in zip(parts.values, parts.values.dropFirst()) { #expect(first >= second) }
    for i in 0..<rows {
      for j in 0..<columns {
        var sum = 0.0
        for k in parts.values.indices {
          sum += parts.values[k] * parts.left[k][i] * parts.right[k][j]
        }
        #expect(abs(sum - a[i * columns + j]) < 1e-13 * Double(rows + columns))
      }
    }
    for (k, vectors) in [parts.left, parts.right].enumerated() {
      for i in vectors.indices where k == 1 || parts.values[i] > 1e-12 {
        for j in 0...i where parts.values[j] > 1e-12 {
          let dot = Self.product(vectors[i], vectors[j])
          #expect(abs(dot - (i == j ? 1 : 0)) < 1e-12 || parts.values[i] <= 1e-12)
        }
      }
    }
  }

  @Test("the least-norm solution solves, and has no part where the matrix is blind")
  func leastNorm() {
    let a = Self.matrix(4, 9)
    let parts = SingularValues(a, rows: 4, columns: 9)
    let b = [1.0, -2, 0.5, 3]
    let x = parts.leastNorm(b)
    for i in 0..<4 {
      var value = 0.0
      for j in 0..<9 { value += a[i * 9 + j] * x[j] }
      #expect(abs(value - b[i]) < 1e-12)
    }
    // x is a combination of the rows: what is at right angles to them all is not in it.
    let inRows = parts.right.map { Self.product($0, x) }
    let norm = Self.product(x, x)
    #expect(abs(norm - Self.product(inRows, inRows)) < 1e-12 * norm)
  }

  @Test("small singular values keep their digits")
  func small() {
    let parts = SingularValues([1, 1, 1, 1 + 1e-12], rows: 2, columns: 2)
    #expect(abs(parts.values[1] - 5e-13) < 1e-15)
    #expect(SingularValues([1, 2, 2, 4], rows: 2, columns: 2).rank() == 1)
    #expect(SingularValues([0, 0, 0, 0], rows: 2, columns: 2).leastNorm([1, 1]) == [0, 0])
    #expect(SingularValues([1, .nan], rows: 1, columns: 2).values[0].isNaN)
  }
}
