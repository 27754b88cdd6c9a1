import Lanes
import Models

@testable import Training

/// A function by closures: value and gradient of a few variables.
struct PlainFunction: Objective {
  var names: [String]
  var value: @Sendable ([Double]) -> Double
  var derivatives: @Sendable ([Double]) -> [Double]
  var parameterCount: Int { names.count }
  var layout: ParameterLayout { ParameterLayout(variables: names) }
  var sampleCount: Int { 0 }
  var testCount: Int { 0 }

  func scratchCount(batch: Int) -> Int { 8 }

  private func point(_ parameters: UnsafePointer<Double>) -> [Double] {
    Array(UnsafeBufferPointer(start: parameters, count: parameterCount))
  }

  func lossAndGradient(
    at parameters: UnsafePointer<Double>, batch: Batch, gradient: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    for (index, derivative) in derivatives(point(parameters)).enumerated() {
      gradient[index] = derivative
    }
    return value(point(parameters))
  }

  func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double { value(point(parameters)) }

  func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? { nil }
}

/// Snapshots made by hand.
enum Specimens {
  /// An empty snapshot of a problem at a place.
  static func snapshot(
    _ experiment: Experiment, _ objective: any Objective, at parameters: [Double]
  ) -> Snapshot {
    let loss = objective.lossAndGradient(parameters).loss
    return Snapshot(
      experiment: experiment, original: experiment, objective: objective, step: 0, epoch: 0,
      parameters: parameters,
      loss: loss, testLoss: nil, accuracy: nil, testAccuracy: nil, gradient: [],
      learningRate: 0.01, baseRate: 0.01, optimizerState: [], lastBatch: [], history: History(),
      trajectory: Trajectory(), changes: [], status: .paused, stepsPerSecond: 0, generation: 0)
  }

  /// Plain gradient descent by hand, with its history and trajectory.
  static func descent(
    _ experiment: Experiment, _ objective: any Objective, from start: [Double], rate: Double,
    steps: Int
  ) -> Snapshot {
    var snapshot = snapshot(experiment, objective, at: start)
    var parameters = start
    var series = History.Series(metric: .train, firstStep: 0, width: 1, buckets: [])
    snapshot.trajectory.dimension = start.count
    for step in 0...steps {
      let (loss, gradient) = objective.lossAndGradient(parameters)
      series.buckets.append(History.Bucket(low: loss, high: loss, last: loss))
      snapshot.trajectory.points += parameters
      snapshot.trajectory.steps.append(step)
      snapshot.parameters = parameters
      snapshot.loss = loss
      snapshot.gradient = gradient
      snapshot.step = step
      snapshot.epoch = step
      for index in parameters.indices { parameters[index] -= rate * gradient[index] }
    }
    snapshot.learningRate = rate
    snapshot.baseRate = rate
    snapshot.history.series = [series]
    return snapshot
  }
}

extension Objective {
  func lossAndGradient(_ parameters: [Double]) -> (loss: Double, gradient: [Double]) {
    Evaluator(self).lossAndGradient(at: parameters)
  }
}
