import Lanes
import Models

/// Products of layer-sized matrices: batch × units × inputs.
let matrixBenchmarks: [Benchmark] = [
  product(64, 32, 32), product(64, 64, 64), product(128, 64, 64), product(256, 64, 64),
  product(512, 32, 32), product(512, 64, 64), product(64, 128, 128),
  product(512, 128, 128),
]

private func product(_ batch: Int, _ units: Int, _ depth: Int) -> Benchmark {
  Benchmark(
    "gemm.\(batch)x\(units)x\(depth)", "a layer of \(units) units on \(batch) samples of \(depth)",
    unit: "flop", flopsPerUnit: 1
  ) { options in
    let stream = RandomStream(seed: 2)
    let weights = Vector((0..<units * depth).map { stream.normal(at: UInt64($0)) })
    let inputs = Vector((0..<depth * batch).map { stream.normal(at: UInt64(1_000_000 + $0)) })
    var outputs = Vector(zeros: units * batch)
    return weights.withUnsafePointer { w in
      inputs.withUnsafePointer { x in
        outputs.withUnsafeMutablePointer { y in
          // Short timings: a neighbour on the same core should spoil single ones, not all.
          let flops = 2 * batch * units * depth
          let rounds = max(1, 4_000_000 / flops)
          return Stopwatch(seconds: options.seconds).rate(units: Double(rounds * flops)) {
            for _ in 0..<rounds {
              MatrixProduct.multiply(
                weights: w, inputs: x, into: y, units: units, depth: depth, samples: batch)
            }
          }
        }
      }
    }
  }
}
