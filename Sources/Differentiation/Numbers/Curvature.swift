/// The extreme eigenvalues of a Hessian that is known by its products with vectors only.
///
/// Lanczos' iteration with full reorthogonalisation: after k products the extreme eigenvalues of a
/// k×k tridiagonal matrix approach those of the Hessian from inside. With k equal to the number of
/// parameters they are exact. (Golub, Van Loan: Matrix Computations, §10.1–10.3.)
package struct Curvature: Equatable, Sendable {
  /// The smallest eigenvalue found; NaN when a product was not finite.
  package var smallest: Double
  /// The largest eigenvalue found; NaN when a product was not finite.
  package var largest: Double
  /// The eigenvector of the smallest, of length 1.
  package var smallestDirection: [Double]
  /// The eigenvector of the largest, of length 1.
  package var largestDirection: [Double]
  /// ‖H·v − λ·v‖ of the largest: an eigenvalue is no farther away.
  package var largestResidual: Double
  /// ‖H·v − λ·v‖ of the smallest.
  package var smallestResidual: Double
  /// The products that were used.
  package var products: Int

  /// Looks for the extreme eigenvalues of the matrix behind `product` (a function that takes and
  /// gives `count` numbers).
  ///
  /// Stops after `most` products, or when both residuals (`onlyLargest`: that of the largest) are
  /// below `tolerance`·max|λ|.
  /// `seed` fixes the first vector, to which `near`, a guess at the largest's eigenvector, is
  /// added with twice its length; so the same call gives the same bits.
  package static func extremes(
    count: Int, most: Int = 60, tolerance: Double = 1e-10, onlyLargest: Bool = false,
    near: [Double]? = nil, seed: UInt64 = 1, product: (_ direction: [Double]) -> [Double]
  ) -> Curvature {
    precondition(count > 0, "a matrix of \(count) rows has no eigenvalues")
    var basis = [start(count, seed, near: near)]
    var diagonal: [Double] = []
    var beside: [Double] = []
    var result = Curvature.unknown(count)
    for step in 0..<min(count, max(most, 1)) {
      var next = product(basis[step])
      precondition(next.count == count, "a product of \(next.count) numbers, not \(count)")
      diagonal.append(dot(next, basis[step]))
      guard next.allSatisfy(\.isFinite) else { return .unknown(count) }
      // Twice is enough (Kahan, Parlett).
      for _ in 0..<2 {
        for vector in basis {
          let overlap = dot(next, vector)
          for i in 0..<count { next[i] -= overlap * vector[i] }
        }
      }
      let length = dot(next, next).squareRoot()
      let scale = diagonal.reduce(length) { max($0, $1.magnitude) }
      let isLast = step == min(count, max(most, 1)) - 1 || length <= scale * 1e-14
      // The small eigenproblem is looked at now and then: it costs more than a product.
      if isLast || step % 8 == 3 {
        result = ritz(basis, diagonal, beside, length)
        let size = max(result.largest.magnitude, result.smallest.magnitude)
        let residual =
          onlyLargest
          ? result.largestResidual : max(result.largestResidual, result.smallestResidual)
        if isLast || residual <= tolerance * size { break }
      }
      beside.append(length)
      basis.append(next.map { $0 / length })
    }
    return result
  }

  /// The largest eigenvalue by size, by power iteration; for comparison and teaching.
  package static func power(
    count: Int, iterations: Int, seed: UInt64 = 1, product: (_ direction: [Double]) -> [Double]
  ) -> (value: Double, direction: [Double]) {
    var vector = start(count, seed, near: nil)
    var value = Double.nan
    for _ in 0..<iterations {
      let image = product(vector)
      value = dot(image, vector)
      let length = dot(image, image).squareRoot()
      guard length > 0, length.isFinite else { break }
      vector = image.map { $0 / length }
    }
    return (value, vector)
  }

  // MARK: - Parts

  private static func unknown(_ count: Int) -> Curvature {
    let none = [Double](repeating: .nan, count: count)
    return Curvature(
      smallest: .nan, largest: .nan, smallestDirection: none, largestDirection: none,
      largestResidual: .nan, smallestResidual: .nan, products: 0)
  }

  /// The eigenpairs of the tridiagonal matrix, carried back.
  private static func ritz(
    _ basis: [[Double]], _ diagonal: [Double], _ beside: [Double], _ rest: Double
  ) -> Curvature {
    let size = diagonal.count
    var matrix = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      matrix[i * size + i] = diagonal[i]
      if i + 1 < size {
        matrix[i * size + i + 1] = beside[i]
        matrix[(i + 1) * size + i] = beside[i]
      }
    }
    let eigen = SymmetricEigen(matrix, size: size)
    func direction(_ weights: [Double]) -> [Double] {
      var sum = [Double](repeating: 0, count: basis[0].count)
      for (weight, vector) in zip(weights, basis) {
        for i in sum.indices { sum[i] += weight * vector[i] }
      }
      return sum
    }
    return Curvature(
      smallest: eigen.values[0], largest: eigen.values[size - 1],
      smallestDirection: direction(eigen.vectors[0]),
      largestDirection: direction(eigen.vectors[size - 1]),
      largestResidual: (rest * eigen.vectors[size - 1][size - 1]).magnitude,
      smallestResidual: (rest * eigen.vectors[0][size - 1]).magnitude, products: size)
  }

  /// A vector of length 1 without a preferred direction (SplitMix64), or with one.
  private static func start(_ count: Int, _ seed: UInt64, near: [Double]?) -> [Double] {
    var state = seed
    var vector = (0..<count).map { _ in
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Double((z ^ (z >> 31)) >> 11) * 0x1p-53 - 0.5
    }
    let length = dot(vector, vector).squareRoot()
    if length > 0 { for i in vector.indices { vector[i] /= length } } else { vector[0] = 1 }
    guard let near, near.count == count else { return vector }
    let guess = dot(near, near).squareRoot()
    guard guess > 0, guess.isFinite else { return vector }
    for i in vector.indices { vector[i] += 2 * near[i] / guess }
    let sum = dot(vector, vector).squareRoot()
    return vector.map { $0 / sum }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }
}

extension Formula {
  /// The extreme eigenvalues of the Hessian at a point: exact for few variables, by Lanczos for
  /// many.
  package func curvature(at point: [Double]) -> Curvature {
    Curvature.extremes(count: variables.count, most: max(60, variables.count)) { direction in
      hessianProduct(at: point, along: direction)
    }
  }
}
