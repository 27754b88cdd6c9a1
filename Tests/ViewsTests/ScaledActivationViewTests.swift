import Lanes
import Models
import Terminal
import Testing
import Training
import Views

@Suite("The scaled activation on the screen")
struct ScaledActivationViewTests {
  @Test("c₁ f(c₂x + c₃) + c₄ meets the reference, and the net that it is read from")
  func reference() throws {
    let snapshot = Specimens.scaled()
    let scaled = try #require(ScaledActivation(snapshot.objective))
    let values = scaled.curve([2, -3, 0.5, -1], at: [-1, 0, 0.5, 2])
    let expected = [
      0.9413755384972873, 0.2449186624037092, -0.4621171572600098, -0.9918597245682077,
    ]
    for (value, wanted) in zip(values, expected) { #expect(abs(value - wanted) < 1e-14) }
    let own = scaled.curve(
      try #require(scaled.values(of: snapshot.parameters)), at: [-2, -0.3, 1.7])
    let network = try #require(snapshot.objective as? DenseNetwork)
    let answers = NetworkProbe.predictions(
      network, parameters: snapshot.parameters, PreparedInputs(network, points: [[-2, -0.3, 1.7]]))
    for (a, b) in zip(own, answers[0]) { #expect(abs(a - b) < 1e-14) }
  }

  @Test("Other nets are no scaled activations")
  func others() throws {
    for kind in ["xor", "sine", "line", "sliding", "spiral"] {
      #expect(ScaledActivation(try #require(Specimens.zoo[kind]).objective) == nil, "\(kind)")
    }
  }

  @Test("Each number has its own place among the parameters")
  func places() throws {
    let scaled = try #require(ScaledActivation(Specimens.scaled().objective))
    for (index, constant) in scaled.constants.enumerated() {
      var changed = [1.0, 2, 3, 4]
      changed[constant.index] = 9
      let values = try #require(scaled.values(of: changed))
      #expect(values[index] == 9 && values.count { $0 == 9 } == 1)
    }
    #expect(scaled.values(of: [1, 2]) == nil)
  }
}
