import Lanes
import Models
import Testing

@testable import Training

/// `Sources/Models/Network/README.md` says which pass a network takes; here is its table by
/// example.
@Suite struct TrainingPassTests {
  /// A network on points of a plane, and the pass of a batch (0: all at once).
  struct Row: CustomTestStringConvertible {
    var data: String
    var samples: Double
    var hidden: [Int]
    var activation = "tanh"
    var loss = "bce"
    var batch = 0
    var pass: TrainingPass
    var testDescription: String { "\(data) \(samples) \(hidden) \(activation) \(batch)" }

    /// The network on its data.
    func experiment() -> Experiment {
      let settings = data == "xor" ? [:] : ["samples": samples]
      var model = ModelProblem(
        kind: hidden.isEmpty ? .logistic : .mlp,
        data: DataSource(.generated(Choice(data, settings))),
        hidden: hidden.map { LayerSpec(units: $0, activation: Choice(activation)) })
      model.loss = Choice(loss)
      return Experiment(name: "net", problem: .model(model))
    }
  }

  static let rows: [Row] = [
    Row(data: "xor", samples: 4, hidden: [4], pass: .gate),
    Row(data: "xor", samples: 4, hidden: [2], pass: .gate),
    Row(data: "circle", samples: 300, hidden: [4], pass: .pair),
    Row(data: "circle", samples: 300, hidden: [2], pass: .small),
    Row(data: "xor", samples: 4, hidden: [4], batch: 2, pass: .pair),
    Row(data: "xor", samples: 4, hidden: [4], activation: "relu", pass: .pair),
    Row(data: "xor", samples: 4, hidden: [4, 4], pass: .pair),
    Row(data: "circle", samples: 300, hidden: [3, 3], batch: 10, pass: .pair),
    Row(data: "circle", samples: 300, hidden: [8, 8], batch: 10, pass: .narrow),
    Row(data: "circle", samples: 300, hidden: [8, 8], pass: .narrow),
    Row(data: "circle", samples: 300, hidden: [6], batch: 10, pass: .narrow),
    Row(data: "circle", samples: 300, hidden: [6], pass: .small),
    Row(data: "xor", samples: 4, hidden: [16], pass: .small),
    Row(data: "circle", samples: 300, hidden: [], batch: 5, pass: .tiny),
    Row(data: "circle", samples: 300, hidden: [], pass: .small),
    Row(data: "circle", samples: 300, hidden: [16], batch: 10, pass: .small),
    Row(data: "circle", samples: 300, hidden: [16, 16], pass: .small),
    Row(data: "circle", samples: 300, hidden: [32, 32], pass: .large),
    Row(data: "glyphs", samples: 200, hidden: [32], loss: "softmax_ce", batch: 20, pass: .large),
  ]

  @Test("each shape takes the pass that the table names", arguments: rows)
  func passes(row: Row) throws {
    let objective = try ObjectiveFactory.objective(of: row.experiment())
    guard case .dense(let network) = objective.kind else {
      Issue.record("not a dense network")
      return
    }
    let count = row.batch == 0 ? network.sampleCount : row.batch
    #expect(network.pass(of: count, isAll: row.batch == 0) == row.pass)
  }

  @Test("the table has every pass")
  func all() {
    #expect(Set(Self.rows.map(\.pass)) == Set(TrainingPass.allCases))
  }
}
