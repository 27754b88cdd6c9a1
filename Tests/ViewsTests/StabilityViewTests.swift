import Lanes
import Models
import Terminal
import Testing

@testable import Training
@testable import Views

@Suite("Limits in pictures")
struct StabilityViewTests {
  static func bowl(
    _ optimizer: Choice, formula: String = "x^2 + 5*y^2", start: [Double] = [2, 1],
    rate: Double = 0.15, steps: Int = 1
  ) -> Snapshot {
    var problem = FunctionProblem(formula: formula)
    problem.xRange = -5...5
    problem.yRange = -5...5
    var experiment = Experiment(name: "bowl", problem: .function(problem))
    experiment.start = Start(parameters: start)
    experiment.optimizer = optimizer
    experiment.learningRate = .value(rate)
    return Specimens.run(experiment, steps: steps)
  }

  static func text(_ view: String, _ snapshot: Snapshot, _ width: Int = 80, _ height: Int = 24)
    throws -> String
  {
    let view = try #require(views[view])
    let scene = ViewLawTests.scene(snapshot, glyphs: .braille, state: ViewState())
    var canvas = Canvas(size: Size(width: width, height: height))
    view.draw(scene, canvas.bounds, &canvas)
    return (view.readout(scene) + [canvas.text]).joined(separator: "\n")
  }

  @Test("A run that waits is followed to its step, however long its picture rested beside it")
  func pause() throws {
    let view = try #require(views["stability"])
    let slow = SlowProbes {}
    let cache = ProbeCache(slow: slow)
    /// What is known after a picture was asked for, and everything asked for is made.
    func trace(_ snapshot: Snapshot) -> StabilityTrace? {
      _ = view.readout(ViewLawTests.scene(snapshot, probes: cache))
      while !slow.isIdle {}
      let latest: StabilityTrace?? = cache.latest("stability")
      return latest ?? nil
    }
    var run = try Run(Self.bowl(Choice("gd"), steps: 0).experiment)
    run.advance(50)
    var found = trace(run.snapshot())
    while found?.isBehind == true { found = trace(run.snapshot()) }
    #expect(found?.records.last?.step == 50)
    run.advance(650)
    var snapshot = run.snapshot()
    snapshot.status = .paused
    repeat { found = trace(snapshot) } while found?.isBehind == true
    #expect(found?.records.last?.step == 700)
  }

  @Test(
    "The rates that settle are the optimizer's own",
    arguments: [
      (Choice("gd"), "0.200"), (Choice("momentum"), "0.380"), (Choice("nesterov"), "0.136"),
      (Choice("gd", ["weight_decay": 10]), "0.100"),
    ])
  func settles(choice: Choice, limit: String) throws {
    let text = try Self.text("parameters", Self.bowl(choice), 40, 24)
    #expect(text.contains("settles for η <") && text.contains(limit))
  }

  @Test(
    "Nothing is said of rates where no curvature tells them",
    arguments: ["lion", "rprop", "newton", "lbfgs", "adam", "rmsprop"])
  func silent(name: String) throws {
    #expect(try !Self.text("parameters", Self.bowl(Choice(name)), 40, 24).contains("settles for"))
  }

  @Test(
    "Nor where the function is no parabola at its minimum", arguments: ["x^4", "abs(x)", "x^6"])
  func flat(formula: String) throws {
    for start in [0.1, 5] {
      let snapshot = Self.bowl(
        Choice("gd"), formula: formula, start: [start], rate: 0.021, steps: 1)
      #expect(try !Self.text("parameters", snapshot, 40, 24).contains("settles for"))
    }
  }

  @Test("A run of x sin(x² + 1) from 1 is told 0.313 all the way, the limit of its own valley")
  func valley() throws {
    for steps in [0, 1, 2, 5, 20, 100] {
      let snapshot = Self.bowl(
        Choice("gd"), formula: "x*sin(x^2 + 1)", start: [1], rate: 0.1, steps: steps)
      let text = try Self.text("parameters", snapshot, 60, 24)
      #expect(text.contains("0.313") && !text.contains("0.0637"), "\(steps) steps:\n\(text)")
    }
  }

  @Test("The gauge names the optimizer's limit, and optimizers without one say why")
  func gauge() throws {
    let heavy = try Self.text("spectrum", Self.bowl(Choice("momentum")))
    #expect(heavy.contains("2(1+γ)/λmax = 0.380") && heavy.contains("factor ρ"))
    let plain = try Self.text("spectrum", Self.bowl(Choice("gd")))
    #expect(plain.contains("2/λmax = 0.200") && plain.contains("|1 − ηλ|"))
    #expect(plain.contains("1/λmax"))
    let adam = try Self.text("spectrum", Self.bowl(Choice("adam")))
    #expect(adam.contains("of P⁻¹H"))
    for name in ["lion", "rprop", "newton", "lbfgs"] {
      let text = try Self.text("spectrum", Self.bowl(Choice(name)))
      #expect(text.contains("has no limit of this form") && !text.contains("|1 − ηλ|"))
      #expect(!text.contains("steps to halve"))
    }
    let unborn = try Self.text("spectrum", Self.bowl(Choice("adam"), steps: 0))
    #expect(unborn.contains("after the first step"))
  }

  @Test("A heavy ball that a plain descent would not survive is not called growing")
  func heavyBall() throws {
    // η λ = 3.5: beyond 2, below 2 (1 + 0.9).
    let snapshot = Self.bowl(Choice("momentum"), rate: 0.35, steps: 3)
    let text = try Self.text("spectrum", snapshot, 100, 24)
    #expect(text.contains("0.9487") && !text.contains("doubles") && text.contains("turns in"))
  }

  @Test("The error along an eigenvector is foretold for rules with a velocity")
  func foretold() throws {
    for choice in [
      Choice("momentum", ["momentum": 0.8]), Choice("nesterov", ["momentum": 0.6]), Choice("gd"),
    ] {
      let snapshot = Self.bowl(choice, rate: 0.12, steps: 60)
      let errors = try #require(EigenError(snapshot))
      let law = try #require(snapshot.stability)
      for index in 0..<2 {
        let foretold = try #require(
          errors.prediction(law, rate: 0.12, along: index, from: 0, count: 61))
        for (a, b) in zip(errors.errors[index], foretold) { #expect(abs(a - b) < 1e-10) }
      }
    }
  }

  @Test("The strip says λmax, the limit and where it was passed")
  func strip() throws {
    let steep = try Self.text("stability", Self.bowl(Choice("gd"), rate: 0.21, steps: 20), 100, 30)
    #expect(steep.contains("λmax 10.00") && steep.contains("limit 9.524") && steep.contains("2/η"))
    #expect(steep.contains("first over it at step 0"))
    let calm = try Self.text("stability", Self.bowl(Choice("gd"), rate: 0.1, steps: 20), 100, 30)
    #expect(calm.contains("below the limit so far"))
    let lion = try Self.text("stability", Self.bowl(Choice("lion"), steps: 20), 100, 30)
    #expect(lion.contains("λmax 10.00") && lion.contains("no limit of this form"))
  }
}
