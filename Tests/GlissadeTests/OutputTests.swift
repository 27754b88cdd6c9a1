import Foundation
import Testing

@Suite("Outputs replace what was there as a whole")
struct OutputTests {
  /// Commands that write a file; the last argument is its path.
  static let commands = [
    ["shot", "xsin", "--steps", "3", "--size", "60x20", "--format", "svg", "-o"],
    ["run", "xsin", "--steps", "20", "--trace"],
  ]

  @Test("The file's mode and a symbolic link to it are kept", arguments: commands)
  func modeAndLink(command: [String]) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let real = folder.appendingPathComponent("real.csv").path
    let link = folder.appendingPathComponent("link.csv").path
    try Data("old".utf8).write(to: URL(fileURLWithPath: real))
    chmod(real, 0o640)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.csv")
    let outcome = try Program.runAll(command + [link])
    #expect(outcome.status == 0, "\(outcome)")
    let attributes = try FileManager.default.attributesOfItem(atPath: real)
    #expect((attributes[.posixPermissions] as? Int) == 0o640)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.csv")
    #expect(try Data(contentsOf: URL(fileURLWithPath: real)).count > 100)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["link.csv", "real.csv"])
  }

  @Test(
    "What fails half-way leaves the old file",
    .disabled(if: Sanitizer.isPresent, "the sanitizer's runtime needs larger files"),
    arguments: commands)
  func failure(command: [String]) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("a.csv").path
    try Data("old".utf8).write(to: URL(fileURLWithPath: path))
    let line = ([Program.path] + command + [path]).map { "'\($0)'" }.joined(separator: " ")
    // A limit on the size of files is as good as a full disk.
    let outcome = try Command.run(
      ["sh", "-c", "trap '' XFSZ; ulimit -f 1; exec \(line)"],
      environment: ["PATH": "/usr/bin:/bin"])
    #expect(outcome.status == 74, "\(outcome)")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.csv"])
  }

  /// Commands whose work takes hours; the last argument is the path of their result.
  static let longCommands = [
    [
      "map", "xor", "--over", "seed=1..1000", "--over", "learning_rate=1e-3..1/log1000",
      "--steps", "1e9", "-o",
    ],
    ["sweep", "xor", "--over", "seed=1..1000", "--steps", "1e9", "-o"],
    ["race", "xor", "--over", "seed=1..8", "--steps", "1e9", "-o"],
    ["export", "xor", "--steps", "1e9", "--format", "csv", "-o"],
    ["shot", "xor", "--steps", "1e9", "--format", "txt", "-o"],
    ["run", "xor", "--steps", "1e9", "--trace"],
  ]

  @Test("A name that cannot be written is told before the work", arguments: longCommands)
  func early(command: [String]) throws {
    let outcome = try Program.runAll(command + ["/dev/null/a.csv"])
    #expect(outcome.status == 74, "\(outcome)")
    #expect(outcome.errors.contains("/dev/null/a.csv"))
  }

  @Test("What was read is not replaced by what is made of it", arguments: longCommands)
  func own(command: [String]) throws {
    let text = "glissade: 1\nmodel: {kind: logistic}\ndata: {csv: table.csv, target: b}\n"
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let preset = folder.appendingPathComponent("a.yaml")
    let table = folder.appendingPathComponent("table.csv")
    let link = folder.appendingPathComponent("link.csv")
    try Data(text.utf8).write(to: preset)
    try Data("a,b\n1,0\n2,1\n3,1\n".utf8).write(to: table)
    try FileManager.default.createSymbolicLink(
      atPath: link.path, withDestinationPath: "table.csv")
    let outcome = try Program.runAll(
      command.map { $0 == "xor" ? preset.path : $0 } + [link.path])
    #expect(outcome.status == 74, "\(outcome)")
    #expect(outcome.errors.contains("is what was read"))
    #expect(try String(contentsOf: table, encoding: .utf8).hasPrefix("a,b"))
  }

  @Test("The program's own streams are written to, not replaced", arguments: commands)
  func streams(command: [String]) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = folder.appendingPathComponent("log.csv").path
    try Data("first\n".utf8).write(to: URL(fileURLWithPath: log))
    let stream = folder.appendingPathComponent("out.csv").path
    try FileManager.default.createSymbolicLink(
      atPath: stream, withDestinationPath: "/dev/stdout")
    let line = ([Program.path] + command + [stream]).map { "'\($0)'" }.joined(separator: " ")
    let outcome = try Command.run(
      ["sh", "-c", "exec \(line) >> '\(log)'"], environment: ["PATH": "/usr/bin:/bin"])
    #expect(outcome.status == 0, "\(outcome)")
    let text = try String(contentsOfFile: log, encoding: .utf8)
    #expect(text.hasPrefix("first\n") && text.count > 100)
  }
}
