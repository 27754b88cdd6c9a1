import Lanes
import Testing

@testable import Models

@Suite struct LossTests {
  /// The loss of outputs of one sample, and its derivatives.
  func loss(_ name: String, _ z: [Double], _ t: [Double], setting: Double = 1) throws -> (
    value: Double, derivatives: [Double]
  ) {
    let loss = try #require(Loss.all[name])
    let values = z.map { Lanes(repeating: $0) }
    let targets = t.map { Lanes(repeating: $0) }
    var delta = [Lanes](repeating: Lanes(repeating: .nan), count: z.count)
    let block = LossBlock(
      outputs: z.count, stride: 1, targetStride: 1, count: 1, scale: 1, setting: setting)
    let value = values.withUnsafeBufferPointer { z in
      targets.withUnsafeBufferPointer { t in
        delta.withUnsafeMutableBufferPointer { d -> Double in
          guard let z = z.baseAddress, let t = t.baseAddress else { return .nan }
          return LaneFolding.sum(loss.evaluate(z, t, d.baseAddress, block))
        }
      }
    }
    for row in delta { for lane in 1..<8 { #expect(row[lane] == 0) } }
    return (value, delta.map { $0[0] })
  }

  @Test("no logarithm of zero: far logits cost their distance")
  func farLogits() throws {
    for (z, t, cost, derivative) in [
      (800.0, 0.0, 800.0, 1.0), (800, 1, 0, 0), (-800, 1, 800, -1), (-800, 0, 0, 0),
    ] {
      let one = try loss("bce", [z], [t])
      #expect(one.value == cost && one.derivatives == [derivative])
    }
    let three = try loss("softmax_ce", [1000, -1000, 0], [0, 1, 0])
    #expect(three.value == 2000 && three.derivatives == [1, -1, 0])
    let sure = try loss("softmax_ce", [1000, -1000, 0], [1, 0, 0])
    #expect(sure.value == 0 && sure.derivatives == [0, 0, 0])
  }

  @Test("small costs keep their digits")
  func smallCosts() throws {
    let cost = try loss("bce", [30], [1]).value
    #expect(abs(cost / 9.357622968839737e-14 - 1) < 1e-14)
  }

  @Test("hand-computed values")
  func values() throws {
    #expect(try loss("mse", [3, 1], [1, 1]).value == 4)
    #expect(try loss("mse", [3, 1], [1, 1]).derivatives == [4, 0])
    #expect(try loss("mae", [3, 0], [1, 1]).value == 3)
    #expect(try loss("mae", [3, 0, 1], [1, 1, 1]).derivatives == [1, -1, 0])
    #expect(try loss("huber", [3], [1], setting: 1).value == 1.5)
    #expect(try loss("huber", [1.5], [1], setting: 1).value == 0.125)
    #expect(try loss("huber", [-3], [1], setting: 0.5).derivatives == [-0.5])
    #expect(try loss("hinge", [0.25], [1]).value == 0.75)
    #expect(try loss("hinge", [0.25], [0]).value == 1.25)
    #expect(try loss("hinge", [2], [1]).derivatives == [0])
    #expect(try loss("perceptron", [0], [0]).derivatives == [1])
    #expect(try loss("perceptron", [-2], [1]).value == 2)
    #expect(try loss("perceptron", [2], [1]).derivatives == [0])
  }

  @Test("NaN stays in sight", arguments: Loss.all.names)
  func nan(name: String) throws {
    let wide = name == "softmax_ce"
    let one = try loss(name, wide ? [.nan, 1] : [.nan], wide ? [1, 0] : [1])
    #expect(one.value.isNaN)
    #expect(one.derivatives[0].isNaN)
  }

  @Test(
    "a softmax's samples are as they would be alone, next to far logits and NaN",
    arguments: [7, 9, 21, 61, 75], [1, 2, 3, 10])
  func softmaxSamples(samples: Int, outputs: Int) throws {
    let lanes = (samples + 7) / 8
    var z = [Double](repeating: .nan, count: outputs * lanes * 8)
    var t = z
    for sample in 0..<samples {
      for k in 0..<outputs {
        z[k * lanes * 8 + sample] = Double((sample * 7 + k * 5) % 11) - 4
        t[k * lanes * 8 + sample] = k == sample % outputs ? 1 : 0
      }
    }
    z[samples / 2] = -1e4
    z[samples / 3] = .infinity
    z[samples - 1] = .nan
    func rows(_ numbers: [Double]) -> [Lanes] {
      (0..<numbers.count / 8).map { lane in
        var row = Lanes.zero
        for i in 0..<8 { row[i] = numbers[lane * 8 + i] }
        return row
      }
    }
    let block = LossBlock(
      outputs: outputs, stride: lanes, targetStride: lanes, count: samples, scale: 0.5, setting: 0)
    var delta = [Lanes](repeating: Lanes(repeating: .nan), count: outputs * lanes)
    let evaluate = Loss.softmaxCrossEntropy.evaluate
    let sum = LaneFolding.sum(evaluate(rows(z), rows(t), &delta, block))
    // Loss alone, and without what is not finite.
    #expect(LaneFolding.sum(evaluate(rows(z), rows(t), nil, block)).isNaN && sum.isNaN)
    z[samples / 3] = 0
    z[samples - 1] = 0
    var other = delta
    #expect(
      LaneFolding.sum(evaluate(rows(z), rows(t), &other, block)).bitPattern
        == LaneFolding.sum(evaluate(rows(z), rows(t), nil, block)).bitPattern)
    for sample in 0..<lanes * 8 {
      let derivatives = (0..<outputs).map { delta[$0 * lanes + sample / 8][sample % 8] }
      if sample >= samples {
        #expect(derivatives.allSatisfy { $0 == 0 })
      } else if sample == samples / 3 || sample == samples - 1 {
        #expect(derivatives.contains { $0.isNaN })
      } else {
        let alone = try loss(
          "softmax_ce", (0..<outputs).map { z[$0 * lanes * 8 + sample] },
          (0..<outputs).map { t[$0 * lanes * 8 + sample] })
        #expect(derivatives == alone.derivatives.map { $0 * 0.5 })
      }
    }
  }

  @Test("samples beyond the count add nothing", arguments: Loss.all.names)
  func padding(name: String) throws {
    let net = try RandomNet(
      seed: 1, samples: 3, hidden: [], activation: Choice("tanh"), loss: Choice(name),
      classes: name == "softmax_ce" ? 3 : 2)
    var twice = net.network.trainSamples
    twice.inputs += [Double](repeating: 1e300, count: 3)
    twice.targets.append(0)
    let plan = NetworkPlan(.network, train: twice, loss: Choice(name))
    let longer = try DenseNetwork(plan)
    #expect(
      evaluate(longer, net.parameters, rows: [0, 1, 2]).loss
        == evaluate(net.network, net.parameters, rows: nil).loss)
  }
}
