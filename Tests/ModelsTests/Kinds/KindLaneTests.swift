import Lanes
import Testing

@testable import Models

/// Networks of other kinds take samples in lanes: no sample may notice its neighbours.
@Suite struct KindLaneTests {
  /// Objectives on 150 samples, so that there are whole chunks, whole lane blocks, and a rest.
  static let specimens: [String: (any Objective, [Double])] = {
    let stream = RandomStream(seed: 12, stream: 78)
    func normals(_ count: Int, _ first: Int) -> [Double] {
      (0..<count).map { stream.normal(at: UInt64(first + $0)) }
    }
    let count = 150
    let bits = normals(count * 6, 0).map { $0 > 0 ? 1.0 : 0 }
    let classes = (0..<count).map { Double($0 * 7 % 3) }
    let none: [Int] = []
    var all: [String: any Objective] = [:]
    let images = Samples(
      inputCount: 36, inputs: normals(count * 36, 1000), targets: classes, classCount: 3)
    for (name, stride, padding, pool) in [
      ("convolutional", 1, 0, 2), ("convolutional, padded", 1, 1, 4),
      ("convolutional, in strides", 2, 1, 2), ("convolutional, not pooled", 1, 0, 1),
    ] {
      all[name] = ConvolutionalNetwork(
        convolution: Convolution(
          height: 6, width: 6, kernel: 3, stride: stride, padding: padding),
        kernels: 3, pool: pool, classes: 3, train: images, test: images.selecting(none))
    }
    // More kernels than a block of registers, and wider ones; pixels that no window covers.
    all["convolutional, wide"] = ConvolutionalNetwork(
      convolution: Convolution(height: 6, width: 6, kernel: 4, padding: 2, flipped: true),
      kernels: 6, pool: 2, classes: 3, train: images, test: images.selecting(none))
    let told = Samples(
      inputCount: 6, inputs: normals(count * 6, 9000), targets: Array(bits[..<count]))
    for element in [1, 2, 3] {
      all["recurrent, elements of \(element)"] = RecurrentNetwork(
        elementCount: element, length: 6 / element, units: 5, answer: .lastBit, train: told,
        test: told.selecting(none))
    }
    let traced = Samples(
      inputCount: 6, targetCount: 6, inputs: told.inputs, targets: normals(count * 6, 20_000))
    all["recurrent, every value"] = RecurrentNetwork(
      elementCount: 1, length: 6, units: 4, answer: .everyValue, train: traced,
      test: traced.selecting(none))
    let surface = Samples(
      inputCount: 2, inputs: normals(count * 2, 30_000), targets: normals(count, 40_000))
    for learns in [false, true] {
      all["radial basis\(learns ? ", bumps learned" : "")"] = RadialBasisNetwork(
        centers: [[0, 0], [0.5, -1], [-1, 0.3]], gamma: 0.7, hasBias: learns, learnsBumps: learns,
        train: surface, test: surface.selecting(none))
    }
    return all.mapValues { objective in
      (objective, normals(objective.parameterCount, 50_000).map { 0.5 * $0 })
    }
  }()

  private func gradient(
    _ objective: any Objective, _ parameters: [Double], _ rows: [Int32]
  ) -> (loss: Double, gradient: [Double]) {
    var gradient = Vector(zeros: objective.parameterCount)
    // Whatever stands in scratch must not matter.
    var scratch = Vector(
      [Double](repeating: .nan, count: objective.scratchCount(batch: rows.count)))
    let loss = Vector(parameters).withUnsafePointer { at in
      gradient.withUnsafeMutablePointer { gradients in
        scratch.withUnsafeMutablePointer { space in
          rows.withUnsafeBufferPointer {
            objective.lossAndGradient(
              at: at, batch: .rows($0), gradient: gradients, scratch: space)
          }
        }
      }
    }
    return (loss, gradient.values)
  }

