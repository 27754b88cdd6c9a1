import Foundation
import Testing

@testable import glissade

@Suite("glissade sweep and glissade list notes")
struct SweepCommandTests {
  /// The summaries of a sweep.
  static func summaries(_ arguments: String...) throws -> [[String: Any]] {
    let outcome = try Program.runAll(["sweep"] + arguments + ["--json"])
    #expect(outcome.status == 0, "\(outcome)")
    return outcome.object["summaries"] as? [[String: Any]] ?? []
  }

  @Test(
    "Values of an axis",
    arguments: [
      ("seed=1..4", ["1", "2", "3", "4"]), ("start=-5..5/5", ["-5", "-2.5", "0", "2.5", "5"]),
      ("learning_rate=0.01..1/log3", ["0.01", "0.1", "1"]), ("hidden=[8,8],4", ["[8,8]", "4"]),
      ("hidden=2;4;8,8", ["2", "4", "8,8"]),
      (
        "optimizer=gd,{name: momentum, momentum: 0.5},adam",
        ["gd", "{name: momentum, momentum: 0.5}", "adam"]
      ),
    ])
  func values(text: String, values: [String]) throws {
    #expect(try SweepAxis(text).values == values)
  }

  @Test(
    "Ranges that cannot be are mistakes",
    arguments: [
      "seed=4..1", "seed=1..2000000", "start=0..1/1", "start=a..b/3", "learning_rate=0..1/log3",
      "learning_rate=-1..1/log3", "seed=", "seed", "seed=1..", "seed=..", "start=0..1/1e9",
      "seed=-9223372036854775808..9223372036854775807",
    ])
  func mistakes(text: String) throws {
    #expect(throws: (any Error).self) { try SweepAxis(text) }
    let outcome = try Program.run("sweep", "xsin", "--over", text)
    #expect(outcome.status == 64, "\(outcome)")
  }

  @Test("A start near a minimum comes to rest there; each rate has a line of its own")
  func places() throws {
    let summaries = try Self.summaries(
      "xsin", "--over", "learning_rate=0.001,0.02", "--over", "start.x=-1.1..-0.9/11", "--steps",
      "5000")
    #expect(summaries.count == 2)
    for summary in summaries {
      #expect(summary["runs"] as? Int == 11)
      #expect(summary["settled"] as? Double == 1)
      let places = summary["places"] as? [[String: Any]] ?? []
      #expect(places.count == 1 && places[0]["place"] as? Double == -1.0123)
    }
  }

  @Test("Seeds of a net: shares, the number of threads does not matter")
  func seeds() throws {
    let arguments = [
      "sweep", "notes-xor-starts", "--over", "hidden=1,4", "--over", "seed=1..12", "--json",
    ]
    let one = try Program.runAll(arguments + ["--threads", "1"])
    let two = try Program.runAll(arguments + ["--threads", "2"])
    #expect(one.status == 0 && one.output == two.output)
    let summaries = one.object["summaries"] as? [[String: Any]] ?? []
    let shares = summaries.map { $0["success"] as? Double ?? -1 }
    // One hidden unit cannot; with four a start that fails is rare.
    #expect(shares.count == 2 && shares[0] == 0 && shares[1] > 0.8, "\(shares)")
    #expect((one.object["runs"] as? [Any])?.count == 24)
  }

  @Test("A diverged run is counted, and ends with status 0")
  func diverged() throws {
    let summaries = try Self.summaries(
      "parabola", "--over", "learning_rate=0.1,1.5", "--steps", "3000")
    #expect(summaries[0]["diverged"] as? Double == 0.5)
    #expect(summaries[0]["settled"] as? Double == 0.5)
  }

  @Test("A value that the preset refuses is a mistake of the preset")
  func refused() throws {
    let outcome = try Program.run("sweep", "xsin", "--over", "optimizer=gd,adm")
    #expect(outcome.status == 65 && outcome.errors.contains("adam"), "\(outcome)")
  }

  @Test("list notes --json has a row for each of the 36 systems, all of them passed")
  func notes() throws {
    let rows = try Program.run("list", "notes", "--json").json as? [[String: Any]] ?? []
    #expect(rows.count == 36)
    for (index, row) in rows.enumerated() {
      #expect(row["number"] as? Int == index + 1)
      #expect((row["views"] as? [String])?.isEmpty == false)
      let check = try #require(row["check"] as? [String: Any])
      #expect(check["passed"] as? Bool == true, "\(row)")
      #expect((check["compared"] as? Int ?? 0) > 0)
    }
    let text = try Program.run("list", "notes").output
    #expect(text.components(separatedBy: "passed").count == 37 && !text.contains("FAILED"))
  }

  @Test("list presets puts the notes' presets under the notes' chapters, in their order")
  func chapters() throws {
    let text = try Program.run("list", "presets").output
    var rest = text[...]
    for heading in [
      "Lecture notes", "Automatic differentiation", "notes-ad-f7", "Gradient descent, momentum",
      "notes-ols-gd", "Adaptive rates", "notes-adam", "Neural networks and their types",
      "XOR, OR and AND gates", "notes-mlpclassifier", "The mathematical model",
      "Activation functions", "notes-activations",
    ] {
      let place = try #require(rest.range(of: heading), "\(heading)")
      rest = rest[place.upperBound...]
    }
  }
}
