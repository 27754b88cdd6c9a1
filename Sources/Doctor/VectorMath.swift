/// Sums over plain arrays, for what is computed now and then.
enum VectorMath {
  /// Σ aᵢ bᵢ.
  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }

  /// The Euclidean norm, safe against overflow.
  static func norm(_ a: [Double]) -> Double {
    let most = a.reduce(0) { Swift.max($0, abs($1)) }
    guard most > 0, most.isFinite else { return a.contains { $0.isNaN } ? .nan : most }
    return most * a.reduce(0) { $0 + ($1 / most) * ($1 / most) }.squareRoot()
  }

  /// ‖a − b‖.
  static func distance(_ a: [Double], _ b: [Double]) -> Double {
    norm(zip(a, b).map { $0 - $1 })
  }

  /// a + t b.
  static func add(_ a: [Double], _ b: [Double], times t: Double = 1) -> [Double] {
    zip(a, b).map { $0 + t * $1 }
  }

  /// The mean; NaN of nothing.
  static func mean(_ a: some Collection<Double>) -> Double {
    a.reduce(0, +) / Double(a.count)
  }

  /// The mean squared distance from the mean.
  static func variance(_ a: some Collection<Double>) -> Double {
    let middle = mean(a)
    return a.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / Double(a.count)
  }

  /// The middle value of the sorted numbers; NaN of nothing.
  static func median(_ a: [Double]) -> Double {
    a.isEmpty ? .nan : a.sorted()[a.count / 2]
  }
}
