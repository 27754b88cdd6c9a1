import Lanes
import Models
import Optimization
import Testing
import Training

/// Errors per frequency and the tangent kernel against another program's figures.
@Suite("Spectral bias")
struct SpectralBiasTests {
  private var reference: TheoryReference.Frequencies { TheoryReference.all.frequencies }

  private func run(
    _ optimizer: Choice, rate: Double, linearized: Bool = false, width: Int = 64,
    start: [Double]? = nil
  ) throws -> Run {
    var model = ModelProblem(
      kind: .mlp,
      data: DataSource(
        .inline(inputs: reference.x.map { [$0] }, targets: reference.y.map { [$0] })),
      hidden: [LayerSpec(units: width, activation: Choice("tanh"))])
    model.loss = Choice("mse")
    model.isLinearized = linearized
    var experiment = Experiment(name: "waves", problem: .model(model))
    experiment.optimizer = optimizer
    experiment.learningRate = .value(rate)
    experiment.start = Start(parameters: start ?? reference.start)
    return try Run(experiment)
  }

  @Test("the kernel's eigenvalues are the reference's")
  func kernel() throws {
    let run = try run(Choice("gd"), rate: 0.01)
    let network = try #require(run.objective.kind.dense)
    let kernel = try #require(TangentKernel(network, at: run.parameters))
    #expect(abs(kernel.scale - 2.0 / 64) < 1e-12)
    for (ours, theirs) in zip(kernel.eigenvalues.reversed(), reference.eigenvalues) {
      #expect(abs(ours - theirs) < 1e-9 * reference.eigenvalues[0])
    }
  }

  @Test("errors, losses and the linearised net's errors are the reference's")
  func errors() throws {
    let end = TheoryReference.isSlow ? 20_000 : 1_000
    var run = try run(Choice("gd"), rate: 0.01)
    var trace: FrequencyTrace?
    for (index, step) in reference.gdSteps.enumerated() where step <= end {
      run.advance(step - run.step)
      #expect(
        abs(run.loss - reference.gdLosses[index]) < 1e-8 * reference.gdLosses[index],
        "step \(step)")
      trace = FrequencyTrace.upTo(run.snapshot(), from: trace)
      let last = try #require(trace?.records.last)
      for (ours, theirs) in zip(last.errors, reference.gdErrors[index]) {
        #expect(abs(ours - theirs) < 1e-8, "step \(step)")
      }
      if let place = reference.linearSteps.firstIndex(of: step) {
        for (ours, theirs) in zip(last.predicted, reference.linearErrors[place]) {
          #expect(abs(ours - theirs) < 1e-8, "step \(step)")
        }
      }
    }
    #expect(trace?.frequencies == [1, 3, 6])
    let first = try #require(trace?.firstBelowHalf)
    #expect(first[0] == reference.gdFirst[0])
    // Steps are looked at on a logarithmic grid: every fourth one here.
    #expect(abs((first[1] ?? 0) - reference.gdFirst[1]) < 4)
  }

  @Test("the linearised net goes the kernel's way, and the reference's")
  func linearised() throws {
    var run = try run(Choice("gd"), rate: 0.01, linearized: true)
    let network = try #require(run.objective.kind.mapping)
    var kernel = try #require(TangentKernel(network, at: run.parameters))
    var trace: FrequencyTrace?
    for (index, step) in reference.linearSteps.enumerated() {
      while run.step < step {
        kernel.descend(rate: run.learningRate)
        run.advance(1)
      }
      #expect(
        abs(run.loss - reference.linearLosses[index]) < 1e-8 * reference.linearLosses[index],
        "step \(step)")
      let outputs = network.outputs(
        at: run.parameters, inputs: network.inputRows(network.trainSamples))[0]
      for (k, residual) in kernel.residual.enumerated() {
        #expect(abs(outputs[k] - reference.y[k] - residual) < 1e-10, "step \(step)")
      }
      trace = FrequencyTrace.upTo(run.snapshot(), from: trace)
      let last = try #require(trace?.records.last)
      for (k, theirs) in reference.linearErrors[index].enumerated() {
        #expect(abs(last.errors[k] - theirs) < 1e-8, "step \(step)")
        #expect(abs(last.predicted[k] - theirs) < 1e-8, "step \(step)")
      }
    }
  }

  @Test("wide nets stay with their linearisation, as far as the reference's do")
  func widths() throws {
    for row in reference.widths where row.width < 500 || TheoryReference.isSlow {
      let m = row.width
      let draws = SplitMix(seed: 51 + UInt64(m))
      // Rounded to four places, as the reference's start is.
      let start =
        (0..<2 * m).map { (12 * draws.signed($0) * 1e4).rounded(.toNearestOrEven) / 1e4 }
        + (2 * m..<3 * m).map {
          (draws.signed($0) * (3 / Double(m)).squareRoot() * 1e4).rounded(.toNearestOrEven) / 1e4
        } + [0]
      var net = try run(Choice("gd"), rate: row.eta, width: m, start: start)
      var linear = try run(
        Choice("gd"), rate: row.eta, linearized: true, width: m, start: start)
      func residual(_ run: Run) throws -> [Double] {
        let network = try #require(run.objective.kind.mapping)
        let outputs = network.outputs(
          at: run.parameters, inputs: network.inputRows(network.trainSamples))[0]
        return zip(outputs, reference.y).map { $0 - $1 }
      }
      func norm(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
      let before = norm(try residual(net))
      net.advance(1000)
      linear.advance(1000)
      let apart = norm(zip(try residual(net), try residual(linear)).map { $0 - $1 })
      let motion = norm(zip(net.parameters, start).map { $0 - $1 }) / norm(start)
      #expect(abs(apart / before - row.distance) < 1e-8 * row.distance, "width \(m)")
      #expect(abs(motion - row.motion) < 1e-8 * row.motion, "width \(m)")
      #expect(abs(net.loss - row.loss) < 1e-8 * row.loss, "width \(m)")
      #expect(abs(linear.loss - row.linear) < 1e-8 * row.linear, "width \(m)")
    }
  }

  @Test("Adam has errors, and no prediction", .enabled(if: TheoryReference.isSlow))
  func adam() throws {
    var run = try run(Choice("adam"), rate: 0.005)
    run.advance(1000)
    let trace = try #require(FrequencyTrace.upTo(run.snapshot(), from: nil))
    #expect(trace.records.last?.predicted.isEmpty == true)
    for (ours, theirs) in zip(trace.firstBelowHalf, reference.adamFirst) {
      #expect(abs(Double(ours ?? 0) - Double(theirs)) <= 0.02 * Double(theirs))
    }
  }
}
