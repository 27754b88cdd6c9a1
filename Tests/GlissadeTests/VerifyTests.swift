import Foundation
import Presets
import Testing
import Training

@Suite("glissade run --verify")
struct VerifyTests {
  @Test("a saved session is done again: the same bits, or status 1 and where they differ")
  func verify() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/verify-\(UUID().uuidString)"
    try Folder.make(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var preset = try PresetShelf(folder: "/nonexistent").load("xor")
    var session = Session(try Run(preset))
    _ = session.advance(40)
    session.seek(step: 10)
    try session.apply(.learningRate(0.5))
    _ = session.advance(5)
    preset.lesson = nil
    preset.session = SavedSession(
      branches: session.snapshot().branches.map(\.saved), current: 2)
    preset.changes = session.run.changes
    let path = folder + "/mine.yaml"
    try PresetFile.save(preset, to: path)
    let good = try Program.runAll(["run", path, "--verify"])
    #expect(good.status == 0 && good.output.contains("branch 2: 15 steps, the same bits"))

    let digest = try #require(preset.session?.branches[0].digest)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacingOccurrences(of: digest, with: "0123456789abcdef")
      .write(toFile: path, atomically: true, encoding: .utf8)
    let bad = try Program.runAll(["run", path, "--verify", "--json"])
    #expect(bad.status == 1 && bad.object["same"] as? Bool == false)
    let none = try Program.runAll(["run", "xor", "--verify"])
    #expect(none.status == 64 && none.errors.contains("no branches"))
  }
}
