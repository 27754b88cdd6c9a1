import Foundation
import Lanes
import Testing
import Training

@testable import Models
@testable import Presets

/// Facts of TensorFlow Playground: links with their meaning, malformed ones, the generator, data,
/// weights, training.
enum PlaygroundFacts {
  nonisolated(unsafe) private static let all: [String: Any] = {
    let url = Bundle.module.url(forResource: "Fixtures/playground", withExtension: "json")
    guard let url, let data = try? Data(contentsOf: url),
      let json = try? JSONDecoder().decode(Exact.self, from: data).value as? [String: Any]
    else { fatalError("the fixture is gone") }
    return json
  }()

  /// JSON whose numbers are the nearest doubles, which `JSONSerialization` does not promise.
  private struct Exact: Decodable {
    let value: Any

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        value = flag
      } else if let number = try? container.decode(Double.self) {
        value = number
      } else if let text = try? container.decode(String.self) {
        value = text
      } else if let list = try? container.decode([Exact].self) {
        value = list.map(\.value)
      } else if let object = try? container.decode([String: Exact].self) {
        value = object.mapValues(\.value)
      } else {
        value = [Any]()
      }
    }
  }

  /// The entries of one part.
  static func part(_ name: String) -> [[String: Any]] { all[name] as? [[String: Any]] ?? [] }
  /// The names of its entries.
  static func ids(_ name: String) -> [String] { part(name).compactMap { $0["id"] as? String } }
  /// The entry of that name.
  static func entry(_ name: String, _ id: String) throws -> [String: Any] {
    try #require(part(name).first { $0["id"] as? String == id })
  }

  static func number(_ value: Any?) -> Double { value as? Double ?? .nan }
  static func numbers(_ value: Any?) -> [Double] {
    switch value {
    case let list as [Any]: list.flatMap { numbers($0) }
    case let value as Double: [value]
    default: []
    }
  }

  /// Weights and biases of layers in flat order.
  static func flat(_ w: Any?, _ b: Any?) -> [Double] {
    zip(w as? [Any] ?? [], b as? [Any] ?? []).flatMap { numbers($0) + numbers($1) }
  }
}

@Suite("TensorFlow Playground")
struct PlaygroundTests {
  typealias Facts = PlaygroundFacts

  /// Whether settings mean what an entry expects.
  private func check(_ settings: PlaygroundSettings, _ expect: [String: Any]) throws {
    let preset = settings.preset
    guard case .model(let model) = preset.problem else {
      Issue.record("no model")
      return
    }
    #expect(settings.problem.rawValue == expect["problem"] as? String)
    let isClass = settings.problem == .classification
    let (used, idle) =
      isClass
      ? (settings.dataset.rawValue, settings.regDataset.rawValue)
      : (settings.regDataset.rawValue, settings.dataset.rawValue)
    #expect(used == expect["dataset"] as? String && idle == expect["idle_dataset"] as? String)
    #expect(settings.noise == Facts.number(expect["noise_percent"]))
    #expect(settings.percTrainData == Facts.number(expect["train_percent"]))
    #expect(settings.inputs.map(\.rawValue) == expect["features"] as? [String])
    #expect(model.hidden.map { Double($0.units) } == Facts.numbers(expect["hidden"]))
    #expect(settings.activation.rawValue == expect["activation"] as? String)
    #expect(settings.regularization.rawValue == expect["regularization"] as? String)
    #expect(settings.learningRate == Facts.number(expect["learning_rate"]))
    #expect(settings.regularizationRate == Facts.number(expect["regularization_rate"]))
    #expect(Double(settings.batchSize) == Facts.number(expect["batch_size"]))
    if let seed = expect["seed"] as? String { #expect(settings.seed == seed) }
    let flags = expect["flags"] as? [String: Bool] ?? [:]
    #expect(
      [settings.showTestData, settings.discretize, settings.initZero, settings.hideText]
        == ["show_test_data", "discretize", "init_zero", "hide_text"].map { flags[$0] })
    // The run that they make.
    let run = try Run(preset.experiment)
    let objective = run.objective
    #expect(Double(objective.sampleCount) == Facts.number(expect["train_samples"]))
    #expect(Double(objective.testCount) == Facts.number(expect["test_samples"]))
    #expect(Double(run.stepsPerEpoch) == Facts.number(expect["updates_per_epoch"]))
    if !settings.inputs.isEmpty {
      #expect(Double(objective.parameterCount) == Facts.number(expect["parameters"]))
    }
    // It is a preset like any other, and a link again.
    let text = try PresetFile.text(of: preset)
    let read = try PresetFile.parse(text, file: "a.yaml", name: "playground")
    #expect(read.experiment == preset.experiment)
    let back = try PlaygroundSettings(of: read)
    #expect(back.preset.experiment == preset.experiment)
  }

