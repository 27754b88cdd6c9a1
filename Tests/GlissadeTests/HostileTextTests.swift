import ArgumentParser
import Foundation
import Presets
import Testing

@testable import glissade

@Suite("No text that is read gets to the terminal as a command to it", .serialized)
struct HostileTextTests {
  /// Texts that mean something to terminals, or to people's eyes, beside what they show.
  static let texts = [
    "\u{1B}]0;pwned\u{7}", "\u{1B}[2J\u{1B}[31mRED", "\u{9B}31m", "\u{7F}\u{8}\u{8}", "a\rb",
    "\u{202E}txt.exe", "a\u{85}b\u{2028}c", "\u{E000}\u{AD}",
  ]

  /// Every field of a preset that takes a text of its own; `%` is the hostile text.
  static let preset = """
    glissade: 1
    title: "%"
    group: "%"
    summary: "%"
    notes: "%"
    model: {kind: softmax, features: [x1, x2]}
    data: {csv: "%.csv", columns: ["%", "b"], target: "t%"}
    steps: 2
    variants:
      - {name: "%", set: {seed: 2}}
    lesson:
      title: "%"
      section: "%"
      steps:
        - text: "%"
          ask: {text: "%", choices: ["%", "no"], answer: 1, because: "%"}
        - text: "%"
          goal: {text: "%", when: "step > 0", solution: {steps: 1}}
    """

  /// The same in places where it is a mistake.
  static let broken = """
    glissade: 1
    "%": 1
    function: {formula: "%", constants: {"%": x}, "%": 3}
    start: {"%": "%"}
    optimizer: "%"
    learning_rate: "%"
    schedule: {name: "%", "%": 1}
    seed: "%"
    stop: {"%": 1}
    views: ["%"]
    variants: [{name: "%", set: {"%": "%"}}]
    changes: [{step: 1, "%": 2}]
    lesson: {title: "%", steps: [{text: a, watch: "%", press: "%", facts: "%"}]}
    """

