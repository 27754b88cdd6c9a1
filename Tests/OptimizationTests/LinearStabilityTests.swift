import Lanes
import Testing

@testable import Optimization

/// Laws of the limit and of the factor that each optimizer declares, on ½ λ x² (λ of P⁻¹H where it
/// divides).
@Suite("Each optimizer's own limit")
struct LinearStabilityTests {
  /// Optimizers with settings, each with and without either weight decay.
  static let choices: [Choice] = {
    let plain: [Choice] = [
      Choice("gd"), Choice("momentum"), Choice("momentum", ["momentum": 0.5]),
      Choice("momentum", ["dampening": 0.3]), Choice("momentum", ["rate_inside": 1]),
      Choice("nesterov"), Choice("nesterov", ["momentum": 0.5]),
      Choice("nesterov", ["dampening": 0.3]), Choice("nesterov", ["rate_inside": 1]),
      Choice("adagrad"), Choice("adagrad", ["eps_inside": 1, "eps": 0.01, "lr_decay": 1e-12]),
      Choice("adadelta", ["rho": 0.999999]), Choice("rmsprop", ["rho": 0.999999]),
      Choice("rmsprop", ["rho": 0.999999, "momentum": 0.8]),
      Choice("adam", ["beta2": 0.9999999]), Choice("adam", ["beta1": 0.5, "beta2": 0.9999999]),
      Choice("adam", ["beta2": 0.9999999, "epsilon_hat": 1, "eps": 0.1]),
      Choice("adamw", ["beta2": 0.9999999, "weight_decay": 0.2]),
      Choice("amsgrad", ["beta2": 0.9999999]), Choice("adamax", ["beta2": 0.9999999]),
      Choice("nadam", ["beta2": 0.9999999]),
      Choice("nadam", ["beta2": 0.9999999, "momentum_decay": 0]),
      Choice("radam", ["beta2": 0.9999999]),
    ]
    return plain.flatMap { choice in
      choice.name == "adamw"
        ? [choice]
        : [0.0, 0.3].flatMap { decay in
          (decay == 0 ? [0.0] : [0, 1]).map { decoupled in
            var choice = choice
            choice.settings["weight_decay"] = decay
            choice.settings["decoupled"] = decoupled
            return choice
          }
        }
    }
  }()

  /// A chain in the midst of a run: what it divides by is great and does not change any more.
  static func chain(_ choice: Choice, memory m: Double = 0) throws -> OptimizerChain {
    var chain = try OptimizerChain(choice, parameterCount: 1)
    var rule = chain.takeRule()
    for name in rule.memory.vectors.map(\.name) where frozen[name] == nil {
      rule.memory = Memory([name: Vector([m])], numbers: ["started": 1, "Π": 0])
    }
    chain.put(rule)
    freeze(&chain)
    chain.count(to: 2_000_000_000)
    return chain
  }

  /// What rules divide by.
  static let frozen: [String: Double] = ["v": 4, "G": 4, "v max": 4, "u": 0.01, "u∞": 2]

  /// Puts back what the rule divides by, so that the next step's fading makes it what it is to be.
  static func freeze(_ chain: inout OptimizerChain) {
    let settings = chain.choice.settings
    let kept = settings["rho"] ?? settings["beta2"] ?? 1
    var rule = chain.takeRule()
    for name in rule.memory.vectors.map(\.name) {
      guard let value = frozen[name] else { continue }
      rule.memory = Memory([name: Vector([name == "v" || name == "u∞" ? value / kept : value])])
    }
    chain.put(rule)
  }

  /// One step at error `x`; returns the error and the memory after it.
  static func step(
    _ chain: inout OptimizerChain, x: Double, eigenvalue: Double, rate: Double, freezes: Bool = true
  ) -> (x: Double, m: Double) {
    var gradient = Vector([eigenvalue * x])
    let place = Vector([x])
    var context = StepContext(step: 0, learningRate: rate)
    place.withUnsafePointer { place in
      gradient.withUnsafeMutablePointer { gradient in
        chain.update(gradient: gradient, parameters: place, paddedCount: 8, context: &context)
      }
    }
    if freezes { freeze(&chain) }
    let carried = ["velocity", "change", "scaled velocity", "m"]
    let m = chain.memory.vectors.first { carried.contains($0.name) }?.values[0]
    return (x - gradient[0], m ?? 0)
  }

  /// The eigenvalue of P⁻¹(H + w) for a curvature.
  static func eigenvalue(
    _ chain: OptimizerChain, _ law: LinearStability, curvature: Double
  ) throws -> Double {
    guard let correction = law.correction else { return curvature + law.addedCurvature }
    // As it is in the midst of a step.
    var chain = chain
    _ = step(&chain, x: 0, eigenvalue: 1, rate: 1, freezes: false)
    let rates = try #require(chain.effectiveRate(learningRate: 1))
    return (curvature + law.addedCurvature) * rates[0] * correction
  }

