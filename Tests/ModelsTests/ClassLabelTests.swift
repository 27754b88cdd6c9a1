import Lanes
import Testing

@testable import Models

@Suite("Classes are the values that occur")
struct ClassLabelTests {
  static func plan(_ targets: [Double], loss: String, kind: NetworkPlan.Kind = .softmax)
    -> NetworkPlan
  {
    NetworkPlan(
      kind,
      train: Samples(inputCount: 1, inputs: targets.indices.map(Double.init), targets: targets),
      loss: Choice(loss))
  }

  @Test(
    "Whole targets of any numbers, with each loss that tells classes apart",
    arguments: [
      [1, 2, 1], [0, 2, 2], [-1, 1, 1], [10, 30, 20], [1, 2, 5], [0, 1, 2], [0, 1, 1],
    ],
    ["softmax_ce", "bce", "hinge"])
  func values(targets: [Double], loss: String) throws {
    let network = try DenseNetwork(
      Self.plan(targets, loss: loss, kind: loss == "softmax_ce" ? .softmax : .logistic))
    let values = Set(targets).sorted()
    #expect(network.classCount == values.count)
    #expect(network.trainSamples.targets == targets.map { Double(values.firstIndex(of: $0) ?? -1) })
    for (number, value) in values.enumerated() {
      #expect(network.trainSamples.className(number) == "\(Int(value))")
    }
  }

  @Test("At the start a softmax model of two classes, called 1 and 2, has a loss of ln 2")
  func loss() throws {
    let network = try DenseNetwork(Self.plan([1, 2, 1, 2], loss: "softmax_ce"))
    let start = [Double](repeating: 0, count: network.parameterCount)
    #expect(abs(network.lossAndGradient(at: start).loss - 0.6931471805599453) < 1e-15)
  }

  @Test("Classes that only test samples have are classes too")
  func testSamples() throws {
    var plan = Self.plan([3, 5, 3], loss: "softmax_ce")
    plan.test = Samples(inputCount: 1, inputs: [1], targets: [4])
    let network = try DenseNetwork(plan)
    #expect(network.classCount == 3 && network.testSamples.targets == [1])
    #expect(network.testSamples.classLabels.map(\.value) == [3, 4, 5])
  }

  @Test("Targets that are no whole numbers, or all the same, are told")
  func refused() {
    #expect(throws: InvalidProblem.self) {
      try DenseNetwork(Self.plan([0.5, 1.5], loss: "softmax_ce"))
    }
    #expect { try DenseNetwork(Self.plan([7, 7], loss: "softmax_ce")) } throws: {
      "\($0)".contains("at least two classes")
    }
  }
}
