import ArgumentParser
import Foundation
import Presets

/// How many runs are kept in tiles and shared out.
struct TileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Keep finished tiles in this folder, and go on there.", valueName: "dir"))
  var tiles: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Make this share of the tiles only: K/N, or slurm (the number in a Slurm array, or the rank "
        + "of mpirun).",
      valueName: "K/N|slurm"))
  var shard: String?

  /// Checks that they go with each other, and with a file that is to be written.
  func validate(output: String?) throws {
    if shard != nil, tiles == nil {
      throw ValidationError("--shard needs --tiles DIR, where all shares put their tiles")
    }
    if let tiles, let output, Self.lies(output, in: tiles) {
      throw ValidationError("the result cannot lie in the folder of the tiles: name another place")
    }
    if shard != nil, output != nil {
      throw ValidationError(
        "a share writes no result: leave -o out, and `glissade merge DIR -o FILE`")
    }
  }

  /// Whether a file lies in a folder, or is it, after all links.
  static func lies(_ path: String, in folder: String) -> Bool {
    guard !OutputFile.isStandardOutput(path) else { return false }
    let file = URL(fileURLWithPath: path).standardizedFileURL
    let home = URL(fileURLWithPath: folder).resolvingSymlinksInPath().standardizedFileURL.path
    let parent = file.deletingLastPathComponent().resolvingSymlinksInPath().standardizedFileURL
    return parent.path == home || file.resolvingSymlinksInPath().path == home
  }

  /// Does the runs of a plan, in tiles where a folder is named.
  ///
  /// - Parameter work: what is kept of some runs; nil when a signal came.
  /// - Returns: All of them; nil when this was a share of them only.
  /// - Throws: `ExitStatus.resumable` where a signal came between tiles; without tiles the status
  ///   of the signal.
  func runs<Plan: TilePlan>(
    of plan: Plan, work: (Range<Int>, StudyProgress) throws -> [Plan.Item]?
  ) throws -> [Plan.Item]? {
    guard let tiles else {
      Interrupt.listen()
      let progress = StudyProgress(total: plan.count)
      defer { progress.clear() }
      guard let items = try work(0..<plan.count, progress) else {
        throw ExitStatus.interrupted(by: Interrupt.signal ?? SIGINT)
      }
      return items
    }
    Interrupt.listen(also: [SIGUSR1, SIGUSR2, SIGHUP, SIGXCPU])
    let share = try shard.map { try Shard($0, environment: ProcessInfo.processInfo.environment) }
    let folder = try TileFolder(tiles, for: plan)
    let missing = (0..<plan.tiles).filter { (share ?? .whole).takes($0) && !folder.isWhole($0) }
    let progress = StudyProgress(total: missing.reduce(0) { $0 + plan.numbers($1).count })
    defer { progress.clear() }
    for tile in missing {
      guard !Interrupt.wasAsked, let items = try work(plan.numbers(tile), progress) else {
        progress.clear()
        let kept = (0..<plan.tiles).count { folder.isWhole($0) }
        StandardError.write(lines: [
          "glissade: interrupted; \(EscapedText.visible(tiles)) keeps \(kept) of \(plan.tiles) "
            + "tiles: "
            + "the same command goes on"
        ])
        throw ExitStatus.resumable
      }
      try folder.write(tile, items)
    }
    guard share == nil else { return nil }
    guard let items = folder.merged(tell: { StandardError.write(lines: $0) }) else {
      throw ExitStatus.failure
    }
    return items
  }

  /// Runs a command that uses tiles, and reports what its folder and its shares get wrong.
  static func report(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let error as TileFailure {
      StandardError.write(lines: ["glissade: \(error)"])
      throw error.isMissing ? ExitStatus.failure : ExitStatus.badData
    } catch let error as Shard.Mistake {
      throw ExitStatus.report(ValidationError("\(error)"))
    } catch {
      throw ExitStatus.report(error)
    }
  }
}

/// What keeps a folder of tiles from being used.
struct TileFailure: Error, CustomStringConvertible {
  let description: String
  /// Whether nothing is there that could be damaged.
  var isMissing = false
}
