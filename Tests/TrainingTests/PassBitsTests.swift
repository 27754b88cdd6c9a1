import Lanes
import Models
import Testing

@testable import Training

/// Every build gives the same bits in training, whatever processor it was made for.
@Suite("Bits of fifty steps of each pass")
struct PassBitsTests {
  /// A net, its data and its batches; the digest of its parameters after fifty steps.
  struct Case: Sendable, CustomTestStringConvertible {
    var hidden: [Int]
    var activation = "tanh"
    var data = "xor"
    var loss = "bce"
    var features: [String] = []
    var batch: Batching = .full
    var optimizer = Choice("adam")
    var l2 = 0.0
    var digest: UInt64

    var testDescription: String {
      "\(data), \(hidden), \(activation), \(loss), \(batch), \(optimizer.name)"
    }
  }

  /// Shapes for each of the ways in which a dense net is trained: gates, two samples a vector, one
  /// sample a vector, few samples, chunks; and the optimizers' own arithmetic.
  static let cases: [Case] = [
    Case(hidden: [4], digest: 0x6FBA_58D1_EDD4_2269),
    Case(hidden: [4], optimizer: Choice("gd"), digest: 0x5997_DE6F_76F8_2479),
    Case(hidden: [2], digest: 0x3119_A3C6_B0DC_11AE),
    Case(hidden: [4], batch: .sequential(size: 2), l2: 0.01, digest: 0xF61C_6296_BFC2_6EC4),
    Case(
      hidden: [4], activation: "sigmoid", optimizer: Choice("momentum"),
      digest: 0x1C3A_5429_0F11_BB01),
    Case(
      hidden: [4], activation: "relu", loss: "mse", optimizer: Choice("rmsprop"),
      digest: 0x3B5E_FB4F_8752_BA3A),
    Case(hidden: [4, 4], optimizer: Choice("nesterov"), digest: 0x8FA1_2687_B949_096E),
    Case(hidden: [3], data: "circle", digest: 0xA377_0B95_D670_86C3),
    Case(hidden: [8], data: "circle", digest: 0xF20E_A532_AAE4_D174),
    Case(
      hidden: [8], activation: "relu", data: "circle", batch: .shuffled(size: 10),
      digest: 0x71C4_C1D9_57CA_CFB2),
    Case(
      hidden: [7], data: "circle", batch: .sequential(size: 9), optimizer: Choice("gd"), l2: 0.01,
      digest: 0x6941_7AF0_5D74_5A0D),
    Case(
      hidden: [8, 8], activation: "gelu", data: "spiral", optimizer: Choice("adamw"),
      digest: 0x1C46_3219_6214_16E7),
    Case(
      hidden: [8, 8], activation: "silu", data: "spiral", batch: .shuffled(size: 32),
      optimizer: Choice("nadam"), digest: 0xA5D0_5BCD_9C97_5BAF),
    Case(hidden: [10], digest: 0xF9DF_508B_DB34_6DE4),
    Case(
      hidden: [10], activation: "elu", batch: .sequential(size: 3), optimizer: Choice("radam"),
      digest: 0xB1E6_9956_B10E_C36C),
    Case(
      hidden: [12], activation: "softplus", data: "circle", loss: "huber",
      optimizer: Choice("adagrad"), digest: 0x10F3_282C_88F3_2617),
    Case(
      hidden: [16, 8], data: "spiral", optimizer: Choice("adamax"), digest: 0xD2E1_036A_E086_D18A),
    Case(
      hidden: [20], activation: "sine", data: "sine", loss: "mse", optimizer: Choice("adadelta"),
      digest: 0xF6C6_F773_B522_8A1D),
    Case(
      hidden: [33, 17], activation: "relu", data: "moons", batch: .shuffled(size: 17),
      optimizer: Choice("amsgrad"), digest: 0xA783_8D14_0A8B_69CD),
    Case(
      hidden: [64, 64], data: "checkerboard", batch: .shuffled(size: 100),
      optimizer: Choice("lion"), digest: 0x6D86_39C4_85C1_F8B8),
    Case(
      hidden: [40], activation: "leaky_relu", data: "glyphs", loss: "softmax_ce",
      batch: .shuffled(size: 20), digest: 0xC407_7E8E_6505_C431),
    Case(
      hidden: [], data: "gaussians", loss: "softmax_ce", optimizer: Choice("gd"), l2: 0.1,
      digest: 0x1A9A_C121_C1AD_A8D6
    ),
    Case(
      hidden: [], data: "quadratic", loss: "mse", features: ["1", "x1", "x1^2"],
      optimizer: Choice("momentum"), digest: 0x8ED3_3694_25AE_BF54),
    Case(
      hidden: [5], data: "moons", features: ["x1", "x2", "x1*x2"], optimizer: Choice("lbfgs"),
      digest: 0x9124_00F8_6803_1179),
    Case(hidden: [2], optimizer: Choice("newton"), digest: 0x2353_D53B_A57B_9693),
    Case(hidden: [4], optimizer: Choice("rprop"), digest: 0x0B91_7018_941C_F4E5),
  ]

  static func experiment(_ test: Case) -> Experiment {
    let kind: ModelKind =
      !test.hidden.isEmpty ? .mlp : test.loss == "softmax_ce" ? .softmax : .linear
    var model = ModelProblem(
      kind: kind, data: DataSource(.generated(Choice(test.data))),
      hidden: test.hidden.map { LayerSpec(units: $0, activation: Choice(test.activation)) })
    model.loss = Choice(test.loss)
    model.features = test.features
    model.l2 = test.l2
    var experiment = Experiment(name: "bits", problem: .model(model))
    experiment.optimizer = test.optimizer
    experiment.batching = test.batch
    experiment.learningRate = .value(0.03)
    experiment.seed = 5
    return experiment
  }

  /// FNV-1a over the bit patterns.
  static func digest(_ values: [Double]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in values {
      var bits = value.bitPattern
      for _ in 0..<8 {
        hash = (hash ^ (bits & 0xFF)) &* 0x100_0000_01B3
        bits >>= 8
      }
    }
    return hash
  }

  @Test("parameters after fifty steps have the digest that was recorded", arguments: cases)
  func bits(test: Case) throws {
    var run = try Run(Self.experiment(test))
    run.advance(50)
    #expect(run.step == 50)
    #expect(run.parameters.allSatisfy { $0.isFinite })
    // Found alike in builds for x86-64-v3 and for the host; a digest changes with an order of
    // summation and must not change with a processor.
    let digest = Self.digest(run.parameters + [run.loss])
    #expect(digest == test.digest, "now 0x\(String(digest, radix: 16, uppercase: true))")
  }
}
