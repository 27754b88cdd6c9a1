import Differentiation
import Lanes
import Models
import Presets
import Testing
import Training

/// Whether two numbers agree to the digits that a figure of the notes is given with.
func isAbout(_ ours: Double, _ figure: Double, within relative: Double = 0.05) -> Bool {
  abs(ours - figure) <= relative * abs(figure)
}

@Suite("What the explorer must make visible: descent")
struct VisibleDescentTests {
  @Test("1. Eigenvalues, the notes' rate, its limit and the best fixed rate")
  func eigenvalues() throws {
    let run = try Preset.run("notes-ols-gd")
    let hessian = try #require(run.objective.hessian(at: run.parameters))
    let values = NotesChecks.eigenvalues(hessian)
    #expect(isAbout(values[0], 0.347, within: 1e-3) && isAbout(values[1], 4.408, within: 1e-3))
    #expect(isAbout(values[1] / values[0], 12.7, within: 1e-3))
    #expect(isAbout(run.learningRate, 0.2269, within: 1e-3))
    let edge = try Run(Preset.variant("notes-ols-gd", "at the edge"))
    #expect(isAbout(edge.learningRate, 0.4537, within: 1e-3))
    let best = try Run(Preset.variant("notes-ols-gd", "best fixed rate"))
    #expect(isAbout(best.learningRate, 2 / (values[0] + values[1]), within: 3e-3))
  }

  @Test("1. A step of 1/λmax ends the error along the steepest axis and leaves 0.921 of the other")
  func oneStep() throws {
    var run = try Preset.run("notes-ols-gd")
    let theirs = Reference.all["optimisation.ols_gd"]
    let solution = theirs["theta_linreg"].numbers
    let axes = theirs["eigvecs_columns"].rows
    func errors() -> [Double] {
      let error = zip(run.parameters, solution).map { $0 - $1 }
      return [0, 1].map { axis in error[0] * axes[0][axis] + error[1] * axes[1][axis] }
    }
    let before = errors()
    run.advance(1)
    let after = errors()
    #expect(abs(after[1]) < 1e-12 * abs(before[1]))
    #expect(isAbout(after[0] / before[0], 0.921, within: 1e-3))
  }

  @Test("1. Just inside the limit it converges, on it the loss stays at 31.2, beyond it grows")
  func stability() throws {
    func losses(_ part: String) throws -> [Double] {
      var run = try Run(Preset.variant("notes-ols-gd", part))
      return run.losses(2000)
    }
    let inside = try losses("just inside")
    let edge = try losses("at the edge")
    let beyond = try losses("beyond the edge")
    #expect(abs(inside[2000] - 0.99602) < 1e-4)
    #expect(isAbout(edge[100], 31.2, within: 0.01) && isAbout(edge[2000], edge[100], within: 0.01))
    #expect(beyond[100] > beyond[0] && beyond[200] > 5 * beyond[100])
  }

  @Test(
    "2. Momentum compared fairly: losses after 60 steps",
    arguments: [
      ("no momentum", 2.6e-5), ("", 1.4e-7), ("0.6", 5.8e-14), ("0.9", 8.4e-2), ("best", 7e-25),
    ])
  func momentum(variant: String, figure: Double) throws {
    var run =
      variant.isEmpty
      ? try Preset.run("notes-ols-momentum")
      : try Run(Preset.variant("notes-ols-momentum", variant))
    run.advance(60)
    // So near 0 the last digits are rounding.
    #expect(isAbout(run.loss, figure, within: figure < 1e-20 ? 0.9 : 0.05), "\(run.loss)")
    if variant == "best" {
      let plain = try Preset.run("notes-ols-momentum", "learning_rate=2/lambda_max")
      #expect(run.learningRate > plain.learningRate)
    }
  }

  @Test(
    "3. The ball of noise: root mean square distance to the solution over the last 500 steps",
    arguments: [(0.1, 0.155), (0.05, 0.099), (0.01, 0.105)])
  func noiseBall(rate: Double, figure: Double) throws {
    let run = try Preset.run("notes-sgd", "schedule=constant", "learning_rate=\(rate)")
    #expect(isAbout(Self.distance(run), figure, within: 0.01))
    let falling = try Preset.run("notes-sgd")
    #expect(Self.distance(falling) < figure)
  }

