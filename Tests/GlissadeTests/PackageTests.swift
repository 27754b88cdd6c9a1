import Foundation
import Testing

/// `GLISSADE_PACKAGE=1 swift test --filter Package` makes a package (minutes) and tries it in a bare
/// Debian; it needs root, debootstrap and a mirror.
@Suite(
  "Slow: a package is made and opens in a bare system",
  .enabled(if: ProcessInfo.processInfo.environment["GLISSADE_PACKAGE"] == "1"))
struct PackageTests {
  @Test("The package has what it promises, and the explorer opens from it without Swift")
  func package() throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    func run(_ script: String, _ argument: String) throws -> (status: Int32, output: String) {
      let process = Process()
      process.executableURL = root.appendingPathComponent(".ci/\(script)")
      process.arguments = [argument]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
    #expect(try run("package", folder.path).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let package = try #require(names.first { $0.hasSuffix(".deb") })
    #expect(names.contains { $0.hasSuffix(".tar.gz") })
    let trial = try run("try-package", folder.appendingPathComponent(package).path)
    print(trial.output)
    #expect(trial.status == 0)
    #expect(trial.output.contains("swift in the root: 0 files"))
    #expect(trial.output.contains("decision boundary"))
  }
}
