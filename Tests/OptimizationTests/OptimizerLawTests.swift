import Foundation
import Lanes
import Testing

@testable import Optimization

@Suite("Laws of every optimizer")
struct OptimizerLawTests {
  /// Rates at which each converges on a gentle bowl.
  static func rate(_ name: String) -> Double {
    switch name {
    case "adadelta": 1
    case "newton", "lbfgs": 1
    case "adagrad": 0.5
    case "lion": 0.003
    default: 0.02
    }
  }

  @Test("A zero gradient moves nothing", arguments: optimizers.names)
  func zero(_ name: String) throws {
    var walker = try Walker(
      Choice(name, ["adamw", "muon"].contains(name) ? ["weight_decay": 0] : [:]), from: [1, -2, 3],
      rate: 0.1,
      TestSurface.bowl)
    for _ in 0..<5 { walker.step(gradient: [0, 0, 0]) }
    #expect(walker.parameters.values == [1, -2, 3])
  }

  @Test("A bowl is descended to its bottom", arguments: optimizers.names)
  func converges(_ name: String) throws {
    var walker = try Walker(
      Choice(name), from: [1, -1, 0.5], rate: Self.rate(name), TestSurface.bowl)
    for _ in 0..<3000 { walker.step() }
    for value in walker.parameters.values { #expect(abs(value) < 0.02, "\(value)") }
  }

  @Test(
    "Parameters do not touch each other",
    arguments: optimizers.names.filter { !["newton", "lbfgs"].contains($0) })
  func independent(_ name: String) throws {
    var alone = try Walker(Choice(name), from: [0.3], rate: 0.01, TestSurface.bowl)
    var among = try Walker(
      Choice(name), from: [9, 8, 0.3, 7, 6, 5, 4, 3, 2, 1], rate: 0.01, TestSurface.bowl)
    for step in 0..<50 {
      let g = Double((step * 7) % 11) - 4
      alone.step(gradient: [g])
      among.step(gradient: [1e3, -1, g, .nan, 0, 1, 2, .infinity, 4, 5])
    }
    #expect(alone.parameters[0] == among.parameters[2])
  }

  @Test("Padding stays zero", arguments: optimizers.names)
  func padding(_ name: String) throws {
    var walker = try Walker(Choice(name), from: [1, 2, 3], rate: 0.01, TestSurface.bowl)
    for _ in 0..<20 { walker.step() }
    for lane in 3..<8 { #expect(walker.parameters.lanes[0][lane] == 0) }
  }

  @Test("Memory handed to a fresh chain goes on with the same bits", arguments: optimizers.names)
  func adopts(_ name: String) throws {
    var whole = try Walker(Choice(name), from: [1, -1], rate: 0.01, TestSurface.bowl)
    for _ in 0..<12 { whole.step() }
    var other = whole
    var fresh = try OptimizerChain(Choice(name), parameterCount: 2)
    fresh.adopt(whole.chain)
    other.chain = fresh
    for _ in 0..<12 {
      whole.step()
      other.step()
    }
    #expect(whole.parameters == other.parameters)
  }

  @Test(
    "What is remembered survives being written, and goes on with the same bits",
    arguments: optimizers.names, ["", "step_per_epoch", "reset_each_epoch"])
  func state(_ name: String, flag: String) throws {
    let settings = (optimizers[name]?.hyperparameters ?? []).map(\.name)
    guard flag.isEmpty || settings.contains(flag) else { return }
    let choice = Choice(name, flag.isEmpty ? [:] : [flag: 1])
    // At every step of the first blocks of rates that Adam makes at once, and then some.
    for steps in Array(0...20) + [100] {
      var whole = try Walker(choice, from: [1, -1], rate: 0.01, TestSurface.bowl)
      whole.stepsPerEpoch = 3
      for _ in 0..<steps { whole.step() }
      var other = whole
      other.chain = try OptimizerChain(choice, parameterCount: 2)
      let written = try JSONEncoder().encode(whole.chain.state)
      other.chain.state = try JSONDecoder().decode(OptimizerState.self, from: written)
      #expect(other.chain.state == whole.chain.state)
      for _ in 0..<30 {
        whole.step()
        other.step()
      }
      #expect(whole.parameters == other.parameters, "after \(steps)")
      #expect(whole.chain.state == other.chain.state)
    }
  }

  @Test("A reset optimizer is as new", arguments: optimizers.names)
  func resets(_ name: String) throws {
    var used = try Walker(Choice(name), from: [1, -1], rate: 0.01, TestSurface.bowl)
    for _ in 0..<9 { used.step() }
    used.chain.reset()
    used.parameters = Vector([1.0, -1])
    var fresh = try Walker(Choice(name), from: [1, -1], rate: 0.01, TestSurface.bowl)
    for _ in 0..<9 {
      used.step()
      fresh.step()
    }
    #expect(used.parameters == fresh.parameters)
  }

  @Test("Settings beyond their range and unknown ones are refused", arguments: optimizers.entries)
  func refuses(_ optimizer: Optimizer) throws {
    for parameter in optimizer.hyperparameters {
      #expect(parameter.range.contains(parameter.defaultValue), "\(parameter.name)")
      #expect(throws: ChoiceError.self) {
        try OptimizerChain(
          Choice(optimizer.name, [parameter.name: parameter.range.upperBound * 2 + 1]),
          parameterCount: 1)
      }
      #expect(throws: ChoiceError.self) {
        try OptimizerChain(Choice(optimizer.name, [parameter.name: .nan]), parameterCount: 1)
      }
    }
    #expect(throws: ChoiceError.self) {
      try OptimizerChain(Choice(optimizer.name, ["bta1": 0.5]), parameterCount: 1)
    }
  }

  @Test(
    "Every setting at the ends of its range leaves other parameters' numbers alone or diverges, but never traps",
    arguments: optimizers.entries)
  func extremes(_ optimizer: Optimizer) throws {
    for parameter in optimizer.hyperparameters {
      for value in [parameter.range.lowerBound, parameter.range.upperBound] {
        var walker = try Walker(
          Choice(optimizer.name, [parameter.name: value]), from: [1, -1], rate: 0.01,
          TestSurface.bowl)
        for _ in 0..<5 { walker.step() }
        #expect(walker.steps == 5)
      }
    }
  }

  @Test(
    "A rate that changes at every step takes effect at once",
    arguments: [
      Choice("adam"), Choice("adam", ["epsilon_hat": 1]), Choice("adam", ["step_per_epoch": 1]),
      Choice("amsgrad"), Choice("adamw", ["weight_decay": 0]), Choice("adamax"), Choice("nadam"),
      Choice("radam"), Choice("adagrad"), Choice("rmsprop"), Choice("gd"),
    ])
  func changingRate(_ choice: Choice) throws {
    // The same gradients lead to the same memory: changes are to each other as the rates are.
    var steady = try Walker(choice, from: [0, 0, 0], rate: 1, TestSurface.bowl)
    var changing = steady
    steady.stepsPerEpoch = 3
    changing.stepsPerEpoch = 3
    for step in 0..<40 {
      let gradient = (0..<3).map { Double((step * 7 + $0 * 5) % 11) - 4.5 }
      changing.rate = [0.5, 0.25, 2, 0.125][step % 4]
      let before = (steady.parameters, changing.parameters)
      steady.step(gradient: gradient)
      changing.step(gradient: gradient)
      for index in 0..<3 {
        let whole = steady.parameters[index] - before.0[index]
        let part = changing.parameters[index] - before.1[index]
        #expect(abs(part - changing.rate * whole) < 1e-12, "step \(step)")
      }
    }
  }

  @Test(
    "A rule that writes its change elsewhere leaves the gradient alone, and the same change",
    arguments: optimizers.names)
  func elsewhere(_ name: String) throws {
    var walker = try Walker(
      Choice(name, ["adamw", "muon"].contains(name) ? ["weight_decay": 0] : [:]),
      from: [1, -1, 0.5], rate: 0.01,
      TestSurface.bowl)
    var chain = walker.chain
    var rule = chain.takeRule()
    /// A step by the rule whose kind is known; the change.
    func step<Rule: GradientTransformation>(
      _ rule: inout Rule, at parameters: Vector, number: Int
    ) -> Vector {
      var gradient = Vector(zeros: 3)
      var change = Vector([7.0, 7, 7])
      parameters.withUnsafePointer { p in
        gradient.withUnsafeMutablePointer { g in
          let loss = walker.surface.lossAndGradient(at: p, gradient: g)
          let context = StepContext(
            step: number, learningRate: walker.rate, epoch: number - 1, beginsEpoch: true,
            loss: loss, surface: walker.surface)
          change.withUnsafeMutablePointer {
            rule.update(
              UnsafePointer(g), into: $0, parameters: p, paddedCount: 8, context: context)
          }
        }
      }
      #expect(gradient.values == TestSurface.bowl(parameters.values).1)
      return change
    }
    for number in 1...20 {
      let change = step(&rule, at: walker.parameters, number: number)
      let before = walker.parameters
      walker.step()
      for index in 0..<8 {
        let after = before.lanes[0][index] - change.lanes[0][index]
        #expect(after == walker.parameters.lanes[0][index], "step \(number)")
      }
    }
    chain.put(rule)
    chain.count(to: 20)
    #expect(chain.memory == walker.chain.memory)
    #expect(chain.stepsTaken == walker.chain.stepsTaken)
  }

  @Test("A chain is the composition of its transformations")
  func composition() throws {
    var walker = try Walker(
      Choice("momentum", ["clip_norm": 1, "weight_decay": 0.5, "clip_value": 3]), from: [1, -2],
      rate: 0.1, TestSurface.bowl)
    walker.step(gradient: [5, -2])
    // By hand: values are clipped to 3, then the norm to 1, then decay is added, then the step is
    // taken.
    let norm = (9.0 + 4).squareRoot() + 1e-6
    let g = [3 / norm + 0.5, -2 / norm - 1]
    #expect(abs(walker.parameters[0] - (1 - 0.1 * g[0])) < 1e-15)
    #expect(abs(walker.parameters[1] - (-2 - 0.1 * g[1])) < 1e-15)
  }
}

