import Foundation
import Lanes
import Models
import Optimization
import Testing
import Training

/// Muon against another program's figures.
@Suite("Muon")
struct MuonTests {
  struct Reference: Decodable {
    struct Run: Decodable {
      var steps: [Int]
      var parameters: [[Double]]
      var losses: [Double]
    }
    var start: [Double]
    var muon: Run
    var muonMatchingRMS: Run
  }

  static let reference: Reference = {
    guard let url = Bundle.module.url(forResource: "Fixtures/muon", withExtension: "json"),
      let data = try? Data(contentsOf: url),
      let reference = try? JSONDecoder().decode(Reference.self, from: data)
    else { preconditionFailure("Fixtures/muon.json is missing or no JSON") }
    return reference
  }()

  private func run(matchesRMS: Bool) throws -> Run {
    var model = ModelProblem(
      kind: .mlp,
      data: DataSource(
        .inline(inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [1], [1], [0]])),
      hidden: [LayerSpec(units: 4, activation: Choice("tanh"))])
    model.loss = Choice("bce")
    var experiment = Experiment(name: "muon", problem: .model(model))
    experiment.optimizer = Choice(
      "muon", ["weight_decay": 0, "rest_rate": 0.4, "match_rms": matchesRMS ? 1 : 0])
    experiment.learningRate = .value(0.05)
    experiment.start = Start(parameters: Self.reference.start)
    return try Run(experiment)
  }

  @Test(
    "its parameters are the reference's at every listed step", arguments: [false, true])
  func parameters(matchesRMS: Bool) throws {
    let figures = matchesRMS ? Self.reference.muonMatchingRMS : Self.reference.muon
    var run = try run(matchesRMS: matchesRMS)
    for (step, expected) in zip(figures.steps, figures.parameters) {
      run.advance(step - run.step)
      #expect(run.step == step)
      for (ours, theirs) in zip(run.parameters, expected) {
        #expect(abs(ours - theirs) < 1e-9, "step \(step)")
      }
      if step % 10 == 0 {
        #expect(abs(run.loss - figures.losses[step / 10]) < 1e-9, "step \(step)")
      }
    }
  }

  @Test("without matrices it is Adam")
  func function() throws {
    func place(_ choice: Choice) throws -> [Double] {
      var experiment = Experiment(
        name: "bowl", problem: .function(FunctionProblem(formula: "x^2 + 3 y^2")))
      experiment.optimizer = choice
      experiment.learningRate = .value(0.01)
      experiment.start = Start(parameters: [1, -2])
      var run = try Run(experiment)
      run.advance(50)
      return run.parameters
    }
    let (muon, adam) = (
      try place(Choice("muon", ["weight_decay": 0])), try place(Choice("adam"))
    )
    for (ours, theirs) in zip(muon, adam) { #expect(abs(ours - theirs) < 1e-12) }
  }

  @Test("a copy goes on with the same bits")
  func copies() throws {
    var run = try run(matchesRMS: false)
    run.advance(20)
    var copy = run
    run.advance(30)
    copy.advance(30)
    #expect(run.parameters == copy.parameters)
  }
}
