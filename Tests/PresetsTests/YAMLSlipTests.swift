import Presets
import Testing

@Suite("Lines that are no YAML are answered with how to write them")
struct YAMLSlipTests {
  @Test(
    "formulas without quotes, and tabs: the place of the value and the line in quotes",
    arguments: [
      ("function: |x| + x^2", 11, "must be in quotes: function: \"|x| + x^2\""),
      ("function: x > 0 ? x : -x", 11, "must be in quotes: function: \"x > 0 ? x : -x\""),
      ("function: *x", 11, "must be in quotes"),
      ("function: %x", 11, "must be in quotes"), ("function: @x", 11, "must be in quotes"),
      ("function: > x", 11, "must be in quotes"),
      ("title: a: b", 8, "must be in quotes: title: \"a: b\""),
      ("function: {formula: x > 0 ? x : -x}", 0, "must be in quotes"),
      ("\tseed: 1", 1, "a tab"), ("start:\n\tx: 1", 1, "a tab"), ("start: {x:\t1,\n\ty: 2}", 0, ""),
    ])
  func slip(_ line: String, _ column: Int, _ words: String) throws {
    let text = "glissade: 1\nsteps: 3\n\(line)\n"
    do {
      _ = try PresetFile.parse(text, file: "p", name: "p", views: nil)
      #expect(words.isEmpty, "\(line) was accepted")
    } catch {
      #expect(error.description.contains(words), "\(error)")
      #expect(!error.description.contains("block scalar"), "\(error)")
      let number = line.hasPrefix("start:\n") ? 4 : 3
      if column > 0 { #expect(error.description.contains("p:\(number):\(column):"), "\(error)") }
    }
  }
}
