import Foundation
import Presets
import Training

/// One key of a sweep with the values it takes: `seed=1..200`, `start=-5..5/1000`,
/// `learning_rate=1e-3..1/log7`, `hidden=1,2,3,4`; values that hold commas are parted by
/// semicolons: `hidden=2;4;8,8`.
struct SweepAxis {
  /// What cannot be read.
  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  /// The most runs of one sweep.
  static let limit = 1_000_000

  /// The key, as for `--set`.
  let key: String
  /// Its values, as text for `--set`.
  let values: [String]

  /// Reads `key=values`.
  init(_ text: String) throws {
    let setting = try PresetKeys.parse(text)
    key = setting.key
    values = try Self.pieces(setting.value).flatMap { piece in try Self.values(piece) }
    guard !values.isEmpty else {
      throw Mistake(description: "--over \(EscapedText.quoted(text)) names no values")
    }
    guard values.count <= Self.limit else {
      throw Mistake(description: "--over \(key) has more than \(Self.limit) values")
    }
  }

  /// Pieces between semicolons, or between commas where there are none, that stand in no brackets.
  private static func pieces(_ text: String) -> [String] {
    let parts = pieces(text, between: ";")
    return parts.count > 1 ? parts : pieces(text, between: ",")
  }

  private static func pieces(_ text: String, between separator: Character) -> [String] {
    var pieces = [""]
    var depth = 0
    for character in text {
      switch character {
      case "[", "{", "(": depth += 1
      case "]", "}", ")": depth -= 1
      default: break
      }
      if character == separator, depth == 0 {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    return pieces.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// A plain value, `a..b` (whole numbers), `a..b/n` (n numbers, both ends included) or
  /// `a..b/logn`.
  private static func values(_ piece: String) throws -> [String] {
    guard let dots = piece.range(of: "..") else { return [piece] }
    let from = String(piece[..<dots.lowerBound])
    let rest = piece[dots.upperBound...].split(separator: "/", maxSplits: 1).map(String.init)
    guard let to = rest.first else { throw wrong(piece) }
    guard rest.count == 2 else {
      guard let first = Int(from), let last = Int(to), first <= last else { throw wrong(piece) }
      let (distance, overflow) = last.subtractingReportingOverflow(first)
      guard !overflow, distance < limit else {
        throw Mistake(description: "\(piece) has more than \(limit) values")
      }
      return (first...last).map(String.init)
    }
    let isLogarithmic = rest[1].hasPrefix("log")
    let number = isLogarithmic ? String(rest[1].dropFirst(3)) : rest[1]
    guard let first = ExactDecimal.number(from), let last = ExactDecimal.number(to),
      let count = Int(number), (2...limit).contains(count), first.isFinite, last.isFinite
    else { throw wrong(piece) }
    guard !isLogarithmic || (first > 0 && last > 0) else {
      throw Mistake(description: "\(piece): a logarithmic range lies above 0")
    }
    return (0..<count).map { index in
      let share = Double(index) / Double(count - 1)
      // The ends exactly; between them, by weights of both, so that -5..5 has its middle at 0.
      let value =
        isLogarithmic
        ? first * pow(last / first, share) : first * (1 - share) + last * share
      return ExactDecimal.shortest(index == 0 ? first : index == count - 1 ? last : value)
    }
  }

  private static func wrong(_ piece: String) -> Mistake {
    Mistake(
      description: "\(EscapedText.quoted(piece)) is no range: 1..200, -5..5/1000, 1e-3..1/log7")
  }
}
