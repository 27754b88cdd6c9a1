import Foundation
import Testing

@testable import glissade

@Suite("glissade map, merge and slurm")
struct MapCommandTests {
  static let over = ["--over", "learning_rate=1e-3..1/log24", "--over", "start.x=-5..5/25"]
  static let map = ["map", "xsin"] + over + ["--steps", "40"]

  /// A folder for as long as `body` takes.
  func inFolder(_ body: (String) throws -> Void) throws {
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test("A pixel is what the run ends with, bit by bit")
  func pixels() throws {
    let object = try Program.runAll(Self.map).object
    let values = try #require(object["values"] as? [[Any]])
    let axes = try #require(object["over"] as? [[String: Any]]).map { $0["values"] as? [String] }
    let (rates, starts) = (try #require(axes[0]), try #require(axes[1]))
    #expect(values.count == 25 && values.allSatisfy { $0.count == 24 })
    for (column, row) in [(0, 3), (12, 14), (23, 24), (8, 0)] {
      let run = try Program.run(
        "run", "xsin", "--set", "learning_rate=\(rates[column])", "--set",
        "start.x=\(starts[row])", "--steps", "40", "--json")
      #expect(run.object["loss"] as? Double == values[row][column] as? Double)
    }
  }

  @Test("Shares put together are the map, byte by byte, in each format")
  func shares() throws {
    try inFolder { folder in
      let tiles = folder + "/tiles"
      for threads in ["1", "2"] {
        for name in ["json", "csv", "png"] {
          let whole = try Program.runAll(
            Self.map + ["-o", "\(folder)/\(threads).\(name)", "--threads", threads])
          #expect(whole.status == 0, "\(whole)")
        }
      }
      for share in ["2/2", "1/2", "1/2"] {
        let outcome = try Program.runAll(Self.map + ["--tiles", tiles, "--shard", share])
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome)")
      }
      for name in ["json", "csv", "png"] {
        let merged = try Program.run("merge", tiles, "-o", "\(folder)/merged.\(name)")
        #expect(merged.status == 0, "\(merged)")
        let bytes = ["1", "2", "merged"].map {
          FileManager.default.contents(atPath: "\(folder)/\($0).\(name)")
        }
        #expect(bytes[0]?.isEmpty == false && bytes[0] == bytes[1] && bytes[0] == bytes[2])
      }
    }
  }

  @Test("What is missing, cut or of another map is told, and made by the next go")
  func faults() throws {
    try inFolder { folder in
      let tiles = folder + "/tiles"
      let first = try Program.runAll(Self.map + ["--tiles", tiles, "--shard", "1/3"])
      #expect(first.status == 0, "\(first)")
      let gap = try Program.run("merge", tiles)
      #expect(
        gap.status == 1 && gap.errors.contains("6 of 10 tiles are missing: 1, 2, 4, 5, 7, 8"),
        "\(gap)")

      let whole = try Program.runAll(Self.map + ["--tiles", tiles])
      #expect(whole.status == 0, "\(whole)")
      let file = tiles + "/00000001.tile"
      let data = try #require(FileManager.default.contents(atPath: file))
      FileManager.default.createFile(atPath: file, contents: data.dropLast(9))
      let cut = try Program.run("merge", tiles)
      #expect(cut.status == 1 && cut.errors.contains("1 of 10 tiles are damaged: 1"), "\(cut)")
      #expect(try Program.runAll(Self.map + ["--tiles", tiles]).output == whole.output)

      let other = try Program.runAll(
        Self.map + ["--tiles", folder + "/other", "--set", "optimizer=momentum"])
      #expect(other.status == 0, "\(other)")
      try FileManager.default.removeItem(atPath: file)
      try FileManager.default.copyItem(atPath: folder + "/other/00000001.tile", toPath: file)
      let foreign = try Program.run("merge", tiles)
      #expect(foreign.status == 1 && foreign.errors.contains("of another map: 1"), "\(foreign)")
      let mixed = try Program.runAll(
        Self.map + ["--tiles", tiles, "--set", "optimizer=momentum"])
      #expect(mixed.status == 65 && mixed.errors.contains("tiles of another map"), "\(mixed)")
      #expect(try Program.run("merge", folder).status == 1)
      #expect(try Program.run("merge", folder + "/absent").status == 74)
    }
  }