  @Test("the factor is the spectral radius of a step, measured, to 1e-6", arguments: choices)
  func factors(choice: Choice) throws {
    for rate in [0.001, 0.03, 0.5, 2, 9] {
      for curvature in [1e-4, 0.3, 1.7, 20, -0.5] {
        var first = try Self.chain(choice)
        let law = try #require(first.linearStability)
        let eigenvalue = try Self.eigenvalue(first, law, curvature: curvature)
        // The matrix of a step, column by column. Small errors leave what is divided by alone.
        let size = 1e-9
        let a = Self.step(&first, x: size, eigenvalue: curvature, rate: rate)
        var second = try Self.chain(choice, memory: size)
        let b = Self.step(&second, x: 0, eigenvalue: curvature, rate: rate)
        let trace = (a.x + b.m) / size
        let determinant = (a.x * b.m - a.m * b.x) / size / size
        let root = trace * trace - 4 * determinant
        let radius =
          root < 0 ? determinant.squareRoot() : (abs(trace) + root.squareRoot()) / 2
        let factor = law.factor(rate: rate, eigenvalue: eigenvalue)
        #expect(abs(factor - radius) < 1e-6 * max(1, radius), "η \(rate), λ \(curvature)")
        let period = law.period(rate: rate, eigenvalue: eigenvalue)
        #expect((period != nil) == (root < -1e-9) || abs(root) < 1e-6)
        let isFirst = abs(law.firstFactor(rate: rate, eigenvalue: eigenvalue) - a.x / size)
        #expect(isFirst < 1e-6 * max(1, abs(a.x / size)))
      }
    }
  }

  @Test("errors shrink just below the limit and grow just above it", arguments: choices)
  func limit(choice: Choice) throws {
    let curvature = 1.7
    let fresh = try Self.chain(choice)
    let law = try #require(fresh.linearStability)
    let eigenvalue = try Self.eigenvalue(fresh, law, curvature: curvature)
    let limit = try #require(law.rateLimit(eigenvalue: eigenvalue))
    for (share, grows) in [(1 - 1e-3, false), (1 + 1e-3, true)] {
      var chain = try Self.chain(choice)
      var x = 1e-9
      var sizes: [Double] = []
      // Long enough for what momentum first adds to fade.
      // An error that has grown a thousandfold is not small any more.
      while sizes.count < 6000, abs(x) < 1e-6 {
        x = Self.step(&chain, x: x, eigenvalue: curvature, rate: share * limit).x
        sizes.append(abs(x))
      }
      guard sizes.count == 6000 else {
        #expect(grows, "\(share)")
        continue
      }
      let (early, late) = (sizes[1000..<1500].max() ?? 0, sizes[5500...].max() ?? 0)
      #expect(grows ? late > 1.5 * early : late < early / 1.5, "\(share)")
    }
    #expect(abs(law.factor(rate: limit, eigenvalue: eigenvalue) - 1) < 1e-12)
    let most = try #require(law.eigenvalueLimit(rate: limit))
    #expect(abs(most - eigenvalue) < 1e-12 * eigenvalue)
    #expect(law.rateLimit(eigenvalue: -1) == nil)
    #expect(law.rateLimit(eigenvalue: 0) == nil)
  }

  @Test("what is lost a step keeps its digits near 1")
  func small() {
    let plain = LinearStability()
    #expect(plain.decrement(rate: 1e-9, eigenvalue: 1e-9) == 1e-18)
    #expect(plain.decrement(rate: 1e-9, eigenvalue: -1e-9) == -1e-18)
    let heavy = LinearStability.heavyBall(keep: 0.9)
    // δ² − 0.1 δ + 1e-18 = 0.
    #expect(abs(heavy.decrement(rate: 1e-9, eigenvalue: 1e-9) / 1e-17 - 1) < 1e-12)
  }

  @Test("figures of the heavy ball and of Nesterov's rule")
  func figures() {
    let heavy = LinearStability.heavyBall(keep: 0.9)
    for (eta, factor) in [(0.001, 0.98887), (0.1, 0.948683), (3.81, 1.0647)] {
      #expect(abs(heavy.factor(rate: eta, eigenvalue: 1) - factor) < 6e-6 * 10)
    }
    let ahead = LinearStability.heavyBall(keep: 0.9, looksAhead: true)
    for (eta, factor) in [(0.001, 0.9889990), (0.01, 0.943928), (0.1, 0.9), (1, 0)] {
      #expect(abs(ahead.factor(rate: eta, eigenvalue: 1) - factor) < 1e-6)
    }
    #expect(abs((heavy.eigenvalueLimit(rate: 0.2) ?? 0) - 19) < 1e-12)
  }

  @Test("rules without a limit say why, and the others name a formula")
  func claims() throws {
    for optimizer in optimizers.entries {
      let chain = try Self.chain(Choice(optimizer.name))
      switch optimizer.limit {
      case .none(let why):
        #expect(chain.linearStability == nil)
        #expect(!why.isEmpty)
      case .eigenvalue(let formula):
        #expect(chain.linearStability?.isPreconditioned == false)
        #expect(formula.contains("λ"))
      case .preconditioned(let formula):
        #expect(chain.linearStability?.isPreconditioned == true)
        #expect(chain.effectiveRate(learningRate: 0.1) != nil)
        #expect(formula.contains("λ"))
      }
    }
  }
}
