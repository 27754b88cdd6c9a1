import ArgumentParser
import Benchmarks
import Foundation
import Presets
import Training

/// Many runs before they are done: all that says what each of them is, so that they can be done in
/// tiles, anywhere, and put together.
protocol TilePlan: Codable, Equatable {
  /// What is kept of a run.
  associatedtype Item: Decodable

  /// The command that makes it; `COMMAND.json` is the plan's file.
  static var command: String { get }
  /// Runs in a tile, which is what is shared out and written at once; it never depends on the
  /// number of shares.
  static var tile: Int { get }

  /// The preset's name.
  var preset: String { get }
  /// Tells plans apart: of the preset's text, the settings, the version and what the program was
  /// built for.
  var fingerprint: String { get }
  /// The number of runs.
  var count: Int { get }
  /// Whether a plan that was read makes sense.
  var isSound: Bool { get }

  /// The plan as JSON.
  func json(withFingerprint: Bool) -> JSONText
  /// What is kept of a run, as JSON.
  static func json(_ item: Item) -> JSONText
}

/// A setting and its values, as text for `--set`.
struct PlanAxis: Codable, Equatable {
  var key: String
  var values: [String]

  init(_ axis: SweepAxis) { (key, values) = (axis.key, axis.values) }

  /// The axis as JSON.
  var json: JSONText {
    .object([("key", .text(key)), ("values", .list(values.map { .text($0) }))])
  }

  /// The axis as studies have it.
  var study: Study.Axis { Study.Axis(key: key, values: values) }
}

extension TilePlan {
  /// The number of tiles.
  var tiles: Int { (count + Self.tile - 1) / Self.tile }
  /// The runs of a tile.
  func numbers(_ tile: Int) -> Range<Int> { tile * Self.tile..<min((tile + 1) * Self.tile, count) }

  /// The fingerprint of a plan of runs of `preset`.
  func makeFingerprint(_ preset: Preset) throws -> String {
    let parts = [
      Glissade.configuration.version, Processor.builtFor, "\(Processor.builtVectorBits)",
      try PresetFile.text(of: preset), json(withFingerprint: false).line,
    ]
    // FNV-1a, 64 bits.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in parts.joined(separator: "\u{0}").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The commands whose runs can be done in tiles.
enum TiledCommand: String, CaseIterable {
  case map, sweep, race

  /// Of which command the tiles in a folder are; nil: of none.
  init?(folder: String) {
    let found = Self.allCases.first {
      FileManager.default.fileExists(atPath: "\(folder)/\($0.rawValue).json")
    }
    guard let found else { return nil }
    self = found
  }
}
