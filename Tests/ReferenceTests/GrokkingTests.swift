import Lanes
import Models
import Optimization
import Testing
import Training

/// Addition modulo 23 against another program's figures.
@Suite("Grokking")
struct GrokkingTests {
  private static let seed: UInt64 = 101

  /// The reference's split and start, with what its controls change.
  private static func run(
    _ name: String, loss: String? = nil, decay: Double? = nil, beta2: Double? = nil,
    trained: Int = 370
  ) throws -> (run: Run, train: [Int]) {
    let isSquare = name == "square"
    let loss = Choice(loss ?? (isSquare ? "mse" : "softmax_ce"))
    let set = try #require(DataSet.all["modular_addition"])
    let samples = set.generate(Settings(defaultsOf: set.hyperparameters), 1)
    let order = SplitMix(seed: seed + 1000).permutation(529)
    let train = order[..<trained].sorted()
    var plan = NetworkPlan(
      .network, train: samples.selecting(train),
      test: samples.selecting(order[trained...].sorted()),
      loss: loss)
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
    model.loss = loss
    var experiment = Experiment(name: name, problem: .model(model))
    experiment.optimizer = Choice(
      "adamw",
      [
        "beta2": beta2 ?? (isSquare ? 0.999 : 0.98), "weight_decay": decay ?? (isSquare ? 0.1 : 1),
      ])
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

  @Test("what does not learn the rule, or late", .enabled(if: TheoryReference.isSlow))
  func controls() throws {
    for control in TheoryReference.all.grokking.controls {
      var (run, _) =
        switch control.what {
        case "relu, weight decay 0": try Self.run("relu", decay: 0)
        case "relu, beta2 0.999": try Self.run("relu", beta2: 0.999)
        case "quad mse, weight decay 0": try Self.run("square", decay: 0)
        case "quad ce, weight decay 1":
          try Self.run("square", loss: "softmax_ce", decay: 1)
        default: try Self.run("relu", trained: 264)
        }
      for (step, wanted) in zip(control.steps, control.test) {
        run.advance(step - run.step)
        let test = try #require(run.snapshot().testAccuracy)
        print("\(control.what), step \(step): test \(test), reference \(wanted)")
        #expect(abs(test - wanted) <= 0.1, "\(control.what), step \(step)")
      }
    }
  }

  @Test("cosines of one frequency a unit know the rule without training, if they are many enough")
  func analytic() throws {
    let set = try #require(DataSet.all["modular_addition"])
    let samples = set.generate(Settings(defaultsOf: set.hyperparameters), 1)
    let turn = 2 * Double.pi / 23
    for row in TheoryReference.all.grokking.analytic {
      let m = row.width
      var plan = NetworkPlan(.network, train: samples, loss: Choice("mse"))
      plan.hidden = [.init(units: m, activation: Choice("square"))]
      plan.biases = false
      let network = try DenseNetwork(plan)
      let shares = try (0..<10).map { draw -> Double in
        let random = SplitMix(seed: 40 + UInt64(draw))
        func drawn(_ third: Int, _ unit: Int) -> Double {
          random.unit(third * m + unit)
        }
        var (first, last): ([Double], [[Double]]) = ([], Array(repeating: [], count: 23))
        for unit in 0..<m {
          let k = turn * (1 + (11 * drawn(0, unit)).rounded(.down))
          let (a, b) = (2 * Double.pi * drawn(1, unit), 2 * Double.pi * drawn(2, unit))
          for number in 0..<23 { first.append(Elementary.cos(k * Double(number) + a)) }
          for number in 0..<23 { first.append(Elementary.cos(k * Double(number) + b)) }
          for number in 0..<23 { last[number].append(Elementary.cos(k * Double(number) + a + b)) }
        }
        return try #require(network.accuracy(at: first + last.flatMap { $0 }))
      }
      #expect(abs(shares.reduce(0, +) / 10 - row.mean) < 1e-12, "width \(m)")
      #expect(shares.min() == row.min && shares.max() == row.max, "width \(m)")
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
