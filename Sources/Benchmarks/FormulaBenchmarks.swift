import Differentiation
import Lanes

/// x·sin(x² + 1) and its derivative on a million points: the formula engine beside the kernel
/// written by hand.
let formulaBenchmarks: [Benchmark] = [
  Benchmark(
    "formula.engine", "x sin(x²+1) and its derivative on 1,000,000 points, typed as a formula",
    unit: "points"
  ) { options in
    let kernel = FormulaKernel(try Formula("x sin(x²+1)"), depth: .gradient)
    return onAMillionPoints(options) { x, value, derivative, count in
      kernel.evaluate([x], results: [value, derivative], count: count)
    }
  },
  Benchmark(
    "formula.by_hand", "x sin(x²+1) and its derivative on 1,000,000 points, written by hand",
    unit: "points"
  ) { options in
    onAMillionPoints(options) { x, value, derivative, count in
      HandWrittenKernel.valueAndDerivative(x, value: value, derivative: derivative, count: count)
    }
  },
]

/// Points per second of a function of [−5, 5].
private func onAMillionPoints(
  _ options: Benchmark.Options,
  _ function: (
    UnsafePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, Int
  ) -> Void
) -> Double {
  let count = 1_000_000
  let x = Vector((0..<count).map { 10 * Double($0) / Double(count - 1) - 5 })
  var value = Vector(zeros: count)
  var derivative = Vector(zeros: count)
  return x.withUnsafePointer { x in
    value.withUnsafeMutablePointer { value in
      derivative.withUnsafeMutablePointer { derivative in
        Stopwatch(seconds: options.seconds).rate(units: Double(count)) {
          function(x, value, derivative, count)
        }
      }
    }
  }
}
