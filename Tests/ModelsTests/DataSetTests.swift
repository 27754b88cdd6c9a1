import Lanes
import Testing

@testable import Models

@Suite struct DataSetTests {
  func samples(_ name: String, _ given: [String: Double] = [:], seed: UInt64 = 7) throws -> Samples
  {
    let set = try #require(DataSet.all[name])
    var issues: [ProblemIssue] = []
    let settings = Settings(
      Choice(name, given), of: set.hyperparameters, key: "data", issues: &issues)
    #expect(issues.isEmpty)
    let samples = set.generate(settings, seed)
    #expect(samples.inputCount == set.inputCount(settings))
    return samples
  }

  @Test(
    "gates are their truth tables",
    arguments: zip(
      ["and", "or", "nand", "nor", "xor", "xnor"],
      [[0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 1, 0], [1, 0, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]]
        as [[Double]]))
  func gates(name: String, table: [Double]) throws {
    let gate = try samples(name)
    #expect(gate.inputs == [0, 0, 0, 1, 1, 0, 1, 1])
    #expect(gate.targets == table)
    let cloud = try samples(name, ["samples": 100, "noise": 0.1])
    #expect(cloud.count == 100)
    #expect(Array(cloud.targets[0..<4]) == table)
    #expect(cloud.inputs != Array(repeating: gate.inputs, count: 25).flatMap { $0 })
  }

  @Test("parity of n bits has 2ⁿ rows and counts ones")
  func parity() throws {
    let four = try samples("parity", ["bits": 4])
    #expect(four.count == 16)
    for s in 0..<16 {
      #expect(four.target(s).first == Double(Int(four.input(s).reduce(0, +)) % 2))
    }
    #expect(try samples("parity", ["bits": 2]).targets == samples("xor").targets)
  }

  @Test("the same seed gives the same samples, another one others", arguments: DataSet.all.names)
  func seeds(name: String) throws {
    let fixed = [
      "and", "or", "nand", "nor", "xor", "xnor", "parity", "logistic_toy", "iris",
      "bars_and_stripes", "modular_addition",
    ]
    let first = try samples(name)
    #expect(first == (try samples(name)))
    #expect((first == (try samples(name, seed: 8))) == fixed.contains(name))
    #expect(first.inputs.allSatisfy { $0.isFinite } && first.targets.allSatisfy { $0.isFinite })
  }

  @Test("classes are numbered, and all of them occur", arguments: DataSet.all.names)
  func classes(name: String) throws {
    let set = try #require(DataSet.all[name])
    let samples = try samples(name)
    guard let classes = samples.classCount else { #expect(set.classCount == nil); return }
    #expect(Set(samples.targets) == Set((0..<classes).map(Double.init)))
  }

  @Test("more samples leave the first as they were")
  func growth() throws {
    let growing = [
      "circle", "gaussians", "moons", "checkerboard", "line", "sine", "glyphs", "linear_truth",
      "even_wave",
    ]
    for name in growing {
      let few = try samples(name, ["samples": 20])
      let many = try samples(name, ["samples": 60])
      #expect(few.inputs == Array(many.inputs[0..<few.inputs.count]), "\(name)")
      #expect(few.targets == Array(many.targets[0..<20]), "\(name)")
    }
  }

  @Test("curves follow their formulas where there is no noise")
  func curves() throws {
    let line = try samples("line", ["noise": 0])
    for s in 0..<line.count { #expect(abs(line.targets[s] - 4 - 3 * line.inputs[s]) < 1e-12) }
    #expect(line.inputs.allSatisfy { (0..<2).contains($0) })
    let square = try samples("quadratic")
    for s in 0..<square.count {
      let x = square.inputs[s]
      #expect(abs(square.targets[s] - 2 - 3 * x - 4 * x * x) < 1e-12)
    }
  }

  @Test("glyphs are images that a nearest mean can tell apart")
  func glyphs() throws {
    let train = try samples("glyphs", ["samples": 600])
    let test = try samples("glyphs", ["samples": 300], seed: 99)
    #expect(train.inputs.allSatisfy { (0...1).contains($0) })
    var means = [[Double]](repeating: [Double](repeating: 0, count: 64), count: 10)
    for s in 0..<600 {
      for (i, x) in train.input(s).enumerated() { means[Int(train.targets[s])][i] += x / 60 }
    }
    var right = 0
    for s in 0..<300 {
      let distances = means.map { mean in
        zip(mean, test.input(s)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      if distances.firstIndex(of: distances.min() ?? 0) == Int(test.targets[s]) { right += 1 }
    }
    #expect(right > 240, "\(right) of 300")
  }

  @Test("a split keeps every sample once, in order, and is drawn by the seed")
  func split() throws {
    let all = try samples("circle")
    let (train, test) = all.split(testFraction: 0.25, seed: 5)
    #expect(train.count == 150 && test.count == 50)
    let rows = (0..<200).map { Array(all.input($0)) }
    let kept = (0..<150).compactMap { rows.firstIndex(of: Array(train.input($0))) }
    let left = (0..<50).compactMap { rows.firstIndex(of: Array(test.input($0))) }
    #expect(kept == kept.sorted() && left == left.sorted())
    #expect(Set(kept + left).count == 200)
    #expect(all.split(testFraction: 0.25, seed: 6).test != test)
    #expect(all.split(testFraction: 0, seed: 5).test.count == 0)
    #expect(
      try samples("logistic_toy").selecting([2]).split(testFraction: 0.9, seed: 1).train.count == 1)
  }

  @Test("standardised inputs have mean 0 and deviation 1; what does not vary is left")
  func standardization() throws {
    var samples = Samples(inputCount: 2, classCount: 2)
    for (x, t) in [(1.0, 0.0), (2, 1), (6, 0)] { samples.append([x, 5], [t]) }
    let scaling = Standardization(samples)
    let scaled = [1.0, 2, 6].map { scaling.apply($0, input: 0) }
    #expect(abs(scaled.reduce(0, +)) < 1e-15)
    #expect(abs(scaled.reduce(0) { $0 + $1 * $1 } - 3) < 1e-14)
    #expect(scaling.apply(5, input: 1) == 0)
    var plan = NetworkPlan(.linear, train: samples, loss: Choice("mse"))
    plan.standardize = true
    let network = try DenseNetwork(plan)
    // Outputs take raw inputs.
    #expect(abs(network.outputs(at: [0, 1, 0], inputs: [[6], [5]])[0][0] - scaled[2]) < 1e-15)
  }
}
