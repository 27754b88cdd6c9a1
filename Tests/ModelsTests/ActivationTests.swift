import Lanes
import Testing

@testable import Models

@Suite struct ActivationTests {
  static let grid = (0..<161).map { -8 + 0.1 * Double($0) + 0.013 }

  @Test(
    "derivative and curvature are the differences of value and derivative",
    arguments: Activation.all.names)
  func derivatives(name: String) throws {
    let activation = try #require(Activation.all[name])
    let h = 1e-4
    let here = activation.table(Self.grid)
    let ahead = activation.table(Self.grid.map { $0 + h })
    let behind = activation.table(Self.grid.map { $0 - h })
    for i in Self.grid.indices {
      #expect(abs(here[i].derivative - (ahead[i].value - behind[i].value) / (2 * h)) < 1e-7)
      #expect(
        abs(here[i].curvature - (ahead[i].derivative - behind[i].derivative) / (2 * h)) < 1e-6)
    }
  }

  @Test("the stated conditions are those of the values", arguments: Activation.all.names)
  func conditions(name: String) throws {
    let activation = try #require(Activation.all[name])
    let values = activation.table(Self.grid).map(\.value)
    let pairs = Array(zip(values, values.dropFirst()))
    #expect(activation.conditions.monotone == pairs.allSatisfy { $0 <= $1 })
    #expect(activation.conditions.strictlyMonotone == pairs.allSatisfy { $0 < $1 })
    let far = activation.table([-1e6, 1e6]).map { abs($0.value) }
    #expect(activation.conditions.bounded == far.allSatisfy { $0 < 100 })
    #expect(activation.conditions.nonConstant == (Set(values).count > 1))
    let jumps = activation.table([-1e-9, 1e-9]).map(\.value)
    #expect(activation.conditions.continuous == (abs(jumps[1] - jumps[0]) < 1e-6))
  }

  @Test(
    "nothing but NaN comes of NaN, and a value's lane has no neighbours",
    arguments: Activation.all.names)
  func lanes(name: String) throws {
    let activation = try #require(Activation.all[name])
    #expect(activation.table([.nan])[0].value.isNaN)
    let alone = activation.table([0.7])[0]
    let crowd = activation.table([.nan, .infinity, -1e300, 0.7, 5, 6, 7, 8, 9])[3]
    #expect(alone.value == crowd.value && alone.derivative == crowd.derivative)
    #expect(alone.curvature == crowd.curvature)
  }

  @Test("edges are as documented")
  func edges() throws {
    let step = try #require(Activation.all["step"]).table([-1e-300, 0, -0.0, 2])
    #expect(step.map(\.value) == [0, 1, 1, 1])
    #expect(step.allSatisfy { $0.derivative == 0 })
    #expect(try #require(Activation.all["relu"]).table([0])[0].derivative == 0)
    let leaky = try #require(Activation.all["leaky_relu"])
    #expect(leaky.table([-2], setting: 0.5)[0].value == -1)
    #expect(leaky.table([-2], setting: 0.5)[0].derivative == 0.5)
    let elu = try #require(Activation.all["elu"]).table([-1e6], setting: 2)[0]
    #expect(elu.value == -2 && elu.derivative == 0)
    let plus = try #require(Activation.all["softplus"]).table([-1e4, 1e4])
    #expect(plus[0].value == 0 && plus[1].value == 1e4)
    let gelu = try #require(Activation.all["gelu"]).table([-40, 40])
    #expect(gelu[0].value == 0 && gelu[1].value == 40)
  }
}
