import Foundation
import Presets
import Testing

@Suite("Runs in words")
struct DescribeCommandTests {
  /// Whether all built-in presets are told.
  static let isSlow = ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == "1"

  @Test("names of classes, sizes of batches, and changes of the problem are told as they are")
  func names() throws {
    let rows = (0..<24).map { "\($0),\($0 % 2 * 8 + $0 % 3),\($0 % 2 == 0 ? "low" : "high")" }
    try Program.withFile("t.csv", "x,y,k\n" + rows.joined(separator: "\n") + "\n") { path in
      let told = try Program.run("describe", path, "--steps", "300")
      #expect(told.output.contains("of the classes high, low"), "\(told)")
      #expect(told.output.contains("with all samples at each step"), "\(told)")
      #expect(told.output.contains("low is seen mostly below"), "\(told)")
      let small = try Program.run("describe", path, "--steps", "9", "--set", "batch.size=5")
      #expect(small.output.contains("with mini-batches of five samples"), "\(small)")
    }
  }

  /// Every number of a JSON value.
  static func numbers(_ value: Any?) -> [Double] {
    switch value {
    case let list as [Any]: list.flatMap { numbers($0) }
    case let object as [String: Any]: object.values.flatMap { numbers($0) }
    case let number as NSNumber: [number.doubleValue]
    default: []
    }
  }

  @Test(
    "a boundary between two classes is told, of a linearised net too", arguments: [false, true])
  func boundary(isLinearized: Bool) throws {
    let text = try Program.runAll([
      "describe", "xor", "--steps", "20", "--set", "model.linearized=\(isLinearized)",
    ])
    #expect(text.status == 0 && text.output.contains("boundary"), "\(text.output)")
  }

  @Test(
    "every number is a rounding of one in --json, and the last line has the result's",
    arguments: isSlow
      ? PresetShelf.builtInNames
      : [
        "xsin", "rosenbrock", "xor", "spiral", "linear-regression", "digits", "notes-sgd", "moons",
        "notes-ad-f6", "notes-ols-momentum-after", "quadratic",
      ])
  func rounded(preset: String) throws {
    guard PresetShelf.builtInNames.contains(preset) else { return }
    let arguments = ["describe", preset, "--steps", "150"]
    let text = try Program.runAll(arguments)
    #expect(text.status == 0)
    let json = try Program.runAll(arguments + ["--json"]).object
    let known = Self.numbers(json)
    var told = text.output
    // Names of things may hold digits: the title, the formula, parameters.
    let description = json["description"] as? [String: Any] ?? [:]
    let names =
      [json["title"] as? String ?? "", description["formula"] as? String ?? ""]
      + (json["parameter_names"] as? [String] ?? []).sorted { $0.count > $1.count }
    for name in names where name.contains(where: \.isNumber) {
      told = told.replacingOccurrences(of: name, with: "")
    }
    // And so may laws: "multiplied by sqrt(2/n), then 1/n".
    told = told.replacing(/sqrt\(\d+\/n\)|\d+\/n/, with: "")
    for match in told.matches(of: /[-−]?\d+(\.\d+)?(e[-+]?\d+)?/) {
      let number = try #require(Double(String(match.output.0)))
      #expect(
        known.contains { abs($0 - number) <= 5e-4 * abs($0) || $0 == number },
        "\(number) in \(text.output)")
    }
    let loss = json["loss"] as? Double
    #expect(told.contains("step \(json["step"] ?? "")") && (loss == nil || told.contains("loss ")))
  }
}
