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
    "A sweep that is interrupted between tiles ends with 75 and goes on", .timeLimit(.minutes(2)))
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
}
