import Lanes
import Models
import Testing

@testable import Training

@Suite("Planes through the space of parameters")
struct LossPlaneTests {
  private typealias Reference = LossPlaneReference

  /// XOR by a 2-4-1 net, from the reference's start.
  private func run() throws -> Run {
    let model = ModelProblem(
      kind: .mlp,
      data: DataSource(
        .inline(
          inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [1], [1], [0]])),
      hidden: [LayerSpec(units: 4, activation: Choice("tanh"))])
    var experiment = Experiment(name: "xor", problem: .model(model))
    experiment.start = Start(parameters: Reference.start)
    experiment.learningRate = .value(0.5)
    return try Run(experiment)
  }

  private func greatestDifference(
    _ plane: LossPlane, _ objective: any Objective, _ expected: [Double], a: [Double], b: [Double]
  ) -> Double {
    let evaluator = Evaluator(objective)
    var greatest = 0.0
    for (row, v) in b.enumerated() {
      for (column, u) in a.enumerated() {
        let loss = evaluator.loss(at: plane.point(u, v))
        greatest = max(greatest, abs(loss - expected[row * a.count + column]))
      }
    }
    return greatest
  }

  private let grid = (0...10).map { -1 + 0.2 * Double($0) }

  @Test("random directions are normalised by units, and give the reference's slice")
  func random() throws {
    let objective = try run().objective
    let directions = [Reference.raw1, Reference.raw2].map {
      LossPlane.normalized($0, like: Reference.centre, layout: objective.layout)
    }
    for (made, expected) in zip(directions, [Reference.direction1, Reference.direction2]) {
      #expect(zip(made, expected).allSatisfy { abs($0 - $1) < 1e-10 })
    }
    let plane = LossPlane(
      origin: Reference.centre, first: directions[0], second: directions[1])
    #expect(greatestDifference(plane, objective, Reference.slice, a: grid, b: grid) < 1e-10)
    let drawn = LossPlane.random(objective, at: Reference.centre, seed: 3)
    #expect(drawn != LossPlane.random(objective, at: Reference.centre, seed: 4))
    // Each unit as long as its weights; nothing of biases.
    func length(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    #expect(
      abs(length(Array(drawn.first[0..<2])) - length(Array(Reference.centre[0..<2]))) < 1e-12)
    #expect(drawn.first[8..<12].allSatisfy { $0 == 0 })
  }

  @Test("the top eigenvectors give the reference's slice")
  func eigenvectors() throws {
    let objective = try run().objective
    let plane = try #require(LossPlane.eigenvectors(objective, at: Reference.centre))
    #expect(abs(plane.figures[0] - 0.02855488729655194) < 1e-10)
    #expect(abs(plane.figures[1] - 0.014391887701353124) < 1e-10)
    for (made, expected) in [(plane.first, Reference.v1), (plane.second, Reference.v2)] {
      #expect(zip(made, expected).allSatisfy { abs($0 - $1) < 1e-8 })
    }
    let exact = LossPlane(
      origin: Reference.centre, first: Reference.v1, second: Reference.v2)
    #expect(greatestDifference(exact, objective, Reference.eigenSlice, a: grid, b: grid) < 1e-10)
  }

  @Test("the trajectory's plane, its shares and its slice are the reference's")
  func trajectory() throws {
    var run = try run()
    var points = [run.parameters]
    for _ in 0..<100 {
      run.advance(10)
      points.append(run.parameters)
    }
    let plane = try #require(LossPlane.principal(points))
    #expect(abs(plane.figures[0] - 0.9819395201780169) < 1e-8)
    #expect(abs(plane.figures[1] - 0.016011905350350873) < 1e-8)
    for (made, expected) in [(plane.first, Reference.pc1), (plane.second, Reference.pc2)] {
      let overlap = abs(zip(made, expected).reduce(0) { $0 + $1.0 * $1.1 })
      #expect(abs(overlap - 1) < 1e-10)
    }
    let exact = LossPlane(
      origin: run.parameters, first: Reference.pc1, second: Reference.pc2)
    #expect(
      greatestDifference(
        exact, run.objective, Reference.pcaSlice, a: Reference.alpha, b: Reference.beta) < 1e-10)
    // The last point is in the middle; a projection of a point on the plane is that point.
    let last = plane.projection(of: run.parameters)
    #expect(abs(last.a) < 1e-12 && abs(last.b) < 1e-12)
    let there = plane.projection(of: plane.point(0.3, -0.7))
    #expect(abs(there.a - 0.3) < 1e-12 && abs(there.b + 0.7) < 1e-12)
  }

  @Test("a random walk has the shares 6/(π²k²) about its mean")
  func randomWalk() throws {
    let stream = RandomStream(seed: 97, stream: 5)
    let (steps, dimensions) = (400, 2000)
    var place = [Double](repeating: 0, count: dimensions)
    var walk: [[Double]] = []
    for step in 0..<steps {
      for i in 0..<dimensions { place[i] += stream.normal(at: UInt64(step * dimensions + i)) }
      walk.append(place)
    }
    let mean = (0..<dimensions).map { i in walk.reduce(0) { $0 + $1[i] } / Double(steps) }
    let plane = try #require(LossPlane.principal(walk, about: mean))
    #expect(abs(plane.figures[0] - 0.6079) < 0.03)
    #expect(abs(plane.figures[1] - 0.1520) < 0.02)
  }

  @Test("paths are carried on with the same places, evenly spaced and bounded")
  func path() throws {
    var run = try run()
    run.advance(150)
    let first = PathSamples(run.snapshot(), before: nil)
    #expect(first.steps == Array(0...150))
    run.advance(900)
    let carried = PathSamples(run.snapshot(), before: first)
    let fresh = PathSamples(run.snapshot(), before: nil)
    #expect(carried.steps == fresh.steps && carried.points == fresh.points)
    #expect(carried.steps.last == 1050 && carried.points.last == run.parameters)
    #expect(carried.steps.count <= PathSamples.most + 1)
  }
}
