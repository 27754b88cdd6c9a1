import Lanes
import Models
import Testing

@testable import Optimization
@testable import Training

@Suite("The Hessian that an optimizer feels")
struct PreconditionedHessianTests {
  static func run(_ optimizer: Choice, hidden: [Int], data: String = "circle") throws -> Run {
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice(data))),
      hidden: hidden.map { LayerSpec(units: $0, activation: Choice("tanh")) })
    model.loss = Choice("bce")
    var experiment = Experiment(name: "net", problem: .model(model))
    experiment.optimizer = optimizer
    experiment.learningRate = .value(0.01)
    return try Run(experiment)
  }

  static let choices = [
    Choice("gd"), Choice("momentum"), Choice("gd", ["weight_decay": 0.05]), Choice("adam"),
    Choice("adam", ["weight_decay": 0.05]), Choice("rmsprop"), Choice("lion"),
  ]

  @Test(
    "Lanczos' λmax is the dense one to 1e-8, on nets of up to 64 parameters",
    arguments: choices, [[2], [5], [15], [4, 3], [3, 3, 3]])
  func lanczos(choice: Choice, hidden: [Int]) throws {
    var run = try Self.run(choice, hidden: hidden)
    #expect(run.objective.parameterCount <= 64)
    for steps in [1, 40, 200] {
      run.advance(steps)
      let matrix = try #require(PreconditionedHessian(run.snapshot()))
      let dense = try #require(matrix.spectrum()?.eigenvalues.first)
      let found = try #require(matrix.greatest())
      #expect(abs(found.eigenvalue - dense) <= 1e-8 * abs(dense))
      // A guess at the eigenvector saves work and changes nothing.
      let near = try #require(matrix.greatest(near: found.direction))
      #expect(abs(near.eigenvalue - dense) <= 1e-8 * abs(dense))
      let wrong = try #require(
        matrix.greatest(near: matrix.spectrum()?.eigenvectors.last))
      #expect(abs(wrong.eigenvalue - dense) <= 1e-8 * abs(dense))
    }
  }

  @Test("the product is the matrix times the vector, with P and weight decay", arguments: choices)
  func product(choice: Choice) throws {
    var run = try Self.run(choice, hidden: [4])
    run.advance(30)
    let snapshot = run.snapshot()
    let matrix = try #require(PreconditionedHessian(snapshot))
    let count = snapshot.parameters.count
    let stream = RandomStream(seed: 4, stream: 9)
    let direction = (0..<count).map { stream.normal(at: UInt64($0)) }
    let spectrum = try #require(matrix.spectrum())
    var expected = [Double](repeating: 0, count: count)
    for (value, vector) in zip(spectrum.eigenvalues, spectrum.eigenvectors) {
      let share = zip(vector, direction).reduce(0) { $0 + $1.0 * $1.1 }
      for i in 0..<count { expected[i] += value * share * vector[i] }
    }
    let size = abs(spectrum.eigenvalues[0])
    for (a, b) in zip(matrix.product(direction), expected) { #expect(abs(a - b) < 1e-9 * size) }
    // P for Adam by its own definition: √v̂ + ε after the last update.
    guard choice.name == "adam", let scaling = matrix.scaling else {
      #expect(matrix.scaling != nil || choice.name != "adam")
      return
    }
    let v = try #require(snapshot.optimizerState.first { $0.name == "v" }).values
    for (root, square) in zip(scaling, v) {
      let p = (square / (1 - BiasCorrectionPower.power(0.999, 30))).squareRoot() + 1e-8
      #expect(abs(root * root * p - 1) < 1e-12)
    }
  }

  private enum BiasCorrectionPower {
    static func power(_ base: Double, _ exponent: Int) -> Double {
      (0..<exponent).reduce(1) { result, _ in result * base }
    }
  }

  @Test("nothing is said before the first step of a rule that divides, nor of what is not finite")
  func unknown() throws {
    let adam = try Self.run(Choice("adam"), hidden: [2]).snapshot()
    #expect(adam.stability == nil)
    let descent = try Self.run(Choice("gd"), hidden: [2]).snapshot()
    #expect(descent.stability == LinearStability())
    var broken = descent
    broken.parameters[0] = .nan
    #expect(PreconditionedHessian(broken) == nil)
  }

  @Test(
    "layers: norms are those of the blocks, updates those of the steps, shares those of the units")
  func layers() throws {
    var run = try Self.run(Choice("momentum"), hidden: [4, 3])
    var before: [[Double]] = [run.parameters]
    for _ in 0..<20 {
      run.advance(1)
      before.append(run.parameters)
    }
    let trace = try #require(LayerTrace.upTo(run.snapshot(), from: nil))
    #expect(trace.records.map(\.step) == Array(0...20))
    let blocks = run.objective.layout.layers.map { $0[0].range }
    func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    for record in trace.records {
      #expect(record.layers.count == 3)
      for (layer, range) in zip(record.layers, blocks) {
        let now = before[record.step]
        #expect(abs(layer.weights - norm(Array(now[range]))) < 1e-12)
        #expect(layer.flat >= 0 && layer.flat <= 1 || layer.flat.isNaN)
        guard record.step > 0 else { continue }
        let past = before[record.step - 1]
        #expect(abs(layer.update - norm(range.map { now[$0] - past[$0] })) < 1e-12)
        let gradient = run.objective.lossAndGradient(at: past).gradient
        #expect(abs(layer.gradient - norm(Array(gradient[range]))) < 1e-12)
      }
    }
    // Carried on piece by piece, the last record is the same.
    run.advance(300)
    let carried = try #require(LayerTrace.upTo(run.snapshot(), from: trace))
    let whole = try #require(LayerTrace.upTo(run.snapshot(), from: nil))
    #expect(
      carried.records.last?.layers.map(\.weights) == whole.records.last?.layers.map(\.weights))
    #expect(carried.records.last?.layers.map(\.update) == whole.records.last?.layers.map(\.update))
    #expect(carried.records.count <= 257)
  }

  @Test("a unit that no sample wakes is dead, and a sigmoid far out is saturated")
  func dead() throws {
    func trace(_ activation: String, _ change: (inout [Double], ParameterLayout) -> Void) throws
      -> LayerTrace.Layer
    {
      var model = ModelProblem(
        kind: .mlp, data: DataSource(.generated(Choice("circle"))),
        hidden: [LayerSpec(units: 4, activation: Choice(activation))])
      model.loss = Choice("bce")
      var experiment = Experiment(name: "net", problem: .model(model))
      experiment.learningRate = .value(0)
      var start = try Run(experiment).parameters
      change(&start, try Run(experiment).objective.layout)
      experiment.start = Start(parameters: start)
      let trace = try #require(LayerTrace.upTo(try Run(experiment).snapshot(), from: nil))
      return try #require(trace.records.last?.layers.first)
    }
    let relu = try trace("relu") { start, layout in
      for unit in 1...2 { start[layout.index(of: "b1[\(unit)]") ?? 0] = -100 }
    }
    #expect(relu.dead == 2)
    #expect(relu.flat >= 0.5)
    let leaky = try trace("leaky_relu") { start, layout in
      start[layout.index(of: "b1[1]") ?? 0] = -100
    }
    #expect(leaky.dead == 0)
    #expect(leaky.flat >= 0.25)
    let tanh = try trace("tanh") { start, layout in
      start[layout.index(of: "b1[3]") ?? 0] = 50
    }
    #expect(tanh.dead == 1)
    #expect(tanh.flat >= 0.25)
    let identity = try trace("identity") { _, _ in }
    #expect(identity.flat.isNaN && identity.dead == 0)
  }
}
