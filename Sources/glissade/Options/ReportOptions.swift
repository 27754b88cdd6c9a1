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

  /// Writes text, or JSON where it was asked for, and ends the file.
  func write(
    text: @autoclosure () -> [String], json object: @autoclosure () -> JSONText,
    to file: OutputFile
  ) throws {
    let isJSON = json || output?.lowercased().hasSuffix(".json") == true
    try file.write(lines: isJSON ? [object().line] : text())
    try file.close()
  }
}
