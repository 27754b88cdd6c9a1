import Foundation
import Lanes
import Presets
import Testing
import Training

/// Whether campaigns are run that take minutes: `GLISSADE_SLOW=1 swift test --filter Slow`.
let isSlow = ProcessInfo.processInfo.environment["GLISSADE_SLOW"] == "1"

@Suite("Slow: 100,000 damaged files of each kind", .enabled(if: isSlow), .serialized)
struct SlowFuzzTests {
  /// Inputs of a kind.
  static let inputs = 100_000
  static let pieces = Array(0..<20)

  /// What a campaign found.
  struct Tally: Sendable {
    var right = 0
    var wrong = 0
    var slowest = Duration.zero
    var slowestInput = ""

    mutating func note(_ time: Duration, _ input: String) {
      guard time > slowest else { return }
      slowest = time
      slowestInput = String(input.prefix(300))
    }
  }

  /// Reads one input: it is right, or every mistake has a place and can be printed.
  static func read(_ input: String, _ tally: inout Tally, _ body: () throws -> Void) {
    let start = ContinuousClock.now
    do {
      try body()
      tally.right += 1
    } catch {
      tally.wrong += 1
      let told = (error as? PresetError)?.diagnostics ?? []
      #expect(!told.isEmpty, "\(error): \(input.prefix(300))")
      for diagnostic in told {
        if case .file(_, let line, let column) = diagnostic.origin {
          #expect(line >= 1 && column >= 1)
        } else {
          Issue.record("no place: \(diagnostic): \(input.prefix(300))")
        }
        let isPrintable = diagnostic.description.unicodeScalars.allSatisfy(EscapedText.isPlain)
        #expect(isPrintable && diagnostic.description.utf8.count < 4_000)
      }
    }
    tally.note(ContinuousClock.now - start, input)
  }

  static func finish(_ kind: String, _ piece: Int, _ tally: Tally) {
    // Where the system tells: the most memory that the process ever had.
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    let kibibytes = peak?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
    print(
      "\(kind) \(piece): \(tally.right) right, \(tally.wrong) wrong, slowest \(tally.slowest), "
        + "\(kibibytes / 1024) MiB at most")
    #expect(tally.slowest < .seconds(1), "\(tally.slowestInput)")
    #expect(kibibytes < 300 * 1024)
  }

  static let presets = PresetShelf.builtInNames.compactMap { name -> String? in
    let file = BuiltInPresetsTests.root.appendingPathComponent("presets/\(name).yaml")
    return try? String(contentsOf: file, encoding: .utf8)
  }

  @Test("Presets", arguments: pieces)
  func damagedPresets(piece: Int) {
    var dice = FuzzTests.Dice(state: UInt64(piece) + 1000)
    var tally = Tally()
    for number in 0..<(Self.inputs / Self.pieces.count) {
      let text = FuzzTests.damage(Self.presets[number % Self.presets.count], &dice)
      Self.read(text, &tally) { () throws in
        _ = try PresetFile.parse(text, file: "f", name: "f", extent: .run)
      }
    }
    Self.finish("presets", piece, tally)
  }

  /// A session: a preset that was changed on the way.
  static func session(_ dice: inout FuzzTests.Dice) -> String {
    let base = presets[Int.random(in: 0..<presets.count, using: &dice)]
    var steps = 0
    var lines: [String] = []
    for _ in 0..<Int.random(in: 1...6, using: &dice) {
      steps += Int.random(in: 0...50, using: &dice)
      let change = [
        "learning_rate: 0.0\(Int.random(in: 1...99, using: &dice))", "optimizer: adam",
        "optimizer: {name: momentum, momentum: 0.8}, carry_state: true", "schedule: cosine",
        "batch: {size: 2, order: shuffled}", "activation: relu", "set: {beta1: 0.8}",
        "parameters: [1, 2, 3]", "add_point: {inputs: [1, 2], targets: [1]}",
      ][Int.random(in: 0..<9, using: &dice)]
      lines.append("  - {step: \(steps), \(change)}")
    }
    return base + "changes:\n" + lines.joined(separator: "\n") + "\n"
  }

  @Test("Sessions", arguments: pieces)
  func damagedSessions(piece: Int) {
    var dice = FuzzTests.Dice(state: UInt64(piece) + 2000)
    var tally = Tally()
    for _ in 0..<(Self.inputs / Self.pieces.count) {
      let text = FuzzTests.damage(Self.session(&dice), &dice)
      Self.read(text, &tally) { () throws in
        _ = try PresetFile.parse(text, file: "f", name: "f", extent: .run)
      }
    }
    Self.finish("sessions", piece, tally)
  }

  static let cells = [
    "1", "2.5", "-3e2", "0", "1", "0", "a", "yes", "", "?", "NA", "\"q\"", "\"a\"\"b\"", "\"x\ny\"",
    "1,5",
    "1e999", "#", "é", "日本", "1 2", "0x1", "\"", " 7 ", "nan", "-", "+.5",
  ]

  /// A table with a few kinds of cells, and whatever happens to it.
  static func csv(_ dice: inout FuzzTests.Dice) -> String {
    let delimiter = [",", ";", "\t", "|", " ", "  "][Int.random(in: 0..<6, using: &dice)]
    let end = ["\n", "\r\n", "\r", "\n\n"][Int.random(in: 0..<4, using: &dice)]
    let width = Int.random(in: 1...5, using: &dice)
    let kinds = Int.random(in: 1...cells.count, using: &dice)
    var rows: [String] =
      Bool.random(using: &dice) ? [(0..<width).map { "c\($0)" }.joined(separator: delimiter)] : []
    for _ in 0..<Int.random(in: 0...12, using: &dice) {
      let row = (0..<width).map { _ in cells[Int.random(in: 0..<kinds, using: &dice)] }
      rows.append(row.joined(separator: delimiter))
    }
    let text = rows.joined(separator: end)
    return Bool.random(using: &dice) ? FuzzTests.damage(text, &dice) : text
  }

  @Test("Tables", arguments: pieces)
  func damagedTables(piece: Int) throws {
    try Scratch.folder { folder in
      var dice = FuzzTests.Dice(state: UInt64(piece) + 3000)
      var tally = Tally()
      for _ in 0..<(Self.inputs / Self.pieces.count) {
        let text = Self.csv(&dice)
        let data =
          "csv: d.csv"
          + ["", ", header: true", ", header: false"][Int.random(in: 0..<3, using: &dice)]
          + ["", ", missing: drop", ", missing: mean"][Int.random(in: 0..<3, using: &dice)]
        let model = ["linear", "softmax", "mlp"][Int.random(in: 0..<3, using: &dice)]
        try Scratch.write(text, to: folder + "/d.csv")
        Self.read(text, &tally) { () throws in
          _ = try PresetFile.parse(
            "glissade: 1\nmodel: \(model)\ndata: {\(data)}\n", file: "f", name: "f",
            directory: folder,
            extent: .run)
        }
      }
      Self.finish("tables", piece, tally)
    }
  }
}
