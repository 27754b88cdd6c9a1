import Foundation
import Testing
import Training

@testable import Presets

@Suite("The configuration file")
struct ConfigurationTests {
  private func parse(_ text: String) throws(PresetError) -> Configuration {
    try Configuration.parse(
      text, file: "config.yaml", themes: ["dark", "light"], glyphs: ["braille", "ascii"])
  }

  @Test("Every key is read; without keys, or without a file, nothing is wanted")
  func reads() throws {
    let all = try parse("theme: light\nglyphs: ascii\npace: 30\n")
    #expect(all.theme == "light" && all.glyphs == "ascii" && all.pace == 30)
    #expect(try parse("pace: full").pace == .infinity)
    for text in ["", "\n", "# nothing yet\n"] { #expect(try parse(text) == Configuration()) }
    #expect(
      try Configuration.read("/nonexistent/config.yaml", themes: [], glyphs: [])
        == Configuration())
  }

  @Test(
    "Mistakes are told all together, with place, cause and likeness",
    arguments: [
      ("theme: lihgt", "config.yaml:1:8", "did you mean light"),
      ("tehme: light", "config.yaml:1:1", "did you mean theme"),
      ("pace: fast", "config.yaml:1:7", "number"), ("pace: -1", "config.yaml:1:7", "pace must be"),
      ("- theme", "config.yaml:1:1", "mapping"), ("theme:\n", "config.yaml:1:1", "no value"),
      ("theme: light\ntheme: dark", "config.yaml:1:1", "more than once"),
    ])
  func mistakes(text: String, place: String, words: String) {
    #expect {
      try parse(text)
    } throws: { error in
      "\(error)".contains(place) && "\(error)".contains(words)
    }
    let both = "theme: x\nglyphs: y\n"
    #expect {
      try parse(both)
    } throws: { error in
      (error as? PresetError)?.diagnostics.count == 2
    }
  }

  @Test("A pace is for presets that have the usual one")
  func pace() throws {
    var preset = Preset(
      Experiment(name: "f", problem: .function(FunctionProblem(formula: "x^2"))))
    let wanted = try parse("pace: 5")
    preset.pace = 60
    #expect(wanted.pace(of: preset) == 5 && Configuration().pace(of: preset) == 60)
    preset.pace = 200
    #expect(wanted.pace(of: preset) == 200)
  }
}
