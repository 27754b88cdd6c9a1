import Models
import Presets

/// Predictions of a network, as a table and as JSON.
struct PredictionReport {
  private let samples: Samples
  private let inputNames: [String]
  /// One row an output.
  private let outputs: [[Double]]
  private let outputNames: [String]
  /// The name of each sample's class; nil: there are no classes.
  private let classes: [String]?

  /// The predictions of a network with these parameters for the inputs of `samples`.
  init(_ network: DenseNetwork, at parameters: [Double], on samples: Samples) {
    self.samples = samples
    let known = network.trainSamples
    let names = known.inputNames.isEmpty ? samples.inputNames : known.inputNames
    inputNames =
      names.count == samples.inputCount ? names : (0..<samples.inputCount).map { "x\($0 + 1)" }
    outputs = network.outputs(at: parameters, inputs: network.inputRows(samples))
    if let count = network.classCount {
      classes = network.classes(of: outputs).map { known.className($0) }
      // Outputs that each have a σ of their own are no distribution.
      let word = outputs.count == 1 || network.link == .softmax ? "p" : "output"
      outputNames = (outputs.count == 1 ? [1] : Array(0..<count)).map {
        "\(word)(\(known.className($0)))"
      }
    } else {
      classes = nil
      outputNames = outputs.count == 1 ? ["output"] : outputs.indices.map { "output\($0 + 1)" }
    }
  }

  /// A CSV table: a header, then a row a sample.
  var rows: [[String]] {
    let header = inputNames + (classes == nil ? [] : ["class"]) + outputNames
    var rows = [header]
    for sample in 0..<samples.count {
      var cells = samples.input(sample).map(ExactDecimal.shortest)
      if let classes { cells.append(classes[sample]) }
      cells += outputs.map { ExactDecimal.shortest($0[sample]) }
      rows.append(cells)
    }
    return rows
  }

  /// One object: names, and a list a column.
  var json: JSONText {
    var entries: [(String, JSONText)] = [
      ("rows", .integer(samples.count)), ("inputs", .list(inputNames.map { .text($0) })),
    ]
    if let classes { entries.append(("classes", .list(classes.map { .text($0) }))) }
    entries.append(
      ("outputs", .object(zip(outputNames, outputs).map { ($0, .numbers($1)) })))
    return .object(entries)
  }
}

/// Rows of CSV files.
enum CSVText {
  /// Cells with commas between them, in quotes where they hold what would end them.
  static func row(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") }

  private static func cell(_ text: String) -> String {
    let endings: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
    guard
      text.unicodeScalars.contains(where: endings.contains) || text.hasPrefix("#")
        || text.first?.isWhitespace ?? false || text.last?.isWhitespace ?? false
    else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
