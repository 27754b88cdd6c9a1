import Foundation
package import Training

/// What a person wants of every run: `$XDG_CONFIG_HOME/glissade/config.yaml`.
///
///     theme: light        # or dark, projector, mono; without it the terminal is asked
///     glyphs: sextant     # or braille, block, ascii
///     pace: 30            # steps a second of presets that name no pace of their own, or full
package struct Configuration: Equatable, Sendable {
  /// The theme's name; nil: as the terminal is.
  package var theme: String?
  /// The glyph set's name; nil: as the terminal can.
  package var glyphs: String?
  /// Steps a second; nil: as presets say.
  package var pace: Double?

  /// Nothing is wanted.
  package init() {}

  /// Where it lies, by default `~/.config/glissade/config.yaml`.
  package static var path: String {
    URL(fileURLWithPath: PresetPaths.user).deletingLastPathComponent()
      .appendingPathComponent("config.yaml").path
  }

  /// The keys, in the order in which they are documented.
  private static let keys = ["theme", "glyphs", "pace"]
  /// A pace that presets have when they name none.
  private static let standardPace = 60.0
  /// The largest file that is read.
  private static let limit = 1 << 16

  /// The configuration in a file; nothing is wanted where there is no file.
  ///
  /// - Throws: `PresetError` with everything that is wrong, each with its place.
  package static func read(
    _ path: String = Configuration.path, themes: [String], glyphs: [String]
  ) throws(PresetError) -> Configuration {
    guard FileManager.default.fileExists(atPath: path) else { return Configuration() }
    let text: String
    do {
      text = try TextFile.read(path, limit: limit)
    } catch {
      let place = error.place ?? TextPlace()
      throw PresetError(
        .file(name: path, line: place.line, column: place.column), error.message)
    }
    return try parse(text, file: path, themes: themes, glyphs: glyphs)
  }

  /// The configuration that a text describes; `file` is what messages call it.
  package static func parse(
    _ text: String, file: String, themes: [String], glyphs: [String]
  ) throws(PresetError) -> Configuration {
    let isEmpty = text.split(separator: "\n").allSatisfy { line in
      line.drop { $0 == " " }.first.map { $0 == "#" } ?? true
    }
    var result = Configuration()
    guard !isEmpty else { return result }
    let root = try YAMLComposer.compose(text, file: file)
    let problems = Problems()
    let reader = NodeReader(problems: problems)
    if let map = MappingReader(root, "the configuration", allowed: keys, problems: problems) {
      result.theme = map["theme"].flatMap { node in
        reader.word(node, "theme", themes.map { ($0, $0) })
      }
      result.glyphs = map["glyphs"].flatMap { node in
        reader.word(node, "glyphs", glyphs.map { ($0, $0) })
      }
      if let node = map["pace"] {
        if case .scalar("full", _) = node.content {
          result.pace = .infinity
        } else {
          result.pace = reader.number(node, "pace", in: 1e-3...1e9)
        }
      }
    }
    guard problems.diagnostics.isEmpty else { throw PresetError(problems.diagnostics) }
    return result
  }

  /// The pace of a preset: its own, or the one that is wanted where it has the usual one.
  package func pace(of preset: Preset) -> Double {
    preset.pace == Configuration.standardPace ? pace ?? preset.pace : preset.pace
  }
}