@Suite("Conventions of the lecture notes and of libraries")
struct ConventionTests {
  let gradients: [Double] = [3, -1, 2, 0.5, -4, 1, 1, 2, -3, 0.25, 2, -2]

  func walk(
    _ choice: Choice, epoch: Int = 4, rates: [Double]? = nil, rounds: Int = 1
  ) throws -> Double {
    var walker = try Walker(choice, from: [0.5], rate: 0.01, TestSurface.bowl)
    walker.stepsPerEpoch = epoch
    for index in 0..<rounds * gradients.count {
      if let rates { walker.rate = rates[index % rates.count] }
      walker.step(gradient: [gradients[index % gradients.count]])
    }
    return walker.parameters[0]
  }

  @Test("The notes' momentum keeps η inside the change")
  func momentum() throws {
    let rates = [0.01, 0.03, 0.002]
    var p = 0.5
    var change = 0.0
    for (index, g) in gradients.enumerated() {
      change = rates[index % 3] * g + 0.3 * change
      p -= change
    }
    let inside = try walk(Choice("momentum", ["momentum": 0.3, "rate_inside": 1]), rates: rates)
    let outside = try walk(Choice("momentum", ["momentum": 0.3]), rates: rates)
    #expect(abs(inside - p) < 1e-15)
    #expect(abs(outside - p) > 1e-4)
  }

