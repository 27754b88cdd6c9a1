import ArgumentParser
import Benchmarks
import Foundation
import Presets
import Training

/// A map before its runs: all that says what each pixel is.
struct MapPlan: Codable, Equatable {
  /// A setting and its values, as text for `--set`.
  struct Axis: Codable, Equatable {
    var key: String
    var values: [String]
  }

  /// The preset's name and title.
  var preset: String
  var title: String
  /// Steps of each run.
  var steps: Int
  /// What is shown.
  var measure: MapMeasure
  /// Across, then up.
  var over: [Axis]
  /// Tells maps apart: of the preset's text, the settings, the version and what the program was
  /// built for.
  var fingerprint: String

  /// The number of pixels.
  var count: Int { over.reduce(1) { $0 * $1.values.count } }

  /// Pixels in a tile, which is what is shared out and written at once; it never depends on the
  /// number of shares.
  static let tile = 256
  /// The number of tiles.
  var tiles: Int { (count + Self.tile - 1) / Self.tile }
  /// The pixels of a tile.
  func numbers(_ tile: Int) -> Range<Int> { tile * Self.tile..<min((tile + 1) * Self.tile, count) }

  /// A plan of runs of `preset`.
  init(_ preset: Preset, over axes: [SweepAxis], steps: Int?, measure: MapMeasure) throws {
    self.preset = preset.name
    title = preset.title
    self.steps = steps ?? preset.steps
    self.measure = measure
    over = axes.map { Axis(key: $0.key, values: $0.values) }
    fingerprint = ""
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
    fingerprint = String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The plan as JSON.
  func json(withFingerprint: Bool) -> JSONText {
    .object(
      [
        ("preset", .text(preset)), ("title", .text(title)), ("steps", .integer(steps)),
        ("measure", .text(measure.rawValue)),
        (
          "over",
          .list(
            over.map {
              .object([("key", .text($0.key)), ("values", .list($0.values.map { .text($0) }))])
            })
        ),
      ] + (withFingerprint ? [("fingerprint", .text(fingerprint))] : []))
  }
}
