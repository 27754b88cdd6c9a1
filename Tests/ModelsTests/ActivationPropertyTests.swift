import Lanes
import Testing

@testable import Models

@Suite("What activations say of themselves")
struct ActivationPropertyTests {
  static let places: [Double] = (-4000...4000).map { Double($0) / 100 } + [-1e6, 1e6]

  @Test("values stay in the range that is declared, and reach its finite ends")
  func range() {
    for activation in Activation.all.entries {
      let values = activation.table(Self.places).map(\.value)
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      #expect(low >= activation.range.lowerBound - 1e-15, "\(activation.name)")
      #expect(high <= activation.range.upperBound + 1e-15, "\(activation.name)")
      if activation.range.lowerBound.isFinite {
        #expect(low < activation.range.lowerBound + 1e-4, "\(activation.name)")
      }
      if activation.range.upperBound.isFinite {
        #expect(high > activation.range.upperBound - 1e-4, "\(activation.name)")
      }
      let isBounded =
        activation.range.lowerBound.isFinite && activation.range.upperBound.isFinite
      #expect(isBounded == activation.conditions.bounded, "\(activation.name)")
    }
  }

  @Test("rectifiers follow z far above 0 and stay near 0 beside it far below")
  func rectifiers() {
    for activation in Activation.all.entries {
      let far = activation.table([30, -30]).map(\.value)
      let follows = abs(far[0] - 30) < 1e-9 && abs(far[1]) <= 1 && activation.name != "identity"
      #expect(activation.isRectifier == follows, "\(activation.name)")
      #expect(
        activation.usualInitializer.name == (follows ? "he_normal" : "glorot_uniform"),
        "\(activation.name)")
    }
  }
}
