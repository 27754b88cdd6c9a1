import Lanes
import Models
import Training

/// Gradient descent on f(x) = x sin(x² + 1): runs side by side, and maps with one run a pixel.
let descentBenchmarks: [Benchmark] =
  [1, 8, 64].map(descent)
  + [
    map("xsin", "descent on x sin(x²+1) over start × rate, 500 steps a pixel", functionMap),
    map("network", "descent of an 8-8-1 net on 16 samples, 500 steps a pixel", networkMap),
  ].flatMap { $0 }

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

/// 64 starts by 16 rates between 10⁻² and 10 of a net of eight inputs on sixteen samples of a
/// parity.
private func networkMap() throws -> (sweep: Sweep, rows: [Sweep.Row]) {
  let stream = RandomStream(seed: 3)
  let inputs = 8
  var samples: [[Double]] = []
  for sample in 0..<16 {
    samples.append(
      (0..<inputs).map { stream.uniform(at: UInt64(sample * inputs + $0)) < 0.5 ? -1 : 1 })
  }
  var model = ModelProblem(
    kind: .mlp,
    data: DataSource(
      .inline(inputs: samples, targets: samples.map { [$0.reduce(1, *) > 0 ? 1 : 0] })),
    hidden: [LayerSpec(units: 8, activation: Choice("tanh"))])
  model.loss = Choice("bce")
  let objective = try ObjectiveFactory.objective(.model(model), seed: 1)
  let starts = (0..<64).map { run in
    (0..<objective.parameterCount).map { entry in
      stream.normal(at: UInt64(1_000_000 + run * objective.parameterCount + entry)) / 3
    }
  }
  return (
    try Sweep(objective, steps: 500),
    (0..<16).map { Sweep.Row(rate: rate($0, of: 16, from: 1e-2, to: 10), starts: starts) }
  )
}

/// Number `index` of `count` rates in equal ratios.
private func rate(_ index: Int, of count: Int, from first: Double, to last: Double) -> Double {
  first * Elementary.pow(last / first, Double(index) / Double(count - 1))
}
