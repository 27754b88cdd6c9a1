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
    let row = MatrixProduct.stride(samples: batch)
    let matrices = Matrices([units * depth, depth * row, units * row])
    defer { matrices.deallocate() }
    let (weights, inputs, outputs) = (matrices[0], matrices[1], matrices[2])
    for i in 0..<units * depth { weights[i] = stream.normal(at: UInt64(i)) }
    for i in 0..<depth * row { inputs[i] = stream.normal(at: UInt64(1_000_000 + i)) }
    // Short timings: a neighbour on the same core should spoil single ones, not all.
    let flops = 2 * batch * units * depth
    let rounds = max(1, 4_000_000 / flops)
    return Stopwatch(seconds: options.seconds).rate(units: Double(rounds * flops)) {
      for _ in 0..<rounds {
        MatrixProduct.multiply(
          weights: weights, inputs: inputs, into: outputs, units: units, depth: depth,
          samples: batch)
      }
    }
  }
}

/// Matrices one after the other, each 64-byte aligned as the scratch of training is.
private struct Matrices {
  private let memory: UnsafeMutableRawPointer
  private let starts: [Int]

  init(_ sizes: [Int]) {
    var end = 0
    starts = sizes.map { size in
      defer { end += (size * 8 + 63) & ~63 }
      return end
    }
    memory = .allocate(byteCount: end, alignment: 64)
  }

  subscript(number: Int) -> UnsafeMutablePointer<Double> {
    (memory + starts[number]).assumingMemoryBound(to: Double.self)
  }

  func deallocate() { memory.deallocate() }
}
