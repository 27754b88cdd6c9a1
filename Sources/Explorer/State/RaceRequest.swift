import Presets
package import Training

/// A race that is to be prepared: what is raced, over which values of which key.
package struct RaceRequest: Equatable, Sendable {
  /// What all runs have in common.
  package var preset: Preset
  /// The key and its values in one line (`optimizer adam, momentum`).
  package var line: String
  /// Whether each run gets its own best rate, which is looked for first.
  package var isFair = false

  /// The race, its rates found; may take long.
  package func race(views: [String]) throws(PresetFailure) -> Race {
    let race: Race
    do {
      let (key, values) = try Race.parts(line)
      race = try Race(preset, over: key, values: values, views: views)
    } catch {
      throw PresetFailure(error.diagnostics.map(\.message).joined(separator: "; "))
    }
    guard isFair else { return race }
    do { return try race.fair() } catch { throw PresetFailure(error.description) }
  }
}

/// What is asked for about races.
enum RaceWish: Equatable, Sendable {
  /// A race over the values of a key, in one line.
  case begin(String)
  /// What the axis counts.
  case axis(RaceAxis)
  /// Each run at its own best rate, or as the preset has them.
  case fair
  /// The spread of all runs, or each of them.
  case band
  /// The leader goes on alone.
  case off

  /// The wishes that have no value to be typed, as the palette lists them.
  static let plain: [(title: String, summary: String, wish: RaceWish)] =
    RaceAxis.allCases.map {
      ("race axis \($0.rawValue)", "what the race's axis counts: \($0.rawValue)", .axis($0))
    } + [
      ("race fair", "each run of the race at its own best rate, or all at the preset's", .fair),
      ("race band", "the spread of the race's runs, or a curve for each", .band),
      ("race off", "the run that is shown goes on alone", .off),
    ]

  /// What a line that begins with `race` asks for; nil: nothing yet.
  init?(_ line: String) {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    guard words.first == "race", words.count > 1 else { return nil }
    let text = words.joined(separator: " ")
    if let plain = Self.plain.first(where: { $0.title == text }) {
      self = plain.wish
    } else if words.count > 2 || words[1].contains("=") {
      self = .begin(words.dropFirst().joined(separator: " "))
    } else {
      return nil
    }
  }
}
