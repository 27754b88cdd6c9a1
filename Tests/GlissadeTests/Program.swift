import Foundation
import Testing

/// The built program, run as a user runs it.
enum Program {
  /// What it said and how it ended.
  struct Outcome: CustomStringConvertible {
    var status: Int32
    var output: String
    var errors: String
    var description: String { "status \(status)\n\(output)\n\(errors)" }

    /// The output as JSON.
    var json: Any? { try? JSONSerialization.jsonObject(with: Data(output.utf8)) }
    /// The output as a JSON object.
    var object: [String: Any] { json as? [String: Any] ?? [:] }
  }

  /// The program, beside the test bundle.
  static let path: String = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0])
    var folder = bundle.deletingLastPathComponent()
    // The bundle may be the executable itself or lie some folders deeper.
    for _ in 0..<4 {
      let candidate = folder.appendingPathComponent("glissade").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
      folder.deleteLastPathComponent()
    }
    return Bundle.main.bundleURL.deletingLastPathComponent().appendingPathComponent("glissade")
      .path
  }()

  /// Runs it to its end.
  static func run(
    _ arguments: String..., environment: [String: String] = [:],
    while running: (Process) -> Void = { _ in }
  ) throws -> Outcome {
    try runAll(arguments, environment: environment, while: running)
  }

  /// Runs it with a list of arguments.
  static func runAll(
    _ arguments: [String], environment: [String: String] = [:],
    while running: (Process) -> Void = { _ in }
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      [
        "XDG_CONFIG_HOME": "/dev/null/config", "XDG_STATE_HOME": "/dev/null/state",
      ].merging(environment) {
        $1
      }
    ) { $1 }
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (out, err) = (folder.appendingPathComponent("out"), folder.appendingPathComponent("err"))
    for file in [out, err] { FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    running(process)
    process.waitUntilExit()
    let status =
      process.terminationReason == .uncaughtSignal
      ? -process.terminationStatus : process.terminationStatus
    return Outcome(
      status: status, output: try String(contentsOf: out, encoding: .utf8),
      errors: try String(contentsOf: err, encoding: .utf8))
  }

  /// The numbers of a JSON list, to the last bit: `doubleValue` goes by way of a decimal and may
  /// lose it.
  static func numbers(_ value: Any?) -> [Double] {
    (value as? [Any] ?? []).map { ($0 as? NSNumber).flatMap { Double($0.description) } ?? .nan }
  }

  /// Has the explorer not greet as on its very first start, whose state is kept in a folder.
  static func markStarted(state: URL) throws {
    let folder = state.appendingPathComponent("glissade")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data().write(to: folder.appendingPathComponent("started"))
  }

  /// A new folder.
  static func scratch() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "glissade-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Calls `body` with the path of a file that holds `text`.
  static func withFile<Result>(
    _ name: String, _ text: String, _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return try body(file.path)
  }
}
