import Lanes

/// Elementary functions over rows of 4,096 elements, which stay in the first-level cache.
let elementaryBenchmarks: [Benchmark] = [
  elementary("exp", over: -4...4) { Elementary.exp($0, $1, count: $2) },
  elementary("log", over: 0.001...4) { Elementary.log($0, $1, count: $2) },
  elementary("sin", over: -4...4) { Elementary.sin($0, $1, count: $2) },
  elementary("cos", over: -4...4) { Elementary.cos($0, $1, count: $2) },
  elementary("tanh", over: -4...4) { Elementary.tanh($0, $1, count: $2) },
  elementary("sigmoid", over: -4...4) { Elementary.sigmoid($0, $1, count: $2) },
  elementary("softplus", over: -4...4) { Elementary.softplus($0, $1, count: $2) },
  elementary("sqrt", over: 0...4) { Elementary.sqrt($0, $1, count: $2) },
]

/// A benchmark of a row function on numbers spread over `range`.
private func elementary(
  _ name: String, over range: ClosedRange<Double>,
  _ function: @escaping @Sendable (UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Void
) -> Benchmark {
  Benchmark("elementary.\(name)", "\(name) of rows of 4,096 numbers", unit: "elements") { options in
    let count = 4096
    let stream = RandomStream(seed: 1)
    let width = range.upperBound - range.lowerBound
    let x = Vector((0..<count).map { range.lowerBound + width * stream.uniform(at: UInt64($0)) })
    var y = Vector(zeros: count)
    return x.withUnsafePointer { input in
      y.withUnsafeMutablePointer { output in
        Stopwatch(seconds: options.seconds).rate(units: Double(50 * count)) {
          for _ in 0..<50 { function(input, output, count) }
        }
      }
    }
  }
}
