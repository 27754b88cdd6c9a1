import Differentiation
import Testing

@Suite("Laws of derivatives")
struct DerivativeLawsTests {
  @Test("12,000 random formulas: forward = reverse = compiled, and central differences agree")
  func random() throws {
    var source = RandomFormula(random: SplitMix(2025))
    var compared = 0
    var differences = 0
    for _ in 0..<12_000 {
      let text = source.text()
      let formula = try Formula(text, variables: ["x", "y", "z"])
      let point = (0..<3).map { _ in source.random.uniform(-2, 2) }
      let (value, reverse) = formula.valueAndGradient(at: point)
      #expect(formula.value(at: point) == value || value.isNaN)
      let forward = formula.forwardGradient(at: point)
      // Terms may cancel: what is compared is relative to the largest partial result on the way.
      let scale = Self.sensitivity(formula, point)
      for index in 0..<3 where value.isFinite && scale.isFinite && scale < 1e100 {
        let bound = 1e-12 * max(reverse[index].magnitude, scale, 1e-300)
        #expect(
          (forward[index] - reverse[index]).magnitude <= bound
            || (forward[index].isNaN && reverse[index].isNaN), "\(text) at \(point)")
        compared += 1
      }
      if value.isFinite, reverse.allSatisfy({ $0.isFinite }) {
        differences += Self.compareWithDifferences(formula, point, reverse)
      }
    }
    #expect(compared > 20_000)
    #expect(differences > 10_000)
  }

  /// The largest |tangent·adjoint| of a node: the size of the terms that a gradient is a sum of.
  private static func sensitivity(_ formula: Formula, _ point: [Double]) -> Double {
    guard let graph = try? formula.graph(at: point) else { return .nan }
    let adjoints = graph.sweeps(at: point).adjoints
    var largest = 0.0
    for index in 0..<3 {
      let direction = (0..<3).map { $0 == index ? 1.0 : 0 }
      for (dual, adjoint) in zip(graph.duals(at: point, along: direction), adjoints) {
        let term = (dual.tangent * adjoint).magnitude
        if !term.isNaN { largest = max(largest, term) } else { return .nan }
      }
    }
    return largest
  }

  /// Central differences with h: |error| ≤ h²/6·max|f‴| + 2·rounding/h, the first from Taylor
  /// series around the point, the second from the tape. Points near kinks and poles, where the
  /// third derivative is not bounded, are left out.
  private static func compareWithDifferences(
    _ formula: Formula, _ point: [Double], _ gradient: [Double]
  ) -> Int {
    var count = 0
    for index in 0..<3 {
      let h = 1e-4
      var third = 0.0
      var rounding = 0.0
      var smooth = true
      var derivatives: [Double] = []
      for step in [-1.0, -0.5, 0, 0.5, 1] {
        var moved = point
        moved[index] += step * h
        let orders = formula.derivatives(upTo: 4, at: moved, variable: index)
        guard orders.allSatisfy(\.isFinite) else {
          smooth = false
          break
        }
        derivatives.append(orders[1])
        third = max(third, orders[3].magnitude + orders[4].magnitude * h)
        // Third derivatives that change much within h: too near to a singular point.
        if orders[4].magnitude * h > 0.1 * orders[3].magnitude + 1 { smooth = false }
        rounding = max(rounding, formula.roundingError(at: moved))
      }
      guard smooth else { continue }
      // A kink within the interval shows as a jump of the derivative.
      let second = formula.derivatives(upTo: 2, at: point, variable: index)[2].magnitude
      let expectedChange = 2 * h * (second + third * h) + 1e-9 * (gradient[index].magnitude + 1)
      if (derivatives[4] - derivatives[0]).magnitude > 2 * expectedChange { continue }
      var (up, down) = (point, point)
      up[index] += h
      down[index] -= h
      let width = up[index] - down[index]
      let rise = formula.value(at: up) - formula.value(at: down)
      let central = rise / width
      // A jump of the value within the interval is no derivative.
      if (rise - width * gradient[index]).magnitude > 1e-3 * (1 + gradient[index].magnitude) {
        let onOneSide = (formula.value(at: up) - formula.value(at: point)) / h
        if (onOneSide - gradient[index]).magnitude > 1 { continue }
      }
      let bound =
        width * width / 24 * third * 1.5 + 8 * rounding / width + 1e-12 * gradient[index].magnitude
      #expect(
        (central - gradient[index]).magnitude <= bound + 1e-300,
        "\(formula.text) at \(point), \(index): \(central), not \(gradient[index]), ± \(bound)")
      count += 1
    }
    return count
  }

  @Test("Taylor series, Hessian, Hessian-vector products and twice compiled graphs agree")
  func second() throws {
    var source = RandomFormula(random: SplitMix(7))
    var compared = 0
    for _ in 0..<1500 {
      let formula = try Formula(source.text(), variables: ["x", "y", "z"])
      let point = (0..<3).map { _ in source.random.uniform(-2, 2) }
      let hessian = formula.hessian(at: point)
      let scale = hessian.reduce(1) { max($0, $1.magnitude) }
      guard scale < 1e6, formula.value(at: point).isFinite,
        hessian.allSatisfy({ $0.isFinite })
      else { continue }
      for index in 0..<3 {
        let taylor = formula.derivatives(upTo: 2, at: point, variable: index)
        #expect(isNear(taylor[1], formula.gradient(at: point)[index], 1e-9 * scale))
        #expect(isNear(taylor[2], hessian[index * 4], 1e-8 * scale), "\(formula.text) \(point)")
        for other in 0..<3 {
          let symmetric = hessian[index * 3 + other] - hessian[other * 3 + index]
          #expect(symmetric.magnitude < 1e-8 * scale, "\(formula.text)")
        }
        compared += 1
      }
      let direction = (0..<3).map { _ in source.random.uniform(-1, 1) }
      let product = formula.hessianProduct(at: point, along: direction)
      for row in 0..<3 {
        let sum = (0..<3).reduce(0.0) { $0 + hessian[row * 3 + $1] * direction[$1] }
        #expect(isNear(product[row], sum, 1e-10 * scale))
      }
      if let graph = formula.graph {
        let twice = graph.withGradient().withGradient(ofOutput: 1)
        let values = twice.values(at: point)
        for column in 0..<3 {
          #expect(
            isNear(values[Int(twice.outputs[4 + column])], hessian[column], 1e-8 * scale),
            "\(formula.text) at \(point)")
        }
      }
    }
    #expect(compared > 2000)
  }

  @Test("High orders: derivatives of exp, sin, 1/(1-x), x^2.5 and tan have their closed forms")
  func orders() throws {
    let exponential = try Formula("exp(2x)").derivatives(upTo: 20, at: [0.3])
    for k in 0...20 {
      #expect(isNear(exponential[k] / exponential[0], Double.power(2, k), 1e-10))
    }
    let geometric = try Formula("1/(1 - x)").derivatives(upTo: 12, at: [0])
    var factorial = 1.0
    for k in 1...12 {
      factorial *= Double(k)
      #expect(isNear(geometric[k] / factorial, 1))
    }
    let sine = try Formula("sin x").derivatives(upTo: 40, at: [1])
    #expect(isNear(sine[40], sine[0], 1e-9))
    let power = try Formula("x^2.5").derivatives(upTo: 3, at: [4])
    #expect(isNear(power[3], 2.5 * 1.5 * 0.5 * 0.5))
    #expect(isNear(try Formula("tan x").derivative(order: 5, at: [0]), 16))
    #expect(isNear(try Formula("x^y").derivative(order: 3, at: [2, 3], variable: 0), 6, 1e-10))
  }

  @Test(
    "Where a value overflows, derivatives that do not are the same by both routes",
    arguments: ["x^3", "x x x", "(x + 1)^3", "x^2 x^2"])
  func overflow(text: String) throws {
    let formula = try Formula(text)
    let point = [1e80]
    // 1e400 is no double; its second derivative may be one.
    let large = try Formula("10^160 (\(text)) 10^80")
    for formula in [formula, large] {
      let second = formula.derivative(order: 2, at: point)
      let other = formula.hessian(at: point)[0]
      #expect(second == other || abs(second / other - 1) < 1e-12, "\(second) \(other)")
      #expect(!second.isNaN)
    }
    let steep = formula.derivative(order: 2, at: [1e200])
    #expect(!steep.isNaN, "\(steep)")
  }
}

extension Double {
  fileprivate static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
