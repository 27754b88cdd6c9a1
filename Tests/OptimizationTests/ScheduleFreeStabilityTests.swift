import Lanes
import Testing

@testable import Optimization

/// The limit and the factor that Schedule-Free rules declare, on ½ λ x², with the share c of the
/// newest base point in the average as it is at one step.
@Suite("The limit of Schedule-Free rules")
struct ScheduleFreeStabilityTests {
  private static let choices = [0.1, 0.5, 0.9, 1].flatMap { beta in
    [
      Choice("schedule_free_sgd", ["beta": beta]),
      Choice("schedule_free_adamw", ["beta1": beta, "beta2": 0.9999999, "eps": 0]),
    ]
  }
  private static let shares = [1e-3, 0.1, 0.5, 0.999]
  /// What the AdamW rule divides by: the root of this.
  private static let v = 4.0

  /// A chain in the midst of a run, with the lead d = z − y.
  private func chain(_ choice: Choice, share: Double, rate: Double, lead: Double) throws
    -> OptimizerChain
  {
    var chain = try OptimizerChain(choice, parameterCount: 1)
    // Bias corrections are 1 by then.
    chain.count(to: 2_000_000_000)
    put(&chain, share: share, rate: rate, lead: lead)
    return chain
  }

  /// Makes `share` the c of the next step, and keeps what is divided by.
  private func put(_ chain: inout OptimizerChain, share: Double, rate: Double, lead: Double) {
    var rule = chain.takeRule()
    let weight = rate * rate
    var memory = Memory(
      ["z − y": Vector([lead])],
      numbers: ["share": share, "Σw 1": weight * (1 / share - 1), "ηmax 1": rate])
    if rule.memory.holds("v") { memory.append("v", Vector([Self.v / 0.9999999])) }
    rule.memory = memory
    chain.put(rule)
  }

  /// One step from (y, d).
  private func step(
    _ choice: Choice, share: Double, rate: Double, curvature: Double, _ y: Double, _ lead: Double
  ) throws -> (y: Double, lead: Double) {
    var chain = try chain(choice, share: share, rate: rate, lead: lead)
    var gradient = Vector([curvature * y])
    var context = StepContext(step: 0, learningRate: rate)
    Vector([y]).withUnsafePointer { place in
      gradient.withUnsafeMutablePointer {
        chain.update(gradient: $0, parameters: place, paddedCount: 8, context: &context)
      }
    }
    let next = chain.memory.vectors.first { $0.name == "z − y" }?.values[0]
    return (y - gradient[0], next ?? .nan)
  }

  /// The law of a chain, and the eigenvalue that it speaks of.
  private func law(
    _ choice: Choice, share: Double, curvature: Double
  ) throws -> (LinearStability, eigenvalue: Double) {
    let law = try #require(
      try chain(choice, share: share, rate: 1, lead: 0).linearStability, "\(choice) has a law")
    return (law, law.isPreconditioned ? curvature / Self.v.squareRoot() : curvature)
  }

  @Test("the factor is the spectral radius of a step, measured, to 1e-6", arguments: choices)
  func factors(choice: Choice) throws {
    for share in Self.shares {
      for curvature in [1e-3, 0.3, 1.7, 20] {
        for rate in [0.01, 0.4, 3] {
          let (law, eigenvalue) = try law(choice, share: share, curvature: curvature)
          let size = 1e-9
          let a = try step(
            choice, share: share, rate: rate, curvature: curvature, size, 0)
          let b = try step(
            choice, share: share, rate: rate, curvature: curvature, 0, size)
          let trace = (a.y + b.lead) / size
          let determinant = (a.y * b.lead - a.lead * b.y) / size / size
          let root = trace * trace - 4 * determinant
          let radius =
            root < 0 ? determinant.squareRoot() : (abs(trace) + root.squareRoot()) / 2
          let factor = law.factor(rate: rate, eigenvalue: eigenvalue)
          #expect(
            abs(factor - radius) < 1e-6 * max(1, radius), "c \(share), η \(rate), λ \(curvature)")
        }
      }
    }
  }

  @Test(
    "errors shrink a thousandth below the limit, and grow a thousandth above", arguments: choices)
  func limits(choice: Choice) throws {
    for share in Self.shares {
      for curvature in [0.3, 7] {
        let (law, eigenvalue) = try law(choice, share: share, curvature: curvature)
        let limit = try #require(law.rateLimit(eigenvalue: eigenvalue))
        for (rate, grows) in [(limit * 0.999, false), (limit * 1.001, true)] {
          let factor = law.factor(rate: rate, eigenvalue: eigenvalue)
          #expect((factor > 1) == grows, "c \(share), λ \(curvature): \(factor)")
          // By steps: at the edge the root is −1, so that every second step is compared.
          var (y, lead) = (1e-9, 0.0)
          var sizes: [Double] = []
          for _ in 0..<4_000 {
            (y, lead) = try step(
              choice, share: share, rate: rate, curvature: curvature, y, lead)
            sizes.append(abs(y) + abs(lead))
            if sizes[sizes.count - 1] > 1 { break }
          }
          let (early, late) = (sizes[sizes.count / 2], sizes[sizes.count - 1])
          #expect((late > early) == grows, "c \(share), λ \(curvature): \(early), \(late)")
        }
      }
    }
  }
}
