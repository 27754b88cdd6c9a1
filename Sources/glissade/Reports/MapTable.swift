import Foundation
import Pictures
import Presets
import Terminal
import Training

/// A map whose runs have ended: a number a pixel, written as JSON, as a table or as a picture.
struct MapTable {
  /// What a map is written as.
  enum Format: String { case json, csv, png }

  /// What each pixel is.
  let plan: MapPlan
  /// A number a pixel, the second axis's values counting fastest; nil where a run has none.
  let values: [Double?]

  private var columns: Int { plan.over[0].values.count }
  private var rows: Int { plan.over[1].values.count }
  private func value(_ column: Int, _ row: Int) -> Double? { values[column * rows + row] }

  /// What the name of a file asks for.
  static func format(of path: String) -> Format? {
    Format(rawValue: URL(fileURLWithPath: path).pathExtension.lowercased())
  }

  /// Writes what the name of the file asks for, JSON without one, and ends the file.
  func write(to file: OutputFile, named path: String?) throws {
    switch path.flatMap({ Self.format(of: $0) }) ?? .json {
    case .json: try file.write(json)
    case .csv: try writeTable(to: file)
    case .png: try file.write(raw: picture())
    }
    try file.close()
  }

  /// One object: the plan, and `values`, a list for each value of the second axis.
  private var json: JSONText {
    guard case .object(let entries) = plan.json(withFingerprint: true) else { return .null }
    return .object(
      entries + [
        (
          "values",
          .list(
            (0..<rows).map { row in
              .list((0..<columns).map { .optional(value($0, row)) })
            })
        )
      ])
  }

  /// A line a pixel: both settings and the number, which is empty where there is none.
  private func writeTable(to file: OutputFile) throws {
    try file.add(lines: [
      (plan.over.map(\.key) + [plan.measure.rawValue]).map(Self.field).joined(separator: ",")
    ])
    for (column, across) in plan.over[0].values.enumerated() {
      try file.add(
        lines: plan.over[1].values.enumerated().map { row, up in
          [Self.field(across), Self.field(up), value(column, row).map(ExactDecimal.shortest) ?? ""]
            .joined(separator: ",")
        })
    }
  }

  /// A field of a table, in quotes where it needs them.
  private static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  /// The first axis to the right, the second up. Colours tell ranks, from dark blue for the least
  /// to yellow for the greatest number; dark red is no number. Of `convergence` blue is what
  /// converged and red what did not, the faster the brighter.
  private func picture() throws -> [UInt8] {
    if plan.measure == .convergence {
      let border = BorderColors(values.compactMap { $0 })
      return try png { border.color($0) }
    }
    let ramp = Ramp(
      [0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725].map { Color($0) }, levels: 256)
    let steps = Array(Set(values.compactMap { $0 })).sorted()
    var shares: [Double: Double] = [:]
    for (index, value) in steps.enumerated() {
      shares[value] = steps.count > 1 ? Double(index) / Double(steps.count - 1) : 0
    }
    return try png { value in value.flatMap { shares[$0] }.map { ramp[$0] } ?? Color(0x5A1010) }
  }

  /// A pixel a run, from the top.
  private func png(_ color: (Double?) -> Color) throws -> [UInt8] {
    let colors = (0..<rows).reversed().flatMap { row in
      (0..<columns).map { column in color(value(column, row)) }
    }
    let side = max(1, min(24, 768 / max(columns, rows)))
    return try ColorField(columns: columns, rows: rows, colors: colors).png(side: side)
  }
}
