import Testing

@testable import Optimization

@Suite("Newton's and Schulz' iteration")
struct NewtonSchulzTests {
  /// What five steps make of one singular value, the norm taken out.
  private func levelled(_ value: Double) -> Double {
    (0..<5).reduce(value) { x, _ in
      3.4445 * x - 4.7750 * x * x * x + 2.0315 * x * x * x * x * x
    }
  }

  @Test(
    "it acts on singular values alone: a diagonal stays one",
    arguments: [(8, 8), (8, 11), (11, 8), (1, 4), (4, 1), (1, 1)])
  func diagonal(rows: Int, columns: Int) {
    let values = [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001].prefix(min(rows, columns))
    var matrix = [Double](repeating: 0, count: rows * columns)
    for (index, value) in values.enumerated() { matrix[index * columns + index] = value }
    let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    var iteration = NewtonSchulz(rows: rows, columns: columns)
    matrix.withUnsafeMutableBufferPointer { iteration.level($0.baseAddress!, times: 2) }
    for row in 0..<rows {
      for column in 0..<columns {
        let expected = row == column ? 2 * levelled(values[row] / norm) : 0
        #expect(abs(matrix[row * columns + column] - expected) < 1e-13)
      }
    }
  }

  @Test("a matrix and its transpose are levelled alike, and turning it turns the result")
  func transposes() {
    let wide: [Double] = [1, -2, 0.5, 3, 0.25, -1]
    let tall: [Double] = [1, 3, -2, 0.25, 0.5, -1]
    var (a, b) = (wide, tall)
    var (first, second) = (NewtonSchulz(rows: 2, columns: 3), NewtonSchulz(rows: 3, columns: 2))
    a.withUnsafeMutableBufferPointer { first.level($0.baseAddress!, times: 1) }
    b.withUnsafeMutableBufferPointer { second.level($0.baseAddress!, times: 1) }
    for row in 0..<2 {
      for column in 0..<3 { #expect(a[row * 3 + column] == b[column * 2 + row]) }
    }
  }

  @Test("zeros stay zeros, and a second matrix is not touched by the first")
  func zeros() {
    var iteration = NewtonSchulz(rows: 2, columns: 2)
    var (first, again): ([Double], [Double]) = ([1, 2, 3, 4], [1, 2, 3, 4])
    first.withUnsafeMutableBufferPointer { iteration.level($0.baseAddress!, times: 1) }
    var nothing: [Double] = [0, 0, 0, 0]
    nothing.withUnsafeMutableBufferPointer { iteration.level($0.baseAddress!, times: 1) }
    #expect(nothing == [0, 0, 0, 0])
    again.withUnsafeMutableBufferPointer { iteration.level($0.baseAddress!, times: 1) }
    #expect(first == again)
  }
}
