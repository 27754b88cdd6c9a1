import Lanes
import Testing

@testable import Models

@Suite("Products of matrices") struct MatrixProductTests {
  @Test(
    "are chains of fused multiply-adds in rising order, whatever the blocks",
    arguments: [
      (8, 1, 1), (8, 5, 3), (8, 15, 4), (16, 7, 9), (24, 3, 17), (40, 7, 33), (56, 11, 5),
      (64, 32, 32),
      (256, 6, 200), (512, 3, 129), (768, 5, 128),
    ])
  func chains(_ samples: Int, _ units: Int, _ depth: Int) {
    let stream = RandomStream(seed: 4)
    let weights = Vector((0..<units * depth).map { stream.normal(at: UInt64($0)) })
    let row = MatrixProduct.stride(samples: samples)
    let inputs = Vector((0..<depth * row).map { stream.normal(at: UInt64(100_000 + $0)) })
    var outputs = Vector((0..<units * row).map { _ in Double.nan })
    weights.withUnsafePointer { w in
      inputs.withUnsafePointer { x in
        outputs.withUnsafeMutablePointer { y in
          MatrixProduct.multiply(
            weights: w, inputs: x, into: y, units: units, depth: depth, samples: samples)
        }
      }
    }
    for unit in 0..<units {
      for sample in 0..<samples {
        let sum = (0..<depth).reduce(0.0) {
          $0.addingProduct(weights[unit * depth + $1], inputs[$1 * row + sample])
        }
        #expect(outputs[unit * row + sample] == sum, "unit \(unit), sample \(sample)")
      }
    }
  }

  @Test("finish their sums as the rectifier and its gradient do", arguments: [1, 2, 3, 5, 8, 11])
  func finishes(lanes: Int) {
    let units = 15
    let depth = 3
    let stream = RandomStream(seed: 5)
    let size = lanes * 8
    let weights = Vector((0..<units * depth).map { stream.normal(at: UInt64($0)) })
    var inputs = Vector((0..<depth * size).map { stream.normal(at: UInt64(100_000 + $0)) })
    inputs[1] = .nan
    inputs[2] = 0
    inputs[size + 2] = 0
    inputs[2 * size + 2] = 0
    var gates = Vector((0..<units * size).map { stream.normal(at: UInt64(200_000 + $0)) })
    gates[3] = 0
    gates[4] = .nan
    func product(_ finish: (UnsafePointer<Lanes>) -> Multiply.Finish) -> Vector {
      var outputs = Vector((0..<units * size).map { stream.normal(at: UInt64(300_000 + $0)) })
      // Zeros times negative weights leave it.
      for unit in 0..<units { outputs[unit * size + 2] = -0.0 }
      weights.withUnsafePointer { w in
        inputs.withUnsafePointer { x in
          gates.withUnsafePointer { gates in
            outputs.withUnsafeMutablePointer { c in
              Multiply.rows(
                Rows.lanes(c), lanes, units: units, lanes: lanes, w, unit: depth, step: 1,
                Rows.lanes(x), lanes, depth: depth, start: .sum, bias: w,
                finish: finish(Rows.lanes(gates)))
            }
          }
        }
      }
      return outputs
    }
    func bits(_ x: Vector) -> [UInt64] { x.values.map(\.bitPattern) }
    let plain = product { _ in .plain }
    #expect(plain.values.contains { $0 == 0 && $0.sign == .minus })
    let rectified = plain.values.map { $0 <= 0 ? 0 : $0 }
    #expect(bits(product { _ in .relu }) == rectified.map(\.bitPattern))
    let gated = zip(plain.values, gates.values).map { $1 <= 0 ? 0 : $0 }
    #expect(bits(product { .gated($0, stride: lanes) }) == gated.map(\.bitPattern))
    #expect(rectified[1].isNaN && plain[4] == gated[4])
  }
}
