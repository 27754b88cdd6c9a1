import Foundation
import Testing

@Suite("glissade predict, and tables as presets")
struct PredictCommandTests {
  /// Two heaps of points, far apart, with classes in words.
  static let table =
    "x,y,kind\n"
    + (0..<40).map { n in
      let side = n % 2 == 0 ? 1.0 : -1.0
      return
        "\(side * (2 + Double(n % 7) / 10)),\(side * (1 + Double(n % 5) / 10)),\(n % 2 == 0 ? "up" : "down")"
    }.joined(separator: "\n") + "\n"

  @Test("A table is understood, trained on, and new rows get their class by name")
  func classes() throws {
    try Program.withFile("points.csv", Self.table) { path in
      let run = try Program.run("run", path, "--json")
      #expect(run.status == 0, "\(run)")
      #expect(run.errors.contains("40 rows of x, y; kind, 2 classes: down, up"))
      #expect((run.object["accuracy"] as? Double) == 1)
      let new = URL(fileURLWithPath: path).deletingLastPathComponent().path
      try Data("note;y;x\na;-1,1;-2\nb;1,0;2,5\n".utf8).write(
        to: URL(fileURLWithPath: new + "/new.csv"))
      let told = try Program.run(
        "predict", path, "--steps", "300", "--on", new + "/new.csv", "-o", new + "/out.csv")
      #expect(told.status == 0, "\(told)")
      let lines = try String(contentsOfFile: new + "/out.csv", encoding: .utf8).split(
        separator: "\n")
      #expect(lines.count == 3 && lines[0] == "x,y,class,p(up)")
      #expect(lines[1].hasPrefix("-2,-1.1,down,") && lines[2].hasPrefix("2.5,1,up,"))
      let json = try Program.run(
        "predict", path, "--steps", "300", "--on", new + "/new.csv", "--json")
      #expect(json.object["classes"] as? [String] == ["down", "up"])
    }
  }

  @Test("What a table leaves open is asked, and may be said on the command line")
  func settings() throws {
    try Program.withFile("t.csv", "price,2020\n1,3\n4,5\n6,9\n") { path in
      let doubtful = try Program.run("run", path)
      #expect(doubtful.status == 65 && doubtful.errors.contains("header: true"))
      let said = try Program.run("run", path, "--set", "data.header=true", "--steps", "3", "--json")
      #expect(said.status == 0, "\(said)")
    }
  }

  @Test("NumPy's archives are trained on and predicted on as tables are")
  func archives() throws {
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("PresetsTests/Fixtures").path
    let told = try Program.run(
      "predict", fixtures + "/points-compressed.npz", "--steps", "300", "--on",
      fixtures + "/new-inputs.npz", "--json")
    #expect(told.status == 0, "\(told)")
    #expect(told.object["classes"] as? [String] == ["0", "1"], "\(told)")
  }

  @Test("A table that does not fit the network is told before it is trained")
  func misfit() throws {
    try Program.withFile("new.csv", "1,2,3,4\n5,6,7,8\n") { path in
      let outcome = try Program.run("predict", "xor", "--on", path, "--steps", "1000000000000")
      #expect(outcome.status == 65, "\(outcome)")
      #expect(outcome.errors.contains("4 columns; the network has 2 inputs"))
      let function = try Program.run("predict", "xsin", "--on", path)
      #expect(function.status == 64, "\(function)")
    }
  }
}
