import Foundation
import Testing

@testable import glissade

@Suite("glissade race")
struct RaceCommandTests {
  @Test("Runs are ranked by loss, and are the runs of `glissade run`")
  func ranking() throws {
    let object = try Program.runAll([
      "race", "xsin", "--over", "learning_rate=0.001,0.01,0.1", "--steps", "30", "--json",
    ]).object
    let ranking = try #require(object["ranking"] as? [[String: Any]])
    #expect(ranking.count == 3)
    let losses = ranking.compactMap { $0["median_loss"] as? Double }
    #expect(losses == losses.sorted())
    for row in ranking {
      let value = try #require(row["value"] as? String)
      let run = try Program.run(
        "run", "xsin", "--set", "learning_rate=\(value)", "--steps", "30", "--json")
      #expect(run.object["loss"] as? Double == row["median_loss"] as? Double)
    }
  }

  @Test("Seeds give quartiles, and no thread changes a bit")
  func seeds() throws {
    let words = ["race", "xor", "--over", "hidden=2;3", "--seeds", "5", "--steps", "50", "--json"]
    let one = try Program.runAll(words + ["--threads", "1"])
    let two = try Program.runAll(words + ["--threads", "2"])
    #expect(one.status == 0 && one.output == two.output, "\(one)")
    let ranking = try #require(one.object["ranking"] as? [[String: Any]])
    for row in ranking { #expect((row["losses"] as? [Any])?.count == 5) }
  }

  @Test("A fair race gives each its own rate, and says it")
  func fair() throws {
    let outcome = try Program.run(
      "race", "rosenbrock", "--over", "optimizer=gd,adam", "--fair", "--steps", "300", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    let ranking = try #require(outcome.object["ranking"] as? [[String: Any]])
    let rates = ranking.compactMap { $0["learning_rate"] as? Double }
    #expect(rates.count == 2 && rates[0] != rates[1])
    let table = try Program.run(
      "race", "rosenbrock", "--over", "optimizer=gd,adam", "--steps", "300")
    #expect(table.output.split(separator: "\n").count == 4, "\(table)")
  }

  @Test(
    "Wrong words are usage",
    arguments: [["--over", "seed=1..65"], ["--over", "seed=1", "--seeds", "0"], []]
  )
  func usage(words: [String]) throws {
    #expect(try Program.runAll(["race", "xor"] + words).status == 64)
  }
}
