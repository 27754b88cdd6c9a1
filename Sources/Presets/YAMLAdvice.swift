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
    if problem.contains("Maximum nesting") {
      return "lists and mappings are nested deeper than \(PresetLimits.depth) levels, which is the "
        + "limit"
    }
    if problem.contains("expected <document start>") {
      return "this line stands outside of the preset: it begins further to the left than the first "
        + "key, or follows a line of three points"
    }
    return others.first { problem.contains($0.part) || context.contains($0.part) }?.words
      ?? "YAML cannot read what begins here; put the value in quotes, and indent with blanks"
  }

  /// Parts of what the parser says, and plain words for it; the first that fits holds.
  private static let others: [(part: String, words: String)] = [
    ("hexdecimal number", escape), ("invalid Unicode character escape", escape),
    (
      "directive",
      "a line that begins with % is a directive of YAML, which presets do not need; take it out "
        + "(a comment begins with #)"
    ),
    (
      "incompatible YAML document",
      "%YAML names a version that is not read; take the line out"
    ),
    ("version number", "%YAML names a version that is not read; take the line out"),
    (
      "expected node content",
      "a value is missing here: a comma too many, or a bracket or brace that is not closed"
    ),
    (
      "block sequence entries",
      "a hyphen begins an item of a list; the first stands on a line of its own, below the key"
    ),
    ("mapping keys are not allowed", "a key cannot begin here; put the value in quotes"),
    ("tab character", "a tab stands where YAML wants blanks; use blanks"),
    (
      "alphabetic or numeric",
      "& and * begin names of anchors in YAML; put the value in quotes"
    ),
    ("alias", "* begins an alias in YAML, and its anchor is not there; put the value in quotes"),
    ("tag", "! begins a tag in YAML; put the value in quotes"),
    (
      "comment or line break",
      "| and > begin a block of text, which stands on the lines below; put the value in quotes"
    ),
    (
      "indentation indicator",
      "| and > begin a block of text, which stands on the lines below; put the value in quotes"
    ),
    ("document indicator", "a quote is not closed before a line of hyphens or points"),
    (
      "'-' indicator",
      "an item of the list is expected here: a hyphen, indented as those before it"
    ),
    ("cannot start any token", "no value begins with this sign"),
  ]

  private static let escape =
    "\\x takes two hexadecimal digits, \\u four and \\U eight, of a character; write \\\\ for a "
    + "backslash, or use single quotes"
}
