import Terminal
import Testing

@Suite("What the environment tells about the terminal")
struct CapabilitiesTests {
  typealias Row = (environment: [String: String], colors: Capabilities.ColorDepth, unicode: Bool)

  static let rows: [Row] = [
    (["TERM": "xterm-256color", "LANG": "en_US.UTF-8"], .indexed256, true),
    (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .direct, true),
    (["TERM": "xterm-256color", "COLORTERM": "24bit"], .direct, true),
    (["TERM": "xterm-256color", "COLORTERM": "yes"], .indexed256, true),
    (["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"], .mono, true),
    (["TERM": "xterm-256color", "NO_COLOR": ""], .indexed256, true),
    (["TERM": "tmux-256color"], .indexed256, true),
    (["TERM": "screen-256color"], .indexed256, true),
    (["TERM": "xterm-kitty"], .direct, true), (["TERM": "foot"], .direct, true),
    (["TERM": "alacritty"], .direct, true), (["TERM": "xterm-direct"], .direct, true),
    (["TERM": "xterm"], .ansi8, true),
    (["TERM": "xterm", "XTERM_VERSION": "XTerm(379)"], .indexed256, true),
    (["TERM": "xterm", "VTE_VERSION": "7000"], .indexed256, true),
    (["TERM": "xterm-color"], .ansi8, true), (["TERM": "xterm-16color"], .ansi16, true),
    (["TERM": "linux"], .ansi8, true), (["TERM": "screen"], .ansi8, true),
    (["TERM": "xterm-mono"], .mono, true), (["TERM": "vt100"], .mono, false),
    (["TERM": "vt220", "COLORTERM": "truecolor"], .mono, false),
    (["TERM": "dumb", "COLORTERM": "truecolor"], .mono, false), ([:], .mono, false),
    (["TERM": "vte-256color"], .indexed256, true),
    (["TERM": "xterm-256color", "LANG": "C"], .indexed256, true),
    (["TERM": "xterm-256color", "LANG": "POSIX"], .indexed256, true),
    (["TERM": "xterm-256color", "LANG": "de_DE.ISO-8859-1"], .indexed256, false),
    (["TERM": "xterm-256color", "LANG": "de_DE"], .indexed256, false),
    (["TERM": "xterm-256color", "LANG": "de_DE", "LC_CTYPE": "C.UTF-8"], .indexed256, true),
    (["TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "ru_RU.KOI8-R"], .indexed256, false),
    (["TERM": "xterm-256color", "LC_ALL": "", "LANG": "en_GB.utf8"], .indexed256, true),
  ]

  @Test("Each environment means its colours and characters", arguments: rows.indices)
  func detection(_ index: Int) {
    let row = Self.rows[index]
    #expect(
      Capabilities.detect(row.environment)
        == Capabilities(colors: row.colors, unicode: row.unicode), "\(row.environment)")
  }

  @Test("Only a terminal that can place text is no obstacle")
  func obstacles() {
    let good = ["TERM": "xterm"]
    #expect(Capabilities.obstacle(good, inputIsTerminal: true, outputIsTerminal: true) == nil)
    #expect(Capabilities.obstacle(good, inputIsTerminal: false, outputIsTerminal: true) != nil)
    #expect(Capabilities.obstacle(good, inputIsTerminal: true, outputIsTerminal: false) != nil)
    for term in ["", "dumb", "unknown"] {
      #expect(
        Capabilities.obstacle(["TERM": term], inputIsTerminal: true, outputIsTerminal: true) != nil)
    }
    #expect(Capabilities.obstacle([:], inputIsTerminal: true, outputIsTerminal: true) != nil)
  }

  @Test(
    "Glyphs suit the terminal",
    arguments: [
      ("xterm-256color", GlyphSet.braille), ("tmux-256color", .braille), ("foot", .sextant),
      ("xterm-kitty", .sextant), ("linux", .block), ("vt100", .ascii),
    ])
  func glyphs(term: String, expected: GlyphSet) {
    let environment = ["TERM": term, "LANG": "C.UTF-8"]
    let capabilities = Capabilities.detect(environment)
    #expect(GlyphSet.detect(environment, capabilities: capabilities) == expected)
  }
}
