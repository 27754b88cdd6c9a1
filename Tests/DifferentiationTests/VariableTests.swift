import Differentiation
import Testing

@Suite("Models written in Swift")
struct VariableTests {
  /// A dense network with one hidden layer of tanh: mean square loss over samples.
  private static func loss<S: Arithmetic>(
    _ weights: [S], inputs: [[Double]], targets: [Double], hidden: Int
  ) -> S {
    var total = S.constant(0)
    for (input, target) in zip(inputs, targets) {
      var next = weights[0...]
      func take() -> S { next.removeFirst() }
      var output = take()
      for _ in 0..<hidden {
        var sum = take()
        for x in input { sum = sum + take() * S.constant(x) }
        output = output + take() * sum.tanh()
      }
      total = total + (output - S.constant(target)).squared()
    }
    return total / S.constant(Double(inputs.count))
  }

  @Test("A dense network in a dozen lines: reverse, forward and finite differences agree")
  func network() throws {
    var random = SplitMix(11)
    let (hidden, width) = (5, 3)
    let inputs = (0..<7).map { _ in (0..<width).map { _ in random.uniform(-1, 1) } }
    let targets = (0..<7).map { _ in random.uniform(-1, 1) }
    let weights = (0..<1 + hidden * (width + 2)).map { _ in random.uniform(-1, 1) }
    func value(_ weights: [Double]) -> Double {
      Self.loss(weights, inputs: inputs, targets: targets, hidden: hidden)
    }
    let builder = GraphBuilder()
    let traced = Self.loss(
      weights.enumerated().map { Variable(builder, $0.offset, value: $0.element) },
      inputs: inputs, targets: targets, hidden: hidden)
    #expect(traced.value == value(weights))
    let graph = traced.graph(variableCount: weights.count)
    let (again, gradient) = graph.valueAndGradient(at: weights)
    #expect(again == traced.value)
    for index in weights.indices {
      let dual = Self.loss(
        weights.enumerated().map { Dual($0.element, $0.offset == index ? 1 : 0) },
        inputs: inputs, targets: targets, hidden: hidden)
      #expect(isNear(gradient[index], dual.tangent))
      var (up, down) = (weights, weights)
      up[index] += 1e-5
      down[index] -= 1e-5
      #expect(isNear(gradient[index], (value(up) - value(down)) / 2e-5, 1e-9))
    }
  }

  @Test("Swift's own control flow is differentiated as it ran")
  func control() {
    func program<S: Arithmetic>(_ x: S, _ isPositive: (S) -> Bool) -> S {
      var y = x
      for _ in 0..<3 { y = isPositive(y) ? y * y - S.constant(1) : -y }
      return y
    }
    let builder = GraphBuilder()
    let x = Variable(builder, 0, value: 1.5)
    let y = program(x) { $0.value > 0 }
    let dual = program(Dual(1.5, 1)) { $0.value > 0 }
    #expect(y.value == dual.value)
    let gradient = y.graph(variableCount: 1).valueAndGradient(at: [1.5]).gradient
    #expect(gradient == [dual.tangent])
  }
}
