import Lanes
import Testing

@testable import Models

/// A network on random samples, for property tests.
struct RandomNet {
  let network: DenseNetwork
  let parameters: [Double]

  init(
    seed: UInt64, inputs: Int = 3, samples: Int = 13, hidden: [Int] = [4, 3], activation: Choice,
    loss: Choice, output: Choice? = nil, classes: Int? = 2, averages: Bool = true, l1: Double = 0,
    l2: Double = 0
  ) throws {
    let stream = RandomStream(seed: seed, stream: 77)
    let values = (0..<samples * inputs).map { stream.normal(at: UInt64($0)) }
    let targets = (0..<samples).map { s -> Double in
      guard let classes else { return stream.normal(at: UInt64(100_000 + s)) }
      return Double(s < classes ? s : stream.below(classes, at: UInt64(100_000 + s)))
    }
    var plan = NetworkPlan(
      .network,
      train: Samples(
        inputCount: inputs, inputs: values, targets: targets, classCount: classes), loss: loss)
    plan.hidden = hidden.map { .init(units: $0, activation: activation) }
    plan.output = output
    plan.averages = averages
    plan.l1 = l1
    plan.l2 = l2
    network = try DenseNetwork(plan)
    parameters = (0..<network.parameterCount).map {
      0.7 * stream.normal(at: UInt64(200_000 + $0))
    }
  }
}

/// The gradient along one parameter by differences of second order at two widths, extrapolated
/// (error of order h⁴).
func numericDerivative(_ objective: some Objective, _ parameters: [Double], _ index: Int) -> Double
{
  func difference(_ h: Double) -> Double {
    var ahead = parameters
    var behind = parameters
    ahead[index] += h
    behind[index] -= h
    return (objective.loss(at: ahead) - objective.loss(at: behind)) / (2 * h)
  }
  return (4 * difference(5e-4) - difference(1e-3)) / 3
}

/// Loss and gradient of a batch, on scratch that holds `filling` before.
func evaluate(
  _ network: DenseNetwork, _ parameters: [Double], rows: [Int]?, filling: Double = 0
) -> (loss: Double, gradient: Vector) {
  let point = Vector(parameters)
  var gradient = Vector(zeros: network.parameterCount)
  for i in 0..<network.parameterCount { gradient[i] = filling }
  let count = network.scratchCount(batch: rows?.count ?? network.sampleCount)
  var scratch = Vector(zeros: count)
  for i in 0..<count { scratch[i] = filling }
  let numbers = rows?.map { Int32($0) } ?? []
  let loss = point.withUnsafePointer { at in
    gradient.withUnsafeMutablePointer { gradient in
      scratch.withUnsafeMutablePointer { scratch in
        numbers.withUnsafeBufferPointer { numbers in
          network.lossAndGradient(
            at: at, batch: rows == nil ? .all : .rows(numbers), gradient: gradient,
            scratch: scratch)
        }
      }
    }
  }
  return (loss, gradient)
}
