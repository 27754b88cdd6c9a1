extension Capabilities {
  /// What the environment tells about a terminal; the terminal's description may tell less, never
  /// more.
  ///
  /// `NO_COLOR` (not empty) means attributes alone; `COLORTERM=truecolor` or a terminal that is
  /// known for it means direct colour; an `xterm` that says its version has 256 colours whatever
  /// `TERM` says. Unicode is taken for granted unless the locale names another character set or the
  /// terminal is too old: a missing locale says nothing about the terminal.
  package static func detect(_ environment: [String: String]) -> Capabilities {
    let term = environment["TERM"] ?? ""
    return Capabilities(
      colors: colors(term: term, environment), unicode: unicode(term: term, environment))
  }

  /// Why the explorer cannot start here; nil when it can.
  package static func obstacle(
    _ environment: [String: String], inputIsTerminal: Bool, outputIsTerminal: Bool
  ) -> String? {
    if !inputIsTerminal { return "standard input is not a terminal" }
    if !outputIsTerminal { return "standard output is not a terminal" }
    switch environment["TERM"] ?? "" {
    case "": return "TERM is not set"
    case "dumb": return "TERM=dumb cannot place text on the screen"
    case "unknown": return "TERM=unknown says nothing about the terminal"
    default: return nil
    }
  }

  /// Whether a terminal may be asked for the colour of its background. Those that are not known to
  /// understand might write the question on the screen.
  package static func tellsBackground(_ environment: [String: String]) -> Bool {
    let term = environment["TERM"] ?? ""
    return ["xterm", "tmux", "foot", "alacritty", "rxvt", "wezterm", "ghostty", "contour", "vte"]
      .contains { term.hasPrefix($0) }
  }

  /// Terminals that show 24 bits, by the start of `TERM`.
  private static let directTerms = [
    "xterm-kitty", "foot", "alacritty", "xterm-ghostty", "ghostty", "wezterm", "contour", "iterm2",
  ]

  private static func colors(
    term: String, _ environment: [String: String]
  ) -> ColorDepth {
    if let value = environment["NO_COLOR"], !value.isEmpty { return .mono }
    if ["", "dumb", "unknown"].contains(term) || term.hasSuffix("-mono") || term.hasSuffix("-m") {
      return .mono
    }
    if isOld(term) { return .mono }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") { return .direct }
    if term.contains("direct") || directTerms.contains(where: { term.hasPrefix($0) }) {
      return .direct
    }
    if term.contains("256") { return .indexed256 }
    if term == "xterm",
      environment["XTERM_VERSION"] != nil || environment["VTE_VERSION"] != nil
    {
      return .indexed256
    }
    if term.contains("16color") { return .ansi16 }
    if ["xterm", "screen", "tmux", "linux", "ansi", "cygwin", "rxvt", "eterm", "putty", "konsole"]
      .contains(term) || term.hasPrefix("linux") || term.hasPrefix("xterm-")
      || term.hasPrefix("screen.") || term.hasSuffix("color")
    {
      return .ansi8
    }
    // Unknown: as much as its description will say.
    return .indexed256
  }

  /// Terminals from before colours and Unicode.
  private static func isOld(_ term: String) -> Bool {
    let digits = term.dropFirst(2).first.map { ("0"..."9").contains($0) } ?? false
    return term.hasPrefix("vt") && digits
  }

  private static func unicode(term: String, _ environment: [String: String]) -> Bool {
    if isOld(term) || ["", "dumb", "unknown", "ansi", "cygwin"].contains(term) { return false }
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let folded = locale.uppercased()
    if folded.contains("UTF-8") || folded.contains("UTF8") { return true }
    if ["", "C", "POSIX"].contains(folded) { return true }
    // A language without a character set names the old national one, which glibc would use too.
    return false
  }
}

extension GlyphSet {
  /// The glyphs that suit a terminal: sextants where the terminal draws them itself, blocks on the
  /// linux console, whose font has no braille, else braille.
  package static func detect(
    _ environment: [String: String], capabilities: Capabilities
  ) -> GlyphSet {
    let term = environment["TERM"] ?? ""
    if !capabilities.unicode { return .ascii }
    if term.hasPrefix("linux") { return .block }
    let program = environment["TERM_PROGRAM"] ?? ""
    let known =
      ["xterm-kitty", "foot", "xterm-ghostty", "ghostty", "wezterm", "contour"]
      .contains { term.hasPrefix($0) } || ["WezTerm", "ghostty"].contains(program)
    return known ? .sextant : .braille
  }
}
