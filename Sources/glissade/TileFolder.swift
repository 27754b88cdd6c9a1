import Foundation
import Presets

/// A folder with the tiles of one map, which any number of processes may fill at the same time.
///
/// `map.json` is the plan. A tile `00000003.tile` is two lines: a head with the tile's number, the
/// map's fingerprint and the checksum of the second, and the numbers of its pixels. Files appear
/// whole.
struct TileFolder {
  /// What keeps a folder from being used.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// How a tile stands.
  enum State: Equatable {
    case whole([Double?])
    case missing
    case damaged
    /// Of another map.
    case foreign
  }

  private struct Head: Codable {
    var tile: Int
    var fingerprint: String
    var checksum: UInt32
  }

  /// The folder.
  let path: String
  /// The map that it is of.
  let plan: MapPlan

  /// Begins, or goes on with, the tiles of a map.
  init(_ path: String, for plan: MapPlan) throws {
    self.path = path
    self.plan = plan
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw OutputFailure(description: "\(EscapedText.visible(path)): cannot be made a folder")
    }
    if FileManager.default.fileExists(atPath: path + "/map.json") {
      let there = try Self.plan(in: path)
      guard there == plan else {
        throw Failure(
          description: "\(EscapedText.visible(path)) holds tiles of another map "
            + "(\(EscapedText.visible(there.preset)), fingerprint \(there.fingerprint)); "
            + "choose another folder, or remove it")
      }
      return
    }
    let file = try OutputFile(creating: path + "/map.json")
    try file.write(plan.json(withFingerprint: true))
    try file.close()
  }

  /// The tiles that are there.
  init(reading path: String) throws {
    self.path = path
    plan = try Self.plan(in: path)
  }

  /// Bytes of a plan or a tile at most.
  private static let largestFile = 64 << 20

  private static func plan(in path: String) throws -> MapPlan {
    let file = path + "/map.json"
    guard FileManager.default.fileExists(atPath: file) else {
      throw Failure(
        description: "\(EscapedText.visible(path)) holds no map.json: no map was begun there")
    }
    let bytes: [UInt8]
    do {
      bytes = try RegularFile.bytes(of: file, limit: largestFile)
    } catch {
      throw Failure(description: "\(EscapedText.visible(file)) cannot be read: \(error.message)")
    }
    guard let plan = try? JSONDecoder().decode(MapPlan.self, from: Data(bytes)),
      plan.over.count == 2,
      plan.count <= SweepAxis.limit
    else {
      throw Failure(
        description: "\(EscapedText.visible(path))/map.json is damaged; remove it and begin again")
    }
    return plan
  }

  private func name(_ tile: Int) -> String {
    let digits = String(tile)
    return path + "/" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".tile"
  }

  /// A tile as it stands.
  func state(_ tile: Int) -> State {
    guard FileManager.default.fileExists(atPath: name(tile)) else { return .missing }
    guard let bytes = try? RegularFile.bytes(of: name(tile), limit: Self.largestFile) else {
      return .damaged
    }
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    guard lines.count == 3, lines[2].isEmpty,
      let head = try? JSONDecoder().decode(Head.self, from: Data(lines[0]))
    else { return .damaged }
    guard head.fingerprint == plan.fingerprint else { return .foreign }
    guard head.tile == tile, head.checksum == Checksum.crc32(Array(lines[1])),
      let values = try? JSONDecoder().decode([Double?].self, from: Data(lines[1])),
      values.count == plan.numbers(tile).count
    else { return .damaged }
    return .whole(values)
  }

  /// Writes a tile.
  func write(_ tile: Int, _ values: [Double?]) throws {
    let numbers = JSONText.list(values.map { .optional($0) }).line
    let file = try OutputFile(creating: name(tile))
    try file.add(
      .object([
        ("tile", .integer(tile)), ("fingerprint", .text(plan.fingerprint)),
        ("checksum", .integer(Int(Checksum.crc32(Array(numbers.utf8))))),
      ]))
    try file.write(lines: [numbers])
    try file.close()
  }

  /// The map of all tiles; nil, with what is wrong told, when some do not stand.
  func merged(tell: ([String]) -> Void) -> MapTable? {
    var values: [Double?] = []
    var wrong: [String: [Int]] = [:]
    for tile in 0..<plan.tiles {
      switch state(tile) {
      case .whole(let numbers): values += numbers
      case .missing: wrong["missing", default: []].append(tile)
      case .damaged: wrong["damaged", default: []].append(tile)
      case .foreign: wrong["of another map", default: []].append(tile)
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
    return MapTable(plan: plan, values: values)
  }
}
