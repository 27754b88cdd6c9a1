import Lanes
import Testing

@testable import Models

/// Gradients of the other kinds of networks against differences of their losses.
@Suite struct KindGradientTests {
  /// Objectives of each kind with random parameters, small enough to walk through every gradient.
  static let specimens: [String: (any Objective, [Double])] = {
    func normals(_ count: Int, _ first: Int, scale: Double = 1) -> [Double] {
      let stream = RandomStream(seed: 11, stream: 78)
      return (0..<count).map { scale * stream.normal(at: UInt64(first + $0)) }
    }
    func bits(_ count: Int, _ first: Int) -> [Double] {
      normals(count, first).map { $0 > 0 ? 1 : 0 }
    }
    var all: [String: any Objective] = [:]
    let images = Samples(
      inputCount: 25, inputs: normals(100, 0), targets: [0, 2, 1, 2], classCount: 3)
    for (name, stride, padding, flipped, pool) in [
      ("convolutional", 1, 0, false, 2), ("convolutional, stride and padding", 2, 1, false, 1),
      ("convolutional, true convolution", 1, 1, true, 2),
    ] {
      all[name] = ConvolutionalNetwork(
        convolution: Convolution(
          height: 5, width: 5, kernel: 3, stride: stride, padding: padding, flipped: flipped),
        kernels: 2, pool: pool, classes: 3, train: images, test: images.selecting([]))
    }
    let sequences = normals(30, 1000)
    let told = Samples(
      inputCount: 6, inputs: sequences, targets: [0, 1, 1, 0, 1], classCount: 2)
    all["recurrent, last bit"] = RecurrentNetwork(
      elementCount: 2, length: 3, units: 4, answer: .lastBit, train: told, test: told)
    let traced = Samples(
      inputCount: 6, targetCount: 6, inputs: sequences, targets: normals(30, 2000))
    all["recurrent, every value"] = RecurrentNetwork(
      elementCount: 1, length: 6, units: 3, answer: .everyValue, train: traced, test: traced)
    let surface = Samples(inputCount: 2, inputs: normals(16, 3000), targets: normals(8, 3100))
    for learns in [false, true] {
      all["radial basis\(learns ? ", bumps learned" : "")"] = RadialBasisNetwork(
        centers: [[0, 0], [0.5, -1], [-1, 0.3]], gamma: 0.7, hasBias: true, learnsBumps: learns,
        train: surface, test: surface)
    }
    let patterns = Samples(inputCount: 4, inputs: bits(20, 4000), targets: bits(5, 4100))
    all["restricted Boltzmann"] = BoltzmannMachine(hidden: 3, train: patterns)
    all["deep Boltzmann"] = BoltzmannMachine(hidden: 3, top: 2, train: patterns)
    // Fewer states than a vector has lanes, and several vectors of them; more patterns than a
    // chunk.
    let many = Samples(inputCount: 3, inputs: bits(210, 6000), targets: bits(70, 6300))
    for hidden in [1, 2, 5] {
      all["restricted Boltzmann, \(hidden) hidden"] = BoltzmannMachine(hidden: hidden, train: many)
      all["deep Boltzmann, \(hidden) hidden"] = BoltzmannMachine(
        hidden: hidden, top: 2, train: many)
    }
    return all.mapValues { ($0, normals($0.parameterCount, 5000, scale: 0.6)) }
  }()

  @Test("the gradient is made of the differences of the loss", arguments: specimens.keys.sorted())
  func gradients(name: String) throws {
    let (objective, parameters) = try #require(Self.specimens[name])
    #expect(objective.parameterNames.count == objective.parameterCount)
    #expect(Set(objective.parameterNames).count == objective.parameterCount)
    let (value, gradient) = objective.lossAndGradient(at: parameters)
    #expect(abs(value - objective.loss(at: parameters)) <= 1e-14 * max(1, abs(value)))
    for i in parameters.indices {
      let derivative = numericDerivative(objective, parameters, i)
      #expect(
        abs(gradient[i] - derivative) <= 1e-8 * max(1, abs(derivative)),
        "\(objective.parameterNames[i])")
    }
  }

  @Test("mini-batches that part the samples have the whole gradient as their weighted mean")
  func batches() throws {
    for (name, (objective, parameters)) in Self.specimens {
      let count = objective.sampleCount
      var mean = [Double](repeating: 0, count: objective.parameterCount)
      for rows in [Array(0..<2), Array(2..<count)] {
        let numbers = rows.map { Int32($0) }
        var gradient = Vector(zeros: objective.parameterCount)
        var scratch = Vector(zeros: objective.scratchCount(batch: rows.count))
        Vector(parameters).withUnsafePointer { at in
          gradient.withUnsafeMutablePointer { gradients in
            scratch.withUnsafeMutablePointer { space in
              numbers.withUnsafeBufferPointer {
                _ = objective.lossAndGradient(
                  at: at, batch: .rows($0), gradient: gradients, scratch: space)
              }
            }
          }
        }
        let share = Double(rows.count) / Double(count)
        for i in mean.indices { mean[i] += share * gradient[i] }
      }
      let whole = objective.lossAndGradient(at: parameters).gradient
      for (a, b) in zip(mean, whole) { #expect(abs(a - b) <= 1e-12 * max(1, abs(b)), "\(name)") }
    }
  }

  @Test("contrastive divergence replays by its draw, and over long chains means the exact gradient")
  func contrast() throws {
    let patterns = Samples(
      inputCount: 3, inputs: [1, 0, 1, 1, 1, 1], targets: [0, 0])
    let exact = BoltzmannMachine(hidden: 2, train: patterns)
    let sampled = BoltzmannMachine(
      hidden: 2, rule: .contrastiveDivergence(steps: 30, seed: 3), train: patterns)
    let point = Vector([0.5, -0.4, 0.3, 0.8, -0.6, 0.2, 0.1, -0.3, 0.4, 0.2, -0.5])
    func gradient(_ draw: UInt64) -> [Double] {
      var gradients = Vector(zeros: sampled.parameterCount)
      var scratch = Vector(zeros: sampled.scratchCount(batch: 2))
      point.withUnsafePointer { at in
        gradients.withUnsafeMutablePointer { gradients in
          scratch.withUnsafeMutablePointer {
            _ = sampled.lossAndGradient(
              at: at, batch: .all, draw: draw, gradient: gradients, scratch: $0)
          }
        }
      }
      return gradients.values
    }
    #expect(gradient(7) == gradient(7))
    #expect(gradient(7) != gradient(8))
    let draws = 4000
    var mean = [Double](repeating: 0, count: sampled.parameterCount)
    for draw in 0..<draws {
      for (i, gradient) in gradient(UInt64(draw)).enumerated() {
        mean[i] += gradient / Double(draws)
      }
    }
    // Two chains a draw, each of a number between 0 and 1: the mean's deviation is at most
    // 0.5/√8000 = 0.0056.
    let wanted = exact.lossAndGradient(at: point.values).gradient
    for (a, b) in zip(mean, wanted) { #expect(abs(a - b) < 5 * 0.0056) }
  }
}
