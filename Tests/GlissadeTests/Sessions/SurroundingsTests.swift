import Testing

extension Sessions {
  @Suite("Surroundings")
  struct SurroundingsTests {
    @Test("Without colour nothing is coloured")
    func noColor() throws {
      try TerminalSession.run(changes: ["NO_COLOR": "1"]) { terminal in
        try terminal.explore("xor")
        let text = try terminal.screen(styled: true)
        #expect(text.contains("╭"))
        for code in ["[38;", "[48;", "[31m", "[32m", "[34m"] { #expect(!text.contains(code)) }
      }
    }

    @Test("With colour something is")
    func color() throws {
      try TerminalSession.run { terminal in
        try terminal.explore("xor")
        #expect(try terminal.screen(styled: true).contains("[38;5;"))
      }
    }

    @Test("Pictures are drawn whatever the locale", arguments: ["C", "POSIX", ""])
    func locale(name: String) throws {
      try TerminalSession.run(changes: ["LC_ALL": name, "LANG": name]) { terminal in
        try terminal.explore()
        let text = try terminal.wait(for: "a curve") { text in
          text.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }
        }
        #expect(text.contains("╭"))
      }
    }

    @Test("Asked for ASCII it draws with nothing else")
    func ascii() throws {
      try TerminalSession.run { terminal in
        try terminal.explore("xor --ascii")
        let text = try terminal.screen()
        let strange = Set(text.unicodeScalars.filter { !$0.isASCII })
        #expect(strange.isEmpty, "\(strange)")
      }
    }

    @Test("A terminal that cannot place text is refused in one line")
    func dumb() throws {
      try TerminalSession.run { terminal in
        let text = try terminal.shell("TERM=dumb \"\(Program.path)\"")
        #expect(text.contains("TERM=dumb cannot place text on the screen"))
        #expect(text.contains("done-1"))
      }
    }

    @Test("Without a terminal it says what needs none")
    func noTerminal() throws {
      try TerminalSession.run { terminal in
        let text = try terminal.shell("\"\(Program.path)\" xor | cat >out; cat out")
        #expect(text.contains("standard output is not a terminal"))
        #expect(text.contains("glissade run"))
        #expect(try terminal.shell("[ -s out ]").contains("done-1"))
      }
      let outcome = try Program.run("xor")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("standard input is not a terminal"))
      #expect(outcome.output.isEmpty)
    }
  }
}
