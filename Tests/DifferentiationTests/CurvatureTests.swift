import Differentiation
import Testing

@Suite("Curvature")
struct CurvatureTests {
  @Test("Jacobi: known matrices, and A·v = λ·v for random ones")
  func jacobi() {
    let two = SymmetricEigen([2, 1, 1, 2], size: 2)
    #expect(isNear(two.values[0], 1) && isNear(two.values[1], 3))
    #expect(isNear(two.vectors[1][0], 0.5.squareRoot()))
    var random = SplitMix(3)
    for size in 1...12 {
      var matrix = [Double](repeating: 0, count: size * size)
      for i in 0..<size {
        for j in 0...i {
          matrix[i * size + j] = random.uniform(-1, 1)
          matrix[j * size + i] = matrix[i * size + j]
        }
      }
      let eigen = SymmetricEigen(matrix, size: size)
      #expect(eigen.values == eigen.values.sorted())
      for (value, vector) in zip(eigen.values, eigen.vectors) {
        for i in 0..<size {
          let image = (0..<size).reduce(0.0) { $0 + matrix[i * size + $1] * vector[$1] }
          #expect((image - value * vector[i]).magnitude < 1e-13)
        }
      }
    }
    #expect(SymmetricEigen([.nan, 0, 0, 1], size: 2).values.allSatisfy { $0.isNaN })
    #expect(SymmetricEigen([0, 0, 0, 0], size: 2).values == [0, 0])
  }

  @Test("Lanczos finds both ends of a large spectrum")
  func lanczos() {
    let count = 300
    let spectrum = (0..<count).map { Double($0) / 10 } + [100]
    let found = Curvature.extremes(count: count + 1, most: 120) { direction in
      zip(spectrum, direction).map { $0 * $1 }
    }
    #expect(isNear(found.largest, 100, 1e-9))
    #expect(isNear(found.smallest, 0, 1e-3))
    #expect(isNear(found.largestDirection[count].magnitude, 1, 1e-8))
    #expect(found.products <= 120)
    let power = Curvature.power(count: count + 1, iterations: 60) { direction in
      zip(spectrum, direction).map { $0 * $1 }
    }
    #expect(isNear(power.value, 100, 1e-9))
  }

  @Test("Curvature of a formula: the saddle x² − 3y² + x y, and products that are not finite")
  func formula() throws {
    let saddle = try Formula("x² − 3y² + x y")
    let found = saddle.curvature(at: [0.3, -1])
    let exact = SymmetricEigen([2, 1, 1, -6], size: 2)
    #expect(isNear(found.smallest, exact.values[0]))
    #expect(isNear(found.largest, exact.values[1]))
    #expect(saddle.hessian(at: [5, 5]) == [2, 1, 1, -6])
    #expect(try Formula("log(x) + sqrt(y)").curvature(at: [-1, -1]).largest.isNaN)
    let identity = Curvature.extremes(count: 5) { $0 }
    #expect(isNear(identity.largest, 1) && isNear(identity.smallest, 1))
  }
}
