import Lanes

extension Landscape {
  /// Rosenbrock's banana: `f = (a − x)² + b (y − x²)²`, least at (a, a²) at the end of a curved
  /// valley.
  ///
  /// H. H. Rosenbrock, "An automatic method for finding the greatest or least value of a function",
  /// 1960.
  static let rosenbrock = Landscape(
    "rosenbrock", "(a − x)² + b (y − x²)²", "A curved, flat valley with steep walls",
    hyperparameters: [
      Hyperparameter("a", symbol: "a", "The x of the minimum", default: 1, in: -3...3),
      Hyperparameter(
        "b", symbol: "b", "How steep the walls are", default: 100, in: 0.1...1e4,
        scale: .logarithmic),
    ],
    x: -2...2, y: -1...3, start: [-1.2, 1],
    minima: { [[$0["a"], $0["a"] * $0["a"]]] },
    hessian: { point, settings in
      let (x, y, b) = (point[0], point[1], settings["b"])
      return SIMD4(2 + b * (12 * x * x - 4 * y), -4 * b * x, -4 * b * x, 2 * b)
    },
    evaluate: { x, y, value, dx, dy, count, constants in
      let a = Lanes(repeating: constants[0])
      let b = Lanes(repeating: constants[1])
      for i in 0..<count {
        let x = x[i]
        let u = x - a
        let v = y[i] - x * x
        let w = b * v
        value?[i] = (u * u).addingProduct(w, v)
        dx[i] = 2 * u - 4 * (w * x)
        dy[i] = 2 * w
      }
    })
}
