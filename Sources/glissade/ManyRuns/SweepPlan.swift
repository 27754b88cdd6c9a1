import Presets
import Training

/// A sweep before its runs.
struct SweepPlan: TilePlan {
  static let command = TiledCommand.sweep.rawValue
  static let tile = 64

  var preset: String
  var title: String
  /// Steps of each run.
  var steps: Int
  /// What is varied, the outermost first.
  var over: [PlanAxis]
  var fingerprint: String

  var count: Int { over.reduce(1) { $0 * $1.values.count } }
  var isSound: Bool { !over.isEmpty && count <= SweepAxis.limit }

  /// A plan of runs of `preset`.
  init(_ preset: Preset, over axes: [SweepAxis], steps: Int?) throws {
    self.preset = preset.name
    title = preset.title
    self.steps = steps ?? preset.steps
    over = axes.map { PlanAxis($0) }
    fingerprint = ""
    fingerprint = try makeFingerprint(preset)
  }

  func json(withFingerprint: Bool) -> JSONText {
    .object(
      [
        ("preset", .text(preset)), ("title", .text(title)), ("steps", .integer(steps)),
        ("over", .list(over.map(\.json))),
      ] + (withFingerprint ? [("fingerprint", .text(fingerprint))] : []))
  }

  /// The ending of a run in texts, so that numbers that are not finite have their place: steps,
  /// loss, accuracy, `d`iverged or `s`ettled, parameters.
  struct Item: Decodable {
    let ending: RunEnding

    init(_ ending: RunEnding) { self.ending = ending }

    init(from decoder: any Decoder) throws {
      let texts = try [String](from: decoder)
      func fail() -> DecodingError {
        DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "no ending of a run"))
      }
      func number(_ text: String) throws -> Double {
        guard let value = Double(text) else { throw fail() }
        return value
      }
      guard texts.count >= 4, let step = Int(texts[0]) else { throw fail() }
      ending = RunEnding(
        step: step, loss: try number(texts[1]),
        accuracy: texts[2].isEmpty ? nil : try number(texts[2]),
        isDiverged: texts[3].contains("d"), isSettled: texts[3].contains("s"),
        parameters: try texts[4...].map(number))
    }
  }

  static func json(_ item: Item) -> JSONText {
    let ending = item.ending
    let marks = (ending.isDiverged ? "d" : "") + (ending.isSettled ? "s" : "")
    return .list(
      ([
        "\(ending.step)", ExactDecimal.shortest(ending.loss),
        ending.accuracy.map(ExactDecimal.shortest) ?? "", marks,
      ] + ending.parameters.map(ExactDecimal.shortest)).map { .text($0) })
  }
}
