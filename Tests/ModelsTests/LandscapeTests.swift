import Lanes
import Testing

@testable import Models

@Suite struct LandscapeTests {
  static let points: [[Double]] = [
    [0.3, -0.7], [1.1, 0.9], [-1.4, 1.7], [2.2, -0.1], [-0.6, 0.4],
  ]

  func objective(_ name: String) throws -> LandscapeObjective {
    LandscapeObjective(try #require(Landscape.all[name]))
  }

  @Test(
    "derivatives and Hessian are the differences of values and derivatives",
    arguments: Landscape.all.names)
  func derivatives(name: String) throws {
    let objective = try objective(name)
    let n = objective.parameterCount
    for point in Self.points.map({ Array($0.prefix(n)) }) {
      let (_, gradient) = objective.lossAndGradient(at: point)
      let hessian = try #require(objective.hessian(at: point))
      for i in 0..<n {
        let derivative = numericDerivative(objective, point, i)
        #expect(abs(gradient[i] - derivative) <= 1e-7 * max(1, abs(derivative)))
        var ahead = point
        var behind = point
        ahead[i] += 1e-5
        behind[i] -= 1e-5
        let a = objective.lossAndGradient(at: ahead).gradient
        let b = objective.lossAndGradient(at: behind).gradient
        for j in 0..<n {
          let second = (a[j] - b[j]) / 2e-5
          #expect(abs(hessian[j * n + i] - second) <= 1e-5 * max(1, abs(second)))
        }
      }
      let product = objective.hessianProduct(at: point, times: Array([2.0, -1].prefix(n)))
      #expect(product[0] == (n == 1 ? 2 * hessian[0] : (2 * hessian[0]) - hessian[1]))
    }
  }

  @Test("known minima are minima", arguments: Landscape.all.names)
  func minima(name: String) throws {
    let objective = try objective(name)
    let n = objective.parameterCount
    #expect(!objective.knownMinima.isEmpty)
    for minimum in objective.knownMinima {
      let (value, gradient) = objective.lossAndGradient(at: minimum)
      let h = try #require(objective.hessian(at: minimum))
      #expect(gradient.allSatisfy { abs($0) < 1e-9 * max(1, h.map { abs($0) }.max() ?? 1) })
      #expect(n == 1 ? h[0] > 0 : h[0] > 0 && h[0] * h[3] > h[1] * h[2])
      #expect(objective.xRange.contains(minimum[0]))
      #expect(n == 1 ? objective.yRange.contains(value) : objective.yRange.contains(minimum[1]))
    }
  }

  @Test("known minima of functions of one variable are all that a fine grid sees")
  func allMinima() throws {
    for name in Landscape.all.names where Landscape.all[name]?.variableCount == 1 {
      let objective = try objective(name)
      let count = 20_001
      let width = objective.xRange.upperBound - objective.xRange.lowerBound
      let grid = (0..<count).map {
        objective.xRange.lowerBound + width * Double($0) / Double(count - 1)
      }
      let values = objective.values(at: [grid])
      let seen = (1..<count - 1).filter {
        values[$0] < values[$0 - 1] && values[$0] <= values[$0 + 1]
      }
      let known = objective.knownMinima.map { $0[0] }.sorted()
      #expect(known.count == seen.count, "\(name)")
      for (a, b) in zip(known, seen) { #expect(abs(a - grid[b]) < width / Double(count - 1)) }
    }
  }

  @Test("x sin(x² + 1) has eight minima on [−5, 5]")
  func valleys() throws {
    let expected = [
      -4.4098, -3.6298, -2.6317, -1.01229, 1.96005, 3.16943, 4.03849, 4.75227,
    ]
    let minima = try objective("xsin").knownMinima.map { $0[0] }
    #expect(minima.count == expected.count)
    for (a, b) in zip(minima, expected) { #expect(abs(a - b) < 1e-4) }
  }

  @Test("one point and many have the same bits", arguments: Landscape.all.names)
  func forms(name: String) throws {
    let objective = try objective(name)
    let n = objective.parameterCount
    let count = 37
    let rows = (0..<n).map { v in (0..<count).map { 0.21 * Double($0) - 3.7 + Double(v) } }
    let values = objective.values(at: rows)
    for i in 0..<count {
      let point = rows.map { $0[i] }
      #expect(values[i] == objective.loss(at: point))
      #expect(values[i] == objective.lossAndGradient(at: point).loss)
    }
  }

  @Test("the notes' descent on x sin(x² + 1) ends where theirs does")
  func descent() throws {
    let objective = try objective("xsin")
    var x = 1.0
    for _ in 0..<300 { x -= 0.01 * objective.lossAndGradient(at: [x]).gradient[0] }
    #expect(abs(x + 1.0111649853169877) < 1e-10)
  }

  @Test("a lane that is not finite leaves the others alone", arguments: Landscape.all.names)
  func contagion(name: String) throws {
    let objective = try objective(name)
    let n = objective.parameterCount
    var rows = [[Double]](repeating: [1.5, .nan, 0.5, .infinity], count: n)
    if n == 2 { rows[1] = [0.5, 1, -0.5, 1] }
    let values = objective.values(at: rows)
    #expect(values[0] == objective.loss(at: rows.map { $0[0] }))
    #expect(values[1].isNaN)
    #expect(values[2] == objective.loss(at: rows.map { $0[2] }))
  }

  @Test(
    "many steps at once have the bits of steps taken one by one, wherever runs begin",
    arguments: Landscape.all.names.filter { Landscape.all[$0]?.descent != nil },
    [1, 2, 3, 5, 8, 16, 19])
  func manySteps(name: String, lanes: Int) throws {
    let objective = try objective(name)
    let n = objective.parameterCount
    let wild = [1e3, -3e4, 1e9, 7e20, -1e200, .infinity, .nan, 0, -0.0, 1e-300, 2.2618]
    let descent = try #require(objective.descent)
    for rate in [0.01, 0.3] {
      // Each run has a rate of its own.
      let own = Lanes(0, 1, 2, 3, 4, 5, 6, 7) * 1e-3 + rate
      let rates = (0..<lanes * n).map { own + 1e-4 * Double($0) }
      var points = (0..<lanes * n).map { row in
        var lane = Lanes()
        for i in 0..<8 {
          let number = row * 8 + i
          // Every thirteenth point is out of the ordinary.
          lane[i] =
            number % 13 == 5 ? wild[number / 13 % wild.count] : Double(number % 31) / 5 - 3
        }
        return lane
      }
      var derivatives = [Lanes](repeating: .zero, count: lanes * n)
      var expected = points
      for _ in 0..<21 {
        expected.withUnsafeBufferPointer { at in
          derivatives.withUnsafeMutableBufferPointer { derivatives in
            objective.evaluate(
              points: at.baseAddress!, stride: lanes, count: lanes, value: nil,
              derivatives: derivatives.baseAddress!)
          }
        }
        for i in expected.indices { expected[i] -= derivatives[i] * rates[i] }
      }
      points.withUnsafeMutableBufferPointer { points in
        descent(points.baseAddress!, lanes, rates, 21)
      }
      for (a, b) in zip(points, expected) {
        for i in 0..<8 { #expect(a[i].bitPattern == b[i].bitPattern || a[i].isNaN && b[i].isNaN) }
      }
    }
  }

  @Test("settings shape the functions")
  func settings() throws {
    var issues: [ProblemIssue] = []
    let landscape = try #require(Landscape.all["quadratic"])
    let settings = Settings(
      Choice("quadratic", ["kappa": 50, "angle": 30]), of: landscape.hyperparameters, key: "l",
      issues: &issues)
    #expect(issues.isEmpty)
    let h = try #require(LandscapeObjective(landscape, settings: settings).hessian(at: [0, 0]))
    #expect(abs(h[0] + h[3] - 51) < 1e-12)
    #expect(abs(h[0] * h[3] - h[1] * h[2] - 50) < 1e-11)
  }
}