  @Test(
    "a batch of any size is the mean of its samples taken one by one",
    arguments: specimens.keys.sorted())
  func batches(name: String) throws {
    let (objective, parameters) = try #require(Self.specimens[name])
    let singles = (0..<Int32(objective.sampleCount)).map { gradient(objective, parameters, [$0]) }
    for size in [1, 2, 7, 8, 9, 20, 63, 64, 65, 130] {
      // Side by side, and scattered.
      for (first, step) in [(16, 1), (3, 11)] {
        let rows = (0..<size).map { Int32((first + $0 * step) % objective.sampleCount) }
        let together = gradient(objective, parameters, rows)
        let count = Double(size)
        let loss = rows.reduce(0) { $0 + singles[Int($1)].loss } / count
        #expect(abs(together.loss - loss) <= 1e-13 * max(1, abs(loss)), "\(name), \(size)")
        for i in parameters.indices {
          let mean = rows.reduce(0) { $0 + singles[Int($1)].gradient[i] } / count
          #expect(
            abs(together.gradient[i] - mean) <= 1e-13 * max(1, abs(mean)), "\(name), \(size), \(i)")
        }
      }
    }
  }

  @Test(
    "all samples at once give the bits of all samples by number", arguments: specimens.keys.sorted()
  )
  func whole(name: String) throws {
    let (objective, parameters) = try #require(Self.specimens[name])
    let numbered = gradient(objective, parameters, Array(0..<Int32(objective.sampleCount)))
    let all = objective.lossAndGradient(at: parameters)
    #expect(all.loss == numbered.loss)
    #expect(all.gradient == numbered.gradient)
  }

  @Test(
    "feature maps and pooled maps are those of a convolution by itself",
    arguments: [
      (1, 0, false, 2), (1, 1, false, 4), (2, 1, true, 3), (1, 2, true, 1), (1, 0, false, 9),
    ])
  func trace(stride: Int, padding: Int, flipped: Bool, pool: Int) {
    let convolution = Convolution(
      height: 6, width: 6, kernel: 3, stride: stride, padding: padding, flipped: flipped)
    let stream = RandomStream(seed: 13, stream: 78)
    let image = (0..<36).map { stream.normal(at: UInt64($0)) }
    let samples = Samples(inputCount: 36, inputs: image, targets: [1], classCount: 2)
    let network = ConvolutionalNetwork(
      convolution: convolution, kernels: 5, pool: pool, classes: 2, train: samples, test: samples)
    let p = (0..<network.parameterCount).map { stream.normal(at: UInt64(1000 + $0)) }
    let trace = network.trace(image, at: p)
    for m in 0..<5 {
      let map = convolution(image, Array(p[m * 9..<m * 9 + 9])).map { max(0, $0 + p[45 + m]) }
      for (a, b) in zip(trace.maps[m], map) { #expect(abs(a - b) <= 1e-14) }
      let size = min(pool, convolution.outputHeight)
      let pooled = Convolution.maxPool(
        trace.maps[m], height: convolution.outputHeight, width: convolution.outputWidth,
        size: size, stride: size)
      #expect(trace.pooled[m] == pooled)
    }
  }

  /// −log p(v) of a Boltzmann machine, summed over every state of every unit.
  private func energy(
    _ machine: BoltzmannMachine, _ p: [Double], _ v: [Double], _ h: [Double], _ g: [Double]
  ) -> Double {
    var e = 0.0
    let b = machine.visible * machine.hidden + machine.visible
    let u = b + machine.hidden
    for i in v.indices {
      e -= p[machine.visible * machine.hidden + i] * v[i]
      for j in h.indices { e -= v[i] * p[i * machine.hidden + j] * h[j] }
    }
    for j in h.indices {
      e -= p[b + j] * h[j]
      for k in g.indices { e -= h[j] * p[u + j * machine.top + k] * g[k] }
    }
    for k in g.indices { e -= p[u + machine.hidden * machine.top + k] * g[k] }
    return e
  }

  private func states(_ count: Int) -> [[Double]] {
    (0..<1 << count).map { n in (0..<count).map { Double(n >> $0 & 1) } }
  }

  @Test(
    "a Boltzmann machine's probabilities are those of all its states, however many hidden units",
    arguments: [(1, 0), (2, 0), (3, 0), (4, 0), (6, 0), (1, 1), (2, 2), (3, 1), (5, 3)])
  func probabilities(hidden: Int, top: Int) {
    let patterns = Samples(inputCount: 3, inputs: [1, 0, 1, 0, 1, 1], targets: [0, 0])
    let machine = BoltzmannMachine(hidden: hidden, top: top, train: patterns)
    let stream = RandomStream(seed: 5, stream: 78)
    let p = (0..<machine.parameterCount).map { 0.8 * stream.normal(at: UInt64($0)) }
    var weights: [Double] = []
    for v in states(3) {
      var sum = 0.0
      for h in states(hidden) {
        for g in states(top) { sum += Elementary.exp(-energy(machine, p, v, h, g)) }
      }
      weights.append(sum)
    }
    let total = weights.reduce(0, +)
    for (v, weight) in zip(states(3), weights) {
      #expect(abs(machine.probability(v, at: p) - weight / total) <= 1e-13)
    }
    let loss = -(Elementary.log(weights[5] / total) + Elementary.log(weights[6] / total)) / 2
    #expect(abs(machine.loss(at: p) - loss) <= 1e-13)
    #expect(abs(machine.lossAndGradient(at: p).loss - loss) <= 1e-13)
  }
}
