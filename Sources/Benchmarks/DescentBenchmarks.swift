import Lanes
import Models
import Training

/// Gradient descent on f(x) = x sin(x² + 1): runs side by side, and maps with one run a pixel.
let descentBenchmarks: [Benchmark] =
  [1, 8, 64].map(descent)
  + map("xsin", "descent on x sin(x²+1) over start × rate, 500 steps a pixel", functionMap)

/// Steps of all of `count` runs a second, at a rate of 0.01 from starts between −2 and 2.
private func descent(_ count: Int) -> Benchmark {
  let runs = count == 1 ? "one run" : "\(count) runs side by side"
  return Benchmark(
    "descent.\(count)", "gradient descent on x sin(x²+1), \(runs)", unit: "steps"
  ) { options in
    let steps = 2000
    let starts = (0..<count).map { [-2 + 4 * Double($0) / Double(max(count - 1, 1))] }
    let sweep = try Sweep(try xsin(), steps: steps)
    let rows = [Sweep.Row(rate: 0.01, starts: starts)]
    return try Stopwatch(seconds: options.seconds).rate(units: Double(count * steps)) {
      let ends = try sweep.run(rows)[0]
      // Reading the result keeps the compiler from leaving the work out.
      precondition(ends.losses.count == count, "\(ends.losses.count) of \(count) runs")
    }
  }
}

/// A map on one thread, and on as many as are allowed.
private func map(
  _ name: String, _ summary: String,
  _ make: @escaping @Sendable () throws -> (sweep: Sweep, rows: [Sweep.Row])
) -> [Benchmark] {
  func row(_ suffix: String, _ remark: String, _ threads: @escaping @Sendable (Int) -> Int)
    -> Benchmark
  {
    Benchmark("map.\(name)\(suffix)", "\(summary), \(remark)", unit: "pixels") { options in
      let (sweep, rows) = try make()
      let pixels = rows.reduce(0) { $0 + $1.starts.count }
      return try Stopwatch(seconds: options.seconds).rate(units: Double(pixels)) {
        let outcomes = try sweep.run(rows, threads: threads(options.threads))
        precondition(outcomes.count == rows.count, "\(outcomes.count) of \(rows.count) rows")
      }
    }
  }
  return [
    row("", "on one thread", { _ in 1 }), row(".threaded", "on --threads threads", { $0 }),
  ]
}

private func xsin() throws -> any Objective {
  try ObjectiveFactory.objective(
    .function(FunctionProblem(landscape: Choice("xsin"))), seed: 1)
}

/// 64 starts between −5 and 5 by 64 rates between 10⁻³ and 10⁻¹.
private func functionMap() throws -> (sweep: Sweep, rows: [Sweep.Row]) {
  let side = 64
  let starts = (0..<side).map { [-5 + 10 * Double($0) / Double(side - 1)] }
  return (
    try Sweep(try xsin(), steps: 500),
    (0..<side).map { Sweep.Row(rate: rate($0, of: side, from: 1e-3, to: 1e-1), starts: starts) }
  )
}

/// Number `index` of `count` rates in equal ratios.
private func rate(_ index: Int, of count: Int, from first: Double, to last: Double) -> Double {
  first * Elementary.pow(last / first, Double(index) / Double(count - 1))
}
