import Foundation
import Presets
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(
  "Slow: 1,000 processes are killed while they write",
  .enabled(if: ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == "1"), .serialized)
struct SlowKillTests {
  /// A way to have a file written.
  struct Writer: Sendable, CustomTestStringConvertible {
    var name: String
    var count: Int
    /// The file, in the folder of the test.
    var file: String
    /// The command line; `%` is the folder.
    var arguments: [String]
    /// How a whole file is told.
    var isWhole: @Sendable (Data) -> Bool
    var testDescription: String { name }
  }

  static let writers = [
    Writer(
      name: "pictures", count: 400, file: "a.svg",
      arguments: ["shot", "xsin", "--steps", "3", "-o", "%/a.svg"],
      isWhole: { String(decoding: $0.suffix(10), as: UTF8.self).contains("</svg>") }),
    Writer(
      name: "traces", count: 300, file: "t.csv",
      arguments: ["run", "xsin", "--steps", "20000", "--trace", "%/t.csv"],
      isWhole: { data in
        let text = String(decoding: data, as: UTF8.self)
        return text.hasSuffix("\n") && text.split(separator: "\n").last?.hasPrefix("20000,") == true
      }),
    Writer(
      name: "lessons", count: 300, file: "state/glissade/lessons.json",
      arguments: ["lesson", "notes-activations", "--restart"],
      isWhole: { (try? JSONSerialization.jsonObject(with: $0)) != nil }),
  ]

  @Test("Nothing that was whole is lost, and nothing cut has the final name", arguments: writers)
  func killed(writer: Writer) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    var dice = SystemRandomNumberGenerator()
    let file = folder.appendingPathComponent(writer.file)
    let parent = file.deletingLastPathComponent()
    // How long it takes when nobody kills it.
    let start = ContinuousClock.now
    try Self.run(writer, folder, after: nil)
    let whole = max(ContinuousClock.now - start, .milliseconds(20))
    #expect(writer.isWhole(try Data(contentsOf: file)), "\(writer.name) writes nothing")
    var changed = 0
    var killed = 0
    for _ in 0..<writer.count {
      let before = try Data(contentsOf: file)
      let stamp = try Self.stamp(file)
      let share = Double.random(in: 0...1, using: &dice)
      // Around the moment at which the file is written.
      let delay = whole * (0.4 + 0.65 * share)
      if try Self.run(writer, folder, after: delay) { killed += 1 }
      let after = try Data(contentsOf: file)
      #expect(writer.isWhole(after), "cut: \(after.count) bytes where \(before.count) were")
      if try Self.stamp(file) != stamp { changed += 1 }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: parent.path)
    try Self.run(writer, folder, after: nil)
    let rest = try FileManager.default.contentsOfDirectory(atPath: parent.path)
    print(
      "\(writer.name): \(killed) of \(writer.count) killed, \(changed) had replaced the file; "
        + "\(left.count - 1) left over, then \(rest.count - 1)")
    #expect(rest.filter { $0.hasPrefix(".glissade-") } == [])
  }

  /// What the explorer writes.
  enum Kept: String, CaseIterable {
    case presets, sessions

    /// The file, in the folder of the test; of sessions the newest.
    func file(in folder: URL) -> URL {
      let files = folder.appendingPathComponent("glissade").path
      let newest = KeptSessions(folder: files + "/sessions", single: files + "/none").newest
      return URL(
        fileURLWithPath: self == .presets ? files + "/presets/mine.yaml" : newest?.path ?? files)
    }

    /// Keys that have it written again.
    func keys(_ number: Int) -> String {
      let backspaces = String(repeating: "\u{7F}", count: 20)
      return self == .presets ? "w\(backspaces)mine\ry" : number.isMultiple(of: 2) ? "+" : "."
    }

    /// Reads it back.
    func read(_ url: URL) throws {
      switch self {
      case .presets:
        _ = try PresetFile.parse(
          String(contentsOf: url, encoding: .utf8), file: "mine", name: "mine", extent: .run)
      case .sessions:
        _ = try #require(try SessionStore(path: url.path).read())
      }
    }
  }

  @Test("Presets and sessions of an explorer that is killed are whole", arguments: Kept.allCases)
  func killedExplorer(kept: Kept) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    var dice = SystemRandomNumberGenerator()
    var changed = 0
    let count = 100
    for number in 0..<count {
      let terminal = try PseudoTerminal(["xor"], shared: folder)
      let before = try? Self.stamp(kept.file(in: folder))
      terminal.type(kept.keys(number))
      // Sessions are written a second after the first change.
      let most = kept == .presets ? 60 : 1_300
      let wait = number == 0 ? 3_000 : Int.random(in: 0...most, using: &dice)
      _ = poll(nil, 0, Int32(wait))
      kill(terminal.process, SIGKILL)
      let file = kept.file(in: folder)
      try kept.read(file)
      if try Self.stamp(file) != before { changed += 1 }
    }
    let left = try FileManager.default.contentsOfDirectory(
      atPath: kept.file(in: folder).deletingLastPathComponent().path
    ).filter { $0.hasPrefix(".glissade-") }
    print("\(kept): \(count) killed, \(changed) had replaced the file, \(left.count) left over")
    #expect(changed > 1 && left.count < 3)
  }

  /// What tells a file from the one that replaces it.
  static func stamp(_ file: URL) throws -> [AnyHashable] {
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    return [
      attributes[.systemFileNumber] as? Int, attributes[.modificationDate] as? Date,
    ]
  }

  /// Runs it; whether it was killed before it ended.
  @discardableResult
  static func run(_ writer: Writer, _ folder: URL, after delay: Duration?) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = writer.arguments.map { $0.replacing("%", with: folder.path) }
    process.environment = ProcessInfo.processInfo.environment.merging([
      "XDG_CONFIG_HOME": folder.path + "/config", "XDG_STATE_HOME": folder.path + "/state",
      "TERM": "xterm",
    ]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let end = delay.map { ContinuousClock.now + $0 }
    while process.isRunning {
      if let end, ContinuousClock.now >= end {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return true
      }
      usleep(500)
    }
    return false
  }
}
