import Foundation
import Testing

@Suite("What is odd is told, never guessed", .timeLimit(.minutes(5)))
struct OddInputTests {
  /// A command line, how it ends, and what it says.
  struct Case: Sendable, CustomTestStringConvertible {
    var line: [String]
    var status: Int32
    var words: String
    var testDescription: String { line.joined(separator: " ") }
  }

  static let cases = [
    Case(line: ["run", "xor", "--set", "lr=0.1"], status: 65, words: "did you mean learning_rate"),
    Case(line: ["run", "xor", "--set", "epochs=3"], status: 65, words: "did you mean steps"),
    Case(line: ["grad", "gamma(x)", "--at", "x=2"], status: 65, words: "unknown function gamma"),
    Case(
      line: ["grad", "np.sin(x)", "--at", "x=2"], status: 65, words: "names without what stands"),
    Case(line: ["grad", "log(x, 2)", "--at", "x=2"], status: 65, words: "log(x)/log(b)"),
    Case(line: ["grad", "tg(x)", "--at", "x=2"], status: 65, words: "tan(x)"),
    Case(line: ["grad", "sum(i=1, 3, x)", "--at", "x=2"], status: 65, words: "between commas"),
    Case(
      line: ["diagnose", "parabola", "--set", "learning_rate=1e200"], status: 0,
      words: "earning rate above its limit"),
    Case(
      line: ["diagnose", "rosenbrock", "--set", "start=[1e100, 1e100]", "--set", "optimizer=gd"],
      status: 0, words: "rosenbrock"),
    Case(
      line: [
        "diagnose", "rosenbrock", "--set", "optimizer=gd", "--set", "learning_rate=0.02",
        "--steps", "6",
      ], status: 0, words: "earning rate above its limit"),
    Case(
      line: ["export", "xor", "--steps", "1", "--format", "json", "-o", ""], status: 74,
      words: "the name of the output is empty"),
    Case(
      line: ["export", "xor", "--steps", "1", "--format", "json", "-o", "-"], status: 0, words: "{"),
    Case(
      line: ["map", "parabola", "--over", "start.x=0..1/5", "--over", "start.x=0..1/5"],
      status: 64, words: "is given twice"),
    Case(
      line: ["race", "parabola", "--over", "learning_rate=0.1,0.2", "--fair"], status: 64,
      words: "nothing of --over learning_rate is left"),
    Case(
      line: ["race", "parabola", "--over", "steps=3,4"], status: 65, words: "take the same steps"),
    Case(
      line: ["race", "parabola", "--over", "optimizer=adam,,gd"], status: 64,
      words: "empty between two others"),
    Case(
      line: ["sweep", "parabola", "--over", "seed=1,2", "--steps", "-1"], status: 64,
      words: "--steps must be 1 to"),
    Case(line: ["follow", "--json", "/dev/zero"], status: 74, words: "is a device"),
  ]

  @Test("on the command line", arguments: cases)
  func commands(of given: Case) throws {
    let outcome = try Program.runAll(given.line)
    #expect(outcome.status == given.status, "\(outcome)")
    #expect((outcome.output + outcome.errors).contains(given.words), "\(outcome)")
  }

  @Test(
    "in presets: what YAML would eat, and slips that it has no words for",
    arguments: [
      ("glissade: 1\nfunction: &x + 2\n", "must be in quotes"),
      ("glissade: 1\nfunction: !x\n", "must be in quotes"),
      ("glissade: 1\nfunction: !!python/object:os.system x\n", "must be in quotes"),
      ("glissade:1\nfunction: x^2\n", "blank"),
      ("glissade: 1\nfunction: x^2\n---\nglissade: 1\n", "one document"),
    ])
  func presets(text: String, words: String) throws {
    try Program.withFile("p.yaml", text) { path in
      let outcome = try Program.run("check", path)
      #expect(
        outcome.status == 65 && (outcome.output + outcome.errors).contains(words), "\(outcome)")
    }
  }

  @Test("Columns of other names are not taken by their places")
  func otherNames() throws {
    try Program.withFile("points.csv", PredictCommandTests.table) { path in
      let new = path + ".csv"
      try Data("length,width\n-1,-2\n1,2\n".utf8).write(to: URL(fileURLWithPath: new))
      let outcome = try Program.run("predict", path, "--steps", "1", "--on", new)
      #expect(outcome.status == 65 && outcome.errors.contains("length, width"), "\(outcome)")
    }
  }

  @Test("A pipe that nobody reads does not keep it", arguments: [SIGTERM, SIGINT])
  func unreadPipe(signal: Int32) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["run", "xor", "--steps", "10000000", "--trace", "-"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    // It has begun to write; a pipe holds less than it has to say.
    _ = try pipe.fileHandleForReading.read(upToCount: 1)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 128 + signal)
  }
}
