import Differentiation
import Testing

@Suite("Formulas on rows")
struct FormulaKernelTests {
  @Test("2,000 random formulas: values have the bits of one point at a time, derivatives agree")
  func random() throws {
    var source = RandomFormula(random: SplitMix(99))
    for _ in 0..<2000 {
      let formula = try Formula(source.text(), variables: ["x", "y", "z"])
      let count = Int(source.random.next() % 40) + 1
      let columns = (0..<3).map { _ in (0..<count).map { _ in source.random.uniform(-2, 2) } }
      let rows = FormulaKernel(formula, depth: .gradient).evaluate(columns)
      let values = FormulaKernel(formula, depth: .value).evaluate(columns)[0]
      for index in 0..<count {
        let point = columns.map { $0[index] }
        let (value, gradient) = formula.valueAndGradient(at: point)
        #expect(values[index] == value || (values[index].isNaN && value.isNaN), "\(formula.text)")
        #expect(rows[0][index] == value || value.isNaN)
        let scale = gradient.reduce(1) { max($0, $1.magnitude) }
        for variable in 0..<3 where scale < 1e9 {
          #expect(
            isNear(rows[variable + 1][index], gradient[variable], 1e-9 * scale),
            "\(formula.text) at \(point): \(rows[variable + 1][index]), not \(gradient[variable])")
        }
      }
    }
  }

  @Test("Every function has the same bits on rows and alone")
  func functions() throws {
    for operation in Operation.allCases where operation.arity == 1 && operation != .negate {
      let name = operation == .not ? "not " : Function.symbol(of: operation)
      let formula = try Formula("\(name)(x)")
      let points = (-200...200).map { Double($0) / 16 } + [.nan, .infinity, -.infinity, 0, 1e300]
      let rows = FormulaKernel(formula, depth: .value).evaluate([points])[0]
      for (point, row) in zip(points, rows) {
        let value = formula.value(at: [point])
        #expect(row == value || (row.isNaN && value.isNaN), "\(name)(\(point)): \(row), \(value)")
      }
    }
  }

  @Test("Value, derivative and curvature of one variable; many points; no points")
  func curvature() throws {
    let formula = try Formula("x sin(x² + 1)")
    let kernel = FormulaKernel(formula, depth: .curvature)
    let points = (0..<1013).map { Double($0) / 100 - 5 }
    let rows = kernel.evaluate([points])
    for (index, x) in points.enumerated() {
      let orders = formula.derivatives(upTo: 2, at: [x])
      for order in 0...2 { #expect(isNear(rows[order][index], orders[order], 1e-11)) }
    }
    #expect(kernel.evaluate([[]]) == [[], [], []])
    #expect(FormulaKernel(try Formula("2"), depth: .gradient).evaluate([]) == [[2]])
  }

  @Test("Formulas that are traced give the same through the same door")
  func traced() throws {
    let formula = try Formula("fact(n) = n ≤ 1 ? 1 : n fact(n − 1); fact(x)")
    let rows = FormulaKernel(formula, depth: .gradient).evaluate([[2, 3, 4, 5, 8]])
    #expect(rows == [[2, 6, 24, 120, 40320], [1, 5, 26, 154, 69264]])
  }

  @Test("Lanes do not touch one another: a NaN stays where it is")
  func independent() throws {
    let kernel = FormulaKernel(try Formula("exp(x) + sin(x) + log(x)"), depth: .gradient)
    let clean = kernel.evaluate([(1...16).map(Double.init)])
    var points = (1...16).map(Double.init)
    points[5] = .nan
    let spoiled = kernel.evaluate([points])
    for index in 0..<16 where index != 5 {
      #expect(clean[0][index] == spoiled[0][index] && clean[1][index] == spoiled[1][index])
    }
    #expect(spoiled[0][5].isNaN)
  }
}