  static let table = "%,b,t%\n1,2,%\n3,4,y\n5,6,%\n"

  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { "\\u" + String(format: "%04X", $0.value) }.joined()
  }

  /// Command lines of one command: for each that comes to be, at least a preset, a broken one, and
  /// a word of its own.
  static func lines(_ command: String, _ files: Files, _ text: String) -> [[String]] {
    let common = [
      [files.preset], [files.preset, "--json"], [files.broken], [text], ["--\(text)"],
      [files.preset, "--set", "\(text)=1"], [files.preset, "--set", "optimizer=\(text)"],
      [files.preset, "--steps", text], [files.folder + "/\(text)"], [text, "--json"],
      [files.preset, "-o", files.folder + "/\(text)/x"],
    ]
    let own: [[String]] =
      switch command {
      case "run":
        [
          [files.preset, "--trace", files.folder + "/\(text).csv"],
          [files.preset, "--trace", files.folder + "/\(text)/t.csv"],
        ]
      case "shot":
        [
          [files.preset, "--zoom", text], [files.preset, "--lesson", "1"],
          [files.preset, "--lesson", "2", "--format", "svg"],
        ]
      case "sweep":
        [
          [files.preset, "--over", "seed=1..2", "--steps", "1", "--table"],
          [files.preset, "--over", "variant=\(text)", "--steps", "1"],
          [files.preset, "--over", "\(text)=1,2"], [files.preset, "--over", "seed=\(text)"],
        ]
      case "lesson": [["--list"], ["--list", "--json"]]
      case "list": [[], ["--json"]]
      case "grad":
        [
          ["x^2", "--at", text], ["x^2", "--at", "\(text)=1"], ["\(text) + x"],
          ["x^2", "--check", "--analytic", text],
        ]
      case "bench": [["--only", text]]
      default: []
      }
    return common + own
  }

  /// Files that hold, and are named by, a hostile text.
  struct Files {
    var folder: String
    var preset: String
    var broken: String
    var config: String

    init(_ text: String, in folder: String) throws {
      self.folder = folder
      config = folder + "/config"
      let presets = config + "/glissade/presets"
      try FileManager.default.createDirectory(
        atPath: presets, withIntermediateDirectories: true)
      func write(_ content: String, _ path: String) throws {
        try Data(content.utf8).write(to: URL(fileURLWithPath: path))
      }
      func filled(_ template: String) -> String {
        template.replacing("%", with: HostileTextTests.escaped(text))
      }
      preset = folder + "/\(text).yaml"
      broken = folder + "/broken \(text).yaml"
      try write(filled(HostileTextTests.preset), preset)
      try write(filled(HostileTextTests.broken), broken)
      // A cell in quotes may hold line breaks.
      let table = HostileTextTests.table.split(separator: "\n").map { row in
        row.split(separator: ",").map { "\"\($0.replacing("%", with: text))\"" }
          .joined(separator: ",")
      }.joined(separator: "\n")
      try write(table, folder + "/\(text).csv")
      try write(table, presets + "/\(text).csv")
      try write(filled(HostileTextTests.preset), presets + "/\(text).yaml")
      try write(filled(HostileTextTests.broken), presets + "/\(text)b.yaml")
    }
  }

  /// All of them at once; one by one where there is time.
  static let campaigns =
    ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == "1" ? texts : [texts.joined()]

  @Test("Every command, with hostile texts in every field", arguments: campaigns)
  func everyCommand(text: String) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try Files(text, in: folder.path)
    for command in Glissade.commands {
      let name = command.configuration.commandName ?? ""
      for line in Self.lines(name, files, text) {
        let outcome = try Program.runAll(
          [name] + line, environment: ["XDG_CONFIG_HOME": files.config, "TERM": "xterm"])
        let said = outcome.output + outcome.errors
        let bad = said.unicodeScalars.first { $0 != "\n" && !EscapedText.isPlain($0) }
        #expect(
          bad == nil, "\(name) \(line.map(EscapedText.visible)): \(EscapedText.visible(said))")
        #expect(outcome.status >= 0, "\(name) \(line.map(EscapedText.visible)) crashed")
      }
    }
  }

  @Test("In JSON texts come back as they were", arguments: texts)
  func json(text: String) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try Files(text, in: folder.path)
    let outcome = try Program.run("run", files.preset, "--json")
    #expect(outcome.object["title"] as? String == text, "\(outcome)")
  }

  @Test("Long texts are cut in messages")
  func long() throws {
    let text = String(repeating: "k", count: 100_000)
    for arguments in [
      ["run", "xsin", "--set", "\(text)=1"], ["run", "xsin", "--set", "seed=\(text)"],
      ["run", text], ["sweep", "xsin", "--over", "\(text)=1..2"], ["grad", text],
      ["shot", "xsin", "--zoom", text], ["lesson", text], ["bench", "--only", text],
    ] {
      let outcome = try Program.runAll(arguments)
      #expect(outcome.status != 0)
      #expect(outcome.errors.utf8.count < 4_000, "\(arguments[0]): \(outcome.errors.utf8.count)")
    }
  }

  @Test(
    "What a full disk does not take is told with 74",
    arguments: [
      ["--version"], ["--help"], ["run", "--help"], ["--generate-completion-script", "zsh"],
      ["list"], ["list", "--json"], ["run", "xsin", "--steps", "1"], ["check", "xsin"],
      ["grad", "x"], ["shot", "xsin"], ["lesson", "--list"], ["bench", "--only", "numpy"],
      ["share", "xsin"], ["describe", "xsin", "--steps", "1"],
      ["diagnose", "xsin", "--steps", "1"],
      ["export", "xsin", "--steps", "1", "--format", "json", "-o", "-"],
      ["run", "xsin", "--steps", "1", "--trace", "/dev/full"],
    ])
  func fullDisk(arguments: [String]) throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let command = arguments.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try Command.run(
      ["sh", "-c", "exec '\(Program.path)' \(command) > /dev/full"],
      environment: ["PATH": "/usr/bin:/bin", "XDG_CONFIG_HOME": "/nonexistent"])
    #expect(outcome.status == 74, "\(outcome)")
    #expect(outcome.output.contains("No space left"))
  }

  @Test("A reader that is slow is waited for, even if the pipe does not wait")
  func nonBlocking() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["list", "notes", "--json"]
    process.standardOutput = FileHandle(fileDescriptor: ends[1])
    process.standardError = FileHandle.nullDevice
    try process.run()
    close(ends[1])
    var count = 0
    var buffer = [UInt8](repeating: 0, count: 512)
    // More than a pipe holds comes through, in pieces that are smaller than it.
    while true {
      let read = read(ends[0], &buffer, buffer.count)
      guard read > 0 else { break }
      count += read
      usleep(20)
    }
    close(ends[0])
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(count > 10_000)
  }
}
