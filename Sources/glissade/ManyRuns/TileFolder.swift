import Foundation
import Presets

/// A folder with the tiles of one plan, which any number of processes may fill at the same time.
///
/// `map.json`, `sweep.json` or `race.json` is the plan. A tile `00000003.tile` is two lines: a head
/// with the tile's number, the plan's fingerprint and the checksum of the second, and what is kept
/// of its runs. Files appear whole.
struct TileFolder<Plan: TilePlan> {
  /// How a tile stands.
  enum State {
    case whole([Plan.Item])
    case missing
    case damaged
    /// Of other runs.
    case foreign
  }

  /// The folder.
  let path: String
  /// The plan that it is of.
  let plan: Plan

  /// Begins, or goes on with, the tiles of a plan.
  init(_ path: String, for plan: Plan) throws {
    self.path = path
    self.plan = plan
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw OutputFailure(description: "\(EscapedText.visible(path)): cannot be made a folder")
    }
    if let other = TiledCommand(folder: path) {
      guard other.rawValue == Plan.command else {
        throw TileFailure(
          description:
            "\(EscapedText.visible(path)) holds tiles of a \(other.rawValue); choose another "
            + "folder, or remove it")
      }
      let there = try Self.plan(in: path)
      guard there == plan else {
        throw TileFailure(
          description: "\(EscapedText.visible(path)) holds tiles of another \(Plan.command) "
            + "(\(EscapedText.visible(there.preset)), fingerprint \(there.fingerprint)); "
            + "choose another folder, or remove it")
      }
      return
    }
    let file = try OutputFile(creating: Self.file(in: path))
    guard case .object(let entries) = plan.json(withFingerprint: true) else { return }
    try file.write(.object(entries + [("checksum", .integer(Self.checksum(of: plan)))]))
    try file.close()
  }

  /// What a plan's file has to add up to: nobody has changed it.
  private static func checksum(of plan: Plan) -> Int {
    Int(Checksum.crc32(Array(plan.json(withFingerprint: true).line.utf8)))
  }

  /// What else the file of a plan holds.
  private struct Sum: Decodable { var checksum: Int }

  /// The tiles that are there.
  init(reading path: String) throws {
    self.path = path
    plan = try Self.plan(in: path)
  }

  /// Bytes of a plan at most.
  private static var largestFile: Int { 64 << 20 }
  /// Bytes of a tile at most; 64 runs of a million parameters are more, and are not kept so.
  private static var largestTile: Int { 1 << 30 }

  private static func file(in path: String) -> String { "\(path)/\(Plan.command).json" }

  private static func plan(in path: String) throws -> Plan {
    let file = file(in: path)
    guard let kind = FileKind.atPath(path) else {
      throw OutputFailure(description: "\(EscapedText.visible(path)): there is no such folder")
    }
    guard kind.isFolder else {
      throw OutputFailure(
        description: "\(EscapedText.visible(path)) is \(kind.otherThanRegular ?? "a file"), not a "
          + "folder; tiles are in the folder that --tiles named")
    }
    guard FileManager.default.fileExists(atPath: file) else {
      throw TileFailure(
        description: "\(EscapedText.visible(path)) holds no tiles: nothing was begun there",
        isMissing: true)
    }
    let bytes: [UInt8]
    do {
      bytes = try RegularFile.bytes(of: file, limit: largestFile)
    } catch {
      throw OutputFailure(
        description: "\(EscapedText.visible(file)) cannot be read: \(error.message)")
    }
    guard let plan = try? JSONDecoder().decode(Plan.self, from: Data(bytes)),
      let sum = try? JSONDecoder().decode(Sum.self, from: Data(bytes)),
      sum.checksum == checksum(of: plan), plan.isSound
    else {
      throw TileFailure(
        description: "\(EscapedText.visible(file)) is damaged; remove it and begin again")
    }
    return plan
  }

  private func name(_ tile: Int) -> String {
    let digits = String(tile)
    return path + "/" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".tile"
  }

  /// Whether a tile need not be made again.
  func isWhole(_ tile: Int) -> Bool {
    if case .whole = state(tile) { true } else { false }
  }

  /// A tile as it stands.
  func state(_ tile: Int) -> State {
    guard FileManager.default.fileExists(atPath: name(tile)) else { return .missing }
    guard let bytes = try? RegularFile.bytes(of: name(tile), limit: Self.largestTile) else {
      return .damaged
    }
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    guard lines.count == 3, lines[2].isEmpty,
      let head = try? JSONDecoder().decode(TileHead.self, from: Data(lines[0]))
    else { return .damaged }
    guard head.fingerprint == plan.fingerprint else { return .foreign }
    guard head.tile == tile, head.checksum == Checksum.crc32(Array(lines[1])),
      let values = try? JSONDecoder().decode([Plan.Item].self, from: Data(lines[1])),
      values.count == plan.numbers(tile).count
    else { return .damaged }
    return .whole(values)
  }

  /// Writes a tile.
  func write(_ tile: Int, _ values: [Plan.Item]) throws {
    var status = stat()
    if stat(name(tile), &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw TileFailure(
        description: "\(EscapedText.visible(name(tile))) is no file; remove it, and run this again")
    }
    let numbers = JSONText.list(values.map { Plan.json($0) }).line
    let file = try OutputFile(creating: name(tile))
    try file.add(
      .object([
        ("tile", .integer(tile)), ("fingerprint", .text(plan.fingerprint)),
        ("checksum", .integer(Int(Checksum.crc32(Array(numbers.utf8))))),
      ]))
    try file.write(lines: [numbers])
    try file.close()
  }

  /// What is kept of all runs; nil, with what is wrong told, when some tiles do not stand.
  func merged(tell: ([String]) -> Void) -> [Plan.Item]? {
    var values: [Plan.Item] = []
    var wrong: [String: [Int]] = [:]
    for tile in 0..<plan.tiles {
      switch state(tile) {
      case .whole(let numbers): values += numbers
      case .missing: wrong["missing", default: []].append(tile)
      case .damaged: wrong["damaged", default: []].append(tile)
      case .foreign: wrong["of another \(Plan.command)", default: []].append(tile)
      }
    }
    guard wrong.isEmpty else {
      tell(
        wrong.sorted { $0.key < $1.key }.map { fault, tiles in
          "glissade: \(tiles.count) of \(plan.tiles) tiles are \(fault): "
            + tiles.prefix(10).map(String.init).joined(separator: ", ")
            + (tiles.count > 10 ? ", …" : "") + "; the same command with --tiles makes them"
        })
      return nil
    }
    return values
  }
}

/// The first line of a tile.
private struct TileHead: Codable {
  var tile: Int
  var fingerprint: String
  var checksum: UInt32
}
