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

  @Test(
    "Predictions are those of the net that was trained in the end",
    arguments: ["hidden: [2]", "hidden: [6, 3]", "features: [x1, x2, x1*x2]", "data.noise: 0.5"])
  func changed(change: String) throws {
    let preset =
      "glissade: 1\nmodel: {kind: mlp, hidden: 4}\ndata: moons\nlearning_rate: 0.05\n"
      + "changes: [{step: 8, set: {\(change)}}]\n"
    try Program.withFile("p.yaml", preset) { path in
      let table = URL(fileURLWithPath: path).deletingLastPathComponent().path + "/new.csv"
      try Data("x1,x2\n0.1,0.2\n1,-1\n".utf8).write(to: URL(fileURLWithPath: table))
      let told = try Program.run("predict", path, "--steps", "20", "--on", table)
      #expect(told.status == 0, "\(told)")
      #expect(told.output.split(separator: "\n").count == 3, "\(told)")
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

  @Test(
    "Gaps are filled or left out as is said, and which column was taken for which input is told")
  func missing() throws {
    try Program.withFile("points.csv", Self.table) { path in
      let new = URL(fileURLWithPath: path).deletingLastPathComponent().path + "/new.csv"
      try Data("x,y\n2,1\n,1\n".utf8).write(to: URL(fileURLWithPath: new))
      let refused = try Program.run("predict", path, "--steps", "3", "--on", new)
      #expect(refused.status == 65 && refused.errors.contains("missing: drop"), "\(refused)")
      for more in [["--missing", "mean"], ["--set", "data.missing=mean"]] {
        let filled = try Program.runAll(["predict", path, "--steps", "3", "--on", new] + more)
        #expect(filled.output.split(separator: "\n").count == 3, "\(filled)")
        #expect(filled.errors.contains("means of what was learned from"), "\(filled)")
      }
      let dropped = try Program.run(
        "predict", path, "--steps", "3", "--on", new, "--missing", "drop")
      #expect(dropped.output.split(separator: "\n").count == 2, "\(dropped)")
      #expect(dropped.errors.contains("1 row with a gap is left out"))
      try Data("foo,bar,kind\n1,0,a\n".utf8).write(to: URL(fileURLWithPath: new))
      let foreign = try Program.run("predict", "xor", "--steps", "3", "--on", new)
      #expect(foreign.status == 0 && foreign.errors.contains("foo, bar"), "\(foreign)")
      #expect(foreign.errors.contains("the last column is left out"), "\(foreign)")
    }
  }

  @Test("Names of classes stay what they are in what is written to a file or a pipe")
  func names() throws {
    let names = ["a\u{200C}b", "c,\"d\""]
    let rows = (0..<12).map { "\($0),\($0 % 5),\(["a\u{200C}b", "\"c,\"\"d\"\"\""][$0 % 2])" }
    try Program.withFile("t.csv", "x,y,k\n" + rows.joined(separator: "\n") + "\n") { path in
      let out = path + ".out.csv"
      let told = try Program.run("predict", path, "--steps", "3", "--on", path, "-o", out)
      #expect(told.status == 0, "\(told)")
      let again = try Program.run(
        "run", out, "--steps", "0", "--set", "data.target=class", "--json")
      #expect(again.status == 0 || again.errors.contains("all targets"), "\(again)")
      let text = try String(contentsOfFile: out, encoding: .utf8)
      #expect(text.contains("p(") && !text.contains("\\u{"), "\(text)")
      let piped = try Program.run("predict", path, "--steps", "3", "--on", path)
      #expect(piped.output.unicodeScalars.elementsEqual(text.unicodeScalars), "\(names)")
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
