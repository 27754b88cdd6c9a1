import Foundation
import Testing

@Suite("Parameters from files")
struct WeightsTests {
  @Test(
    "what was exported goes on to the last bit, for every kind of network",
    arguments: [
      "xor", "convolution", "recurrent", "radial-basis", "boltzmann", "deep-boltzmann",
      "rosenbrock",
    ],
    ["npz", "json"])
  func roundTrip(preset: String, format: String) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("w.\(format)").path
    _ = try Program.run("export", preset, "--steps", "5", "--format", format, "-o", path)
    let start = try Program.run(
      "run", preset, "--set", "start.file=\(path)", "--steps", "0", "--json")
    let end = try Program.run("run", preset, "--steps", "5", "--json")
    #expect(start.status == 0, "\(start)")
    #expect(
      Program.numbers(start.object["parameters"]) == Program.numbers(end.object["parameters"]))
    #expect(start.object["loss"] as? Double == end.object["loss"] as? Double)
  }

  @Test("what does not fit is told by name and shape, all at once")
  func misfits() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("w.npz").path
    _ = try Program.run("export", "xor", "--steps", "1", "--format", "npz", "-o", path)
    let other = try Program.run(
      "run", "xor", "--set", "hidden=3", "--set", "start.file=\(path)")
    #expect(other.status == 65 && other.errors.contains("w1 is 4 × 2 there and 3 × 2 here"))
    #expect(other.errors.contains("w2"))
    let alien = try Program.run("run", "recurrent", "--set", "start.file=\(path)")
    #expect(alien.status == 65 && alien.errors.contains("it lacks wx"), "\(alien)")
    let missing = try Program.run("run", "xor", "--set", "start.file=/nonexistent.npz")
    #expect(missing.status == 74, "\(missing)")
    let kind = try Program.run("run", "xor", "--set", "start.file=/etc/hostname")
    #expect(kind.errors.contains("neither a .npz nor a .json file"), "\(kind)")
  }

  @Test("numbers that stand twice in a file must be the same; lists alone and deep JSON are told")
  func contradictions() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("w.json").path
    _ = try Program.run("export", "xor", "--steps", "1", "--format", "json", "-o", path)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let list = try #require(text.range(of: "\"parameters\":["))
    let end = try #require(text[list.upperBound...].firstIndex(of: ","))
    let changed = text.replacingCharacters(in: list.upperBound..<end, with: "7.5")
    let cases = [
      (changed, "number 1 of its `parameters` is 7.5, and w1[1,1] of its `arrays` is"),
      (text[..<list.upperBound] + "1]}", "its `parameters` are 1 numbers, and its `arrays` 17"),
      ("{\"step\": 1, \"parameters\": [1, 2]}", "in one list, without shapes"),
      (String(repeating: "[", count: 600), "deeper than 512 levels"),
    ]
    for (content, words) in cases {
      try Data(content.utf8).write(to: URL(fileURLWithPath: path))
      let outcome = try Program.run("run", "xor", "--set", "start.file=\(path)", "--steps", "0")
      #expect(outcome.status == 65 && outcome.errors.contains(words), "\(outcome)")
    }
  }

  @Test("a shared string reads no parameters from the receiver's disk unasked")
  func shared() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("w.json").path
    _ = try Program.run("export", "xor", "--steps", "3", "--format", "json", "-o", path)
    let shared = try Program.run("share", "xor", "--set", "start.file=\(path)")
    let string = shared.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(shared.errors.contains("w.json"), "\(shared)")
    let refused = try Program.run("run", string, "--steps", "0")
    #expect(refused.status == 65 && refused.errors.contains("--allow-files"), "\(refused)")
    let allowed = try Program.run("run", string, "--steps", "0", "--allow-files", "--json")
    let end = try Program.run("run", "xor", "--steps", "3", "--json")
    #expect(
      Program.numbers(allowed.object["parameters"]) == Program.numbers(end.object["parameters"]))
  }
}
