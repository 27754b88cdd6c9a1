import Models
import Presets
import Testing
import Training

@Suite("Presets of the notes give the notes' numbers")
struct NotesPresetTests {
  /// A preset as it comes with the program, before its first step.
  static func run(_ name: String) throws -> Run {
    try Run(PresetShelf(folder: "/nonexistent").load(name))
  }

  /// A program of the notes' chapter on differentiation, its preset, and where the reference has
  /// its numbers.
  struct ADProgram: Sendable, CustomTestStringConvertible {
    let preset: String
    let point: [Double]
    let value: Double
    let gradient: [Double]
    var testDescription: String { preset }
  }

  static let programs: [ADProgram] = {
    let ad = Reference.all["ad"]
    /// A program of one variable.
    func scalar(_ preset: String, _ key: String, gradient: String = "grad") -> ADProgram {
      let part = ad[key]
      return ADProgram(
        preset: preset, point: [part["at"].number], value: part["value"].number,
        gradient: [part[gradient].number])
    }
    let tape = ad["tape"]
    let (f2, f3) = (ad["f2"], ad["f3"])
    return [
      ADProgram(
        preset: "notes-ad-sin", point: [tape["x"].number], value: tape["primal"].numbers[4],
        gradient: [tape["tangent"].numbers[4]]),
      scalar("notes-ad-f1", "f1"),
      ADProgram(
        preset: "notes-ad-f2", point: f2["at"].numbers, value: f2["value"].number,
        gradient: [f2["d_x1"].number, f2["d_x2"].number]),
      ADProgram(
        preset: "notes-ad-f3", point: f3["at"].numbers, value: f3["value"].number,
        gradient: f3["grad"].numbers),
      scalar("notes-ad-f4", "f4"),
      scalar("notes-ad-f5", "f5"),
      scalar("notes-ad-f6", "f6", gradient: "grad_for"),
      scalar("notes-ad-f6-while", "f6", gradient: "grad_while"),
      scalar("notes-ad-f7", "f7"),
    ]
  }()

  @Test("Value and gradient of the programs at the notes' points", arguments: programs)
  func differentiation(program: ADProgram) throws {
    let run = try Self.run(program.preset)
    #expect(run.parameters == program.point)
    let (value, gradient) = run.objective.lossAndGradient(at: run.parameters)
    expectScalar(value, program.value, "value")
    #expect(gradient.count == program.gradient.count)
    for (ours, theirs) in zip(gradient, program.gradient) {
      expectScalar(ours, theirs, "derivative")
    }
  }

  @Test("Ten steps on x² from 5")
  func parabola() throws {
    var run = try Self.run("notes-gd-x2")
    var places = [run.parameters[0]]
    while run.status == .running, run.step < run.experiment.steps {
      run.advance(1)
      places.append(run.parameters[0])
    }
    expectClose(
      places, Reference.all["scalar_descent.gd_x2.analytical.x"].numbers, within: 1e-12, "x")
  }

  @Test("The forward pass of the 2-3-3-1 net")
  func forward() throws {
    let run = try Self.run("notes-forward")
    let layers = Reference.all["networks.forward_2_3_3_1.layers"].items
    let answer = layers[2]["y"].numbers[0]
    // The loss is the squared distance from the only target, 1.
    expectScalar(run.snapshot().loss, (answer - 1) * (answer - 1), "loss")
  }

  @Test("Least squares on OR and AND", arguments: ["OR", "AND"])
  func linear(gate: String) throws {
    var run = try Self.run("\(gate.lowercased())-linear")
    run.advance(run.experiment.steps)
    expectClose(
      run.parameters, Reference.all["gates.linreg.theta_exact"][gate].numbers, within: 1e-8, gate)
    #expect(run.snapshot().accuracy == 1)
  }

  @Test("scikit-learn's C = 1 answers the same to all corners", arguments: GateTests.gates)
  func penalised(gate: String) throws {
    let name = "\(gate.lowercased())-logistic"
    let preset = try PresetShelf(folder: "/nonexistent").load(name)
    let variant = try #require(preset.variants.first { $0.name.contains("C = 1") })
    var run = try Run(PresetKeys.apply(variant.settings, to: preset))
    run.advance(preset.steps)
    let theirs = Reference.all["gates.logreg_sklearn.gates"][gate]
    let optimum = theirs["exact_optimum"]
    expectClose(
      run.parameters, [optimum["intercept"].number] + optimum["coef"].numbers.dropFirst(),
      within: 1e-8, gate)
    #expect(run.snapshot().accuracy == theirs["sklearn.score"].number)
  }

  @Test("A 2-4-1 net on XOR and its variants", arguments: GateTests.optimizers)
  func net(optimizer: String) throws {
    var experiment = try PresetShelf(folder: "/nonexistent").load("notes-gates-mlp")
    if optimizer != "gd" {
      let variant = try #require(
        experiment.variants.first { $0.name.lowercased() == optimizer })
      experiment = try PresetKeys.apply(variant.settings, to: experiment)
    }
    var run = try Run(experiment)
    var losses = [run.snapshot().loss]
    for _ in 0..<500 {
      run.advance(1)
      losses.append(run.snapshot().loss)
    }
    let theirs = Reference.all["mlp_gates.gates.XOR.runs"][optimizer]
    expectClose(losses, theirs["loss"].numbers, within: 1e-10, optimizer)
    #expect(run.snapshot().accuracy == 1)
  }

  @Test("The classifier's run ends by its rule, all samples right")
  func classifier() throws {
    var run = try Self.run("notes-mlpclassifier")
    run.advance(run.experiment.steps)
    #expect(run.snapshot().accuracy == Reference.all["mlpclassifier.score"].number)
  }

  @Test("A neuron with weights by hand makes no mistake and never moves")
  func neuron() throws {
    for name in ["notes-neuron", "notes-neuron-xor"] {
      var run = try Self.run(name)
      let start = run.parameters
      #expect(run.snapshot().accuracy == 1, "\(name)")
      run.advance(run.experiment.steps)
      #expect(run.parameters == start, "\(name)")
    }
  }
}
