import Foundation
import Testing

@Suite("glissade on the command line")
struct CommandTests {
  @Test(
    "Wrong usage gives 64",
    arguments: [
      ["run"], ["run", "xsin", "--stps", "3"], ["run", "xsin", "--steps", "x"],
      ["run", "xsin", "--steps", "-1"], ["run", "xsin", "--every", "0"],
      ["run", "xsin", "--trace", "t.txt"], ["run", "nothing"], ["list", "nothing"],
      ["shot", "xsin", "--size", "0x0"], ["check"], ["shot", "xor", "--zoom", "nope"],
      ["shot", "xor", "--zoom", "tape"], ["grad", "x^2", "--at", "x=1,x=2"],
    ])
  func usage(arguments: [String]) throws {
    let outcome = try Program.runAll(arguments)
    #expect(outcome.status == 64, "\(outcome)")
    #expect(!outcome.errors.isEmpty)
    #expect(outcome.output.isEmpty)
  }

  @Test("Whole numbers are written as in settings")
  func wholeNumbers() throws {
    let plain = try Program.run("run", "xsin", "--steps", "1000", "--tail", "100")
    let short = try Program.run("run", "xsin", "--steps", "1e3", "--tail", "1.0e2")
    #expect(plain.status == short.status && plain.output == short.output)
    for wrong in ["1e-1", "1e400", "nan", "1e17", "ten", ""] {
      let outcome = try Program.runAll(["run", "xsin", "--steps", wrong])
      #expect(outcome.status == 64 && outcome.errors.contains("whole number"), "\(outcome)")
    }
  }

  @Test("Mistakes in settings and files give 65, with the place")
  func badData() throws {
    let setting = try Program.run("run", "xsin", "--set", "optimizer=adm")
    #expect(setting.status == 65)
    #expect(setting.errors.contains("did you mean adam?"))
    try Program.withFile("a.yaml", "glissade: 1\nfunction: {formula: x^2}\nstep: 3\n") { path in
      let outcome = try Program.run("check", path)
      #expect(outcome.status == 65)
      #expect(outcome.errors == "\(path):3:1: a preset has no key \"step\"; did you mean steps?\n")
      #expect(try Program.run("run", path).status == 65)
    }
  }

