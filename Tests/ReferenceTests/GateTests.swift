import Presets
import Testing
import Training

@Suite("The gates by least squares, logistic regression, perceptron and a small net")
struct GateTests {
  static let gates = ["XOR", "OR", "AND"]

  /// Rows of a gate as the notes order them: 00, 01, 10, 11.
  static func data(_ gate: String) -> String {
    let gates = Reference.all["data.gates"]
    return """
      data: {inputs: \(flow(gates["X"].rows)), targets: \(flow(gates[gate].numbers))}
      """
  }

  @Test("The data set of the catalogue is the notes' table", arguments: gates)
  func generated(gate: String) throws {
    let rest = "model: logistic\nstart: [0, 0, 0]\nlearning_rate: 0.5\n"
    var ours = try Walk("\(rest)data: \(gate.lowercased())\n")
    var theirs = try Walk("\(rest)\(Self.data(gate))\n")
    #expect(ours.trajectory(10) == theirs.trajectory(10))
  }

  @Test("Least squares in one Newton step", arguments: gates)
  func linear(gate: String) throws {
    var walk = try Walk(
      """
      model: linear
      \(Self.data(gate))
      start: [0, 0, 0]
      optimizer: newton
      learning_rate: 1
      """)
    walk.step()
    let reference = Reference.all["gates.linreg"]
    expectClose(walk.parameters, reference["theta_exact"][gate].numbers, within: 1e-10, gate)
    expectScalar(
      walk.loss * 4, reference["sse_exact"][gate].number, within: 1e-10, "\(gate): squares")
  }

  @Test("Unregularised logistic regression, 1000 steps", arguments: gates)
  func logistic(gate: String) throws {
    var walk = try Walk(
      """
      model: logistic
      \(Self.data(gate))
      start: [0, 0, 0]
      learning_rate: 1
      """)
    let theirs = Reference.all["gates.logistic_gd_unregularised.gates"][gate]
    for row in theirs["rows"].rows {
      walk.go(to: Int(row[0]))
      expectClose(
        [walk.loss] + walk.parameters, Array(row[1...]), within: 1e-10, "\(gate) \(row[0])")
    }
    #expect(walk.accuracy == theirs["score"].number)
  }

  @Test("scikit-learn's penalised optimum by Newton's method", arguments: gates)
  func penalised(gate: String) throws {
    var walk = try Walk(
      """
      model: logistic
      \(Self.data(gate))
      reduction: sum
      l2: 1
      start: [0, 0, 0]
      optimizer: newton
      learning_rate: 1
      """)
    walk.go(to: 30)
    let theirs = Reference.all["gates.logreg_sklearn.gates"][gate]
    let optimum = theirs["exact_optimum"]
    expectClose(
      walk.parameters, [optimum["intercept"].number] + optimum["coef"].numbers.dropFirst(),
      within: 1e-8, gate)
    #expect(walk.accuracy == theirs["sklearn.score"].number)
  }

  @Test("Rosenblatt's rule, twelve rounds", arguments: gates)
  func perceptron(gate: String) throws {
    var walk = try Walk(
      """
      model: perceptron
      \(Self.data(gate))
      batch: {size: 1, order: sequential}
      start: [0, 0, 0]
      learning_rate: 1
      """)
    let theirs = Reference.all["gates.perceptron_rule.gates"][gate]
    var weights: [[Double]] = []
    var errors: [Double] = []
    for _ in 0..<12 {
      var count = 0
      for _ in 0..<4 {
        let before = walk.parameters
        walk.step()
        if walk.parameters != before { count += 1 }
      }
      weights.append(walk.parameters)
      errors.append(Double(count))
    }
    #expect(weights == theirs["w_after_epoch"].rows)
    #expect(errors == theirs["errors_per_epoch"].numbers)
  }

  /// One optimizer of the small net's runs.
  static let optimizers = ["gd", "momentum", "adagrad", "rmsprop", "adam"]

  static func optimizer(_ name: String) -> String {
    let settings = Reference.all["mlp_gates.config"][name]
    let names = [
      "gamma": "momentum", "eps": "eps", "rho": "rho", "beta1": "beta1", "beta2": "beta2",
    ]
    let given = settings.keys.compactMap { key in
      names[key].map { "\($0): \(settings[key].number)" }
    }
    return """
      optimizer: {\((["name: \(name)"] + given).joined(separator: ", "))}
      learning_rate: \(settings["eta"].number)
      """
  }

  @Test("A 2-4-1 net, 500 steps", arguments: gates, optimizers)
  func net(gate: String, optimizer: String) throws {
    let reference = Reference.all["mlp_gates"]
    var walk = try Walk(
      """
      model: {kind: mlp, hidden: [4], activation: tanh, output: sigmoid}
      loss: bce
      \(Self.data(gate))
      start: \(flow(reference["theta0"].numbers))
      \(Self.optimizer(optimizer))
      """)
    let run = reference["gates"][gate]["runs"][optimizer]
    var losses = [walk.loss]
    for step in 1...500 {
      walk.step()
      if step == 1 {
        expectClose(
          walk.run.snapshot().gradient, reference["gates"][gate]["gradient_step0"].numbers,
          within: 1e-12, "the first gradient")
      }
      losses.append(walk.loss)
      if run["theta_at"].keys.contains("\(step)") {
        expectClose(
          walk.parameters, run["theta_at"]["\(step)"].numbers, within: 1e-10,
          "\(gate), \(optimizer), step \(step)")
      }
    }
    expectClose(losses, run["loss"].numbers, within: 1e-10, "\(gate), \(optimizer), losses")
    #expect(walk.accuracy == 1)
  }
}
