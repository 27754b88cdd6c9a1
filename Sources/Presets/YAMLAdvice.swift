/// What keeps a text from being YAML, in plain words, where no single line shows it (`YAMLSlips`).
enum YAMLAdvice {
  /// The words for what the parser says, while it was reading something that begins at a place.
  static func words(_ problem: String, while context: String, begun place: TextPlace?) -> String {
    let begun = place.map { "\($0.line):\($0.column)" } ?? "before"
    if problem.contains("expected ',' or ']'") {
      return "the list that begins at \(begun) needs a ]"
    }
    if problem.contains("expected ',' or '}'") {
      return "the mapping that begins at \(begun) needs a }"
    }
    if problem.contains("end of stream"), context.contains("quoted") {
      return "the quote that opens at \(begun) is never closed"
    }
    if problem.contains("could not find expected ':'") {
      return "a colon is missing after the key that begins at \(begun)"
    }
    if problem.contains("did not find expected key") {
      return "a key is expected here, indented as those before it"
    }
    if context.contains("single document") || problem.contains("another document") {
      return "a preset is one document: take out the line of hyphens and what follows"
    }
    if problem.contains("unknown escape character") {
      return "a backslash in double quotes begins an escape: write \\\\, or use single quotes"
    }
    if problem.contains("mapping values are not allowed") {
      return "a colon stands where none can: a key begins its line as the others do, and a blank "
        + "follows its colon"
    }
    if problem.contains("cannot start any token") { return "no value begins with this sign" }
    return problem + (context.isEmpty ? "" : " \(context) begun at \(begun)")
  }
}
