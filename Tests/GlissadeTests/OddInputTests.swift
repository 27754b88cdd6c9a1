import Foundation
import Testing

@Suite("What is odd is told, never guessed", .timeLimit(.minutes(15)))
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
    Case(
      line: ["run", "moons", "--set", "features=first(99)"], status: 65,
      words: "a whole number from 1 to 2"),
    Case(line: ["run", "moons", "--set", "features=sin(x9)"], status: 65, words: "2 inputs"),
    Case(line: ["run", "moons", "--set", "features=x1^0"], status: 65, words: "from 1 to 64"),
    Case(
      line: ["run", "moons", "--set", "features=fourier(99999999:1)"], status: 65,
      words: "from 1 to 4096"),
    Case(line: ["run", "moons", "--set", "features=tan(x1)"], status: 65, words: "a feature is"),
    Case(line: ["sweep", "xsin", "--over", "seed=5..1"], status: 64, words: "falls"),
    Case(
      line: ["sweep", "xsin", "--over", "learning_rate=1e-3..1/log99999999"], status: 64,
      words: "more than 1000000 values"),
    Case(
      line: ["sweep", "xsin", "--over", "seed=-5..18446744073709551615"], status: 64,
      words: "more than 1000000 values"),
    Case(line: ["sweep", "xsin", "--over", "start.x=0..1/²"], status: 64, words: "is no range"),
    Case(line: ["sweep", "xsin", "--over", "start.x=0.5..2"], status: 64, words: "0.5..2/11"),
    Case(
      line: [
        "sweep", "xsin", "--over", "seed=18446744073709551614..18446744073709551615", "--steps",
        "1", "--table",
      ], status: 0, words: "18446744073709551615"),
    Case(
      line: [
        "map", "parabola", "--over", "start.x=0..1/2", "--over", "learning_rate=0.1,0.2", "--steps",
        "1", "--measure", "accuracy",
      ], status: 0, words: "it needs classes"),
    Case(
      line: [
        "slurm", "map", "xsin", "--over", "seed=1..2", "--over", "learning_rat=0.1,0.2", "--tiles",
        "t",
      ], status: 65, words: "learning_rate"),
    Case(
      line: ["slurm", "race", "xor", "--over", "optimizer=adam,adamm", "--tiles", "t"], status: 65,
      words: "adamm"),
    Case(
      line: ["run", "xor", "--steps", "1", "--steps", "2"], status: 64,
      words: "--steps is given twice (\"1\", \"2\"); it has one value: give it once"),
    Case(
      line: ["run", "xor", "--steps=1", "--json", "--steps", "2"], status: 64,
      words: "--steps is given twice"),
    Case(
      line: ["grad", "x^2", "--at", "x=1", "--order", "2", "--order", "3"], status: 64,
      words: "--order is given twice"),
    Case(
      line: ["--theme", "dark", "--theme", "light"], status: 64, words: "--theme is given twice"),
    Case(
      line: ["run", "xor", "--steps", "2", "--steps", "2"], status: 0, words: "step           2"),
    Case(
      line: ["run", "xor", "--steps", "2", "--set", "seed=3", "--set", "seed=4"], status: 0,
      words: "seed is set more than once"),
    Case(line: ["run", "GLZ1:abc"], status: 65, words: "capitals and small letters count"),
    Case(
      line: ["run", "xor", "--verify", "--steps", "3"], status: 64, words: "have no say in it"),
    Case(
      line: [
        "run", "rosenbrock", "--set", "optimizer=gd", "--set", "learning_rate=0.02", "--steps", "6",
      ], status: 0, words: "diverged: the loss is no longer finite after step 6"),
    Case(
      line: [
        "sweep", "rosenbrock", "--set", "optimizer=gd", "--over", "learning_rate=0.02", "--steps",
        "6",
      ], status: 0, words: "100.0 %"),
    Case(
      line: ["run", "parabola", "--set", "learning_rate=1e-400", "--steps", "1"], status: 65,
      words: "that a double can hold"),
    Case(line: ["grad", "xˆ2", "--at", "x=1"], status: 65, words: "^ for a power"),
    Case(line: ["grad", "ｘ^2", "--at", "x=1"], status: 65, words: "the plain letter x"),
    Case(line: ["grad", "ℯ^x", "--at", "x=1"], status: 65, words: "the plain letter"),
    Case(line: ["grad", "θ^2 + φ", "--at", "θ=1"], status: 0, words: "f = 1"),
    Case(line: ["grad", "log(x)", "--at", "x=-1"], status: 0, words: "∂f/∂x = nan"),
    Case(
      line: ["grad", "sqrt(x^2)", "--at", "x=0", "--order", "2"], status: 0, words: "order 2: nan"),
    Case(
      line: ["grad", "x^3.5", "--at", "x=0", "--order", "4"], status: 0, words: "in a derivative"),
    Case(
      line: ["grad", "log(x^2)", "--at", "x=1e-200"], status: 0, words: "too small for a double"),
    Case(line: ["grad", "x^2", "--at", "x=0x10"], status: 64, words: "is not a number"),
    Case(line: ["grad", "x^2", "--at", "x=1e999"], status: 64, words: "too large"),
    Case(line: ["run", "xor", "--below", "0x10"], status: 64, words: "as in 0.5"),
    Case(line: ["run", "xor", "--below", "0,5"], status: 64, words: "as in 0.5"),
    Case(line: ["run", "xor", "--steps", "1_000"], status: 64, words: "as in 1000"),
    Case(line: ["run", "xor", "--steps", "0x10"], status: 64, words: "as in 1000"),
    Case(line: ["grad", "1'000x"], status: 65, words: "digits are not grouped"),
    Case(line: ["grad", "1_000x"], status: 65, words: "digits are not grouped"),
    Case(line: ["grad", "1.5.2"], status: 65, words: "one point"),
    Case(line: ["grad", "⌊x⌋"], status: 65, words: "floor(x)"),
    Case(line: ["grad", "x ± 1"], status: 65, words: "one formula with +"),
    Case(line: ["grad", "٣x"], status: 65, words: "the digit 3"),
    Case(line: ["grad", "1e-400 x"], status: 65, words: "too small"),
    Case(
      line: ["sweep", "xsin", "--over", "start.x=0,5..1/3"], status: 64, words: "0.5..1/3"),
    Case(
      line: ["sweep", "xor", "--over", "seed=1,2,5..9/5"], status: 64, words: "1; 2; 5..9/5"),
    Case(
      line: ["sweep", "xor", "--over", "seed=5..9/5,2,5..9/5"], status: 64,
      words: "5..9/5; 2.5..9/5"),
    Case(
      line: [
        "map", "xor", "--over", "seed=1,2", "--over", "l2=0,1", "--tiles", "/tmp", "-o",
        "/tmp/map.json",
      ], status: 64, words: "another place"),
    Case(line: ["follow", "--json", "/dev/zero"], status: 74, words: "is a device"),
  ]

  @Test("on the command line", arguments: cases)
  func commands(of given: Case) throws {
    let outcome = try Program.runAll(given.line)
    #expect(outcome.status == given.status, "\(outcome)")
    #expect((outcome.output + outcome.errors).contains(given.words), "\(outcome)")
  }

  @Test(
    "in tables: where, and what to do",
    arguments: [
      ("a,c\n1,2.5\n2,3.5\n3,1.5\n", ["data.columns=[a, c]"], 65, "\"c\" is the target"),
      ("a,c\n1,2.5\n2,3.5\n3,1.5\n", ["data.columns=[a, a]"], 65, "stands twice"),
      ("1,2.5\n2,3.5\n3,1.5\n", ["data.columns=[1, 2]"], 65, "column 2 is the target"),
      ("Survey 2024\nx,y\n1.5,2.5\n2.5,3.5\n3,4.5\n", [], 65, "begin it with #"),
      ("// x y\n1 2\n2 3\n3 4\n", [], 65, "begin it with #"),
      ("b c\n1 2 3\n2 3 4\n3 4 5\n", [], 65, "names are missing"),
      ("m,s\n1,2\n2,3\n3,2\n4,3\n", [], 0, "accuracy"),
      ("m,s\n1,2\n2,3\n3,2\n4,3\n", ["data.labels=false"], 0, "test loss"),
      ("x,y\n1,NA\n2,US\n3,NA\n4,US\n", ["data.labels=true"], 0, "accuracy"),
      ("x,y\n1,NA\n2,\n3,NA\n4,US\n", ["data.labels=true"], 65, "the cell is empty"),
    ])
  func tables(table: String, settings: [String], status: Int32, words: String) throws {
    try Program.withFile("t.csv", table) { path in
      let outcome = try Program.runAll(
        ["run", path, "--steps", "1"] + settings.flatMap { ["--set", $0] })
      #expect(outcome.status == status, "\(outcome)")
      #expect((outcome.output + outcome.errors).contains(words), "\(outcome)")
    }
  }

  @Test("in tables: numbers that are taken for classes are listed, with the way out")
  func classNumbers() throws {
    let prices = "size,price\n50,150\n60,170\n70,210\n80,230\n100,290\n120,330\n"
    try Program.withFile("t.csv", prices) { path in
      let checked = try Program.run("check", path).output
      #expect(!checked.contains("classes"), "\(checked)")
      let output = try Program.run("run", path, "--steps", "1").output
      #expect(output.contains("test loss"), "\(output)")
    }
    try Program.withFile("t.csv", "m,s\n1,2\n2,3\n3,2\n4,5\n5,3\n6,5\n") { path in
      let output = try Program.run("check", path).output
      #expect(output.contains("s, 3 classes: 2, 3, 5"), "\(output)")
      #expect(output.contains("data.labels=false makes them quantities"), "\(output)")
    }
  }

  @Test(
    "in presets: what YAML would eat, and slips that it has no words for",
    arguments: [
      ("glissade: 1\nfunction: &x + 2\n", "must be in quotes"),
      ("glissade: 1\nfunction: !x\n", "must be in quotes"),
      ("glissade: 1\nfunction: !!python/object:os.system x\n", "must be in quotes"),
      ("glissade:1\nfunction: x^2\n", "blank"),
      ("glissade: 1\nfunction: x^2\n---\nglissade: 1\n", "one document"),
      ("glissade: 1\nmodel: logistic\ndata: {file: a, target: y}\n", "data: {csv: a, target"),
      ("glissade: 1\nmodel: logistic\ndata: {name: a.CSV}\n", "data: {csv: a.CSV, target"),
      ("glissade: 1\nmodel: logistic\ndata: ../a\n", "data: {csv: ../a, target"),
    ])
  func presets(text: String, words: String) throws {
    try Program.withFile("p.yaml", text) { path in
      let outcome = try Program.run("check", path)
      #expect(
        outcome.status == 65 && (outcome.output + outcome.errors).contains(words), "\(outcome)")
    }
  }

  @Test(
    "in presets: races and maps that cannot be made are told at their place",
    arguments: [
      ("race: foo 1, 2", "foo"), ("race: learning_rate abc, def", "abc"),
      ("race: optimizer adam, adamm", "adamm"), ("map: foo 1..2, bar 1..3", "foo"),
      ("map: learning_rate -1..2, momentum 0..0.9", "learning_rate"),
      ("map: learning_rate 0.1..2, start.x 0..1, accuracy", "needs classes"),
    ])
  func manyRuns(line: String, words: String) throws {
    try Program.withFile("p.yaml", "glissade: 1\nfunction: x^2\nstart: 1\n\(line)\n") { path in
      let outcome = try Program.run("check", path)
      #expect(outcome.status == 65, "\(outcome)")
      #expect(outcome.errors.contains("p.yaml:4:") && outcome.errors.contains(words), "\(outcome)")
    }
  }

  @Test(
    "in files of parameters: where, and what",
    arguments: [
      ("", "is empty"), ("{\"w1\": [1, 2]\n\"b1\": [3]}", "at line 2, column"),
      ("{\"w1\": [1, 2", "is cut off"),
      ("{\"w1\": [1e999]}", "w1[1] is no number that a double can hold"),
      ("[1, 2]", "no JSON object"), ("{\"w1\": [[1, 2], [3, null]]}", "w1[2][2] is no number"),
      ("{\"w1\": [[1, 2], [3]]}", "w1 has rows of unequal length"),
      ("{\"w1\": [1, 2], \"w1\": [3, 4]}", "holds \"w1\" twice"),
      ("{\"arrays\": {\"a/b\": [1], \"a/b\": [2]}}", "holds \"a/b\" twice"),
      ("{\"step\": 1, \"arrays\": {\"step\": {\"shape\": [1], \"values\": [1]}}}", "it lacks"),
      ("{\"w1\": {\"shape\": [2, 2], \"values\": [1, 2]}}", "is 2 × 2, and gives 2 numbers"),
    ])
  func parameters(text: String, words: String) throws {
    try Program.withFile("w.json", text) { path in
      let outcome = try Program.run("run", "xor", "--set", "start.file=\(path)", "--steps", "0")
      #expect(outcome.status == 65 && outcome.errors.contains(words), "\(outcome)")
    }
  }

  @Test("A sweep that was interrupted says so", arguments: [[], ["--json"]])
  func interrupted(form: [String]) throws {
    let text = "glissade: 1\nfunction: x sin(x^2 + 1)\nstart: 1\nlearning_rate: 1e-9\n"
    try Program.withFile("slow.yaml", text) { path in
      let command = ["sweep", path, "--over", "start.x=0..1/8", "--steps", "1000000000"] + form
      var outcome = try Program.run("list", "presets")
      // Until it listens, the signal ends it without a word: then it is given more time.
      for pause in 1...50 {
        outcome = try Program.runAll(command) { process in
          usleep(UInt32(pause) * 100_000)
          kill(process.processIdentifier, SIGINT)
        }
        if outcome.status == 130 { break }
      }
      #expect(outcome.status == 130)
      #expect(
        outcome.output.contains("interrupted: 0 of 8 runs")
          || outcome.output.contains("\"interrupted\":true"), "\(outcome)")
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
