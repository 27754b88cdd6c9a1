import Presets
import Testing
import Training

@Suite("Descents on x² and x sin(x² + 1)")
struct ScalarDescentTests {
  /// The same function by formula and compiled by hand.
  static let waves = ["formula: x sin(x^2 + 1)", "landscape: xsin"]

  @Test("x² from 5", arguments: ["formula: x^2", "landscape: parabola"])
  func parabola(function: String) throws {
    let theirs = Reference.all["scalar_descent.gd_x2"]
    var walk = try Walk(
      """
      function: {\(function)}
      start: {x: \(theirs["start"].number)}
      learning_rate: \(theirs["learning_rate"].number)
      """)
    var losses = [walk.loss]
    var places = [walk.parameters[0]]
    for _ in 0..<10 {
      walk.step()
      losses.append(walk.loss)
      places.append(walk.parameters[0])
    }
    expectClose(places, theirs["analytical.x"].numbers, within: 1e-10, "x")
    expectClose(losses, theirs["analytical.y"].numbers, within: 1e-10, "f(x)")
  }

  @Test("x sin(x² + 1) from 1: 300 steps end at −1.0111649853169877", arguments: waves)
  func wave(function: String) throws {
    let theirs = Reference.all["scalar_descent.gd_xsin"]
    var walk = try Walk(
      """
      function: {\(function)}
      start: {x: \(theirs["start"].number)}
      learning_rate: \(theirs["learning_rate"].number)
      """)
    var losses = [walk.loss]
    var places = [walk.parameters[0]]
    for _ in 0..<300 {
      walk.step()
      losses.append(walk.loss)
      places.append(walk.parameters[0])
    }
    expectClose(places, theirs["analytical.x"].numbers, within: 1e-10, "x")
    expectClose(losses, theirs["analytical.y"].numbers, within: 1e-10, "f(x)")
    expectClose([places[300]], [-1.0111649853169877], within: 1e-12, "the end")
  }

  @Test("Seventy starts and rates: fixed points, creepers and cycles", arguments: waves)
  func table(function: String) throws {
    for row in Reference.all["scalar_descent.gd_xsin.start_lr_table.rows"].items {
      let cells = row.items
      let status = cells[3].text
      if status == "chaotic" { continue }
      var walk = try Walk(
        """
        function: {\(function)}
        start: {x: \(cells[0].number)}
        learning_rate: \(cells[1].number)
        """)
      walk.go(to: 2000)
      expectClose(
        walk.parameters, [cells[2].number], within: status == "cycle" ? 1e-6 : 1e-9,
        "from \(cells[0].number) with \(cells[1].number)")
    }
  }

  @Test("At its minima and maxima the slope vanishes and the value is the table's", arguments: waves)
  func criticalPoints(function: String) throws {
    for row in Reference.all["scalar_descent.gd_xsin.critical_points.rows"].items {
      let x = row.items[0].number
      var walk = try Walk(
        "function: {\(function)}\nstart: {x: \(x)}\nlearning_rate: 0\n")
      expectScalar(walk.loss, row.items[1].number, "f(\(x))")
      walk.step()
      // The point is rounded to a double: its slope is at most its curvature times half an ulp.
      let slope = walk.run.snapshot().gradient[0]
      #expect(abs(slope) <= abs(row.items[2].number) * x.ulp * 2, "f'(\(x)) = \(slope)")
    }
  }
}