  @Test("An optimizer of matrices says what it lacks on a surface")
  func lack() throws {
    let words = "muon needs matrices of weights: here are none, and all goes by its Adam"
    let run = try Program.run("run", "rosenbrock", "--set", "optimizer=muon", "--steps", "2")
    #expect(run.status == 0 && run.output.contains(words))
    let json = try Program.run(
      "run", "rosenbrock", "--set", "optimizer=muon", "--steps", "2", "--json")
    #expect(json.object["optimizer_lacks"] as? String == words)
    #expect(
      !(try Program.run("run", "xor", "--set", "optimizer=muon", "--steps", "2")).output
        .contains("matrices"))
    try Program.withFile(
      "m.yaml", "glissade: 1\nfunction: {formula: x^2 + y^2}\noptimizer: muon\n"
    ) { path in
      let outcome = try Program.run("check", path)
      #expect(outcome.status == 0 && outcome.output.contains(words))
    }
  }

  @Test("Files that cannot be read or written give 74")
  func inputOutput() throws {
    #expect(try Program.run("check", "/nonexistent/a.yaml").status == 74)
    #expect(try Program.run("run", "/nonexistent/a.yaml").status == 74)
    #expect(try Program.run("run", "xor", "--trace", "/dev/null/t.csv").status == 74)
    #expect(try Program.run("shot", "xor", "-o", "/dev/null/t.txt").status == 74)
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let full = folder.appendingPathComponent("full.csv").path
    try FileManager.default.createSymbolicLink(atPath: full, withDestinationPath: "/dev/full")
    #expect(try Program.run("run", "xor", "--trace", full).status == 74)
  }

  @Test("Without a terminal the explorer says what needs none, and gives 1")
  func noTerminal() throws {
    let outcome = try Program.run(environment: ["TERM": "xterm-256color"])
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.errors.contains("glissade run"))
  }

  @Test("check says that right files are right")
  func check() throws {
    let text = "glissade: 1\nfunction: {formula: x^2}\n"
    try Program.withFile("fine.yaml", text) { path in
      let outcome = try Program.run("check", path, "xsin")
      #expect(outcome.status == 0)
      #expect(outcome.output.split(separator: "\n").count == 2)
    }
  }

  @Test(
    "Every list is valid JSON with names and summaries",
    arguments: [
      "presets", "optimizers", "schedules", "activations", "losses", "datasets", "landscapes",
      "initializers", "views", "keys", "functions", "settings", "notes",
    ])
  func lists(topic: String) throws {
    let items = try Program.run("list", topic, "--json").json as? [[String: Any]] ?? []
    #expect(!items.isEmpty)
    for item in items {
      #expect((item["name"] as? String)?.isEmpty == false)
      #expect((item["summary"] as? String)?.isEmpty == false)
    }
    let text = try Program.run("list", topic).output
    for item in items { #expect(text.contains(item["name"] as? String ?? "?")) }
  }

  @Test("The user's presets come first, and one of the same name hides the built-in one")
  func userPresets() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let presets = folder.appendingPathComponent("glissade/presets")
    try FileManager.default.createDirectory(at: presets, withIntermediateDirectories: true)
    try Data("glissade: 1\ntitle: Mine\nfunction: x^4\nsteps: 2\n".utf8)
      .write(to: presets.appendingPathComponent("xsin.yaml"))
    let outcome = try Program.run(
      "run", "xsin", "--json", environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(outcome.object["title"] as? String == "Mine")
    try Data("glissade: 1\nfunction: [\n".utf8)
      .write(to: presets.appendingPathComponent("broken.yaml"))
    let list = try Program.run("list", environment: ["XDG_CONFIG_HOME": folder.path]).output
    #expect(list.hasPrefix("Mine\n  broken"), "files with mistakes are listed, under one heading")
    #expect(list.components(separatedBy: "\nGates\n").count == 2)
  }

  @Test(
    "--help and --version everywhere",
    arguments: [
      [], ["run"], ["list"], ["check"], ["shot"], ["explore"],
    ])
  func help(command: [String]) throws {
    let help = try Program.runAll(command + ["--help"])
    #expect(help.status == 0 && help.output.contains("USAGE: glissade"))
    let version = try Program.runAll(command + ["--version"])
    #expect(version.status == 0 && !version.output.isEmpty)
  }

  @Test("Shell completions are made", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let outcome = try Program.run("--generate-completion-script", shell)
    #expect(outcome.status == 0 && outcome.output.contains("glissade"))
  }

  @Test(
    "shot draws the same frame twice, in every format", arguments: ["txt", "ansi", "svg", "png"])
  func shot(format: String) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    var pictures: [Data] = []
    for name in ["a", "b"] {
      let path = folder.appendingPathComponent(name).path
      let outcome = try Program.run(
        "shot", "xor", "--steps", "50", "--size", "80x24", "--format", format, "-o", path)
      #expect(outcome.status == 0, "\(outcome)")
      pictures.append(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
    #expect(pictures[0] == pictures[1] && pictures[0].count > 1000)
    if format == "txt" {
      let lines = String(decoding: pictures[0], as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count >= 24)
    }
  }

  @Test("A picture's format follows its file's name")
  func pictureFormat() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, start) in [("a.svg", "<svg"), ("a.png", "\u{89}PNG"), ("a.txt", " ")] {
      let path = folder.appendingPathComponent(name).path
      #expect(
        try Program.run("shot", "xsin", "--steps", "3", "--size", "40x12", "-o", path).status == 0)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let text = String(bytes.prefix(200).map { Character(Unicode.Scalar($0)) })
      #expect(text.contains(start), "\(name): \(text.prefix(20))")
    }
  }

  @Test("A formula may begin with a minus")
  func negatedFormula() throws {
    let outcome = try Program.run("grad", "-x^2", "--at", "x=3", "--json")
    #expect(outcome.status == 0)
    #expect(Program.numbers(outcome.object["gradient"]) == [-6])
  }

  @Test("Data is found through `..` from the preset's folder; without it the status is 74")
  func parentFolder() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let inner = folder.appendingPathComponent("inner")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    let preset = inner.appendingPathComponent("up.yaml")
    try """
    glissade: 1
    model: linear
    data: {csv: ../points.csv, columns: [x], target: y}
    steps: 3
    """.write(to: preset, atomically: true, encoding: .utf8)
    #expect(try Program.run("run", preset.path).status == 74)
    try "x,y\n0,1\n1,2\n2,4\n".write(
      to: folder.appendingPathComponent("points.csv"), atomically: true, encoding: .utf8)
    let outcome = try Program.run("run", preset.path, "--json")
    #expect(outcome.status == 0, "\(outcome)")
  }
}
