import Presets
import Testing
import Training

/// Presets of the notes' straight lines.
enum Line {
  /// A linear model on one of the data sets.
  static func preset(_ data: String, start: [Double], _ rest: String) -> String {
    let samples = Reference.all["data"][data]
    return """
      model: linear
      data:
        inputs: \(flow(samples["x"].numbers))
        targets: \(flow(samples["y"].numbers))
      start: \(flow(start))
      \(rest)

      """
  }
}

@Suite("Ordinary least squares by gradient descent and momentum")
struct LeastSquaresTests {
  let gd = Reference.all["optimisation.ols_gd"]
  let momentum = Reference.all["optimisation.ols_momentum"]

  @Test("1000 steps of the notes' descent, loss and parameters")
  func descent() throws {
    var walk = try Walk(
      Line.preset(
        "line_noisy", start: gd["theta0"].numbers, "learning_rate: \(gd["eta"].number)"))
    var losses = [walk.loss]
    for _ in 0..<100 {
      walk.step()
      losses.append(walk.loss)
    }
    expectClose(losses, gd["loss"].numbers, within: 1e-10, "loss")
    var again = try Walk(
      Line.preset("line_noisy", start: gd["theta0"].numbers, "learning_rate: \(gd["eta"].number)"))
    expectClose(again.trajectory(1000), gd["trajectory"].rows, within: 1e-10, "trajectory")
    expectScalar(again.loss, gd["loss_final"].number, within: 1e-10, "final loss")
  }

  @Test("1/lambda_max is the notes' rate")
  func eigenvalueRate() throws {
    let walk = try Walk(
      Line.preset("line_noisy", start: gd["theta0"].numbers, "learning_rate: 1/lambda_max"))
    expectScalar(walk.run.learningRate, gd["eta_notes"].number, "1/lambda_max")
    var edge = try Walk(
      Line.preset("line_noisy", start: gd["theta0"].numbers, "learning_rate: 2/lambda_max"))
    edge.go(to: 0)
    expectScalar(edge.run.learningRate, gd["eta_stability_limit"].number, "2/lambda_max")
  }

  @Test("The sweep over rates: below, at and above the limit of stability")
  func stability() throws {
    for row in gd["stability_sweep.rows"].items {
      var walk = try Walk(
        Line.preset(
          "line_noisy", start: gd["theta0"].numbers, "learning_rate: \(row["eta"].number)"))
      for (step, loss) in zip([10, 50, 100], row["loss_at_10_50_100"].numbers) {
        walk.go(to: step)
        expectScalar(walk.loss, loss, within: 1e-10, "c = \(row["c"].number), step \(step)")
      }
      for (ours, theirs) in zip(walk.parameters, row["theta_100"].numbers) {
        expectScalar(ours, theirs, within: 1e-10, "c = \(row["c"].number), parameters")
      }
    }
  }

  @Test("30 steps of descent and 30 with momentum, the optimizer changed on the way")
  func momentumAfterDescent() throws {
    var walk = try Walk(
      Line.preset(
        "line_clean", start: momentum["theta0"].numbers,
        """
        learning_rate: \(momentum["eta"].number)
        changes:
          - {step: 30, optimizer: {name: momentum, momentum: \(momentum["delta_momentum"].number)}}
        """))
    expectClose(
      walk.trajectory(30), momentum["phase1_gd.trajectory"].rows, within: 1e-10, "descent")
    expectClose(
      walk.trajectory(30), momentum["phase2_momentum.trajectory"].rows, within: 1e-10, "momentum")
  }

  @Test("Gradients that the notes print are those of the steps")
  func printedGradients() throws {
    var walk = try Walk(
      Line.preset(
        "line_clean", start: momentum["theta0"].numbers,
        "learning_rate: \(momentum["eta"].number)"))
    var gradients: [[Double]] = []
    for _ in 0..<30 {
      walk.step()
      gradients.append(walk.run.snapshot().gradient)
    }
    expectClose(
      gradients, momentum["phase1_gd.gradients_printed"].rows, within: 1e-10, "gradients")
  }

  @Test("The fair comparison of momenta", arguments: ["0.0", "0.3", "0.6", "0.9"])
  func fair(gamma: String) throws {
    let theirs = momentum["fair_comparison.runs"][gamma]
    var walk = try Walk(
      Line.preset(
        "line_clean", start: momentum["theta0"].numbers,
        """
        learning_rate: \(momentum["eta"].number)
        optimizer: {name: momentum, momentum: \(gamma)}
        """))
    expectClose(walk.trajectory(60), theirs["trajectory"].rows, within: 1e-10, "γ = \(gamma)")
    expectScalar(walk.loss, theirs["loss_final"].number, within: 1e-10, "γ = \(gamma), loss")
  }

  @Test("The optimal heavy ball")
  func optimal() throws {
    let theirs = momentum["fair_comparison.optimal_heavy_ball"]
    var walk = try Walk(
      Line.preset(
        "line_clean", start: momentum["theta0"].numbers,
        """
        learning_rate: \(theirs["eta"].number)
        optimizer: {name: momentum, momentum: \(theirs["gamma"].number)}
        """))
    expectClose(walk.trajectory(60), theirs["trajectory"].rows, within: 1e-10, "trajectory")
    #expect(walk.loss < 1e-20)
  }
}
