import Presets
import Training

/// A map before its runs: all that says what each pixel is.
struct MapPlan: TilePlan {
  static let command = TiledCommand.map.rawValue
  static let tile = 64

  /// The preset's name and title.
  var preset: String
  var title: String
  /// Steps of each run.
  var steps: Int
  /// What is shown.
  var measure: MapMeasure
  /// Across, then up.
  var over: [PlanAxis]
  var fingerprint: String

  /// The number of pixels.
  var count: Int { over.reduce(1) { $0 * $1.values.count } }

  var isSound: Bool { over.count == 2 && count <= SweepAxis.limit }

  /// A plan of runs of `preset`.
  init(_ preset: Preset, over axes: [SweepAxis], steps: Int?, measure: MapMeasure) throws {
    self.preset = preset.name
    title = preset.title
    self.steps = steps ?? preset.steps
    self.measure = measure
    over = axes.map { PlanAxis($0) }
    fingerprint = ""
    fingerprint = try makeFingerprint(preset)
  }

  func json(withFingerprint: Bool) -> JSONText {
    .object(
      [
        ("preset", .text(preset)), ("title", .text(title)), ("steps", .integer(steps)),
        ("measure", .text(measure.rawValue)),
        ("over", .list(over.map(\.json))),
      ] + (withFingerprint ? [("fingerprint", .text(fingerprint))] : []))
  }

  static func json(_ item: Double?) -> JSONText { .optional(item) }
}
