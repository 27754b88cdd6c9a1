import Lanes
import Models
import Optimization
import Testing
import Training

/// Addition modulo 23 against another program's figures.
@Suite("Grokking")
struct GrokkingTests {
  private static let seed: UInt64 = 101

  /// The reference's split and start.
  private static func run(_ name: String) throws -> (run: Run, train: [Int]) {
    let isSquare = name == "square"
    let set = try #require(DataSet.all["modular_addition"])
    let samples = set.generate(Settings(defaultsOf: set.hyperparameters), 1)
    let order = SplitMix(seed: seed + 1000).permutation(529)
    let train = order[..<370].sorted()
    var plan = NetworkPlan(
      .network, train: samples.selecting(train), test: samples.selecting(order[370...].sorted()),
      loss: Choice(isSquare ? "mse" : "softmax_ce"))
    plan.hidden = [.init(units: 256, activation: Choice(isSquare ? "square" : "relu"))]
    let network = try DenseNetwork(plan)
    let draws = SplitMix(seed: seed)
    let (first, last) = (256 * 46, 23 * 256)
    let w1 = (0..<first).map { draws.signed($0) * (6.0 / (46 + 256)).squareRoot() }
    let w2 = (first..<first + last).map { draws.signed($0) * (6.0 / (256 + 23)).squareRoot() }
    let start =
      w1 + [Double](repeating: 0, count: 256) + w2 + [Double](repeating: 0, count: 23)
    var model = ModelProblem(
      kind: .mlp, data: DataSource(.generated(Choice("modular_addition"))),
      hidden: [LayerSpec(units: 256, activation: Choice(isSquare ? "square" : "relu"))])
    model.loss = Choice(isSquare ? "mse" : "softmax_ce")
    var experiment = Experiment(name: name, problem: .model(model))
    experiment.optimizer = Choice(
      "adamw", isSquare ? ["weight_decay": 0.1] : ["beta2": 0.98, "weight_decay": 1])
    experiment.learningRate = .value(0.01)
    return (try Run(experiment, objective: network, start: start), train)
  }

  @Test("it goes the reference's way", arguments: ["relu", "square"])
  func way(name: String) throws {
    let all = TheoryReference.all.grokking
    let figures = name == "relu" ? all.relu : all.square
    var (run, train) = try Self.run(name)
    #expect(Array(train.prefix(20)) == figures.trainIndices)
    #expect(train.reduce(0, +) == figures.trainSum)
    #expect(Array(run.parameters.prefix(6)) == figures.first)
    let network = try #require(run.objective.kind.dense)
    let end = TheoryReference.isSlow ? 2000 : 20
    for (index, step) in figures.steps.enumerated() where step <= end {
      run.advance(step - run.step)
      let snapshot = run.snapshot()
      if step <= figures.upTo {
        #expect(
          abs(snapshot.loss - figures.trainLoss[index]) < 1e-6 * figures.trainLoss[index],
          "step \(step)")
        let spectrum = try #require(UnitSpectrum(network, parameters: snapshot.parameters))
        #expect(abs(spectrum.blocks[0].medianTopShare - figures.medianTopShare[index]) < 1e-4)
        #expect(abs((spectrum.sameTop ?? 0) - figures.sameTop[index]) < 0.01)
      }
      let accuracy = try #require(snapshot.accuracy)
      let test = try #require(snapshot.testAccuracy)
      if step <= figures.upTo {
        #expect(abs(accuracy - figures.train[index]) < 1e-9)
        #expect(abs(test - figures.test[index]) < 1e-9)
      } else {
        #expect(accuracy == 1)
        #expect(abs(test - figures.test[index]) <= 0.1, "step \(step)")
      }
      if step == 2000 { #expect(test == 1) }
    }
  }

  @Test("the table knows which pairs were trained, and which are right")
  func table() throws {
    var (run, train) = try Self.run("relu")
    run.advance(40)
    let network = try #require(run.objective.kind.dense)
    let map = try #require(FiniteMap(network))
    #expect((map.rows, map.columns) == (23, 23))
    let table = try #require(FiniteTable(network, parameters: run.parameters, map: map))
    for (cell, state) in table.cells.enumerated() {
      let isTrain = train.contains(cell)
      let isRight = table.answers[cell] == (cell / 23 + cell % 23) % 23
      #expect(state == (isTrain ? .train(isRight: isRight) : .test(isRight: isRight)))
    }
  }
}