  @Test("The notes' AdaGrad and RMSprop forget at each epoch")
  func forgetful() throws {
    var p = 0.5
    var sum = 0.0
    var q = 0.5
    var mean = 0.0
    for (index, g) in gradients.enumerated() {
      if index % 4 == 0 { (sum, mean) = (0, 0) }
      sum += g * g
      p -= g * 0.01 / (1e-8 + sum.squareRoot())
      mean = 0.99 * mean + (1 - 0.99) * g * g
      q -= g * 0.01 / (1e-8 + mean.squareRoot())
    }
    #expect(
      abs(try walk(Choice("adagrad", ["eps": 1e-8, "reset_each_epoch": 1])) - p) < 1e-15)
    #expect(abs(try walk(Choice("rmsprop", ["reset_each_epoch": 1])) - q) < 1e-15)
  }

  @Test(
    "The notes' Adam counts epochs, with or without forgetting",
    arguments: [
      (true, true), (true, false), (false, true),
    ])
  func epochAdam(_ flags: (resets: Bool, epochs: Bool)) throws {
    var p = 0.5
    var m = 0.0
    var v = 0.0
    // Long enough for epochs, too, to outnumber the rates that Adam makes at once.
    let rounds = 4
    for index in 0..<rounds * gradients.count {
      let g = gradients[index % gradients.count]
      if flags.resets, index % 4 == 0 { (m, v) = (0, 0) }
      let t = flags.epochs ? index / 4 + 1 : index + 1
      m = 0.9 * m + (1 - 0.9) * g
      v = 0.999 * v + (1 - 0.999) * g * g
      let first = m / (1 - BiasCorrection.power(0.9, t))
      let second = v / (1 - BiasCorrection.power(0.999, t))
      p -= 0.01 * first / (second.squareRoot() + 1e-7)
    }
    let ours = try walk(
      Choice(
        "adam",
        [
          "eps": 1e-7, "reset_each_epoch": flags.resets ? 1 : 0,
          "step_per_epoch": flags.epochs ? 1 : 0,
        ]), rounds: rounds)
    #expect(abs(ours - p) < 1e-15)
  }

  @Test("scikit-learn's Adam adds ε before the correction")
  func epsilonHat() throws {
    var p = 0.5
    var m = 0.0
    var v = 0.0
    for (index, g) in gradients.enumerated() {
      let t = index + 1
      m = 0.9 * m + (1 - 0.9) * g
      v = 0.999 * v + (1 - 0.999) * g * g
      let rate =
        0.01 * (1 - BiasCorrection.power(0.999, t)).squareRoot()
        / (1 - BiasCorrection.power(0.9, t))
      p -= rate * m / (v.squareRoot() + 1e-2)
    }
    let ours = try walk(Choice("adam", ["eps": 1e-2, "epsilon_hat": 1]))
    #expect(abs(ours - p) < 1e-15)
    #expect(abs(try walk(Choice("adam", ["eps": 1e-2])) - p) > 1e-4)
  }

  @Test("Norm clipping is PyTorch's, with its 10⁻⁶")
  func clipNorm() throws {
    var walker = try Walker(
      Choice("gd", ["clip_norm": 2]), from: [0, 0], rate: 1, TestSurface.bowl)
    walker.step(gradient: [3, 4])
    #expect(abs(walker.parameters[0] + 3 * 2 / (5 + 1e-6)) < 1e-15)
    walker.step(gradient: [0.1, 0])
    #expect(abs(walker.parameters[0] + 3 * 2 / (5 + 1e-6) + 0.1) < 1e-15)
  }

  @Test("Newton solves a quadratic in one step, and L-BFGS with its search in a few")
  func curvature() throws {
    var newton = try Walker(Choice("newton"), from: [3, -2, 1], rate: 1, TestSurface.bowl)
    newton.step()
    for value in newton.parameters.values { #expect(abs(value) < 1e-6) }
    for name in ["newton", "lbfgs"] {
      var settings = ["line_search": 1.0]
      if name == "lbfgs" { settings["tolerance_change"] = 0 }
      var walker = try Walker(
        Choice(name, settings), from: [-1.2, 1], rate: 1, TestSurface.rosenbrock)
      for _ in 0..<60 { walker.step() }
      #expect(abs(walker.parameters[0] - 1) < 1e-6, "\(name)")
      #expect(abs(walker.parameters[1] - 1) < 1e-6, "\(name)")
    }
  }

  @Test("Newton goes downhill at a saddle too")
  func saddle() throws {
    let saddle = { @Sendable (p: [Double]) -> (Double, [Double]) in
      (p[0] * p[0] - p[1] * p[1], [2 * p[0], -2 * p[1]])
    }
    var walker = try Walker(Choice("newton"), from: [1, 0.1], rate: 1, saddle)
    for _ in 0..<5 { walker.step() }
    #expect(saddle(walker.parameters.values).0 < -0.01)
  }

  @Test("L-BFGS without a search takes PyTorch's steps")
  func lbfgs() throws {
    var walker = try Walker(Choice("lbfgs"), from: [-1.2, 1], rate: 0.5, TestSurface.rosenbrock)
    // torch.optim.LBFGS(max_iter=1, lr=0.5), with dense inverse Hessians instead of the two-loop
    // recursion.
    var p = [-1.2, 1.0]
    var pairs: [(s: [Double], y: [Double])] = []
    var previous: (p: [Double], g: [Double])?
    func dot(_ a: [Double], _ b: [Double]) -> Double { a[0] * b[0] + a[1] * b[1] }
    for _ in 0..<12 {
      let g = TestSurface.rosenbrock(p).1
      if let previous {
        let s = [p[0] - previous.p[0], p[1] - previous.p[1]]
        let y = [g[0] - previous.g[0], g[1] - previous.g[1]]
        if dot(s, y) > 1e-10 { pairs.append((s, y)) }
      }
      var b: [[Double]] = [[1, 0], [0, 1]]
      if let last = pairs.last {
        let scale = dot(last.s, last.y) / dot(last.y, last.y)
        b = [[scale, 0], [0, scale]]
      }
      for (s, y) in pairs {
        let rho = 1 / dot(s, y)
        let v = [
          [1 - rho * s[0] * y[0], -rho * s[0] * y[1]], [-rho * s[1] * y[0], 1 - rho * s[1] * y[1]],
        ]
        var next = [[0.0, 0.0], [0.0, 0.0]]
        for i in 0..<2 {
          for j in 0..<2 {
            for k in 0..<2 { for l in 0..<2 { next[i][j] += v[i][k] * b[k][l] * v[j][l] } }
            next[i][j] += rho * s[i] * s[j]
          }
        }
        b = next
      }
      let first = previous == nil
      let d = first ? [-g[0], -g[1]] : [-dot(b[0], g), -dot(b[1], g)]
      let t = first ? min(1, 1 / (abs(g[0]) + abs(g[1]))) * 0.5 : 0.5
      previous = (p, g)
      p = [p[0] + t * d[0], p[1] + t * d[1]]
      walker.step()
      for index in 0..<2 { #expect(abs(walker.parameters[index] - p[index]) < 1e-9) }
    }
  }
}
