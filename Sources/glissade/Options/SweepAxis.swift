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
  static let limit = ValueList.limit

  /// The key, as for `--set`.
  let key: String
  /// Its values, as text for `--set`.
  let values: [String]

  /// Several axes, each over a key of its own.
  static func all(_ texts: [String]) throws -> [SweepAxis] {
    let axes = try texts.map { try SweepAxis($0) }
    for (number, axis) in axes.enumerated()
    where axes[..<number].contains(where: { $0.key == axis.key }) {
      throw Mistake(description: "--over \(axis.key) is given twice")
    }
    return axes
  }

  /// Reads `key=values`.
  init(_ text: String) throws {
    let setting = try PresetKeys.parse(text)
    key = setting.key
    do {
      values = try ValueList(setting.value).values
    } catch {
      throw Mistake(description: error.description)
    }
    guard !values.isEmpty else {
      throw Mistake(description: "--over \(EscapedText.quoted(text)) names no values")
    }
    guard values.count <= Self.limit else {
      throw Mistake(description: "--over \(key) has more than \(Self.limit) values")
    }
  }
}
