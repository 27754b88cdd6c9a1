import Testing

@testable import Models

@Suite("Standardized inputs")
struct StandardizationTests {
  static func standardized(_ values: [Double]) -> [Double] {
    let samples = Samples(
      inputCount: 1, inputs: values, targets: values.map { _ in 0 })
    let scaling = Standardization(samples)
    return values.map { scaling.apply($0, input: 0) }
  }

  @Test(
    "A constant input becomes 0, whatever its number",
    arguments: [0.1, 1.0 / 3, 1e-300, 1e300, -0.7, 0, 5e-324, 1.7e308], [1, 3, 7, 1000])
  func constant(value: Double, count: Int) {
    #expect(Self.standardized(Array(repeating: value, count: count)).allSatisfy { $0 == 0 })
  }

  @Test(
    "Mean 0 and deviation 1 over all magnitudes that a double has",
    arguments: [1e-310, 1e-200, 1e-150, 1e-8, 1, 1e8, 1e160, 1e300, 1.7e308])
  func magnitudes(unit: Double) {
    let values = Self.standardized([-1, -0.5, 0, 0.25, 1].map { $0 * unit })
    let mean = values.reduce(0, +) / 5
    let variance = values.reduce(0) { $0 + $1 * $1 } / 5
    #expect(abs(mean) < 1e-9 && abs(variance - 1) < 1e-9, "\(values)")
  }
}
