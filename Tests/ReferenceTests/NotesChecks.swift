import Differentiation
import Models
import Presets
import Testing
import Training

/// How each system of the notes is held against the reference, by its name.
enum NotesChecks {
  /// One check: numbers of the preset's own run go into the comparison.
  typealias Check = @Sendable (inout Comparison) throws -> Void

  static let all: [String: Check] = differentiation.merging(descent) { $1 }
    .merging(networks) { $1 }.merging(gates) { $1 }.merging(models) { $1 }

  // MARK: Automatic differentiation

  /// Value and gradient at the preset's start, and at other points given as rows of x, f and f'.
  private static func program(
    _ preset: String, value: Double, gradient: [Double], extra: [[Double]] = [],
    _ comparison: inout Comparison
  ) throws {
    let run = try Preset.run(preset)
    let (ours, derivatives) = run.objective.lossAndGradient(at: run.parameters)
    comparison.add(ours, value)
    comparison.add(derivatives, gradient)
    for row in extra {
      let (ours, derivatives) = run.objective.lossAndGradient(at: [row[0]])
      comparison.add([ours] + derivatives, [row[1], row[2]])
    }
  }

  /// A program of one variable that the reference keeps under `ad`.
  private static func scalar(_ name: String, gradient: String = "grad", preset: String) -> Check {
    { comparison in
      let theirs = Reference.all["ad"][name]
      #expect(try Preset.run(preset).parameters == [theirs["at"].number])
      try program(
        preset, value: theirs["value"].number, gradient: [theirs[gradient].number],
        extra: theirs["extra"].rows, &comparison)
    }
  }

  private static let differentiation: [String: Check] = [
    "ad_concept": { comparison in
      let run = try Preset.run("notes-ad")
      let formula = try #require(run.objective as? FormulaObjective).source
      let theirs = Reference.all["ad.finite_difference"]
      let check = GradientCheck(formula, at: run.parameters)
      #expect(run.parameters == [theirs["x"].number])
      comparison.add(
        [check.forward, check.reverse], [Double](repeating: theirs["exact"].number, count: 2))
      // Below 1e-6 the differences are rounding noise.
      for (ours, row) in zip(check.rows, theirs["rows"].rows).prefix(6) {
        comparison.add([ours.h, ours.forward, ours.central], row)
      }
      let tape = Reference.all["ad.tape"]
      let at = try Preset.experiment("notes-ad", "start.x=\(tape["x"].number)")
      let there = try Run(at)
      let (value, derivatives) = formula.valueAndGradient(at: there.parameters)
      comparison.add(value, tape["primal"].numbers[4])
      comparison.add(derivatives, [tape["adjoint"].numbers[0]])
      comparison.add(
        formula.directional(at: there.parameters, along: [1]).derivative, tape["tangent"].numbers[4]
      )
    },
    "ad_sin": { comparison in
      let run = try Preset.run("notes-ad-sin")
      let theirs = Reference.all["ad.ad_sin"]
      let derivatives = theirs["x"].numbers.map {
        run.objective.lossAndGradient(at: [$0]).gradient[0]
      }
      comparison.add(derivatives, theirs["analytic"].numbers)
    },
    "f1": scalar("f1", preset: "notes-ad-f1"),
    "f2": { comparison in
      let theirs = Reference.all["ad.f2"]
      #expect(try Preset.run("notes-ad-f2").parameters == theirs["at"].numbers)
      try program(
        "notes-ad-f2", value: theirs["value"].number,
        gradient: [theirs["d_x1"].number, theirs["d_x2"].number], &comparison)
      let run = try Preset.run("notes-ad-f2")
      for row in theirs["extra"].rows {
        let (value, derivatives) = run.objective.lossAndGradient(at: Array(row[..<2]))
        comparison.add([value] + derivatives, Array(row[2...]))
      }
    },
    "f3": { comparison in
      let theirs = Reference.all["ad.f3"]
      #expect(try Preset.run("notes-ad-f3").parameters == theirs["at"].numbers)
      try program(
        "notes-ad-f3", value: theirs["value"].number, gradient: theirs["grad"].numbers,
        &comparison)
      let longer = try Run(Preset.variant("notes-ad-f3", "seven"))
      #expect(longer.parameters == theirs["len7.at"].numbers)
      comparison.add(
        longer.objective.lossAndGradient(at: longer.parameters).gradient,
        theirs["len7.grad"].numbers)
    },
    "f4": scalar("f4", preset: "notes-ad-f4"),
    "f5": scalar("f5", preset: "notes-ad-f5"),
    "f6": { comparison in
      try scalar("f6", gradient: "grad_for", preset: "notes-ad-f6")(&comparison)
      try scalar("f6", gradient: "grad_while", preset: "notes-ad-f6-while")(&comparison)
    },
    "f7": scalar("f7", preset: "notes-ad-f7"),
  ]

