import ArgumentParser

/// How the result of many runs is written.
struct ReportOptions: ParsableArguments {
  @Flag(help: "Print one line for every run of a sweep, too.")
  var table = false

  @Flag(help: "Print one JSON object instead of text, with every run.")
  var json = false

  @Option(
    name: [.customShort("o"), .long],
    help: "The file to write; a name that ends in .json has JSON (default: standard output).")
  var output: String?

  /// Writes text, or JSON where it was asked for.
  func write(text: @autoclosure () -> [String], json object: @autoclosure () -> JSONText) throws {
    let isJSON = json || output?.lowercased().hasSuffix(".json") == true
    let file = try output.map { try OutputFile(to: $0) } ?? .standardOutput
    try file.write(lines: isJSON ? [object().line] : text())
    try file.close()
  }
}
