import Lanes
import Testing

@testable import Models

/// Forward values of the other kinds of networks against the notes' oracle.
@Suite struct KindReferenceTests {
  let numbers: ReferenceNumbersTests

  init() throws { numbers = try ReferenceNumbersTests() }

  private func rows(_ path: String) throws -> [[Double]] { try numbers.value("networks." + path) }
  private func row(_ path: String) throws -> [Double] { try numbers.value("networks." + path) }

  @Test("a 3×3 kernel on a 5×5 image: both conventions, padding, stride, pooling, weights")
  func convolution() throws {
    let image = try rows("cnn.image").flatMap { $0 }
    let kernel = try rows("cnn.kernel").flatMap { $0 }
    let plain = Convolution(height: 5, width: 5, kernel: 3)
    let valid = plain(image, kernel)
    numbers.expectClose(valid, try rows("cnn.cross_correlation_valid").flatMap { $0 })
    let flipped = Convolution(height: 5, width: 5, kernel: 3, flipped: true)
    numbers.expectClose(
      flipped(image, kernel), try rows("cnn.true_convolution_valid").flatMap { $0 })
    let same = Convolution(height: 5, width: 5, kernel: 3, padding: 1)
    numbers.expectClose(
      same(image, kernel), try rows("cnn.cross_correlation_same_zero_pad").flatMap { $0 })
    let strided = Convolution(height: 5, width: 5, kernel: 3, stride: 2)
    numbers.expectClose(strided(image, kernel), try rows("cnn.stride2_valid").flatMap { $0 })
    numbers.expectClose(
      Convolution.maxPool(valid.map { max(0, $0) }, height: 3, width: 3, size: 2, stride: 1),
      try rows("cnn.relu_then_maxpool2_stride1").flatMap { $0 })
    #expect(plain.sharedWeights == (try numbers.value("networks.cnn.weights_shared") as Int))
    #expect(
      plain.locallyConnectedWeights
        == (try numbers.value("networks.cnn.weights_locally_connected") as Int))
    #expect(
      plain.fullyConnectedWeights
        == (try numbers.value("networks.cnn.weights_fully_connected") as Int))
  }

  @Test("a convolutional network's trace is its kernels' maps, rectified and pooled")
  func trace() throws {
    let image = try rows("cnn.image").flatMap { $0 }
    let kernel = try rows("cnn.kernel").flatMap { $0 }
    let samples = Samples(inputCount: 25, inputs: image, targets: [1], classCount: 2)
    let network = ConvolutionalNetwork(
      convolution: Convolution(height: 5, width: 5, kernel: 3), kernels: 1, pool: 2, classes: 2,
      train: samples, test: samples)
    // The single pooled pixel is the largest of the upper left 2×2: 3.
    let trace = network.trace(image, at: kernel + [0, 0.5, -0.5, 0.25, 0])
    let expected = try rows("cnn.cross_correlation_valid").flatMap { $0 }.map { max(0, $0) }
    numbers.expectClose(trace.maps[0], expected)
    numbers.expectClose(trace.pooled[0], [3])
    numbers.expectClose(
      trace.probabilities, [1 / (1 + Elementary.exp(-3.25)), 1 / (1 + Elementary.exp(3.25))])
  }

  @Test("an Elman network: states, answers, and the memory of the first element")
  func recurrent() throws {
    let sequence = try row("rnn.x")
    let network = RecurrentNetwork(
      elementCount: 1, length: sequence.count, units: 3, answer: .everyValue,
      train: Samples(inputCount: 6, targetCount: 6, inputs: sequence, targets: sequence),
      test: Samples(inputCount: 6, targetCount: 6))
    let parameters =
      try row("rnn.Wx") + rows("rnn.Wh").flatMap { $0 } + row("rnn.b") + row("rnn.Wy") + [0]
    let trace = network.trace(sequence, at: parameters)
    numbers.expectClose(trace.hidden.flatMap { $0 }, try rows("rnn.h").flatMap { $0 })
    numbers.expectClose(trace.outputs, try row("rnn.y"))
    numbers.expectClose(trace.memory.flatMap { $0 }, try rows("rnn.dh_t_dx0").flatMap { $0 })
  }

  @Test("a radial basis network through seven points")
  func radialBasis() throws {
    let centers = try row("rbf.centres")
    let targets = try row("rbf.targets")
    let samples = Samples(inputCount: 1, inputs: centers, targets: targets)
    let network = RadialBasisNetwork(
      centers: centers.map { [$0] }, gamma: try numbers.value("networks.rbf.gamma"),
      hasBias: false, learnsBumps: false, train: samples, test: samples)
    let weights = try row("rbf.weights")
    numbers.expectClose(
      try row("rbf.x").map { network.output([$0], at: weights) }, try row("rbf.y"))
    // Exact interpolation: the bumps' sum goes through every point.
    numbers.expectClose(centers.map { network.output([$0], at: weights) }, targets)
    #expect(network.loss(at: weights) < 1e-28)
  }

  /// All patterns of three bits, the first bit the slowest.
  private var states: [[Double]] {
    (0..<8).map { n in [2, 1, 0].map { Double(n >> $0 & 1) } }
  }

  @Test("a restricted Boltzmann machine, by enumeration")
  func restricted() throws {
    let data = try rows("rbm.data")
    let machine = BoltzmannMachine(
      hidden: 2,
      train: Samples(
        inputCount: 3, inputs: data.flatMap { $0 }, targets: data.map { _ in 0 }))
    let parameters = try rows("rbm.W").flatMap { $0 } + row("rbm.a") + row("rbm.b")
    numbers.expectClose(
      [Elementary.exp(machine.logPartition(at: parameters))],
      [try numbers.value("networks.rbm.Z")])
    numbers.expectClose(
      states.map { machine.freeEnergy($0, at: parameters) }, try row("rbm.free_energy"))
    numbers.expectClose(
      states.map { machine.probability($0, at: parameters) }, try row("rbm.p_v"))
    numbers.expectClose(
      states.flatMap { machine.hiddenProbabilities($0, at: parameters) },
      try rows("rbm.p_h1_given_v").flatMap { $0 })
    let (loss, gradient) = machine.lossAndGradient(at: parameters)
    numbers.expectClose([-loss], [try numbers.value("networks.rbm.mean_loglik")])
    numbers.expectClose(
      gradient.prefix(6).map { -$0 }, try rows("rbm.loglik_gradient_W").flatMap { $0 })
  }

  @Test("a deep Boltzmann machine, by enumeration, and its mean field")
  func deep() throws {
    let machine = BoltzmannMachine(
      hidden: 2, top: 2, train: Samples(inputCount: 3, inputs: [1, 0, 1], targets: [0]))
    let parameters =
      try rows("rbm.W").flatMap { $0 } + row("rbm.a") + row("rbm.b")
      + rows("dbm.W2").flatMap { $0 } + row("dbm.b2")
    numbers.expectClose(
      [Elementary.exp(machine.logPartition(at: parameters))],
      [try numbers.value("networks.dbm.Z")])
    numbers.expectClose(
      states.map { machine.probability($0, at: parameters) }, try row("dbm.p_v"))
    let field = machine.meanField([1, 0, 1], at: parameters)
    numbers.expectClose(field.first, try row("dbm.mean_field_v101.mu1"))
    numbers.expectClose(field.second, try row("dbm.mean_field_v101.mu2"))
  }
}