  private static func distance(_ start: Run) -> Double {
    let solution = Reference.all["optimisation.ols_gd.theta_linreg"].numbers
    var run = start
    run.advance(500)
    let squares = run.way(500).dropFirst().map { place in
      zip(place, solution).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return (squares.reduce(0, +) / 500).squareRoot()
  }

  @Test("3. Blocks drawn with replacement: 12.96 of 20 are visited in an epoch")
  func coverage() throws {
    var run = try Preset.run("notes-sgd")
    var distinct: [Double] = []
    for _ in 0..<50 {
      var blocks: Set<Int> = []
      for _ in 0..<20 {
        run.advance(1)
        blocks.insert(run.lastBatch[0] / 5)
      }
      distinct.append(Double(blocks.count))
    }
    #expect(distinct == Reference.all["optimisation.sgd.coverage.distinct"].numbers)
    #expect(abs(distinct.reduce(0, +) / 50 - 12.96) < 1e-9)
  }

  @Test(
    "4. AdaGrad arrives only because it forgets",
    arguments: [("notes-adagrad", 1.5e-8), ("notes-adagrad-textbook", 7.9)])
  func adagrad(preset: String, figure: Double) throws {
    var run = try Preset.run(preset)
    run.advance(10_000)
    #expect(isAbout(run.loss, figure), "\(run.loss)")
  }

  @Test("4. The textbook's AdaGrad needs a rate near 1")
  func adagradRate() throws {
    var run = try Run(Preset.variant("notes-adagrad-textbook", "a rate of 1"))
    run.advance(10_000)
    #expect(isAbout(run.loss, 1.5e-7), "\(run.loss)")
  }

  @Test("4. RMSprop begins each epoch with a kick of ten times the rate in every component")
  func kick() throws {
    var run = try Preset.run("notes-rmsprop")
    run.advance(1800)
    let before = (run.parameters, run.loss)
    run.advance(1)
    let kick = zip(run.parameters, before.0).map { abs($0 - $1) }
    let after = run.loss
    let rest = run.losses(199)
    #expect(kick.allSatisfy { isAbout($0, 0.1, within: 0.01) }, "\(kick)")
    #expect(isAbout(before.1, 4.4e-5) && isAbout(after, 3.5e-2), "\(before.1) \(after)")
    #expect((rest.min() ?? 1) < 7e-7)
    #expect(isAbout(run.loss, 1.52e-6), "\(run.loss)")
  }

  @Test(
    "4. Adam's loss falls below 1e-4: the notes' at step 1535, the textbook's at 7291",
    arguments: [("notes-adam", 1535), ("notes-adam-textbook", 7291)])
  func adam(preset: String, step: Int) throws {
    var run = try Preset.run(preset)
    while run.step < 10_000, run.loss >= 1e-4 { run.advance(1) }
    #expect(run.step == step)
  }

  @Test("5. Two RMSprop runs whose data differ by 1e-15 part later")
  func twins() throws {
    var one = try Preset.run("notes-rmsprop")
    var other = try Run(Preset.variant("notes-rmsprop", "twin"))
    func distance() -> Double {
      zip(one.parameters, other.parameters).map { abs($0 - $1) }.max() ?? 0
    }
    one.advance(200)
    other.advance(200)
    #expect(distance() < 1e-12)
    var greatest = 0.0
    for _ in 0..<98 {
      one.advance(100)
      other.advance(100)
      greatest = max(greatest, distance())
    }
    #expect(greatest > 1e-3, "\(greatest)")
  }

  @Test("12. Separable data: the loss keeps falling, and the weights grow")
  func separable() throws {
    var run = try Preset.run("notes-logistic")
    run.advance(100)
    #expect(isAbout(run.loss, 1.067, within: 1e-3))
    func norm() -> Double { run.parameters.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let early = norm()
    run.advance(900)
    #expect(isAbout(run.loss, 0.169, within: 5e-3))
    #expect(norm() > 2.5 * early)
    run.advance(9000)
    #expect(run.loss < 0.03 && norm() > 5)
  }
}

@Suite("What the explorer must make visible: x sin(x² + 1)")
struct VisibleWaveTests {
  @Test("6. Eight minima and the rate that each stands, 2/f''")
  func minima() throws {
    let run = try Preset.run("notes-gd-xsin")
    let figures = [
      (-4.4098, 0.0058), (-3.6298, 0.0104), (-2.6317, 0.0271), (-1.01229, 0.313),
      (1.96005, 0.0637), (3.16943, 0.0156), (4.03849, 0.0076), (4.75227, 0.0047),
    ]
    let exact = Reference.all["scalar_descent.gd_xsin.critical_points.rows"].items
      .filter { $0.items[3].text == "min" }
    #expect(exact.count == 8)
    for (figure, row) in zip(figures, exact) {
      let x = row.items[0].number
      #expect(abs(x - figure.0) < 1e-4)
      let curvature = try #require(run.objective.hessian(at: [x]))[0]
      #expect(abs(2 / curvature - row.items[4].number) < 1e-12)
      #expect(abs(2 / curvature - figure.1) < 6e-4)
      // Just below that rate a ball beside the floor comes back to it, just above it leaves.
      for (factor, stays) in [(0.9, true), (1.1, false)] {
        var ball = try Preset.run(
          "notes-gd-xsin", "start.x=\(x + 1e-4)", "learning_rate=\(factor * 2 / curvature)")
        ball.advance(400)
        #expect((abs(ball.parameters[0] - x) < 1e-6) == stays, "\(x), \(factor)")
      }
    }
  }

  @Test(
    "6. The same start, another rate: another minimum, or hops between two places",
    arguments: [
      ("1.01", -1.01229), ("1.02", 1.96005), ("rate 0.001", 4.03849), ("rate 0.005", 4.03849),
      ("start 5, rate 0.05", 1.96005),
    ])
  func outcomes(variant: String, place: Double) throws {
    var run = try Run(Preset.variant("notes-gd-xsin", variant))
    run.advance(run.experiment.steps)
    #expect(abs(run.parameters[0] - place) < 1e-4, "\(run.parameters)")
  }

  @Test(
    "6. From 4 with a rate of 0.05 the last bit of the start decides; -1.0123 is one of the ends")
  func decidedByRounding() throws {
    let ends = try (-12...12).map { step in
      var run = try Preset.run(
        "notes-gd-xsin", "start.x=\(4 + Double(step) * 4.0.ulp)", "learning_rate=0.05")
      run.advance(2000)
      return run.parameters[0]
    }
    #expect(ends.contains { abs($0 + 1.01229) < 1e-4 } && ends.contains { abs($0 + 1.01229) > 1 })
  }

  @Test("6. Cycles of two", arguments: ["rate 0.01,", "rate 0.02,"])
  func cycles(variant: String) throws {
    var run = try Run(Preset.variant("notes-gd-xsin", variant))
    run.advance(run.experiment.steps)
    let way = run.way(2).map { $0[0] }
    #expect(abs(way[2] - way[0]) < 1e-9 && abs(way[1] - way[0]) > 0.05, "\(way)")
  }

  @Test(
    "6. Of all starts from -5 to 5 some never come to rest: a map of 1001 runs",
    arguments: [(0.01, 0.23), (0.05, 0.30)])
  func restless(rate: Double, share: Double) throws {
    let run = try Preset.run("notes-gd-xsin")
    let starts = (0...1000).map { [-5 + Double($0) / 100] }
    let sweep = try Sweep(run.objective, steps: 5000)
    let ends = try sweep.run([Sweep.Row(rate: rate, starts: starts)], threads: 2)[0]
    let moving = ends.parameters.count { place in
      let derivative = run.objective.lossAndGradient(at: place).gradient[0]
      return !(abs(rate * derivative) <= 1e-6)
    }
    #expect(abs(Double(moving) / 1001 - share) < 0.015, "\(moving) of 1001")
  }
}

@Suite("What the explorer must make visible: differentiation, gates and networks")
struct VisibleNetworkTests {
  @Test("7. XOR by logistic regression stays at ln 2, to the last bit")
  func stuck() throws {
    var run = try Preset.run("xor-logistic")
    run.advance(1000)
    #expect(run.loss == Elementary.log(2) && run.parameters == [0, 0, 0])
  }

  @Test(
    "7. The perceptron makes no mistake from the fourth round on OR, the sixth on AND, and always 4 on XOR",
    arguments: [("or", 4), ("and", 6)])
  func perceptron(gate: String, round: Int) throws {
    func mistakes(_ gate: String) throws -> [Int] {
      var run = try Preset.run("perceptron", "data=\(gate)")
      return (0..<12).map { _ in
        (0..<4).count { _ in
          let before = run.parameters
          run.advance(1)
          return run.parameters != before
        }
      }
    }
    let counts = try mistakes(gate)
    #expect(counts[..<(round - 1)].allSatisfy { $0 > 0 })
    #expect(counts[(round - 1)...].allSatisfy { $0 == 0 })
    #expect(try mistakes("xor")[2...].allSatisfy { $0 == 4 })
  }

  @Test(
    "8. How many of 200 random starts learn XOR, by hidden units",
    arguments: [
      ("optimizer=gd", 1.0, [0, 0.55, 0.94, 1]), ("optimizer=adam", 0.05, [0, 0.52, 0.86, 0.96]),
    ])
  func success(optimizer: String, rate: Double, figures: [Double]) throws {
    for (index, figure) in figures.enumerated() {
      let right = try (1...200).count { seed in
        var run = try Preset.run(
          "notes-xor-starts", "hidden=\(index + 1)", optimizer, "learning_rate=\(rate)",
          "seed=\(seed)")
        run.advance(2000)
        return run.snapshot().accuracy == 1
      }
      // Both shares are of 200 starts: three standard deviations of their difference, each with two
      // successes and two failures added (Agresti and Coull), since 0 and 200 of 200 have an error
      // too.
      let share = (200 * figure + 2) / 204
      let deviation = (2 * share * (1 - share) / 204).squareRoot()
      #expect(
        abs(Double(right) / 200 - figure) <= 3 * deviation,
        "\(index + 1) hidden: \(right) of 200")
    }
  }

  @Test(
    "9. N sigmoids as a staircase: the greatest error is about 1/N",
    arguments: [(4, 0.251), (8, 0.093), (16, 0.050), (32, 0.026), (64, 0.013), (128, 0.0064)])
  func approximation(units: Int, figure: Double) throws {
    let run =
      units == 4
      ? try Preset.run("notes-universal-construction")
      : try Run(Preset.variant("notes-universal-construction", "N = \(units)"))
    let errors = try Approximation.errors(of: run)
    #expect(isAbout(errors.greatest, figure, within: 0.015))
    // What the program shows as the loss is its mean square.
    #expect(abs(run.loss - errors.rootMeanSquare * errors.rootMeanSquare) < 1e-6)
  }

  @Test("10. Finite differences are best at 1e-8 and 1e-6; automatic differentiation has no h")
  func differences() throws {
    let run = try Preset.run("notes-ad")
    let formula = try #require(run.objective as? FormulaObjective).source
    let exact = Reference.all["ad.finite_difference.exact"].number
    let check = GradientCheck(formula, at: run.parameters)
    let forward = try #require(check.rows.min { $0.forwardError < $1.forwardError })
    let central = try #require(check.rows.min { $0.centralError < $1.centralError })
    #expect((1e-9...1e-7).contains(forward.h) && (3e-9...3e-7).contains(forward.forwardError))
    #expect((1e-7...1e-5).contains(central.h) && (6e-12...6e-10).contains(central.centralError))
    let last = try #require(check.rows.last)
    #expect(last.h == 1e-15 && (0.017...1.7).contains(last.forwardError))
    #expect(abs(check.reverse - exact) < 1e-14 && abs(check.forward - exact) < 1e-14)
  }

  @Test(
    "11. f5 jumps at 0 and its derivative does not notice; derivatives of activations are bounded")
  func jump() throws {
    let run = try Preset.run("notes-ad-f5")
    let left = run.objective.lossAndGradient(at: [-1e-9])
    let right = run.objective.lossAndGradient(at: [0])
    #expect(abs(left.loss - 1) < 1e-8 && right.loss == 0)
    #expect(left.gradient == [-3] && right.gradient == [0])
    for (name, bound) in [("sigmoid", 0.25), ("tanh", 1)] {
      // One hidden unit with weight 1: differences of its output over a small step.
      let unit = try Preset.run(
        "notes-activations", "hidden=1", "activation=\(name)", "start=[1, 0, 1, 0]")
      let z = (-800...800).map { Double($0) / 100 }
      let steps = try zip(unit.answers([z.map { $0 + 1e-5 }])[0], unit.answers([z])[0])
      let derivatives = steps.map { ($0 - $1) / 1e-5 }
      #expect(derivatives.allSatisfy { $0 <= bound + 1e-8 })
      #expect((derivatives.max() ?? 0) > 0.99 * bound && (derivatives.last ?? 1) < 1e-3)
    }
  }

  @Test("13. The classifier: 293 steps, accuracy 0.89, 0.98 and 1 after 20, 50 and 100")
  func classifier() throws {
    var run = try Preset.run("notes-mlpclassifier")
    for (step, accuracy) in [(20, 0.89), (50, 0.98), (100, 1.0)] {
      run.advance(step - run.step)
      #expect(run.snapshot().accuracy == accuracy)
    }
    run.advance(run.experiment.steps - 100)
    #expect(run.step == 293 && run.status == .finished)
  }

  @Test("13. On the true XOR it answers 0.178, 0.821, 0.826 and 0.179")
  func trueGate() throws {
    let theirs = Reference.all["mlpclassifier.on_true_gates.gates.XOR"]
    var run = try Run(Preset.variant("notes-mlpclassifier", "XOR"))
    run.advance(run.experiment.steps)
    let answers = try run.answers(NotesChecks.corners)[0]
    expectClose(answers, theirs["proba1"].numbers, within: 1e-9, "probabilities")
    #expect(zip(answers, [0.178, 0.821, 0.826, 0.179]).allSatisfy { abs($0 - $1) < 5e-4 })
    #expect(run.snapshot().accuracy == 1)
  }
}
