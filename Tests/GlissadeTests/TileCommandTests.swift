import Foundation
import Testing

@testable import glissade

@Suite("Tiles of sweeps and races")
struct TileCommandTests {
  static let sweep = [
    "sweep", "xsin", "--over", "learning_rate=1e-3..1/log20", "--over", "start.x=-5..5/30",
    "--steps", "40",
  ]
  static let race = [
    "race", "notes-xor-starts", "--over", "optimizer=gd,momentum,adam", "--seeds", "12", "--steps",
    "60",
    "--set", "stop.loss_below=0.6",
  ]

  /// A folder for as long as `body` takes.
  func inFolder(_ body: (String) throws -> Void) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test(
    "Shares put together are the runs in one go, byte by byte, in each form",
    arguments: [
      (sweep, [[], ["--json"], ["--table"]]), (race, [[], ["--json"]]),
      (race + ["--fair"], [["--json"]]),
    ])
  func shares(command: [String], forms: [[String]]) throws {
    try inFolder { folder in
      let tiles = folder + "/tiles"
      for share in ["2/3", "3/3", "1/3", "2/3"] {
        let outcome = try Program.runAll(command + ["--tiles", tiles, "--shard", share])
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome)")
      }
      for form in forms {
        let whole = try Program.runAll(command + form)
        let merged = try Program.runAll(["merge", tiles] + form)
        #expect(whole.status == 0 && !whole.output.isEmpty && whole.output == merged.output)
        let again = try Program.runAll(command + form + ["--tiles", tiles, "--threads", "1"])
        #expect(again.output == whole.output)
      }
      let file = folder + "/out.json"
      #expect(try Program.run("merge", tiles, "-o", file).status == 0)
      let bytes = FileManager.default.contents(atPath: file).map {
        String(decoding: $0, as: UTF8.self)
      }
      #expect(bytes == (try Program.runAll(command + ["--json"]).output))
    }
  }

  @Test("Tiles that are missing, cut or of other runs are told", arguments: [sweep, race])
  func faults(command: [String]) throws {
    try inFolder { folder in
      let tiles = folder + "/tiles"
      #expect(try Program.runAll(command + ["--tiles", tiles, "--shard", "1/2"]).status == 0)
      let gap = try Program.run("merge", tiles)
      #expect(gap.status == 1 && gap.errors.contains("tiles are missing: 1"), "\(gap)")
      #expect(try Program.runAll(command + ["--tiles", tiles]).status == 0)
      let file = tiles + "/00000001.tile"
      let data = try #require(FileManager.default.contents(atPath: file))
      try Data(data.dropLast(9)).write(to: URL(fileURLWithPath: file))
      let cut = try Program.run("merge", tiles)
      #expect(cut.status == 1 && cut.errors.contains("are damaged: 1"), "\(cut)")
      let other = try Program.runAll(command + ["--tiles", tiles, "--set", "learning_rate=0.02"])
      #expect(other.status == 65 && other.errors.contains("tiles of another"), "\(other)")
      let kind = try Program.runAll(MapCommandTests.map + ["--tiles", tiles])
      #expect(kind.status == 65 && kind.errors.contains("tiles of a"), "\(kind)")
    }
  }

  @Test("The script of a sweep or a race asks for a share a task", arguments: [sweep, race])
  func script(command: [String]) throws {
    let outcome = try Program.runAll(["slurm", "--tasks", "3"] + command + ["--tiles", "t"])
    #expect(
      outcome.status == 0 && outcome.output.contains("--tiles t --shard slurm &"), "\(outcome)")
    #expect(try Program.runAll(["slurm"] + command).status == 64)
  }

  @Test("Wrong usage is told", arguments: [sweep, race])
  func usage(command: [String]) throws {
    for wrong in [["--shard", "1/2"], ["--tiles", "x", "--shard", "3/2"]] {
      #expect(try Program.runAll(command + wrong).status == 64)
    }
  }

  @Test(
    "A sweep that is interrupted between tiles ends with 75 and goes on", .timeLimit(.minutes(15)))
  func interrupted() throws {
    try inFolder { folder in
      let tiles = folder + "/tiles"
      let command = [
        "sweep", "circle", "--over", "seed=1..1024", "--steps", "20000", "--threads", "1",
        "--tiles",
        tiles,
      ]
      let outcome = try Program.runAll(command) { process in
        // As soon as it has begun: the plan is there before the first run.
        while process.isRunning, !FileManager.default.fileExists(atPath: tiles + "/sweep.json") {
          usleep(1000)
        }
        process.terminate()
      }
      #expect(outcome.status == 75 && outcome.output.isEmpty, "\(outcome)")
    }
  }

  @Test(
    "A tile or a plan that is no regular file, or is changed, is told, and keeps nothing waiting")
  func oddTiles() throws {
    try inFolder { folder in
      let tiles = folder + "/tiles"
      let command = Self.sweep + ["--tiles", tiles]
      #expect(try Program.runAll(command).status == 0)
      let tile = tiles + "/00000000.tile"
      try FileManager.default.removeItem(atPath: tile)
      #expect(mkfifo(tile, 0o600) == 0)
      for (line, words) in [(command, "is no file; remove it"), (["merge", tiles], "damaged: 0")] {
        let outcome = try Program.runAll(line)
        #expect(outcome.status != 0 && outcome.errors.contains(words), "\(outcome)")
      }
      try FileManager.default.removeItem(atPath: tile)
      #expect(try Program.runAll(command).status == 0)
      let plan = tiles + "/sweep.json"
      let text = try String(contentsOfFile: plan, encoding: .utf8)
      for (known, other) in [("\"steps\":40", "\"steps\":400"), ("start.x", "start.y")] {
        #expect(text.contains(known))
        try Data(text.replacing(known, with: other).utf8).write(to: URL(fileURLWithPath: plan))
        let outcome = try Program.run("merge", tiles)
        #expect(outcome.status == 65 || outcome.status == 1, "\(outcome)")
        #expect(!outcome.errors.isEmpty && outcome.output.isEmpty, "\(outcome)")
      }
    }
  }

  @Test(
    "Numbers of shares beyond all sense are told",
    arguments: [
      [
        "SLURM_ARRAY_TASK_ID": "9223372036854775807",
        "SLURM_ARRAY_TASK_MIN": "-9223372036854775808",
      ],
      ["SLURM_ARRAY_TASK_ID": "-9223372036854775808", "SLURM_ARRAY_TASK_MIN": "1"],
      ["SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_MIN": "0"], ["SLURM_ARRAY_TASK_ID": "x"], [:],
    ])
  func shares(environment: [String: String]) throws {
    try inFolder { folder in
      let outcome = try Program.runAll(
        Self.sweep + ["--tiles", folder + "/t", "--shard", "slurm"],
        environment: ["SLURM_ARRAY_TASK_COUNT": "4"].merging(environment) { $1 })
      #expect(outcome.status == 64 && !outcome.errors.isEmpty, "\(outcome)")
    }
  }

  @Test(
    "Signals between tiles leave what can be gone on with; without a screen SIGQUIT ends at once",
    arguments: [
      (SIGTERM, 75), (SIGINT, 75), (SIGHUP, 75), (SIGUSR1, 75), (SIGUSR2, 75), (SIGXCPU, 75),
      (SIGQUIT, -3),
    ] as [(Int32, Int32)])
  func signals(signal: Int32, status: Int32) throws {
    let text = "glissade: 1\nfunction: x sin(x^2 + 1)\nstart: 1\nlearning_rate: 1e-9\n"
    try Program.withFile("slow.yaml", text) { path in
      let tiles = path + ".tiles"
      let outcome = try Program.runAll([
        "sweep", path, "--over", "start.x=0..1/640", "--steps", "20000", "--tiles", tiles,
        "--threads", "1",
      ]) { process in
        // The first tile is there: it listens.
        while process.isRunning, !FileManager.default.fileExists(atPath: tiles + "/00000000.tile") {
          usleep(2_000)
        }
        kill(process.processIdentifier, signal)
      }
      // It may have been done before.
      #expect([status, 0].contains(outcome.status), "\(outcome)")
      #expect(!outcome.errors.contains("crash"), "\(outcome)")
    }
  }
}
