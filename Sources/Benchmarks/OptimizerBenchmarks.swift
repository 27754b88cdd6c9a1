import Lanes
import Optimization
import Training

/// Training steps a second by each optimizer, Adam first: what a step costs beside Adam's.
///
/// Batches of ten on a small net, where the optimizer's work counts, and of 64 on digits. Rules
/// that look at all second derivatives are timed on the small net alone.
let optimizerBenchmarks: [Benchmark] = {
  let chosen =
    ["adam"] + Optimizer.catalogue.names.filter { $0 != "adam" }
  return [("spiral", false), ("digits", true)].flatMap { workload, isLarge in
    chosen.filter { !isLarge || $0 != Optimizer.newton.name }.map { name -> Benchmark in
      var experiment = isLarge ? digits() : spiral()
      experiment.batching = .sequential(size: isLarge ? 64 : 10)
      experiment.optimizer = Choice(name)
      // Small enough for all of them to go on for as long as is timed.
      experiment.learningRate = .value(1e-4)
      return trainingBenchmark(
        name: "optimizer.\(workload).\(name)", summary: "\(workload) by \(name)",
        experiment: experiment)
    }
  }
}()
