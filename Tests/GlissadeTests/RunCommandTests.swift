import Foundation
import Testing

@Suite("glissade run")
struct RunCommandTests {
  @Test("The notes' descent on x sin(x² + 1) ends where theirs does")
  func wave() throws {
    let outcome = try Program.run("run", "xsin", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    let object = outcome.object
    #expect(object["preset"] as? String == "xsin")
    #expect(object["step"] as? Int == 300)
    #expect(object["stopped"] as? String == "steps")
    #expect(object["parameter_names"] as? [String] == ["x"])
    let x = Program.numbers(object["parameters"]).first ?? .nan
    #expect(abs(x - -1.0111649853169877) <= 1e-12)
    #expect(object["accuracy"] is NSNull)
  }

  @Test("The gates' nets classify everything", arguments: ["xor", "or", "and"])
  func gates(name: String) throws {
    let object = try Program.run("run", name, "--json").object
    #expect(object["accuracy"] as? Double == 1)
    #expect((object["parameters"] as? [Double])?.count == 17)
    #expect((object["parameter_names"] as? [String])?.count == 17)
  }

  @Test(
    "--below tells the step at which the loss first was below a level",
    arguments: [("notes-adam", 1535), ("notes-adam-textbook", 7291)])
  func below(preset: String, step: Int) throws {
    let object = try Program.run("run", preset, "--below", "1e-4", "--json").object
    #expect(object["first_below"] as? Int == step)
    #expect(object["step"] as? Int == 10_000)
    let never = try Program.run("run", preset, "--below", "-1", "--steps", "5", "--json").object
    #expect(never["first_below"] is NSNull)
  }

  @Test(
    "--tail tells how large the ball of noise is",
    arguments: [("0.1", 0.155), ("0.05", 0.099), ("0.01", 0.105)])
  func tail(rate: String, distance: Double) throws {
    let object = try Program.run(
      "run", "notes-sgd", "--set", "schedule=constant", "--set", "learning_rate=\(rate)",
      "--tail", "500", "--json"
    ).object
    let ours = try #require(object["tail_distance"] as? Double)
    #expect(abs(ours - distance) < 6e-4, "\(ours)")
    let minimum = Program.numbers(object["minimum"])
    #expect(minimum.count == 2)
    #expect(
      zip(minimum, [3.792124550032471, 3.072933323377011]).allSatisfy { abs($0 - $1) < 1e-10 })
  }

  @Test("--tail where Newton's method finds no minimum fails and says so")
  func noMinimum() throws {
    let outcome = try Program.run("run", "notes-logistic", "--tail", "10")
    #expect(outcome.status == 1 && outcome.errors.contains("minimum"), "\(outcome)")
  }

  @Test("--steps and --set change what they say")
  func settings() throws {
    let object = try Program.run(
      "run", "rosenbrock", "--steps", "3", "--set", "optimizer=adam", "--set",
      "learning_rate=0.02", "--set", "start.x=0.5", "--json"
    ).object
    #expect(object["step"] as? Int == 3)
    #expect(object["optimizer"] as? String == "adam")
    #expect(object["learning_rate"] as? Double == 0.02)
    let variant = try Program.run(
      "run", "rosenbrock", "--set", "variant=Adam", "--steps", "1", "--json")
    #expect(variant.object["optimizer"] as? String == "adam")
  }

  @Test(
    "A trace has step 0, every K-th and the last step; its last row is the result",
    arguments: ["csv", "jsonl"])
  func trace(format: String) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("trace.\(format)").path
    let object = try Program.run(
      "run", "xor", "--steps", "25", "--every", "10", "--trace", path, "--json"
    ).object
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let parameters = Program.numbers(object["parameters"])
    let loss = Program.numbers([object["loss"] as Any])[0]
    if format == "csv" {
      #expect(lines.count == 5)
      #expect(lines[0].hasPrefix("step,learning_rate,loss,accuracy,\"w1[1,1]\""))
      let rows = lines[1...].map { $0.split(separator: ",").compactMap { Double($0) } }
      #expect(rows.map { $0[0] } == [0, 10, 20, 25])
      #expect(Array(rows[3][4...]) == parameters)
      #expect(rows[3][2] == loss)
    } else {
      let rows = lines.compactMap {
        try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
      #expect(rows.compactMap { $0["step"] as? Int } == [0, 10, 20, 25])
      #expect(Program.numbers(rows.last?["parameters"]) == parameters)
      #expect(Program.numbers([rows.last?["loss"] as Any])[0] == loss)
    }
  }

  @Test("The loss of a trace is that of all samples, not of the batch")
  func fullLoss() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("t.csv").path
    _ = try Program.run("run", "notes-sgd", "--steps", "40", "--trace", path)
    let first = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let again = try Program.run(
      "run", "notes-sgd", "--set", "batch=full", "--steps", "0", "--json"
    ).object
    #expect(
      Double(first[1].split(separator: ",")[2]) == Program.numbers([again["loss"] as Any])[0])
  }

  @Test("A run that diverges says so, in valid JSON, and ends with 0")
  func diverged() throws {
    let outcome = try Program.run(
      "run", "rosenbrock", "--set", "learning_rate=1", "--steps", "100", "--json")
    #expect(outcome.status == 0)
    #expect(outcome.object["stopped"] as? String == "diverged")
    let place = outcome.object["diverged"] as? [String: Any]
    #expect((place?["step"] as? Int ?? 0) > 0)
    #expect((outcome.object["parameters"] as? [Any])?.count == 2)
    let text = try Program.run("run", "rosenbrock", "--set", "learning_rate=1").output
    #expect(text.contains("diverged"))
  }

  @Test("Ctrl-C ends a run after its step, prints where it is, and gives 130")
  func interrupted() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let trace = folder.appendingPathComponent("t.csv").path
    let outcome = try Program.run(
      "run", "rosenbrock", "--steps", "1000000000000", "--trace", trace, "--every", "1000", "--json"
    ) { process in
      // Rows of the trace say that it runs, and so that it listens; the file has its name at the
      // end only.
      func size() -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.reduce(0) { sum, name in
          let path = folder.appendingPathComponent(name).path
          let attributes = try? FileManager.default.attributesOfItem(atPath: path)
          return sum + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
        }
      }
      while process.isRunning, size() < 1000 { sched_yield() }
      process.interrupt()
    }
    #expect(outcome.status == 130)
    #expect(outcome.object["stopped"] as? String == "interrupted")
    #expect(FileManager.default.fileExists(atPath: trace))
  }

  @Test("A pipe that nobody reads any more ends it quietly")
  func brokenPipe() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\"\(Program.path)\" list optimizers 2>&1 | head -n 1"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(text.split(separator: "\n").count == 1)
  }

  @Test("JSON says beside null which number it was, by the parameter's name")
  func notFinite() throws {
    let preset = "glissade: 1\nfunction: log(x) + y^4\nstart: [-1, 1e150]\nsteps: 3\n"
    try Program.withFile("a.yaml", preset) { path in
      let object = try Program.run("run", path, "--json").object
      let marks = object["not_finite"] as? [String: String] ?? [:]
      #expect(marks["loss"] == "nan" && object["loss"] is NSNull)
      let grad = try Program.run("grad", "1/x + y/0", "--at", "x=0,y=2", "--json").object
      #expect(
        grad["not_finite"] as? [String: String]
          == ["value": "inf", "gradient.x": "-inf", "gradient.y": "inf"])
      let calm = try Program.run("run", "xsin", "--steps", "2", "--json").object
      #expect(calm["not_finite"] == nil)
    }
  }
}
