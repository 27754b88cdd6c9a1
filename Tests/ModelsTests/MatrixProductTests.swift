import Lanes
import Testing

@testable import Models

@Suite("Products of matrices") struct MatrixProductTests {
  @Test(
    "are chains of fused multiply-adds in rising order, whatever the blocks",
    arguments: [
      (8, 1, 1), (8, 5, 3), (8, 15, 4), (16, 7, 9), (24, 3, 17), (40, 7, 33), (56, 11, 5), (64, 32, 32),
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
}
