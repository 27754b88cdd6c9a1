import Presets
import Testing
import Training

@Suite("Stochastic descent on the notes' line")
struct StochasticTests {
  static let sgd = Reference.all["optimisation.sgd"]
  static let momentum = Reference.all["optimisation.sgd_momentum"]
  static let blocks = Reference.all["minibatches.n100_M5"]

  static func preset(_ rest: String) -> String {
    Line.preset("line_noisy", start: sgd["theta0"].numbers, rest)
  }

  static var batch: String {
    """
    batch: {size: 5, steps_per_epoch: 20, blocks: \(flow(blocks["blocks"].numbers.map { Int($0) }))}
    """
  }
  static let falling = """
    learning_rate: 1
    schedule: {name: inverse_time, t0: 5, t1: 50}
    """

  @Test("1000 steps with the notes' blocks and schedule")
  func notes() throws {
    var walk = try Walk(Self.preset("\(Self.falling)\n\(Self.batch)"))
    var rates: [Double] = []
    var gradients: [[Double]] = []
    var places = [walk.parameters]
    var losses = [walk.loss]
    for step in 0..<1000 {
      if step < 5 { rates.append(walk.run.learningRate) }
      if step == 999 {
        expectScalar(walk.run.learningRate, Self.sgd["eta_last"].number, "the last rate")
      }
      walk.step()
      if step < 5 { gradients.append(walk.run.snapshot().gradient) }
      places.append(walk.parameters)
      if (step + 1) % 20 == 0 { losses.append(walk.loss) }
    }
    expectClose(rates, Self.sgd["eta_first5"].numbers, within: 1e-12, "rates")
    expectClose(gradients, Self.sgd["gradients_first5"].rows, within: 1e-10, "gradients")
    expectClose(places, Self.sgd["trajectory"].rows, within: 1e-10, "trajectory")
    expectClose(losses, Self.sgd["full_loss_at_epoch_ends"].numbers, within: 1e-10, "losses")
    #expect(walk.run.epoch == 50)
  }

  @Test("Constant rates: the ball of noise")
  func noiseBall() throws {
    for row in Self.sgd["noise_ball_constant_eta.rows"].items {
      var walk = try Walk(Self.preset("learning_rate: \(row["eta"].number)\n\(Self.batch)"))
      var places = [walk.parameters]
      for step in stride(from: 20, through: 1000, by: 20) {
        walk.go(to: step)
        places.append(walk.parameters)
      }
      expectClose(
        places, row["trajectory_every_20"].rows, within: 1e-10, "η = \(row["eta"].number)")
    }
  }

  @Test("Shuffled epochs, batches given row by row")
  func shuffled() throws {
    let theirs = Self.sgd["textbook_shuffled"]
    let rows = theirs["permutations"].items.flatMap { permutation in
      let order = permutation.numbers.map { Int($0) }
      return stride(from: 0, to: 100, by: 5).map { Array(order[$0..<$0 + 5]) }
    }
    var walk = try Walk(
      Self.preset(
        """
        \(Self.falling)
        batch: {steps_per_epoch: 20, rows: [\(rows.map(flow).joined(separator: ", "))]}
        """))
    expectClose(walk.trajectory(200), theirs["trajectory"].rows, within: 1e-10, "trajectory")
  }

  @Test("Momentum, the velocity carried across epochs")
  func momentum() throws {
    var walk = try Walk(
      Self.preset(
        """
        \(Self.falling)
        \(Self.batch)
        optimizer:
          name: momentum
          momentum: \(Self.momentum["delta_momentum"].number)
          rate_inside: true
        """))
    var places = [walk.parameters]
    var losses = [walk.loss]
    for step in 1...1000 {
      walk.step()
      places.append(walk.parameters)
      if step % 20 == 0 { losses.append(walk.loss) }
    }
    expectClose(places, Self.momentum["trajectory"].rows, within: 1e-10, "trajectory")
    expectClose(losses, Self.momentum["full_loss_at_epoch_ends"].numbers, within: 1e-10, "losses")
  }
}
