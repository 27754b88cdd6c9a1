import Foundation
import Lanes
import Models
import Presets
import Testing
import Training

@Suite("One table of keys serves presets, settings and lists")
struct PresetKeyTests {
  static let shelf = PresetShelf(folder: "/nonexistent")

  static func apply(_ settings: String..., to preset: String) throws -> Preset {
    try PresetKeys.apply(settings.map { try PresetKeys.parse($0) }, to: shelf.load(preset))
  }

  @Test("Every row of a preset takes what it writes", arguments: PresetShelf.builtInNames)
  func roundTrip(name: String) throws {
    var experiment = try Self.shelf.load(name)
    experiment.lesson = nil
    experiment.variants = []
    for key in PresetKeys.rows(of: experiment) {
      guard let text = PresetKeys.text(of: key, in: experiment) else { continue }
      let again = try PresetKeys.apply([Setting(key: key.name, value: text)], to: experiment)
      #expect(again == experiment, "\(key.name)=\(text)")
    }
  }

  @Test("Rows have names, summaries and defaults of their own")
  func words() throws {
    #expect(Set(PresetKeys.all.map(\.name)).count == PresetKeys.all.count)
    for key in PresetKeys.all {
      #expect(!key.summary.isEmpty && !key.summary.hasSuffix("."), "\(key.name)")
      #expect(!key.standard.isEmpty, "\(key.name)")
    }
  }

  @Test("An empty value takes a key away")
  func takenAway() throws {
    let xor = try Self.apply("l2=0.01", "data.noise=0.2", "beta1=0.5", to: "xor")
    let plain = try PresetKeys.apply(
      ["l2", "data.noise", "beta1", "views"].map { Setting(key: $0, value: "") }, to: xor)
    guard case .model(let model) = plain.problem else {
      Issue.record("not a model")
      return
    }
    #expect(model.l2 == 0 && model.data.origin == .generated(Choice("xor")))
    #expect(plain.optimizer.settings["beta1"] == nil && plain.views.isEmpty)
    #expect(try Self.apply("batch=2", "batch=", to: "xor").batching == .full)
    #expect(try Self.apply("changes=", to: "xor").changes.isEmpty)
    #expect(throws: PresetError.self) { try Self.apply("data=", to: "xor") }
  }

  @Test("Another data set drops the settings of the one before", arguments: ["moons", "spiral"])
  func otherData(name: String) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("glissade-keys-\(name)-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("f.csv")
    try "a,b,c\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n".write(to: file, atomically: true, encoding: .utf8)
    let changed = try PresetKeys.apply(
      [Setting(key: "data.csv", value: file.path)], to: Self.apply("data.noise=0.1", to: name))
    guard case .model(let model) = changed.problem,
      case .csv(let table) = model.data.origin
    else {
      Issue.record("no data from a file")
      return
    }
    #expect(table.samples.count == 4)
    // The file was read once: it need not be there any more.
    try FileManager.default.removeItem(at: file)
    let slower = try PresetKeys.apply([Setting(key: "learning_rate", value: "0.5")], to: changed)
    #expect(slower.problem == changed.problem && slower.learningRate == .value(0.5))
    let back = try PresetKeys.apply([Setting(key: "data", value: "circle")], to: changed)
    guard case .model(let model) = back.problem else { return }
    #expect(model.data == DataSource(.generated(Choice("circle"))))
  }

  @Test("Networks of other kinds have their kind and its settings as keys")
  func kinds() throws {
    let changed = try Self.apply("network.kernels=3", "pool=1", to: "convolution")
    guard case .network(let network) = changed.problem else {
      Issue.record("no network")
      return
    }
    #expect(network.kind.settings["kernels"] == 3 && network.kind.settings["pool"] == 1)
    let names = try PresetKeys.rows(of: Self.shelf.load("boltzmann")).map(\.name)
    #expect(names.contains("network.hidden") && !names.contains("model.hidden"))
  }

  @Test("A setting that belongs to another problem says to which")
  func foreign() {
    #expect(SettingTests.message(["l2=1"], to: "xsin").contains("l2 belongs to a model"))
    #expect(SettingTests.message(["x_range=0,1"]).contains("x_range belongs to a function"))
    #expect(SettingTests.message(["data.header=true"]).contains("CSV file"))
  }

  @Test("A formula makes a function of what was a model")
  func becomes() throws {
    let changed = try Self.apply("function=x^2", "start.x=3", to: "xor")
    #expect(changed.problem == .function(FunctionProblem(formula: "x^2")))
    #expect(changed.start == Start(parameters: [3]) && changed.batching == .full)
  }
}
