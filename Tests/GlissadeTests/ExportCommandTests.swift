import Foundation
import Presets
import Testing

@Suite("Runs taken home")
struct ExportCommandTests {
  static let hasNumpy =
    (try? python("import numpy", in: FileManager.default.temporaryDirectory))?.status == 0

  /// Runs a line of Python, or a script.
  static func python(_ code: String, in folder: URL) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-W", "ignore", "-c", code]
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test("parameters come by name and shape, to the last bit", arguments: ["xor", "rosenbrock"])
  func parameters(preset: String) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let end = try Program.run("run", preset, "--steps", "20", "--json").object
    let wanted = Program.numbers(end["parameters"])
    for format in ["json", "csv", "npz"] {
      let path = folder.appendingPathComponent("w.\(format)").path
      let outcome = try Program.run(
        "export", preset, "--steps", "20", "--format", format, "-o", path)
      #expect(outcome.status == 0, "\(outcome)")
    }
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.appendingPathComponent("w.json")))
    #expect(Program.numbers((json as? [String: Any])?["parameters"]) == wanted)
    let rows = try String(contentsOf: folder.appendingPathComponent("w.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
    #expect(rows.map { Double($0.split(separator: ",").last ?? "") } == wanted)
    if Self.hasNumpy {
      let code = """
        import numpy
        w = numpy.load('w.npz')
        print(*(float(x).hex() for key in w.files for x in w[key].ravel()))
        """
      let hex = try Self.python(code, in: folder).output.split(whereSeparator: \.isWhitespace)
      #expect(hex.map { Double($0) } == wanted)
    }
  }

  @Test("a linearised net has parameters, answers and a start to go on from, and no script")
  func linearized() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let set = ["--set", "model.linearized=true"]
    let end = try Program.runAll(["run", "spectral-bias", "--steps", "20", "--json"] + set).object
    let path = folder.appendingPathComponent("w").path
    for format in ["python", "jax"] {
      let outcome = try Program.runAll(
        ["export", "spectral-bias", "--steps", "20", "--format", format, "-o", path] + set)
      #expect(outcome.status != 0 && outcome.errors.contains("linearised net"), "\(outcome)")
    }
    let outcome = try Program.runAll(
      ["export", "spectral-bias", "--steps", "20", "--format", "json", "-o", path] + set)
    #expect(outcome.status == 0)
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
    #expect(
      Program.numbers((json as? [String: Any])?["parameters"])
        == Program.numbers(end["parameters"]))
    let page = try Program.runAll(["share", "circle", "--playground"] + set)
    #expect((page.output + page.errors).contains("linearised"), "\(page)")
    let table = folder.appendingPathComponent("x.csv").path
    try "-0.5\n0.25\n".write(toFile: table, atomically: true, encoding: .utf8)
    let told = try Program.runAll(
      ["predict", "spectral-bias", "--steps", "0", "--on", table] + set)
    let plain = try Program.run("predict", "spectral-bias", "--steps", "0", "--on", table)
    func answers(_ outcome: Program.Outcome) -> [Double] {
      outcome.output.split(separator: "\n").dropFirst().compactMap {
        Double($0.split(separator: ",").last ?? "")
      }
    }
    #expect(told.status == 0 && answers(told).count == 2)
    for (a, b) in zip(answers(told), answers(plain)) { #expect(abs(a - b) < 1e-12) }
    let later = try Program.runAll(
      ["predict", "spectral-bias", "--steps", "500", "--on", table] + set)
    let other = try Program.run("predict", "spectral-bias", "--steps", "500", "--on", table)
    #expect(answers(later) != answers(other))
  }

  @Test(
    "scripts repeat the trace to 1e-10",
    .enabled(if: hasNumpy),
    arguments: ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == nil
      ? ["xor", "notes-sgd", "rosenbrock"] : PresetShelf.builtInNames)
  func script(preset: String) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (script, trace) = (
      folder.appendingPathComponent("a.py"), folder.appendingPathComponent("a.csv")
    )
    let written = try Program.run(
      "export", preset, "--steps", "60", "--every", "20", "--format", "python", "-o", script.path)
    if written.status == 65 {
      #expect(!written.errors.isEmpty)
      return
    }
    #expect(written.status == 0, "\(written)")
    _ = try Program.run(
      "run", preset, "--steps", "60", "--every", "20", "--trace", trace.path)
    let out = try Self.python(String(contentsOf: script, encoding: .utf8), in: folder)
    #expect(out.status == 0)
    /// Rows of numbers; names of parameters, which hold commas, are left out.
    func table(_ text: String) -> [[Double]] {
      text.split(separator: "\n").dropFirst().map { line in
        line.split(separator: ",").map { Double($0) ?? .nan }
      }
    }
    let (ours, theirs) = (
      table(try String(contentsOf: trace, encoding: .utf8)), table(out.output)
    )
    #expect(ours.count == theirs.count && !ours.isEmpty)
    let header = try #require(
      try String(contentsOf: trace, encoding: .utf8).split(separator: "\n").first)
    // Measures of the trace that the script does not print stand between loss and parameters.
    let besides = ["accuracy", "test_loss", "test_accuracy"].filter {
      header.contains(",\($0),")
    }.count
    for (a, b) in zip(ours, theirs) {
      let wanted = a[..<3] + a[(3 + besides)...]
      #expect(wanted.count == b.count)
      // Parameters are compared as a vector: small ones stand beside large ones in the sums.
      let size = wanted.dropFirst(3).filter(\.isFinite).map(\.magnitude).max() ?? 0
      for (index, (x, y)) in zip(wanted, b).enumerated() {
        let scale = index < 3 ? max(abs(x), 1e-3) : max(size, 1e-3)
        #expect(
          x == y || x.isNaN && y.isNaN || abs(x - y) <= 1e-10 * scale,
          "\(preset), step \(a[0]), column \(index): \(y), not \(x)")
      }
    }
  }

  @Test("what a script cannot hold is said")
  func refusals() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("a.py").path
    let outcome = try Program.run(
      "export", "xor", "--set", "optimizer=lbfgs", "--format", "python", "-o", path)
    #expect(outcome.status == 65 && outcome.errors.contains("lbfgs"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
