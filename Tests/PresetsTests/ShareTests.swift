import Foundation
import Models
import Presets
import Testing
import Training

@Suite("Shared strings")
struct ShareTests {
  static let shelf = PresetShelf(folder: "/nonexistent")

  /// Whether data and start are generated, so that the string need not hold numbers.
  static func isGenerated(_ experiment: Experiment) -> Bool {
    if experiment.start.parameters.map({ $0.count > 8 }) == true || experiment.start.layers != nil {
      return false
    }
    if !experiment.changes.isEmpty { return false }
    switch experiment.problem {
    case .function: return true
    case .model(let model):
      if case .generated = model.data.origin { return true } else { return false }
    case .network(let problem):
      if case .generated = problem.data.origin { return true } else { return false }
    }
  }

  @Test(
    "every built-in preset comes back as the same experiment and title, from a short line",
    arguments: PresetShelf.builtInNames)
  func roundTrip(name: String) throws {
    let preset = try Self.shelf.load(name)
    let string = try ShareString.string(of: preset)
    #expect(string.hasPrefix("glz1:"))
    if Self.isGenerated(preset.experiment) { #expect(string.count <= 500, "\(string.count)") }
    var back = try Self.shelf.load(string)
    #expect(back.title == preset.title && back.notes.isEmpty && back.variants.isEmpty)
    back.experiment.name = preset.experiment.name
    #expect(back.experiment == preset.experiment)
    #expect(try ShareString.string(of: back) == string)
    // The experiments are equal, and so are the runs.
    var (run, other) = (try Run(preset.experiment), try Run(back.experiment))
    #expect(run.advance(3) == other.advance(3))
    #expect(run.parameters.map(\.bitPattern) == other.parameters.map(\.bitPattern))
    // Mail and terminals break lines.
    let broken = string.enumerated().map { $0 % 40 == 39 ? "\($1)\n" : "\($1)" }.joined()
    #expect(try Self.shelf.load(broken).experiment == Self.shelf.load(string).experiment)
  }

  @Test("damaged strings are told, whatever the damage")
  func damaged() throws {
    let string = Array(try ShareString.string(of: Self.shelf.load("xor")))
    var state: UInt64 = 1
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(below))
    }
    let letters = Array("ABCDabcd0189-_:=+/ é\u{0}")
    let isSlow = ProcessInfo.processInfo.environment["GLISSADE_SLOW"] != nil
    for _ in 0..<(isSlow ? 1_000_000 : 5000) {
      var copy = string
      for _ in 0...random(3) {
        guard copy.count > 6 else { break }
        let place = 5 + random(copy.count - 5)
        switch random(4) {
        case 0: copy[place] = letters[random(letters.count)]
        case 1: copy.remove(at: place)
        case 2: copy.insert(letters[random(letters.count)], at: place)
        default: copy.removeLast(random(copy.count - 6))
        }
      }
      let text = String(copy)
      if text.filter({ !$0.isWhitespace }) == String(string) { continue }
      #expect(throws: PresetError.self, "\(text)") { try Self.shelf.load(text) }
    }
  }

  @Test("strings of later programs, empty ones and those that name files say what they are")
  func others() throws {
    func message(_ text: String) -> String {
      do { return "\(try Self.shelf.load(text))" } catch { return "\(error)" }
    }
    #expect(message("glz2:AAAA").contains("may be too old"))
    #expect(message("glz1:").contains("damaged"))
    #expect(message("glz1:AAAA").contains("damaged"))
    #expect(message("glz1:???").contains("characters"))
    var model = ModelProblem(
      kind: .linear,
      data: DataSource(
        .csv(
          FileTable(
            path: "/data/points.csv", columns: ["x"], target: ["y"],
            samples: Samples(inputCount: 1, inputs: [1, 2], targets: [1, 2])))))
    model.l2 = 0
    let string = try ShareString.string(of: Preset(name: "mine", problem: .model(model)))
    #expect(message(string).contains("--allow-files"))
    #expect(message(string).contains("/data/points.csv"))
  }
}
