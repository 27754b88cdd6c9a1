import Lanes
import Models
import Testing

@testable import Training

@Suite struct ObjectiveFactoryTests {
  func issues(_ experiment: Experiment) -> [ProblemIssue] {
    do {
      _ = try ObjectiveFactory.make(experiment)
      return []
    } catch { return error.issues }
  }

  func model(_ origin: DataSource.Origin, _ change: (inout ModelProblem) -> Void = { _ in })
    -> Experiment
  {
    var model = ModelProblem(
      kind: .mlp, data: DataSource(origin),
      hidden: [LayerSpec(units: 3, activation: Choice("tanh"))])
    change(&model)
    return Experiment(name: "t", problem: .model(model))
  }

  @Test("a formula and the landscape of the same function agree")
  func functions() throws {
    let formula = FunctionProblem(formula: "x sin(x^2 + 1)")
    let landscape = FunctionProblem(landscape: Choice("xsin"))
    let a = try ObjectiveFactory.objective(.function(formula), seed: 1)
    let b = try ObjectiveFactory.objective(.function(landscape), seed: 1)
    for x in [-3.3, -0.1, 0, 1, 2.7] {
      let (f, g) = (a.lossAndGradient(at: [x]), b.lossAndGradient(at: [x]))
      #expect(abs(f.loss - g.loss) < 1e-14 && abs(f.gradient[0] - g.gradient[0]) < 1e-13)
      let h = try #require(a.hessian(at: [x]))
      #expect(abs(h[0] - (try #require(b.hessian(at: [x]))[0])) < 1e-11)
    }
    let (first, second) = (a as? any FunctionObjective, b as? any FunctionObjective)
    let rows = [[-2.0, -1, 0, 0.5, 1, 1.5, 2, 2.5, 3]]
    let (p, q) = (first?.values(at: rows) ?? [], second?.values(at: rows) ?? [])
    #expect(p.count == 9 && zip(p, q).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test("constants fill a formula, and two variables are two parameters")
  func constants() throws {
    var problem = FunctionProblem(formula: "(a - x)^2 + b (y - x^2)^2")
    problem.constants = ["a": 1, "b": 100]
    let objective = try ObjectiveFactory.objective(.function(problem), seed: 1)
    #expect(Array(objective.parameterNames) == ["x", "y"])
    #expect(objective.lossAndGradient(at: [-1.2, 1]).loss.rounded() == 24)
  }

  @Test("mistakes name the preset's key, the value and what is allowed")
  func mistakes() {
    let typo = Experiment(name: "t", problem: .function(.init(landscape: Choice("rosenbrok"))))
    #expect(issues(typo).first?.key == "function.landscape")
    #expect(issues(typo).first?.suggestion == "rosenbrock")
    let formula = Experiment(name: "t", problem: .function(.init(formula: "x sni(x)")))
    #expect(issues(formula).first?.key == "function.formula")
    #expect(issues(Experiment(name: "t", problem: .function(.init(formula: "3")))).count == 1)
    let noise = model(.generated(Choice("circle", ["noise": -1, "smaples": 3])))
    #expect(issues(noise).map(\.key) == ["data.noise", "data.smaples"])
    let whole = model(.generated(Choice("circle", ["samples": 3.5])))
    #expect(issues(whole).first?.key == "data.samples")
    let huge = model(.generated(Choice("glyphs", ["samples": 200_000, "size": 28])))
    #expect(issues(huge).first?.key == "data.samples")
    let ragged = model(.inline(inputs: [[0, 1], [1]], targets: [[0], [1]]))
    #expect(issues(ragged).first?.key == "data.inputs[2]")
    let bad = model(.inline(inputs: [[0, 1], [1, .nan]], targets: [[0], [1]]))
    #expect(issues(bad).first?.key == "data.inputs[2]")
    #expect(issues(model(.inline(inputs: [], targets: []))).count == 1)
    let point = model(.generated(Choice("xor"))) {
      $0.data.added = [AddedPoint(inputs: [1, 2, 3], targets: [7])]
    }
    #expect(
      issues(point).map(\.key) == ["data.added[1].inputs", "data.added[1].targets"])
    let fraction = model(.generated(Choice("xor"))) { $0.data.testFraction = .nan }
    #expect(issues(fraction).first?.key == "data.test_fraction")
  }

  @Test("explicit starts are flat or per layer, and must fit")
  func starts() throws {
    var experiment = model(.generated(Choice("xor")))
    let values = (0..<13).map(Double.init)
    experiment.start.parameters = values
    #expect(try ObjectiveFactory.make(experiment).parameters == values)
    experiment.start = Start(layers: [
      LayerValues(weights: [[0, 1], [2, 3], [4, 5]], biases: [6, 7, 8]),
      LayerValues(weights: [[9, 10, 11]], biases: [12]),
    ])
    #expect(try ObjectiveFactory.make(experiment).parameters == values)
    experiment.start.layers?[0].biases = [1]
    experiment.start.layers?[1].weights = [[1, 2]]
    #expect(
      issues(experiment).map(\.key) == ["start.layers[1].biases", "start.layers[2].weights"])
    experiment.start = Start(parameters: [1, 2])
    #expect(issues(experiment).first?.key == "start.parameters")
    experiment.start = Start(parameters: [Double](repeating: .infinity, count: 13))
    #expect(issues(experiment).first?.key == "start.parameters[1]")
    experiment.start = Start(initializer: Choice("he_norml"))
    #expect(issues(experiment).first?.suggestion == "he_normal")
  }

  @Test("points added by hand are trained on, whatever the split")
  func added() throws {
    let experiment = model(.generated(Choice("circle"))) {
      $0.data.testFraction = 0.5
      $0.data.added = [AddedPoint(inputs: [9, 9], targets: [1])]
    }
    let objective = try ObjectiveFactory.make(experiment).objective
    #expect(objective.sampleCount == 101 && objective.testCount == 100)
    let network = try #require(objective as? DenseNetwork)
    #expect(Array(network.trainSamples.input(100)) == [9, 9])
  }
}
