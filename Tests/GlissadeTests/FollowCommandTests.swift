import Foundation
import Testing

@Suite("glissade follow without a terminal")
struct FollowCommandTests {
  @Test("it sums up what files hold")
  func summary() throws {
    try Program.withFile("m.csv", "step,loss\n0,4\n1,2\n3,1\n2,1.5\n") { path in
      let json = try Program.run("follow", path, "--json")
      #expect(json.status == 0, "\(json)")
      let run = (json.object["runs"] as? [[String: Any]])?.first
      let series = (run?["series"] as? [[String: Any]])?.first
      #expect(run?["rows"] as? Int == 4 && run?["step"] as? String == "step")
      #expect(series?["least"] as? Double == 1 && series?["least_step"] as? Double == 3)
      #expect(series?["came_late"] as? Int == 1 && series?["last"] as? Double == 1)
      let text = try Program.run("follow", path)
      #expect(text.output.contains("m.csv: 4 rows") && text.output.contains("loss"))
    }
  }

  @Test("what is no metrics, or not there, is told")
  func nothing() throws {
    try Program.withFile("m.txt", "only words here\nand here\n") { path in
      let outcome = try Program.run("follow", path)
      #expect(outcome.status == 65 && outcome.errors.contains("no metrics"), "\(outcome)")
    }
    let missing = try Program.run("follow", "/nonexistent.jsonl")
    #expect(missing.status == 74 && missing.errors.contains("no such file"))
    #expect(try Program.run("follow", "--smoothing", "0.7").status == 64)
    #expect(try Program.run("follow", "--pane", "=x").status == 64)
  }
}
