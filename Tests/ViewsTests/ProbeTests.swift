import Lanes
import Models
import Terminal
import Testing
import Views

@testable import Training

@Suite("Probes")
struct ProbeTests {
  @Test("The eight minima of x sin(x² + 1) and the rates up to which descent settles there")
  func minima() {
    let found = FunctionProbe.minima(of: Specimens.leaping, over: -5...5)
    let places = [-4.4098, -3.6298, -2.6317, -1.01229, 1.96005, 3.16943, 4.03849, 4.75227]
    let limits = [0.0058, 0.0104, 0.0271, 0.313, 0.0637, 0.0156, 0.0076, 0.0047]
    #expect(found.count == 8)
    for (minimum, (place, limit)) in zip(found, zip(places, limits)) {
      #expect(abs(minimum.x - place) < 6e-5)
      #expect(abs(minimum.rateLimit - limit) < 0.005 * limit + 6e-5)
    }
  }

  @Test("Himmelblau's four minima are found")
  func basins() {
    let found = SurfaceProbe.minima(of: Specimens.basins, x: -5...5, y: -5...5)
    #expect(found.count == 4)
    for place in [(3.0, 2.0), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)]
    {
      #expect(found.contains { abs($0.x - place.0) < 1e-5 && abs($0.y - place.1) < 1e-5 })
    }
  }

  @Test("Eigenvalues of a Hessian: those of Rosenbrock at its minimum")
  func eigenvalues() throws {
    var snapshot = Specimens.valley
    snapshot.parameters = [1, 1]
    let values = try #require(HessianProbe.curvature(of: snapshot)).eigenvalues
    #expect(abs(values[0] - 1001.6006392337) < 1e-3)
    #expect(abs(values[1] - 0.3993607674) < 1e-3)
  }

  @Test("Eigenvectors are orthonormal and give the matrix back")
  func eigenvectors() {
    let size = 7
    var matrix = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0...row {
        let value = Double((row * 7 + column * 13) % 11) - 5
        matrix[row * size + column] = value
        matrix[column * size + row] = value
      }
    }
    let eigen = HessianProbe.eigen(matrix, size: size)
    for a in 0..<size {
      for b in 0..<size {
        let product = zip(eigen.eigenvectors[a], eigen.eigenvectors[b]).reduce(0) {
          $0 + $1.0 * $1.1
        }
        #expect(abs(product - (a == b ? 1 : 0)) < 1e-12)
        let entry = (0..<size).reduce(0.0) {
          $0 + eigen.eigenvalues[$1] * eigen.eigenvectors[$1][a] * eigen.eigenvectors[$1][b]
        }
        #expect(abs(entry - matrix[a * size + b]) < 1e-10)
      }
    }
  }

  @Test("A network's predictions for its samples are those that its accuracy counts")
  func predictions() throws {
    for kind in ["xor", "spiral", "three classes"] {
      let snapshot = try #require(Specimens.zoo[kind])
      let network = try #require(snapshot.objective as? DenseNetwork)
      let answers = NetworkProbe.predictions(
        network, parameters: snapshot.parameters,
        PreparedInputs(network, samples: network.trainSamples))
      let classes = NetworkProbe.classes(answers)
      let samples = network.trainSamples
      let right = (0..<samples.count).count { sample in
        let target = samples.target(sample)
        return Int(target[target.startIndex]) == classes[sample]
      }
      #expect(Double(right) / Double(samples.count) == snapshot.accuracy, "\(kind)")
    }
  }

  @Test("A net entered after its first layer answers as from the front")
  func afterHidden() throws {
    let snapshot = try #require(Specimens.zoo["spiral"])
    let network = try #require(snapshot.objective as? DenseNetwork)
    let inputs = PreparedInputs(network, samples: network.trainSamples)
    let whole = NetworkProbe.forward(network, parameters: snapshot.parameters, inputs)
    let rest = NetworkProbe.forward(
      network, parameters: snapshot.parameters, after: 0,
      activations: (0..<network.layers[0].units).map { whole.layers[0].activations(of: $0) })
    #expect(rest.layers.count == network.layers.count - 1)
    #expect(rest.layers.last?.activations(of: 0) == whole.layers.last?.activations(of: 0))
  }

  @Test("The output layer tile by tile is the last layer of the whole pass, to the bit")
  func tiles() throws {
    for kind in ["xor", "spiral", "three classes", "sine", "line"] {
      let snapshot = try #require(Specimens.zoo[kind])
      let network = try #require(snapshot.objective as? DenseNetwork)
      // More points than a tile, and no whole number of tiles.
      let points = (0..<network.inputCount).map { input -> [Double] in
        (0..<333).map { point -> Double in
          let step = (point * 7 + input * 31) % 101
          return Double(step) / 25 - 2
        }
      }
      let inputs = PreparedInputs(network, points: points)
      let whole = try #require(
        NetworkProbe.forward(network, parameters: snapshot.parameters, inputs).layers.last)
      let tiled = try #require(
        NetworkProbe.outputLayer(network, parameters: snapshot.parameters, inputs))
      #expect(tiled.units == whole.units)
      for unit in 0..<whole.units {
        #expect(tiled.activations(of: unit) == whole.activations(of: unit), "\(kind)")
        #expect(tiled.preActivations(of: unit) == whole.preActivations(of: unit), "\(kind)")
      }
      let few = NetworkProbe.outputLayer(network, parameters: [], inputs)
      #expect(few?.units == nil)
    }
  }

  @Test("Histograms count every value once, whatever it is")
  func histogram() {
    let values: [Double] = [-9, -1, -0.5, 0, 0.5, 1, 9, .infinity, -.infinity, .nan]
    let histogram = Histogram(values, in: -1...1, bins: 4)
    #expect(histogram.counts == [3, 1, 1, 4])
    #expect(histogram.strays == 1)
  }

  @Test("A cached value is computed once per key")
  func cache() {
    let cache = ProbeCache()
    var count = 0
    for key in [1, 1, 2, 2, 1] {
      _ = cache.value("slot", for: key) { () -> Int in
        count += 1
        return key
      }
    }
    #expect(count == 3)
  }
}
