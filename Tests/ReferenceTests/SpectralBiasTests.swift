import Lanes
import Models
import Optimization
import Testing
import Training

/// Errors per frequency and the tangent kernel against another program's figures.
@Suite("Spectral bias")
struct SpectralBiasTests {
  private var reference: TheoryReference.Frequencies { TheoryReference.all.frequencies }

  private func run(_ optimizer: Choice, rate: Double) throws -> Run {
    var model = ModelProblem(
      kind: .mlp,
      data: DataSource(
        .inline(inputs: reference.x.map { [$0] }, targets: reference.y.map { [$0] })),
      hidden: [LayerSpec(units: 64, activation: Choice("tanh"))])
    model.loss = Choice("mse")
    var experiment = Experiment(name: "waves", problem: .model(model))
    experiment.optimizer = optimizer
    experiment.learningRate = .value(rate)
    experiment.start = Start(parameters: reference.start)
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