  // MARK: Descent

  /// The preset's first 200 steps beside the notes' way, batch by batch.
  private static func way(_ preset: String, _ path: String) -> Check {
    { comparison in
      var run = try Preset.run(preset)
      comparison.add(
        run.way(200), Array(Reference.all["optimisation"][path]["trajectory"].rows[...200]))
    }
  }

  /// Parameters and losses at the steps that the reference keeps, up to 200.
  private static func adaptive(_ preset: String, _ path: String) -> Check {
    { comparison in
      var run = try Preset.run(preset)
      let steps = Reference.all["optimisation.kept_steps"].numbers.map { Int($0) }
      let theirs = Reference.all["optimisation"][path]
      for (index, step) in steps.enumerated() where step <= 200 {
        run.advance(step - run.step)
        comparison.add(run.parameters, theirs["trajectory"].rows[index])
        comparison.add(run.loss, theirs["full_loss"].numbers[index])
      }
    }
  }

  /// The eigenvalues of a symmetric 2 × 2 matrix, the smaller first.
  static func eigenvalues(_ h: [Double]) -> [Double] {
    let middle = (h[0] + h[3]) / 2
    let half = ((h[0] - h[3]) * (h[0] - h[3]) / 4 + h[1] * h[2]).squareRoot()
    return [middle - half, middle + half]
  }

  private static let descent: [String: Check] = [
    "ols_gd": { comparison in
      let theirs = Reference.all["optimisation.ols_gd"]
      var run = try Preset.run("notes-ols-gd")
      comparison.add(run.learningRate, theirs["eta_notes"].number)
      let hessian = try #require(run.objective.hessian(at: run.parameters))
      comparison.add(eigenvalues(hessian), theirs["eigvals"].numbers)
      var again = run
      comparison.add(run.way(200), Array(theirs["trajectory"].rows[...200]))
      comparison.add(again.losses(100), theirs["loss"].numbers)
    },
    "ols_momentum": { comparison in
      let theirs = Reference.all["optimisation.ols_momentum"]
      var run = try Preset.run("notes-ols-momentum-after")
      comparison.add(run.way(30), theirs["phase1_gd.trajectory"].rows)
      comparison.add(run.way(30), theirs["phase2_momentum.trajectory"].rows)
    },
    "sgd": way("notes-sgd", "sgd"),
    "sgd_momentum": way("notes-sgd-momentum", "sgd_momentum"),
    "adagrad": adaptive("notes-adagrad", "adagrad"),
    "rmsprop": adaptive("notes-rmsprop", "rmsprop"),
    "adam": adaptive("notes-adam", "adam"),
    "logistic": { comparison in
      let theirs = Reference.all["optimisation.logistic"]
      var run = try Preset.run("notes-logistic")
      var again = run
      comparison.add(run.way(100), theirs["trajectory"].rows)
      comparison.add(again.losses(100), theirs["loss"].numbers)
    },
    "jax_setup": { comparison in
      let theirs = Reference.all["scalar_descent.gd_xsin"]
      var run = try Preset.run("notes-jax")
      let x = run.way(300).map { $0[0] }
      comparison.add(
        stride(from: 0, through: 300, by: 10).map { x[$0] }, theirs["jax_x64.x_every_10"].numbers)
      let single = zip(x, theirs["jax_float32.x"].numbers).map { abs($0 - $1) }
      comparison.add(single.max() ?? .nan, theirs["max_abs_diff_x"].number)
    },
    "gd_x2": { comparison in
      let theirs = Reference.all["scalar_descent.gd_x2"]
      var run = try Preset.run("notes-gd-x2")
      var again = run
      let x = run.way(10).map { $0[0] }
      comparison.add(x, theirs["analytical.x"].numbers)
      comparison.add(again.losses(10), theirs["analytical.y"].numbers)
      let single = zip(x, theirs["jax_float32.x"].numbers).map { abs($0 - $1) }
      comparison.add(single.max() ?? .nan, theirs["max_abs_diff_x"].number)
    },
    "gd_xsin": { comparison in
      let theirs = Reference.all["scalar_descent.gd_xsin.analytical"]
      var run = try Preset.run("notes-gd-xsin")
      var again = run
      comparison.add(run.way(300).map { $0[0] }, theirs["x"].numbers)
      comparison.add(again.losses(300), theirs["y"].numbers)
    },
  ]
}