  @Test("Each measure has its numbers; runs that diverge have no loss")
  func measures() throws {
    func values(_ measure: String, _ arguments: [String]) throws -> [[Double?]] {
      let outcome = try Program.runAll(
        ["map"] + arguments + ["--steps", "5", "--measure", measure])
      #expect(outcome.status == 0, "\(outcome)")
      return (outcome.object["values"] as? [[Any]] ?? []).map { $0.map { $0 as? Double } }
    }
    let function = ["xsin", "--over", "learning_rate=0.001,1e200", "--over", "start.x=1,2"]
    func ofFunction(_ measure: String) throws -> [[Double?]] {
      try values(measure, function)
    }
    #expect(try ofFunction("diverged") == [[0, 1], [0, 1]])
    #expect(try ofFunction("steps") == [[5, nil], [5, nil]])
    for row in try ofFunction("loss") { #expect(row[0] != nil && row[1] == nil) }
    for (row, start) in zip(try ofFunction("end"), [1.0, 2.0]) {
      #expect(row[0].map { abs($0 - start) < 0.1 } == true && row[1] == nil)
    }
    #expect(try ofFunction("accuracy") == [[nil, nil], [nil, nil]])
    let shares = try values(
      "accuracy", ["circle", "--over", "learning_rate=0.1,1", "--over", "seed=1,2"])
    #expect(shares.count == 2 && shares.joined().allSatisfy { $0.map((0...1).contains) == true })
  }

  @Test(
    "Shares as people and launchers say them",
    arguments: [
      ("1/1", [:], Shard.whole),
      ("slurm", ["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "1"], .whole),
      (
        "slurm",
        ["SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_COUNT": "1", "SLURM_ARRAY_TASK_MIN": "7"],
        .whole
      ),
    ])
  func shards(text: String, environment: [String: String], shard: Shard) throws {
    #expect(try Shard(text, environment: environment) == shard)
  }

  @Test("Every tile is of exactly one share", arguments: [1, 2, 7])
  func parts(count: Int) throws {
    let shards = try (1...count).map { try Shard("\($0)/\(count)", environment: [:]) }
    for tile in 0..<50 { #expect(shards.count { $0.takes(tile) } == 1) }
    for wrong in ["0/\(count)", "\(count + 1)/\(count)", "\(count)", "a/b", "1/0", "slurm", ""] {
      #expect(throws: Shard.Mistake.self) { try Shard(wrong, environment: [:]) }
    }
  }

  @Test("The script asks for a share a task and is what bash reads")
  func script() throws {
    let outcome = try Program.runAll(
      ["slurm", "--tasks", "4"] + Self.map + ["--tiles", "a b's"])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("#SBATCH --array=0-3\n"))
    #expect(outcome.output.contains(#"--tiles 'a b'\''s' --shard slurm &"#))
    let bash = Process()
    bash.executableURL = URL(fileURLWithPath: "/bin/bash")
    bash.arguments = ["-n", "-c", outcome.output]
    try bash.run()
    bash.waitUntilExit()
    #expect(bash.terminationStatus == 0)
    #expect(try Program.runAll(["slurm"] + Self.map).status == 64)
    #expect(try Program.run("slurm", "run", "xsin").status == 64)
  }

  @Test(
    "Wrong usage is told",
    arguments: [
      ["--over", "seed=1..2"], over + ["--shard", "1/2"], over + ["-o", "map.gif"],
      over + ["--tiles", "x", "--shard", "3/2"], over + ["--measure", "speed"],
      over + ["--tiles", "x", "--shard", "1/2", "-o", "map.json"],
    ])
  func usage(arguments: [String]) throws {
    let outcome = try Program.runAll(["map", "xsin"] + arguments)
    #expect(outcome.status == 64, "\(outcome)")
  }
}
