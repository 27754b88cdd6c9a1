import Presets
import Testing
import Training

@Suite("The notes' logistic regression")
struct LogisticTests {
  @Test("100 steps of the sum of losses, no intercept, and on to 1000")
  func notes() throws {
    let theirs = Reference.all["optimisation.logistic"]
    let data = Reference.all["data.logistic_toy"]
    var walk = try Walk(
      """
      model: {kind: logistic, features: [x1, x2, x3]}
      data: {inputs: \(flow(data["X"].rows)), targets: \(flow(data["t"].numbers))}
      reduction: sum
      start: \(flow(theirs["w0"].numbers))
      learning_rate: \(theirs["eta"].number)
      """)
    var losses = [walk.loss]
    var places = [walk.parameters]
    for step in 1...100 {
      walk.step()
      if step == 1 {
        expectClose(
          walk.run.snapshot().gradient, theirs["gradient_step0"].numbers, within: 1e-12,
          "the first gradient")
      }
      losses.append(walk.loss)
      places.append(walk.parameters)
    }
    expectClose(places, theirs["trajectory"].rows, within: 1e-10, "trajectory")
    expectClose(losses, theirs["loss"].numbers, within: 1e-10, "losses")
    walk.go(to: 1000)
    let later = theirs["continued_to_1000"]
    expectClose(walk.parameters, later["weights"].numbers, within: 1e-10, "after 1000")
    expectScalar(walk.loss, later["loss"].number, within: 1e-10, "loss after 1000")
  }

  @Test("The catalogue's data set is the notes' four samples")
  func dataSet() throws {
    let theirs = Reference.all["optimisation.logistic"]
    var walk = try Walk(
      """
      model: {kind: logistic, features: [x1, x2, x3]}
      data: logistic_toy
      reduction: sum
      start: [0, 0, 0]
      learning_rate: 0.01
      """)
    walk.go(to: 100)
    expectClose(walk.parameters, theirs["weights_final"].numbers, within: 1e-10, "weights")
  }
}