  @Test(
    "links mean what they mean on the page, and are written as it writes them",
    arguments: PlaygroundFacts.ids("links"))
  func links(id: String) throws {
    let entry = try Facts.entry("links", id)
    let url = try #require(entry["url"] as? String)
    #expect(PlaygroundLink.isOne(url))
    let link = try PlaygroundLink(url)
    try check(link.settings, try #require(entry["expect"] as? [String: Any]))
    if let hash = entry["canonical_hash"] as? String { #expect(link.settings.hash == hash) }
    let say = entry["say"] as? [[String: Any]] ?? []
    #expect(say.isEmpty == link.notes.isEmpty, "\(link.notes)")
    let notes = link.notes.joined(separator: "\n").lowercased()
    for one in say {
      for word in one["mention"] as? [String] ?? [] { #expect(notes.contains(word.lowercased())) }
      if let any = one["mention_any_of"] as? [String] {
        #expect(any.contains { notes.contains($0.lowercased()) }, "\(notes)")
      }
    }
  }

  @Test(
    "malformed links open with what holds said, or are refused; nothing hostile is printed",
    arguments: PlaygroundFacts.ids("malformed"))
  func malformed(id: String) throws {
    let entry = try Facts.entry("malformed", id)
    var url = entry["url"] as? String ?? ""
    if let build = entry["build"] as? [String: Any] {
      url =
        (build["prefix"] as? String ?? "")
        + String(
          repeating: build["repeat"] as? String ?? "", count: Int(Facts.number(build["times"])))
        + (build["suffix"] as? String ?? "")
    }
    var told: String
    let outcome = entry["outcome"] as? String
    do {
      let link = try PlaygroundLink(url)
      told = link.notes.joined(separator: "\n")
      #expect(outcome != "refuse")
      if let expect = entry["expect"] as? [String: Any] { try check(link.settings, expect) }
      _ = try Run(link.preset.experiment)
    } catch let error as PresetError {
      told = error.description
      #expect(outcome != "open", "\(told)")
    }
    let low = told.lowercased()
    for word in entry["mention"] as? [String] ?? [] {
      #expect(low.contains(word.lowercased()), "\(word): \(told)")
    }
    if let any = entry["mention_any_of"] as? [String] {
      #expect(any.contains { low.contains($0.lowercased()) }, "\(told)")
    }
    for text in entry["must_not_print"] as? [String] ?? [] { #expect(!told.contains(text)) }
    #expect(told.unicodeScalars.allSatisfy { $0 == "\n" || EscapedText.isPlain($0) })
    #expect(told.count < 10_000)
  }

  @Test(
    "the generator gives the page's numbers", arguments: PlaygroundFacts.part("generator").indices)
  func generator(index: Int) throws {
    let entry = Facts.part("generator")[index]
    var random = PageRandom(seed: try #require(entry["seed"] as? String))
    let first = Facts.numbers(entry["first"])
    let drawn = (0..<1000).map { _ in random.uniform() }
    #expect(Array(drawn.prefix(first.count)) == first)
    #expect(drawn[999] == Facts.number(entry["number_1000"]))
  }

  @Test(
    "a link has the page's samples, order, split, weights and losses",
    arguments: PlaygroundFacts.ids("pages"))
  func pages(id: String) throws {
    let entry = try Facts.entry("pages", id)
    let link = try PlaygroundLink(try #require(entry["hash"] as? String))
    try check(link.settings, try #require(entry["expect"] as? [String: Any]))
    var run = try Run(link.preset.experiment)
    let network = try #require(run.objective.kind.dense)
    let isClass = link.settings.problem == .classification
    func rows(_ samples: Samples) -> [Double] {
      (0..<samples.count).flatMap { s -> [Double] in
        let target = samples.targets[s]
        return Array(samples.input(s)) + [isClass ? 2 * target - 1 : target]
      }
    }
    let (train, test) = (rows(network.trainSamples), rows(network.testSamples))
    for (key, ours) in [
      ("first_train", train), ("first_test", test), ("all_train", train), ("all_test", test),
    ] where entry[key] != nil {
      for (a, b) in zip(Facts.numbers(entry[key]), ours) { #expect(abs(a - b) <= 1e-14) }
    }
    for (key, ours) in [("train", train), ("test", test)] {
      let sums = entry[key] as? [String: Any]
      let n = ours.count / 3
      func sum(_ term: (Int) -> Double) -> Double { (0..<n).reduce(0) { $0 + term($1) } }
      for (name, value) in [
        ("sum_x", sum { ours[3 * $0] }), ("sum_y", sum { ours[3 * $0 + 1] }),
        ("sum_label", sum { ours[3 * $0 + 2] }),
        ("sum_index_times_x", sum { Double($0) * ours[3 * $0] }),
        ("sum_index_times_label", sum { Double($0) * ours[3 * $0 + 2] }),
      ] where sums?[name] != nil {
        #expect(abs(value - Facts.number(sums?[name])) <= 1e-9, "\(key) \(name)")
      }
    }
    #expect(run.parameters == Facts.flat(entry["initial_W"], entry["initial_b"]))
    for one in entry["losses"] as? [[String: Any]] ?? [] {
      let epoch = Int(Facts.number(one["epoch"]))
      guard epoch <= 100 else { continue }
      while run.epoch < epoch { run.advance(run.stepsPerEpoch) }
      if epoch == 10, entry["W_after_10"] != nil {
        let wanted = Facts.flat(entry["W_after_10"], entry["b_after_10"])
        for (a, b) in zip(wanted, run.parameters) { #expect(abs(a - b) <= 1e-10) }
      }
      // The page's losses are without penalties.
      let outputs = loss(network, run.parameters, network.trainSamples, isClass)
      let tolerance = Facts.number(one["tolerance"])
      #expect(abs(outputs - Facts.number(one["train"])) <= tolerance, "epoch \(epoch)")
      let tests = loss(network, run.parameters, network.testSamples, isClass)
      #expect(abs(tests - Facts.number(one["test"])) <= tolerance, "epoch \(epoch)")
    }
  }

  private func loss(
    _ network: DenseNetwork, _ parameters: [Double], _ samples: Samples, _ isClass: Bool
  ) -> Double {
    let columns = (0..<2).map { column in
      (0..<samples.count).map { samples.inputs[2 * $0 + column] }
    }
    let outputs = network.outputs(at: parameters, inputs: columns)[0]
    return zip(outputs, samples.targets).reduce(0) { sum, pair in
      let target = isClass ? 2 * pair.1 - 1 : pair.1
      return sum + (pair.0 - target) * (pair.0 - target) / 2
    } / Double(samples.count)
  }

  @Test("training is the page's, update by update", arguments: PlaygroundFacts.ids("training"))
  func training(id: String) throws {
    let entry = try Facts.entry("training", id)
    let samples = entry["samples"] as? [[String: Any]] ?? []
    let isClass = entry["output_activation"] as? String == "tanh"
    let targets = samples.map { Facts.number($0["target"]) }
    var model = ModelProblem(
      kind: .mlp,
      data: DataSource(
        .inline(
          inputs: samples.map { Facts.numbers($0["inputs"]) },
          targets: targets.map { [isClass ? ($0 > 0 ? 1 : 0) : $0] })))
    let activation = entry["activation"] as? String ?? ""
    model.hidden = Facts.numbers(entry["hidden"]).map {
      LayerSpec(
        units: Int($0), activation: Choice(activation == "linear" ? "identity" : activation))
    }
    model.output = Choice(isClass ? "tanh" : "identity")
    model.loss = Choice(isClass ? "signed_mse" : "half_mse")
    let rate = Facts.number(entry["regularization_rate"])
    switch entry["regularization"] as? String {
    case "L1": (model.l1, model.l1Rule) = (rate, .clip)
    case "L2": model.l2 = rate
    default: break
    }
    var experiment = Experiment(name: "page", problem: .model(model))
    experiment.start = Start(parameters: Facts.flat(entry["W"], entry["b"]))
    experiment.learningRate = .value(Facts.number(entry["learning_rate"]))
    let size = Int(Facts.number(entry["batch_size"]))
    // The page never updates with a batch that is larger than the training set.
    guard size <= samples.count else {
      #expect((entry["after_each_update"] as? [Any])?.isEmpty == true)
      return
    }
    experiment.batching = .carried(size: size)
    var run = try Run(experiment)
    for update in entry["after_each_update"] as? [[String: Any]] ?? [] {
      #expect(run.advance(1) == 1)
      #expect(run.lastBatch.map(Double.init) == Facts.numbers(update["averaged_samples"]))
      let wanted = Facts.flat(update["W"], update["b"])
      #expect(wanted.count == run.parameters.count)
      for (a, b) in zip(wanted, run.parameters) {
        #expect(abs(a - b) <= 1e-12, "update \(Facts.number(update["update"])): \(b), not \(a)")
        if a == 0, isClass { #expect(b == 0) }
      }
    }
  }

  @Test(
    "single weights are moved by the page's rule",
    arguments: PlaygroundFacts.part("update_rule").indices)
  func rule(index: Int) throws {
    let entry = Facts.part("update_rule")[index]
    let isL1 = entry["regularization"] as? String == "L1"
    let rate = Facts.number(entry["learning_rate"])
    let strength = Facts.number(entry["regularization_rate"])
    let (weight, gradient) = (Facts.number(entry["weight"]), Facts.number(entry["mean_gradient"]))
    guard isL1 else { return }
    let shrinkage = Shrinkage(rule: .clip, l1: strength, perSample: false, weights: [0..<1])
    var parameters = [weight]
    var change = [rate * gradient]
    var dead = [false]
    parameters.withUnsafeMutableBufferPointer { parameters in
      change.withUnsafeMutableBufferPointer { change in
        shrinkage.apply(
          parameters.baseAddress!, change: change.baseAddress!, rate: rate, samples: 1, dead: &dead)
      }
    }
    #expect(abs(parameters[0] - Facts.number(entry["new_weight"])) <= 1e-15)
    #expect(dead[0] == (entry["dead"] as? Bool))
  }

  @Test("what a link cannot hold is said, all of it")
  func unfit() throws {
    var preset = try PlaygroundLink("#seed=1").preset
    preset.optimizer = Choice("adam")
    preset.schedule = Choice("cosine")
    #expect(throws: PresetError.self) { try PlaygroundSettings(of: preset) }
    do { _ = try PlaygroundSettings(of: preset) } catch {
      #expect(error.diagnostics.count == 2 && "\(error)".contains("adam"))
    }
    let xor = try PresetShelf(folder: "/nonexistent").load("xor")
    #expect(throws: PresetError.self) { try PlaygroundSettings(of: xor) }
  }
}

@Suite("Rules of the L1 penalty")
struct L1RuleTests {
  /// A linear model of three columns, of which two say nothing.
  private func experiment(_ rule: L1Rule, optimizer: String = "gd") -> Experiment {
    let inputs: [[Double]] = (0..<16).map { i in
      let columns = [i % 4, i * 7 % 5, i * 3 % 7].map { Double($0) }
      return [columns[0] - 1.5, columns[1] - 2, columns[2] - 3]
    }
    let targets: [[Double]] = inputs.map { [2 * $0[0]] }
    var model = ModelProblem(
      kind: .mlp,
      data: DataSource(.inline(inputs: inputs, targets: targets)))
    model.loss = Choice("mse")
    model.output = Choice("identity")
    (model.l1, model.l1Rule) = (0.2, rule)
    var experiment = Experiment(name: "l1", problem: .model(model))
    experiment.start = Start(parameters: [0.5, 0.3, -0.2, 0])
    experiment.learningRate = .value(0.02)
    experiment.optimizer = Choice(optimizer)
    return experiment
  }

  @Test("proximal and clip make weights 0 that nothing is learned by; the subgradient does not")
  func zeros() throws {
    for rule in L1Rule.allCases {
      var run = try Run(experiment(rule))
      run.advance(400)
      let w = run.parameters
      #expect((w[1] == 0 && w[2] == 0) == (rule != .subgradient), "\(rule): \(w)")
      #expect(abs(w[0] - 2) < 0.1)
    }
  }

  @Test("the proximal end is the lasso's: zero is optimal where the gradient is below λ")
  func optimality() throws {
    var run = try Run(experiment(.proximal))
    run.advance(4000)
    let w = run.parameters
    // The gradient that runs show has no part of the penalty.
    let gradient = run.lastGradient
    for i in 0..<3 {
      if w[i] == 0 {
        #expect(abs(gradient[i]) <= 0.2)
      } else {
        #expect(abs(gradient[i] + 0.2 * (w[i] > 0 ? 1 : -1)) < 1e-9)
      }
    }
  }

  @Test("copies continue with the same bits, and cut weights stay cut")
  func copies() throws {
    var run = try Run(experiment(.clip, optimizer: "adam"))
    run.advance(150)
    var copy = run
    run.advance(200)
    copy.advance(200)
    #expect(run.parameters == copy.parameters)
    // A state that was kept knows what is cut.
    var other = try Run(experiment(.clip, optimizer: "adam"))
    other.state = run.state
    #expect(other.state == run.state)
    run.advance(50)
    other.advance(50)
    #expect(run.parameters == other.parameters)
  }

  @Test("optimizers that look around are refused, at the beginning and on the way")
  func surfaces() throws {
    #expect(throws: RunError.self) { try Run(experiment(.clip, optimizer: "newton")) }
    var run = try Run(experiment(.proximal))
    #expect(throws: RunError.self) {
      try run.apply(.optimizer(Choice("newton"), carryState: false))
    }
    run.advance(3)
    #expect(run.step == 3)
  }
}
